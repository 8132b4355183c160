"""Mastheads in the manner of many papers: their furniture leaves the text, and is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import made_heads
import pytest
from made_heads import Row, across, columns, right, row, tiers, upright

from digitize.geometry import Box
from digitize.model import Credit, Masthead
from digitize.reflow import furniture

TUESDAY = "2024年2月6日　星期二"


@dataclass(frozen=True)
class Head:
    """A masthead, what it says, and the text of the page, with the rules between the two."""

    rows: Sequence[Row]
    says: Masthead
    text: Sequence[Row]
    rules: Sequence[Box] = ()
    frames: Sequence[Box] = ()


def credits(*pairs: str) -> tuple[Credit, ...]:
    return tuple(Credit(*pair.split()) for pair in pairs)


PLATE = [
    upright("申報", 97, 1, 4),
    upright("中華民國三十七年五月一日", 94, 1, 0.9),
    upright("星期六　夏曆戊子年三月廿三日", 92.8, 1, 0.9),
    upright("第二五一三八號", 91.6, 1, 0.9),
    upright("今日出版兩大張", 90.4, 1, 0.9),
    upright("社址上海漢口路三〇九號", 89.2, 1, 0.9),
]
BESIDE_PLATE = [*tiers(0.5, 26, 0, 87), *tiers(28)]

HEADS: dict[str, Head] = {
    "section page with a rule": Head(
        [
            row("4", 0, 0, 3),
            row("要闻", 3, 1, 1.7),
            right(TUESDAY, 90, 1.4),
            right("人民日报", 102, 0.4, 2.4),
            row("本版责编：殷新宇　杨烁壁　陈世涵", 70, 138.6, 0.9),
        ],
        Masthead(
            "人民日报",
            "2024-02-06",
            "4",
            "要闻",
            credits("本版责编 殷新宇", "本版责编 杨烁壁", "本版责编 陈世涵"),
        ),
        columns(5, 137),
        [across(4)],
    ),
    "section page without a rule": Head(
        [
            row("4", 0, 0, 3),
            row("要闻", 3, 1, 1.7),
            right(TUESDAY, 90, 1.4),
            right("人民日报", 102, 0.4, 2.4),
        ],
        Masthead("人民日报", "2024-02-06", "4", "要闻"),
        columns(6),
    ),
    "front page, the day large": Head(
        [
            row("人民日报", 30, 2, 9),
            row("RENMIN RIBAO", 42, 12, 1.6),
            row("2024年2月", 2, 2, 1.3),
            row("6", 4, 4, 3.5),
            row("星期二", 3, 8, 1.3),
            row("癸卯年十二月廿七", 1, 9.8),
            row("人民日报社出版", 85, 2, 1.2),
            row("国内统一连续出版物号", 85, 4),
            row("CN 11-0065", 87, 5.4),
            row("代号1—1", 87, 6.8),
            row("第27618期", 87, 8.2),
            row("今日20版", 87, 9.6),
        ],
        Masthead("人民日报", "2024-02-06"),
        columns(16),
        [across(14.5)],
    ),
    "evening paper": Head(
        [
            row("A03", 0, 0, 2.2),
            row("读者热线>>>", 10, 0, 0.9),
            row("5289997", 17, 0, 0.9),
            row("今日枣庄", 42, 0, 2.2),
            right("齐鲁晚報 2024.2.6 星期二", 102, 0),
            right("责编：高松　美编：张静　组版：李华", 102, 1.5, 0.9),
        ],
        Masthead(
            "齐鲁晚報",
            "2024-02-06",
            "A03",
            "今日枣庄",
            credits("责编 高松", "美编 张静", "组版 李华"),
        ),
        columns(5),
        [across(3)],
    ),
    "weekly": Head(
        [
            row("C23", 0, 0, 2),
            row("评论", 48, 0, 2.5),
            right("2024年2月8日　星期四", 102, 0),
            right("南方周末", 102, 1.4, 1.2),
            row("责任编辑 张三丰 李四光", 0, 2.6, 0.9),
        ],
        Masthead(
            "南方周末",
            "2024-02-08",
            "C23",
            "评论",
            credits("责任编辑 张三丰", "责任编辑 李四光"),
        ),
        columns(6),
    ),
    "editors along the foot": Head(
        [
            row("04", 0, 0, 2.5),
            row("教育科研", 4, 0.6, 1.9),
            right(TUESDAY, 102, 0.5),
            right("中国教育报", 102, 1.8, 1.2),
            row(
                "主编：王强　编辑：杨文轶　设计：张鹏　校对：刘梦　电话：010-82290000",
                0,
                138.8,
                0.8,
            ),
        ],
        Masthead(
            "中国教育报",
            "2024-02-06",
            "4",
            "教育科研",
            credits("主编 王强", "编辑 杨文轶", "设计 张鹏", "校对 刘梦"),
        ),
        columns(5, 137),
        [across(3.4)],
    ),
    "Hong Kong": Head(
        [
            row("A12", 0, 0, 2.4),
            row("國際", 5, 0, 2.2),
            row("大公報", 48, 0, 2),
            right(TUESDAY, 102, 0),
            right("責任編輯：張一鳴　美術編輯：李四光", 102, 1.4, 0.8),
        ],
        Masthead(
            "大公報", "2024-02-06", "A12", "國際", credits("責任編輯 張一鳴", "美術編輯 李四光")
        ),
        columns(5),
        [across(3)],
    ),
    "Taiwan": Head(
        [
            row("A4", 0, 0, 2.4),
            row("要聞", 4, 0.4, 1.8),
            right("聯合報", 102, 0, 2),
            right("中華民國113年2月6日　星期二", 94, 0.8),
            right("編輯／張大明", 102, 2.3, 0.8),
        ],
        Masthead("聯合報", "2024-02-06", "A4", "要聞", credits("編輯 張大明")),
        columns(5),
    ),
    "Singapore": Head(
        [
            row("国际 | 15", 0, 0, 1.8),
            row("联合早报", 46, 0, 1.8),
            right("2024年2月6日 星期二", 102, 0.4),
        ],
        Masthead("联合早报", "2024-02-06", "15", "国际"),
        columns(4),
        [across(2.6)],
    ),
    "day over month": Head(
        [
            row("2024年2月", 0, 0),
            row("6", 1, 1.3, 2.6),
            row("星期二", 4, 2.4),
            row("羊城晚报", 44, 0, 2.6),
            row("要闻·2", 92, 0, 1.6),
        ],
        Masthead("羊城晚报", "2024-02-06", "2", "要闻"),
        columns(6),
    ),
    "two pages in one": Head(
        [
            row("A02/A03", 0, 0, 1.6),
            row("特别报道", 46, 0, 2.2),
            right("云川都市报", 94, 0.5),
            right("2024年2月6日", 102, 0.5),
        ],
        Masthead("云川都市报", "2024-02-06", "A02", "特别报道"),
        columns(4),
        [across(2.8)],
    ),
    "old paper, read from the right": Head(
        [
            row("版二第", 0, 0, 1.1),
            row("報新濱滬", 46, 0, 1.6, 2),
            right("日一月五年七十三國民華中", 102, 0, 1.1),
        ],
        Masthead("滬濱新報", "1948-05-01", "2"),
        tiers(4),
        [across(2.4)],
    ),
    "old paper without a rule": Head(
        [
            row("第三版", 0, 0, 1.1),
            row("大公報", 46, 0, 1.6),
            right("民國卅七年五月一日　星期六", 102, 0, 1.1),
        ],
        Masthead("大公報", "1948-05-01", "3"),
        tiers(3),
    ),
    "upright nameplate": Head(PLATE, Masthead("申報", "1948-05-01"), BESIDE_PLATE),
    "nameplate in a frame": Head(
        PLATE, Masthead("申報", "1948-05-01"), BESIDE_PLATE, frames=[Box(88.5, 0.3, 102, 15)]
    ),
    "date along the side": Head(
        [upright("第二版", 104, 30), upright("中華民國三十七年五月一日　星期六", 104, 50)],
        Masthead("", "1948-05-01", "2"),
        columns(0),
    ),
    "in the corner beside a headline": Head(
        [
            row("06", 0, 0, 2.2),
            row("民生", 3, 0, 1.6),
            row("2024.2.6 星期二", 0, 2.6, 0.9),
            row("责编 张三丰", 0, 3.8, 0.9),
        ],
        Masthead("", "2024-02-06", "6", "民生", credits("责编 张三丰")),
        [row("老旧小区装上新电梯居民笑开颜", 16, 0, 4.6), *columns(7)],
    ),
    "all in one row": Head(
        [row("A04 城市新闻 云川都市报 2024年2月6日 星期二 责编 张三丰", 0, 0, 1.2)],
        Masthead("云川都市报", "2024-02-06", "A04", "城市新闻", credits("责编 张三丰")),
        columns(4),
    ),
}


def found_in(head: Head) -> tuple[furniture.Found, set[str], set[str]]:
    """The furniture; what of it was overlooked; what of the text went with it."""
    page = made_heads.page([*head.rows, *head.text], head.rules, head.frames)
    found = furniture.find(page)
    texts = {line.id: line.text for line in page.lines}
    want = {line.id for line in page.lines[: len(head.rows)]}
    overlooked = {texts[i] for i in want - found.line_ids}
    return found, overlooked, {texts[i] for i in found.line_ids - want}


@pytest.mark.parametrize("name", HEADS)
def test_a_masthead_leaves_the_text_and_is_understood(name: str) -> None:
    found, overlooked, lost = found_in(HEADS[name])
    assert not overlooked
    assert not lost
    assert found.masthead == HEADS[name].says


def scanned(made: Row, random: Random) -> Row:
    """The row as a detector measures it: not quite in its place, not quite of its size."""
    dx, dy, size = random.uniform(-0.3, 0.3), random.uniform(-0.2, 0.2), random.uniform(0.9, 1.1)
    box = made.box
    moved = Box(box.x0 + dx, box.y0 + dy, box.x1 + dx + 0.2, box.y1 + dy)
    return replace(made, em=made.em * size, box=moved)


def torn(made: Row, random: Random) -> list[Row]:
    """The row in pieces where it has gaps, or run together, as recognisers have it."""
    words = made.text.split()
    choice = random.random()
    if choice < 0.3 and not made.text.isascii():
        return [replace(made, text="".join(words))]
    if choice < 0.6 or made.vertical or len(words) < 2:
        return [made]
    pieces, at, step = [], made.box.x0, made.box.width / len(made.text)
    for word in words:
        box = replace(made.box, x0=at, x1=at + step * len(word))
        pieces.append(replace(made, text=word, box=box))
        at = box.x1 + step
    return pieces


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", HEADS)
def test_it_is_understood_when_measured_and_cut_less_well(name: str, seed: int) -> None:
    random, head = Random(seed), HEADS[name]
    pieces = [scanned(piece, random) for made in head.rows for piece in torn(made, random)]
    text = [scanned(made, random) for made in head.text]
    found, overlooked, lost = found_in(replace(head, rows=pieces, text=text))
    assert not overlooked
    assert not lost
    assert found.masthead == head.says


def test_a_page_without_furniture_says_nothing() -> None:
    found = furniture.find(made_heads.page(columns(0)))
    assert found == furniture.Found()
    assert furniture.find(made_heads.page([])) == furniture.Found()


def test_a_row_read_twice_is_read_once() -> None:
    head = HEADS["old paper without a rule"]
    double = replace(head.rows[2], text="民國卅", box=replace(head.rows[2].box, x1=90.0))
    found, overlooked, _ = found_in(replace(head, rows=[*head.rows, double]))
    assert not overlooked
    assert found.masthead == head.says


@pytest.mark.parametrize(
    ("texts", "paper"),
    [
        (["齐鲁晚报社主办", "2024年2月6日"], "齐鲁晚报"),  # known by its house
        (["每周文摘", "文汇报", "2024年2月6日"], "文汇报"),
        (["2024年2月6日", "第2647期"], ""),
    ],
)
def test_whose_paper_it_is(texts: list[str], paper: str) -> None:
    rows = [right(text, 102 - 24 * i, 0, 1.0 + i) for i, text in enumerate(reversed(texts))]
    assert found_in(Head(rows, Masthead(), columns(6), [across(4)]))[0].masthead.paper == paper


def test_a_front_page_is_named_by_its_largest_words() -> None:
    head = [row("望江周末", 30, 0, 6), row("2024年2月6日", 0, 7), row("第2647期", 90, 7)]
    says = found_in(Head(head, Masthead(), columns(10), [across(8.5)]))[0].masthead
    assert says == Masthead("望江周末", "2024-02-06")


def test_an_impossible_date_is_refused() -> None:
    head = [row("A04", 0, 0, 1.6), right("2024-13-45", 102, 0)]
    assert found_in(Head(head, Masthead(), columns(4), [across(2.4)]))[0].masthead.date == ""


def test_the_number_of_pages_is_no_page_number() -> None:
    head = [row("望江日报", 30, 0, 6), row("2024年2月6日", 0, 7), row("今日8版", 90, 7)]
    assert found_in(Head(head, Masthead(), columns(10), [across(8.5)]))[0].masthead.page == ""
