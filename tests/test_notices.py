from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.reflow import notices

FURNITURE = [
    ("2010年12月25日星期六", "date", True),
    ("2023年12月3日星期五今日多云转晴12℃～21℃", "date", True),
    ('2023年12月3日星期五今日多云转畏12"C一21?C', "date", True),  # as Tesseract read it
    ("农历乙巳年七月廿二 第12946号 今日四版", "date", True),
    ("中華民國三十七年五月一日 夏曆戊子年三月廿三日 星期六", "date", True),
    ("星期二", "date", False),
    ("2024年2月", "date", False),
    ("责编：高松美编：张静 组版：李华", "editors", True),
    ("E一mail:zbs22508263.net 版式制作：张祎", "editors", True),
    ("本版责编", "editors", False),
    ("第二版", "folio", True),
    ("A04", "folio", True),
    ("第2版 2010", "folio", True),
    ("8", "folio", False),
    ("邮发代号 37-54", "imprint", True),
    ("第2647期 今日16版", "imprint", True),
    ("第二五一三八號", "imprint", True),
    ("今日出版兩大張", "imprint", True),
    ("国内统一连续出版物号 CN 99-3421", "imprint", True),
    ("国内统一连续出版物号 CN 37-0", "imprint", True),
    ("报头题字：邓小平国内统一连续出版物号CN11一0035", "imprint", True),
    ("人民日报社出版", "imprint", True),
    ("社址上海漢口路三〇九號", "imprint", True),
    ("广告经营许可证：京东工商广字第0042号", "imprint", True),
    ("晴转多云", "imprint", False),
    ("9~14℃", "imprint", False),
    ("今日天气", "imprint", False),
    ("找记者 上壹点", "contact", False),
    ("读者热线>>> 5289997", "contact", True),
    ("读者热线>>>", "contact", True),
    ("5289997", "contact", False),
    ("投稿邮箱：wenyi@example.com", "contact", True),
    ("www.example.com.cn", "contact", False),
    ("订购热线：5550 2266", "contact", False),
    ("………………………………", "ornament", False),
    ("・・・・・・・・", "ornament", False),
]
STORY = [
    "12345热线办好民生事",
    "一位编辑的自述",
    "全国城市设计大赛在京举行",
    "天气转冷注意保暖",
    "本报记者 王海燕",
    "“过去我们在庙会上演，一演就是一整夜；后来没人看了，",
    "11月的第一个星期一，长宁",
    "记者从气象台获悉，今天多云转晴，最高气温12℃",
    "遗失声明|赵海燕遗失残疾人证一本",
    "名次 球队 胜 积分",
    "……",
    "——",
    "（下转第四版）",
    "上接A03版",
    "详见第二版",
    "报道见今日3版",
]


@pytest.mark.parametrize(("text", "kind", "strong"), FURNITURE)
def test_furniture_is_read_whole(text: str, kind: str, strong: bool) -> None:
    notice = notices.read(text)
    assert notice.kind == kind
    assert notice.share >= 0.95
    assert notice.strong is strong
    assert notice.rest == ()


@pytest.mark.parametrize("text", STORY)
def test_of_a_story_little_is_furniture(text: str) -> None:
    assert notices.read(text).share < 0.5


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("齐鲁晚報 2024.2.6 星期二", ("齐鲁晚報",)),
        ("鲁晚報2024.2.6星期二", ("鲁晚報",)),
        ("4 要闻 2024年2月6日 星期二 人民日报", ("要闻", "人民日报")),
        ("要闻·综合", ("要闻·综合",)),
        ("今 日 枣 庄", ("今日枣庄",)),
        ("1948年5月1日的回忆", ("的回忆",)),
    ],
)
def test_what_is_left_over(text: str, rest: tuple[str, ...]) -> None:
    assert notices.read(text).rest == rest


def test_page_and_people() -> None:
    notice = notices.read("4 要闻 2024年2月6日 责编 张三丰")
    assert (notice.folio, notice.bare_folio) == ("4", True)
    assert [c.name for c in notice.credits] == ["张三丰"]
    assert notices.read("A04 要闻").folio == "A04"


def test_a_long_imprint_is_read() -> None:
    text = (
        "主管：中华人民共和国教育部●主办、出版：中国教育报刊社●邮发代号1—10本版主编：王强"
        "本版编辑：杨文轶见习编辑：徐一凡设计：张鹏校对：刘梦新闻线索征集邮箱：xinwen@example.com.cn"
        "质量监督电话：010-82290000发行热线：010-82290001"
    )
    notice = notices.read(text)
    assert notice.share >= 0.95
    assert [c.name for c in notice.credits] == ["王强", "杨文轶", "徐一凡", "张鹏", "刘梦"]


def test_rows_that_run_to_the_left() -> None:
    assert notices.either_way("日一月五年七十三國民華中").kind == "date"
    assert notices.either_way("版二第").folio == "2"
    assert notices.either_way("第二版").text == "第二版"
    assert notices.either_way("江水暴漲").kinds == frozenset()


@pytest.mark.parametrize(
    ("text", "turn"),
    [("（下转第四版）", True), ("转A03版", True), ("新闻在线", False), ("第四版", False)],
)
def test_what_leads_to_another_page(text: str, turn: bool) -> None:
    assert notices.is_turn(text) is turn


@given(st.text("记者编辑图第四版年月日星期一二三0123456789 ：/·.-热线责校对张", max_size=60))
def test_shares_are_shares(text: str) -> None:
    notice = notices.read(text)
    assert 0 <= notice.share <= 1
    assert notice == notices.read(text)
    assert "\0" not in "".join(notice.rest)


def test_no_text_takes_long() -> None:
    random = Random(1)
    parts = [
        "0",
        "1 ",
        "一",
        "热线",
        "编辑 ",
        "主管、",
        "2024年",
        "第",
        "a.",
        "晴转",
        "·",
        "张 ",
        "-",
        "新闻",
    ]
    for _ in range(60):
        few = random.sample(parts, 2)
        text = "".join(random.choice(few) for _ in range(notices.MAX_TEXT))[: notices.MAX_TEXT]
        begin = time.perf_counter()
        notices.read(text)
        assert time.perf_counter() - begin < 1
