"""What leaves the text as page furniture, and what only looks like it."""

from __future__ import annotations

import pytest

from digitize.reflow.plain.repair import reflow_text

HEAD = "## 三十年的老水管，终于换了\n\n"
FIRST = "11月的第一个星期一，周桂芳早早起床，拧开厨房的水龙头，接了满满一壶水。"
LAST = "今年年底前，余下的3个小区也将完成改造。届时，老水管将成为历史。"
STORY = f"{HEAD}{FIRST}\n\n{LAST}\n"


def removed(text: str) -> list[str]:
    return [furniture.text for furniture in reflow_text(text).removed]


@pytest.mark.parametrize(
    "lines",
    [
        ["2024年2月6日 星期二 第4版"],
        ["齐鲁晚报", "2024年2月6日 星期二", "A03"],
        ["找记者 上壹点", "读者热线>>>", "5289997", "鲁晚報 2024.2.6 星期二"],
        ["责编：张三 美编：李四 校对：王五"],
        ["第3版：综合", "二〇二四年二月六日 星期二"],
        ["本报热线：0632-5289997", "E-mail：qlwb@sina.com"],
        ["中華民國三十六年七月五日 星期六 第二版"],
    ],
)
def test_at_the_head(lines: list[str]) -> None:
    found = reflow_text("\n\n".join(lines) + "\n\n" + STORY)
    assert [f.text for f in found.removed] == lines
    assert found.text == STORY


@pytest.mark.parametrize(
    "lines",
    [
        ["责任编辑：张三 美编：李四 校对：王五"],
        ["编辑/张三 美编/李四"],
        ["2024年2月6日 星期二 A12"],
        ["本版编辑 王小二 校对 李萌"],
    ],
)
def test_at_the_foot(lines: list[str]) -> None:
    assert reflow_text(STORY + "\n" + "\n\n".join(lines) + "\n").text == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"2024年2月6日 星期二 晴\n\n{FIRST}\n\n{LAST}\n",  # a diary
        f"2024年2月6日\n\n{FIRST}\n",
        f"市长热线开通\n\n2024年2月6日\n\n{FIRST}\n",
        f"微信客户端上线\n\n{FIRST}\n",
        f"1\n\n{FIRST}\n\n2\n\n{LAST}\n\n3\n\n{FIRST}\n",  # chapters
        f"{STORY}\n枣庄市人民政府\n\n2024年2月6日\n",  # signed
        f"{STORY}\n联系电话：0632-5289997\n",  # an announcement
        f"{STORY}\n（责任编辑：张三）\n",
        f"{HEAD}编辑部的故事\n\n{FIRST}\n",
        f"{HEAD}记者从第4版编辑处获悉，热线5289997自2024年2月6日开通。\n\n{LAST}\n",
        f"{HEAD}{FIRST}\n\n封面设计：牟淼\n\n{LAST}\n",
        f"{HEAD}3943·1·4191·6439454922\n\n{FIRST}\n",
    ],
)
def test_text_that_looks_like_it(text: str) -> None:
    assert reflow_text(text).text == text


def test_between_two_halves_of_a_paragraph() -> None:
    text = f"{HEAD}{FIRST[:-8]}\n\n第3版\n\n2024年2月6日 星期二\n\n{FIRST[-8:]}\n\n{LAST}\n"
    found = reflow_text(text)
    assert [f.kind for f in found.removed] == ["folio", "date"]
    assert found.text == STORY


def test_running_heads_and_form_feeds() -> None:
    pages = [f"老城新事 {n}\n\n{FIRST[:20]}\n\n{FIRST[20:]}\n\n- {n} -\n" for n in (3, 4, 5)]
    found = reflow_text("\f".join(pages))
    assert "老城新事" not in found.text
    assert "\f" not in found.text
    assert "- 4 -" not in found.text
    assert found.text == (f"{FIRST}\n\n" * 3).rstrip() + "\n"


def test_page_numbers_that_break_sentences() -> None:
    halves = [(FIRST[:15], FIRST[15:]), (LAST[:18], LAST[18:]), (FIRST[:12], FIRST[12:])]
    text = "".join(f"{a}\n\n{n}\n\n{b}\n\n" for n, (a, b) in enumerate(halves, 11))
    assert removed(text) == ["11", "12", "13"]


def test_a_form_feed_alone_goes() -> None:
    found = reflow_text(f"{FIRST}\n\f{LAST}\n\n{FIRST}\n")
    assert found.text.replace("\n", "") == FIRST + LAST + FIRST
    assert "\f" not in found.text


def test_it_can_be_kept() -> None:
    text = f"2024年2月6日 星期二 第4版\n\n{STORY}"
    assert reflow_text(text, keep_furniture=True).text == text
