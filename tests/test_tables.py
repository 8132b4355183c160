"""Tables leave the columns and are kept row by row; adverts are told from stories."""

from __future__ import annotations

import pytest
from true_lines import rule

from digitize.formats import to_text
from digitize.geometry import Box
from digitize.model import (
    ArticleKind,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Role,
    Source,
)
from digitize.reflow import Reflowed, reflow
from digitize.reflow.adverts import is_advert

EM = 30.0
CELL = (150.0, 50.0)  # px
ROWS = (("品种", "单价", "涨跌"), ("白菜", "0.75", "持平"), ("萝卜", "1.20", "上涨"))
STORY = ["城北批发市场昨天到货的蔬菜一共有七十", "多种，大白菜的价钱和上个月相比没有什么变化。"]


def line(number: int, x: float, y: float, text: str) -> Line:
    return Line(f"l{number:02}", Box(x, y, x + len(text) * EM, y + EM).polygon(), text, 0.99, EM)


def table_page(rules: bool = True) -> Page:
    """Two lines of a story over a table of three rows by three columns."""
    lines = [line(i, 100, 100 + 45 * i, text) for i, text in enumerate(STORY)]
    left, top = 100.0, 300.0
    for r, cells in enumerate(ROWS):
        lines += [
            line(10 + 3 * r + c, left + c * CELL[0] + 20, top + r * CELL[1] + 10, text)
            for c, text in enumerate(cells)
        ]
    right, bottom = left + 3 * CELL[0], top + 3 * CELL[1]
    across = [rule(Box(left, top + i * CELL[1], right, top + i * CELL[1] + 3)) for i in range(4)]
    down = [rule(Box(left + i * CELL[0], top, left + i * CELL[0] + 3, bottom)) for i in range(4)]
    return Page((1000, 800), lines=tuple(lines), separators=(*across, *down) if rules else ())


def tables(found: Reflowed) -> list[list[str]]:
    return [[p.text for p in a.paragraphs] for a in found.articles if a.kind is ArticleKind.TABLE]


def test_a_table_is_kept_row_by_row() -> None:
    found = reflow(table_page())
    assert tables(found) == [["\t".join(cells) for cells in ROWS]]
    story = next(a for a in found.articles if a.kind is ArticleKind.STORY)
    assert [p.text for p in story.paragraphs] == ["".join(STORY)]


def test_no_line_of_a_table_is_lost() -> None:
    page = table_page()
    assert sorted(reflow(page).page.order) == sorted(one.id for one in page.lines)


def test_text_without_a_lattice_is_no_table() -> None:
    assert tables(reflow(table_page(rules=False))) == []


def test_text_output_has_the_rows_of_a_table() -> None:
    found = reflow(table_page())
    text = to_text(PageResult(Source("a"), PageStatus.OK, found.page, found.articles))
    assert "白菜\t0.75\t持平" in text


def test_stories_in_a_grid_of_rules_are_no_table() -> None:
    page = table_page()
    long = "这一格里是一篇很长的文章，" * 6
    cells = [line(10 + i, 120 + (i % 3) * 150, 310 + (i // 3) * 50, long) for i in range(9)]
    crowded = Page(page.size, lines=(*page.lines[:2], *cells), separators=page.separators)
    assert tables(reflow(crowded)) == []


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(f"p{i}", Role.BODY, text) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ("家具惠民节", "全场实木家具八折起", "地址：长宁路118号 电话：0571-88001234"),
        ("仁和藥房", "專治咳嗽", "各埠均售"),
        ("东郊新盘", "均价9800元起", "咨询热线：400-820-1234"),
    ],
)
def test_an_advert(texts: tuple[str, ...]) -> None:
    assert is_advert(paragraphs(*texts))


@pytest.mark.parametrize(
    "texts",
    [
        (
            "两条公交线路调整",
            "因梧桐路道路施工，15路、37路公交车临时改道。市民可拨打热线12345查询。",
        ),
        ("本报招聘启事见第八版",),
        ("市民公园中秋开放",),
        (),
    ],
)
def test_no_advert(texts: tuple[str, ...]) -> None:
    assert not is_advert(paragraphs(*texts))
