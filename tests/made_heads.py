"""Pages with furniture, made by hand: places and sizes in em of the body type, as measured by eye.

``row(text, x, y, em)`` is a level row with its left upper corner at (x, y); ``upright`` rows run
down. In the ``columns`` and ``tiers`` of text nothing reads like furniture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from true_lines import regions, rule, sides

from digitize.geometry import Box, WritingMode
from digitize.model import Line, Page, RegionKind

EM = 30.0
WIDE, HIGH = 102.0, 140.0  # em
MARGIN = 4.0
COLUMNS = 4
MEASURE = 24  # em, with a gutter of two
LEADING = 1.6
TEXT = "山河春秋日月星辰花木禾苗晴雨云风雷电城乡桥路学堂水清"


@dataclass(frozen=True)
class Row:
    text: str
    box: Box
    em: float
    vertical: bool = False


def row(text: str, x: float, y: float, em: float = 1.0, pitch: float = 1.0) -> Row:
    """A level row; ``pitch`` is the step from glyph to glyph in its own em."""
    wide = sum(1.0 if ord(c) > 0x2E7F else 0.55 for c in text) * em * pitch
    return Row(text, Box(x, y, x + wide, y + em), em)


def right(text: str, x: float, y: float, em: float = 1.0) -> Row:
    """A level row that ends at ``x``."""
    made = row(text, 0, y, em)
    return row(text, x - made.box.width, y, em)


def upright(text: str, x: float, y: float, em: float = 1.0) -> Row:
    return Row(text, Box(x, y, x + em, y + em * len(text)), em, vertical=True)


def columns(top: float, foot: float = HIGH, first: int = 0, last: int = COLUMNS) -> list[Row]:
    """Body type in the columns from ``first`` to before ``last``."""
    rows = []
    for column in range(first, last):
        x, y, n = column * (MEASURE + 2), top, 0
        while y + 1 <= foot:
            indent = 2 * (n % 7 == 0)
            shift = (7 * n + 3 * column) % len(TEXT)
            text = (TEXT[shift:] + TEXT)[: MEASURE - indent]
            rows.append(row(text, x + indent, y))
            y, n = y + LEADING, n + 1
    return rows


def tiers(top: float, foot: float = HIGH, left: float = 0.0, end: float = WIDE) -> list[Row]:
    """Upright body type in tiers 26 em high."""
    rows, y = [], top
    while y + 24 <= foot:
        x, n = end - 1.0, 0
        while x >= left:
            shift = (7 * n) % len(TEXT)
            rows.append(upright((TEXT[shift:] + TEXT)[:24], x, y))
            x, n = x - LEADING, n + 1
        y += 26
    return rows


def page(
    rows: Iterable[Row],
    rules: Iterable[Box] = (),
    frames: Iterable[Box] = (),
    pictures: Iterable[Box] = (),
) -> Page:
    """The page; line ids are the places in ``rows``."""
    framed = [_px(frame) for frame in frames]
    return Page(
        size=(int((WIDE + 2 * MARGIN) * EM), int((HIGH + 2 * MARGIN) * EM)),
        lines=tuple(
            Line(
                f"l{i:04d}",
                _px(r.box).polygon(),
                r.text,
                1.0,
                r.em * EM,
                WritingMode.VERTICAL if r.vertical else WritingMode.HORIZONTAL,
            )
            for i, r in enumerate(rows)
        ),
        separators=(
            *(rule(_px(box)) for box in rules),
            *(side for frame in framed for side in sides(frame)),
        ),
        regions=(
            *regions(RegionKind.FRAME, framed),
            *regions(RegionKind.PICTURE, [_px(box) for box in pictures]),
        ),
    )


def across(y: float, x0: float = 0.0, x1: float = WIDE) -> Box:
    """A rule over the page."""
    return Box(x0, y, x1, y + 0.1)


def _px(box: Box) -> Box:
    x0, y0, x1, y1 = (EM * (v + MARGIN) for v in (box.x0, box.y0, box.x1, box.y1))
    return Box(x0, y0, x1, y1)
