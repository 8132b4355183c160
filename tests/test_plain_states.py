"""Kinds of blocks, open ends, starts."""

from __future__ import annotations

from math import inf

import pytest

from digitize.reflow.plain.blocks import parse
from digitize.reflow.plain.ends import end_of
from digitize.reflow.plain.kinds import Kind, in_context, kind_of
from digitize.reflow.plain.starts import start_of

LONG = "石门村在海拔1100米的山上，全村213户人家分散在11个山坳里。过去这里最有名的"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("## 一只蜜蜂带富一个村", Kind.TITLE),
        ("一只蜜蜂带富一个村", Kind.HEADING),
        ("顶压前行 交出稳中向好答卷", Kind.HEADING),
        ("本报记者 吴建国 通讯员 马海燕", Kind.BYLINE),
        ("一、坚持党的领导，做好各项工作。", Kind.ITEM),
        ("（三）垃圾、矿渣及其他物品；", Kind.ITEM),
        ("3.统筹规划", Kind.ITEM),
        ("● 关注经济热点", Kind.ITEM),
        ("第十条 电力线路保护区：", Kind.ITEM),
        ("3.5亿元的投资", Kind.HEADING),
        ("图为村民在采蜜。（本报记者 王新庆 摄）", Kind.CAPTION),
        ("| 年份 | 产量 |", Kind.FIXED),
        ("———————", Kind.FIXED),
        ("3943·14·394 1434·17", Kind.FIXED),
        ("谭彦是1997年12月3日", Kind.HEADING),
        ("务的关键一年", Kind.HEADING),
        ("的关键一年，更是高新区转型升级的一年。", Kind.PROSE),
        (LONG, Kind.PROSE),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_code_between_fences_is_fixed() -> None:
    blocks = parse("甲乙丙\n```\nx = 1\n```\n甲乙丙\n").blocks
    assert [k is Kind.FIXED for k in in_context(blocks)] == [False, True, True, True, False]


def test_short_lines_in_a_row_are_verse() -> None:
    lines = "五花马，千金裘，\n呼儿将出换美酒，\n与尔同销万古愁。\n来！举杯\n钟鼓馔玉不足贵，\n"
    assert set(in_context(parse(lines).blocks)) == {Kind.VERSE}


def test_lines_of_one_metre_are_verse() -> None:
    lines = "朝辞白帝彩云间，千里江陵一日还。\n两岸猿声啼不住，轻舟已过万重山，\n"
    assert set(in_context(parse(lines).blocks)) == {Kind.VERSE}
    assert in_context(parse("开厨房的水龙头，接了满满一壶水。\n").blocks) == [Kind.PROSE]


def end(text: str, marked: bool = False) -> float:
    return end_of(parse(text).blocks[0], kind_of(text), marked)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}是石头。",
        f"{LONG}是“石头。”",
        f"{LONG}三样东西：",
        f"{LONG}是石头。（本报波恩1月13日电）",
        f"{LONG}是石头。——编者",
        "The end of the road is near.",
        "包含这些样式和作为本文档的短语部分.",
        "## 一只蜜蜂带富一个村",
        "本报记者 吴建国",
        "- - -",
    ],
)
def test_closed(text: str) -> None:
    assert end(text) == -inf


@pytest.mark.parametrize(
    ("open_", "less"),
    [
        (LONG, "石门村在海拔1100米的山上，全村213户人家分散在11个山坳里"),
        (LONG + "，", LONG),
        (LONG, LONG + "——"),
        (LONG, LONG + "（图）"),
        (LONG, "顶压前行 交出稳中向好的答卷来"),
        ("11月的第一个星期一，长宁路68号的居民", "三十年的老水管终于换了又换了又换了"),
        ("居民早早起床到厨房里拧开水龙头的", "居民早早起床到厨房里拧开水龙头"),
        ("居民早早起床到厨房里拧开水龙头", "居民早早起床"),
    ],
)
def test_how_open(open_: str, less: str) -> None:
    assert end(open_) > end(less) > -inf


def test_with_marked_headings_a_bare_line_is_sooner_text() -> None:
    text = "2024年是贯彻落实党的二十大"
    assert end(text, marked=True) > end(text)


def test_a_decimal_point_is_no_full_stop() -> None:
    assert end(f"{LONG}工程总投资1.") > 0


def start(text: str, indents: bool = False) -> float:
    block = parse(text).blocks[0]
    return start_of(block, kind_of(block.text), indents)


@pytest.mark.parametrize(
    "text", ["## 题", "一、坚持领导。", "- 甲", "本报记者 吴建国", "| 甲 | 乙 |"]
)
def test_sure_starts(text: str) -> None:
    assert start(text) == -inf


@pytest.mark.parametrize(
    "text", ["，更是关键一年。", "。", "”他说，事情就这样定了。", "）的规定执行。"]
)
def test_sure_continuations(text: str) -> None:
    assert start(text) > 4


@pytest.mark.parametrize(
    "text",
    [
        "但是，这一年的工作并不容易，大家都很辛苦，也都很努力。",
        "据胡彩玲介绍，小扎耶德很聪明，会说几句中国话，大家都喜欢他。",
        "本报讯 近日，市图书馆延长了开放时间，读者都说好，人也多了。",
        "乔石说，两国关系发展顺利，双方都很满意，今后还要继续努力。",
        "1997年，这里修了一条路，通了车，也通了电，日子好过多了。",
        "“这些小家伙很娇气，温度低了不干活，”马静说，“氧气多了也不行。”",
        "尊敬的读者朋友们：",
        "山里的蜂与蜂农",
    ],
)
def test_likely_starts(text: str) -> None:
    assert start(text) < -1 < start("务的关键一年，更是高新区转型升级、跨越赶超的关键一年。")


def test_indents_mark_starts_where_they_are_the_rule() -> None:
    assert start("　　务的关键一年，更是转型升级、跨越赶超的关键一年。", indents=True) < -4
    assert start("务的关键一年，更是转型升级、跨越赶超的关键一年。", indents=True) > 0
