"""Lines and the rules that run through them."""

from __future__ import annotations

import numpy as np

from digitize.geometry import Box, WritingMode
from digitize.image import Pixels
from digitize.layout.ruled import parted, uncreased
from digitize.model import Line

EM = 20.0
DOWN = WritingMode.VERTICAL


def _line(name: str, box: Box, mode: WritingMode = WritingMode.HORIZONTAL) -> Line:
    em = box.height if mode is WritingMode.HORIZONTAL else box.width
    return Line(name, box.polygon(), "", 1.0, em, mode)


def _inked(*boxes: Box) -> Pixels:
    """A page with ink in ``boxes``."""
    mask = np.zeros((1000, 1000), dtype=np.uint8)
    for b in boxes:
        mask[round(b.y0) : round(b.y1), round(b.x0) : round(b.x1)] = 255
    return mask


LEFT, RIGHT = Box(100, 200, 290, 220), Box(315, 200, 500, 220)
COLUMN_RULE = Box(300, 205, 303, 900)


def test_a_line_over_a_column_rule_is_cut_there() -> None:
    line = _line("one", Box.around([LEFT, RIGHT]))
    found = parted([line], (), [COLUMN_RULE], _inked(LEFT, RIGHT))
    assert [part.polygon.box for part in found] == [LEFT, RIGHT]


def test_without_blank_about_the_rule_a_line_stays_whole() -> None:
    line = _line("one", Box.around([LEFT, RIGHT]))
    assert parted([line], (), [COLUMN_RULE], _inked(line.polygon.box)) == [line]


def test_the_stroke_of_a_glyph_cuts_nothing() -> None:
    line = _line("one", Box.around([LEFT, RIGHT]))
    stroke = Box(300, 200, 303, 225)
    assert parted([line], (), [stroke], _inked(LEFT, RIGHT)) == [line]


def test_what_a_headline_has_taken_from_the_pages_foot_is_dropped() -> None:
    """The line at the foot is there for itself."""
    head, foot = Box(100, 400, 160, 800), Box(80, 840, 400, 860)
    lines = [_line("head", Box(100, 400, 160, 860), DOWN), _line("foot", foot)]
    rule = Box(50, 815, 950, 818)
    assert [part.polygon.box for part in parted(lines, [rule], (), _inked(head, foot))] == [
        head,
        foot,
    ]


def test_a_crease_over_which_lines_run_is_no_rule() -> None:
    lines = [_line(str(x), Box(x, 100, x + EM, 700), DOWN) for x in range(100, 400, 28)]
    crease, beside = Box(90, 399, 410, 403), Box(420, 399, 800, 403)
    assert uncreased([crease, beside], lines, vertical=False) == [beside]
    halves = [Box(x, y, x + EM, y + 290) for x in range(100, 400, 28) for y in (100, 410)]
    assert parted(lines, [crease], (), _inked(*halves)) == lines
