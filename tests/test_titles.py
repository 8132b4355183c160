from __future__ import annotations

import pytest

from digitize.reflow import titles


@pytest.mark.parametrize(
    "word",
    [
        *("人民日报", "齐鲁晚報", "河西都市报", "中国教育报", "申報", "大公報", "文汇报"),
        *("现代快报", "南方周末", "参考消息", "21世纪经济报道", "羣言報"),
    ],
)
def test_names_of_papers(word: str) -> None:
    assert titles.is_paper(word)


@pytest.mark.parametrize(
    "word",
    ["天气预报", "海报", "情报", "要闻快报", "本报", "报", "今日枣庄", "要闻", "报道", "", "A03"],
)
def test_what_names_no_paper(word: str) -> None:
    assert not titles.is_paper(word)


@pytest.mark.parametrize(
    "word",
    ["要闻", "國際", "城市新闻", "文化周刊", "要闻·综合", "特别报道", "财经/产业", "教育科技"],
)
def test_names_of_sections(word: str) -> None:
    assert titles.is_section(word)
    assert titles.may_be_section(word)


@pytest.mark.parametrize(
    "word", ["今日枣庄", "治沙人与树", "人民日报", "我省加快发展现代农业教育", ""]
)
def test_what_no_section_is_called(word: str) -> None:
    assert not titles.is_section(word)


@pytest.mark.parametrize("word", ["人民日报", "ZHONGGUO JIAOYU BAO", "A03", "找记者，上壹点", "要"])
def test_what_cannot_be_a_section(word: str) -> None:
    assert not titles.may_be_section(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("齐鲁晚报", ("齐鲁晚报",)),
        ("齐鲁晚报·今日枣庄", ("齐鲁晚报", "今日枣庄")),
        ("齐鲁晚报今日枣庄", ("齐鲁晚报", "今日枣庄")),
        ("城市新闻云川都市报", ("城市新闻", "云川都市报")),
        ("人民日报社", ("人民日报",)),
        ("要闻·综合", ("要闻·综合",)),
    ],
)
def test_names_run_together(word: str, parts: tuple[str, ...]) -> None:
    assert titles.parts(word) == parts


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("齐鲁晚报社主办", "齐鲁晚报"),
        ("人民日报社出版", "人民日报"),
        ("中国教育报刊社", ""),
        ("", ""),
    ],
)
def test_a_paper_is_known_by_its_house(text: str, paper: str) -> None:
    assert titles.house(text) == paper
