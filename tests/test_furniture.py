"""Which rows are furniture: what belongs to no story goes, and nothing of a story goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import made_heads
import pytest
import true_lines
from made_heads import Row, across, columns, right, row, tiers, upright
from typesetter import FAMILIES

from digitize.geometry import Box
from digitize.model import Masthead
from digitize.reflow import furniture

HEAD = [
    row("A04", 0, 0, 1.6),
    row("城市新闻", 44, 0, 1.8),
    right("2024年2月6日　星期二", 102, 0.3),
]
RULE = across(2.4)
FRONT = [
    row("青原晚报", 36, 1, 6),
    row("2024年2月6日", 0, 1, 1.2),
    row("星期二", 0, 3, 1.2),
    row("第2647期", 0, 5),
    row("今日16版", 0, 7),
]
# One column ends above the foot of the page.
SHORT_COLUMN = [*columns(5, 140, 0, 3), *columns(5, 136, 3)]
GAP_IN_COLUMN = [*columns(5, 140, 0, 3), *columns(5, 100, 3), *columns(120, 140, 3)]
ADVERT = [
    row("旺铺招租", 40, 125, 4),
    row("地址：长宁路118号　电话：0571-88001234", 30, 132, 1.2),
    row("订购热线：5550 2266", 30, 135, 1.2),
]


@dataclass(frozen=True)
class Sheet:
    """Furniture, and what must stay in the text."""

    furniture: Sequence[Row]
    text: Sequence[Row]
    rules: Sequence[Box] = field(default=(RULE,))
    frames: Sequence[Box] = ()
    pictures: Sequence[Box] = ()


SHEETS: dict[str, Sheet] = {
    # A page may begin with a story.
    "headline": Sheet(
        [], [row("苹果红了", 30, 0, 5), row("本报记者 王海燕", 44, 6), *columns(9)], ()
    ),
    "headline of an editor": Sheet(
        [], [row("一位编辑的自述", 20, 0, 5), row("文/张三丰", 48, 6), *columns(9)], ()
    ),
    "headline of a hot line": Sheet([], [row("12345热线办好民生事", 20, 0, 5), *columns(9)], ()),
    "headline of a day": Sheet([], [row("1948年5月1日的回忆", 20, 0, 5), *columns(9)], ()),
    "headline of a number": Sheet(
        [], [row("3万人", 0, 0, 4), row("老城用上了新水管", 16, 0, 4), *columns(6)], ()
    ),
    "column that begins with a date": Sheet(
        [], [row("2024年2月6日，山河春秋日月星辰", 2, 0), *columns(1.6)], ()
    ),
    "picture": Sheet(
        [],
        [row("图为活动现场。本报记者 张三 摄", 30, 36, 0.9), *columns(45)],
        (),
        pictures=[Box(0, 0, 102, 35)],
    ),
    "table": Sheet(
        [],
        [
            *(
                row(text, x, 1.4 * y)
                for y, line in enumerate(["名次 球队 胜 积分", "1 东岭队 9 28", "2 望江队 8 25"])
                for x, text in zip((0, 20, 50, 90), line.split(), strict=True)
            ),
            *columns(9),
        ],
        (),
    ),
    # What stands right below the furniture.
    "day of a speech": Sheet(
        HEAD,
        [
            row("在庆祝大会上的讲话", 20, 4, 4),
            row("（2024年2月6日）", 44, 9, 1.2),
            row("李大明", 48, 11, 1.2),
            *columns(14),
        ],
        (),
    ),
    "day of a speech without brackets": Sheet(
        HEAD, [row("在庆祝大会上的讲话", 20, 4, 4), row("2024年2月6日", 46, 9, 1.2), *columns(14)]
    ),
    "kicker": Sheet(
        HEAD,
        [
            row("深入基层调研行", 40, 3.4, 1.4),
            row("老旧小区装上新电梯", 16, 5.4, 4.6),
            *columns(12),
        ],
        (),
    ),
    "short headline beside the page number": Sheet(
        [row("04", 0, 0, 2.2), row("2024.2.6", 0, 2.6, 0.9)],
        [row("苹果红了", 30, 0, 5), *columns(7)],
        (),
    ),
    "guide to other pages": Sheet(
        HEAD, [row("A02 | 山河春秋日月", 0, 5), row("A05 | 晴雨云风雷电城", 30, 5), *columns(9)]
    ),
    "headline on the weather": Sheet(HEAD, [row("今明两天多云转晴", 30, 4, 4), *columns(10)]),
    "credits of a report": Sheet(
        HEAD,
        [
            row("治沙人与他的树", 30, 4, 5),
            row("撰文：张三丰 编辑：李四光 摄影：王五", 30, 10),
            *columns(13),
        ],
    ),
    "turn lines": Sheet(
        HEAD,
        [row("（上接第一版）", 0, 4), *columns(5.6, 136), row("（下转第四版）", 92, 138)],
    ),
    # Within the page and at its foot.
    "signature and day": Sheet(HEAD, [*SHORT_COLUMN, row("2024年2月6日", 92, 137)]),
    "answers of an editor": Sheet(
        HEAD, [*GAP_IN_COLUMN, row("主编：王强说得对，应当这样办。", 80, 102)]
    ),
    "lottery": Sheet(
        HEAD,
        [
            *GAP_IN_COLUMN,
            row("第2024015期", 80, 103),
            row("开奖日期 2024年2月6日", 80, 105),
            row("中奖号码 12 15 22", 80, 107),
        ],
    ),
    "vacancies": Sheet(
        HEAD,
        [*GAP_IN_COLUMN, row("招聘", 82, 104, 2), row("编辑 校对 各三名", 80, 108)],
    ),
    "number of a chapter": Sheet(HEAD, [*columns(5, 60), row("2", 50, 63, 2), *columns(67)]),
    "credit of a drawing": Sheet(
        HEAD, [*columns(5, 59), row("制图：张三丰", 90, 60, 0.8), *columns(62)]
    ),
    "advert at the foot": Sheet(HEAD, [*columns(5, 120), *ADVERT], [RULE, across(122)]),
    "advert in a frame": Sheet(HEAD, [*columns(5, 120), *ADVERT], frames=[Box(0, 122, 102, 139)]),
    "advert with a day": Sheet(
        [],
        [
            *columns(0, 120),
            row("春季车展", 30, 124, 4),
            row("2024年4月12日 星期五", 30, 130, 1.4),
            row("主办：云川市会展公司　电话：88001234", 30, 138),
        ],
        (),
    ),
    "advert beside the nameplate": Sheet(
        FRONT,
        [row("春季车展", 88, 1, 2), row("电话：88001234", 86, 4), *columns(12)],
        [across(9)],
        [Box(84, 0, 102, 7)],
    ),
    "upright headline in the corner": Sheet(
        [],
        [
            upright("江堤決口記", 96, 0, 4),
            upright("民國卅七年五月一日", 93, 2),
            *tiers(0.5, 26, 0, 91),
            *tiers(28),
        ],
        (),
    ),
    # Furniture, all of it.
    "ears": Sheet(
        [*FRONT, row("今日天气", 88, 1), row("晴转多云", 88, 2.5), row("9~14℃", 88, 4)],
        columns(12),
        [across(9)],
        [Box(84, 0, 102, 7)],
    ),
    "hot line in an ear": Sheet(
        [*FRONT, row("新闻热线", 88, 1), row("8739774", 88, 2.5)],
        columns(12),
        [across(9)],
        [Box(84, 0, 102, 7)],
    ),
    "nameplate in a box beside a headline": Sheet(
        [row("青原晚报", 4, 1, 4), row("2024年2月6日 星期二", 4, 6), row("第2647期", 4, 7.4)],
        [row("老旧小区装上新电梯居民笑开颜", 40, 1, 4), *columns(11)],
        (),
        [Box(0, 0, 30, 9)],
    ),
    "editors at the end of a column": Sheet(
        [*HEAD, row("（责任编辑：张三丰）", 92, 139)],
        [*columns(5, 140, 0, 3), *columns(5, 137, 3)],
    ),
    "editors set like the text above them": Sheet(
        [*HEAD, row("本版编辑：张三丰", 78, 102.6)],
        [*columns(5, 140, 0, 3), *columns(5, 102, 3), *columns(120, 140, 3)],
    ),
    "editors between stories": Sheet(
        [*HEAD, row("责编：张三丰　美编：李四光", 40, 70, 0.8)], [*columns(5, 68), *columns(73)]
    ),
    "strip at the foot": Sheet(
        [*HEAD, row("投稿邮箱：wenyi@example.com　本版编辑：张三丰", 60, 139, 0.8)], columns(5, 137)
    ),
    "rules of dots": Sheet(
        [*HEAD, row("·" * 30, 0, 70), row("………………………………", 52, 70)],
        [*columns(5, 69), *columns(72)],
    ),
    "speck over the masthead": Sheet([*HEAD, row("I", 60, -2, 0.5)], columns(5)),
}


def found_on(sheet: Sheet) -> tuple[set[str], set[str]]:
    """The texts of furniture that stayed and of text that went."""
    rows = [*sheet.furniture, *sheet.text]
    page = made_heads.page(rows, sheet.rules, sheet.frames, sheet.pictures)
    gone = furniture.find(page).line_ids
    stayed = [line for line in page.lines[: len(sheet.furniture)] if line.id not in gone]
    went = [line for line in page.lines[len(sheet.furniture) :] if line.id in gone]
    return {line.text for line in stayed}, {line.text for line in went}


@pytest.mark.parametrize("name", SHEETS)
def test_furniture_goes_and_text_stays(name: str) -> None:
    assert found_on(SHEETS[name]) == (set(), set())


# Labels over a column of briefs; the typesetter counts them as furniture, and so may a reader.
LABELS = {"简讯", "一句话新闻", "市井短波", "要闻速览"}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(300, 304))
def test_on_set_pages_all_furniture_is_found_and_nothing_else(family: str, seed: int) -> None:
    true = true_lines.set_page(family, seed)
    page = true_lines.page_of(true)
    gone = furniture.find(page).line_ids
    roles = {line.id: said["role"] for line, said in zip(page.lines, true["lines"], strict=True)}
    texts = {line.id: line.text for line in page.lines}
    assert [texts[i] for i in sorted(gone) if roles[i] != "furniture"] == []
    left = [texts[i] for i, role in roles.items() if role == "furniture" and i not in gone]
    assert set(left) <= LABELS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年2月6日", "date"),
        ("责编：高松", "editors"),
        ("第四版", "folio"),
        ("邮发代号 37-54", "imprint"),
        ("多云转晴", "imprint"),
        ("新闻热线", "contact"),
        ("........", "ornament"),
        ("今日枣庄", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert furniture.kind_of(text) == kind


def test_kinds_by_what_the_page_says() -> None:
    says = Masthead(paper="河西都市报", section="要闻")
    assert furniture.kind_of("河西都", says) == "paper"
    assert furniture.kind_of("报市", says) == "paper"  # read from the right
    assert furniture.kind_of("要闻", says) == "section"
    assert furniture.kind_of("人民日报", says) == "paper"
    assert furniture.kind_of("聚焦高质量", says) is None
    assert furniture.kind_of("", says) is None


def test_furniture_is_listed_from_the_top() -> None:
    page = made_heads.page([*HEAD, row("责编：张三丰", 60, 139, 0.8), *columns(5, 137)], [RULE])
    pieces = furniture.find(page).pieces
    assert [(p.kind, p.text) for p in pieces] == [
        ("folio", "A04"),
        ("section", "城市新闻"),
        ("date", "2024年2月6日　星期二"),
        ("editors", "责编：张三丰"),
    ]
    assert [p.line_ids for p in pieces] == [("l0000",), ("l0001",), ("l0002",), ("l0003",)]
