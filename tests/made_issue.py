"""Pages of an issue drawn in text, with stories that go on on other pages of it.

The stories are our own. Each page is one column of ``WIDTH`` characters, read by the real reflow.
"""

from __future__ import annotations

from collections.abc import Sequence

import sketch

from digitize.model import Masthead, PageResult, PageStatus, Source
from digitize.reflow import reflow

WIDTH = 22

CANAL = "水渠今日全线完工"
ORCHARD = "山坡上的果园丰收"
SCHOOL = "新校舍落成典礼举行"
FERRY = "渡口又通航了"

CANAL_FIRST = (
    "昨日上午，城北的新水渠全线完工，渠水流进三个村的田里。村民老周站在渠边看了很久，说这是他"
    "盼了十年的一件大事。修渠的工人也都来了。"
)
# Rows of a cut paragraph are full: 20 characters after the indent, then 22 a row.
CANAL_CUT = "水渠长四十公里，从山脚的水库开始，绕过两座小山，穿过一片老林子，最后一直通到河边的"
CANAL_REST = "旧码头。修渠的工程前后用了两年的时间，三个村的村民都来帮过忙。"
CANAL_LAST = "渠水通到码头以后，工程队还要把老水库的闸门换成新的，预计明年春天可以完工。"
CANAL_MORE = "水利站的人说，渠水够三个村用的，工程队明年还要再修一条渠。"

ORCHARD_FIRST = (
    "霜降刚过，北坡的果园里一片忙碌。红苹果挂满枝头，果农踩着梯子剪下果柄，套上一层软网。"
)
ORCHARD_CUT = "今年的苹果比去年多收了三成，县里的合作社派车来拉，一天要装满二十车，果农们说苹果的"
ORCHARD_REST = "价钱也比去年高。合作社的人说，苹果装车以后当天就能运到省城，果农不用再为销路发愁。"

SCHOOL_TEXT = "新校舍昨日落成，校长带着学生搬了桌椅。教室的窗子很大，阳光照在黑板上，学生都很高兴。"
FERRY_TEXT = "停了三年的渡口昨日又通航了，第一班船载着赶集的人过了河，船工老何说还是水上走得快。"


def head(title: str) -> list[str]:
    """Rows of a headline with the space around it."""
    return ["", f"　＃{title}", "", ""]


def text(paragraph: str, indent: bool = True, end: str = "") -> list[str]:
    """Rows of a paragraph, and of ``end`` in its last row's right corner."""
    whole = ("　" * 2 if indent else "") + paragraph
    rows = [whole[i : i + WIDTH] for i in range(0, len(whole), WIDTH)]
    return [*rows, f"{end:　>{WIDTH}}"] if end else rows


def full(paragraph: str, indent: bool = True) -> str:
    """The paragraph, which fills its last row."""
    assert (len(paragraph) + 2 * indent) % WIDTH == 0, len(paragraph)
    return paragraph


def page(
    path: str,
    *blocks: Sequence[str],
    masthead: Masthead | None = None,
    page_no: int = 0,
    page_count: int = 1,
) -> PageResult:
    """The result of a page with these rows, as a run gives it."""
    rows = [row for block in blocks for row in [*block, ""]]
    found = reflow(sketch.page_of([f"{row:　<{WIDTH}}" for row in rows]))
    return PageResult(
        Source(path, page_no, page_count),
        PageStatus.OK if found.articles else PageStatus.EMPTY,
        found.page,
        found.articles,
        found.furniture,
        masthead or Masthead(),
    )


CANAL_REST_ROWS = (*text(CANAL_REST, indent=False), *text(CANAL_LAST))
FRONT = (
    [*head(CANAL), *text(CANAL_FIRST), *text(CANAL_CUT, end="（下转第四版）")],
    [*head(SCHOOL), *text(SCHOOL_TEXT)],
)
FOURTH = (
    [*head(FERRY), *text(FERRY_TEXT)],
    [*head("水渠通到码头"), "（上接第一版）", *CANAL_REST_ROWS],
)


def front(path: str = "in/p1.png", masthead: Masthead | None = None) -> PageResult:
    """Page 1: a story cut in mid-sentence that goes on on page 4, and one that ends."""
    return page(path, *FRONT, masthead=masthead)


def fourth(path: str = "in/p4.png", masthead: Masthead | None = None) -> PageResult:
    """Page 4: the rest, set under a headline that is not the first one's, and another story."""
    return page(path, *FOURTH, masthead=masthead)


CANAL_WHOLE = (CANAL_FIRST, CANAL_CUT + CANAL_REST, CANAL_LAST)
