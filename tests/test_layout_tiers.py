"""Tiers that stand close: what the detector runs together is parted where the tiers are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from drawn import EM, sheet

from digitize import layout
from digitize.geometry import Box, WritingMode
from digitize.image import PageImage
from digitize.layout import detect, gutters, lines
from digitize.model import Line

TEXT = (
    "昨日上午城北的新水渠全线完工清水流进了三个村的田里村民老周站在渠边看了很久"
    "说这是他盼了十年的一件大事修渠的工人也留了下来和村民一起把渠边的路铺平种上了柳树"
)
STEP = 1.55 * EM  # from column to column
GAP = 1.3 * EM  # between tiers: less than the detector can be trusted with
NEAR = 0.6 * EM  # 一 stands in the middle of its square
MASK = (900, 200)


def block(left: float, tiers: tuple[int, ...], columns: int = 7) -> Iterator[tuple[float, ...]]:
    """Left edge, top and number of glyphs of every column of a block with these tiers."""
    top = 80.0
    for count in tiers:
        yield from ((left + i * STEP, top, count) for i in range(columns))
        top += count * EM + GAP


def test_every_column_of_every_tier_is_a_line() -> None:
    page = sheet(760, 900)
    places = [*block(60, (13, 17)), *block(60 + 7 * STEP + EM, (18, 12))]
    page.rule(Box(60 + 7 * STEP + 2, 80, 60 + 7 * STEP + 4, 860))
    drawn = []
    for n, (x, y, count) in enumerate(places):
        start = 7 * n % 40
        drawn.append(page.column(round(x), round(y), (TEXT * 2)[start : start + int(count)]))
    found = layout.analyze(PageImage(page.pixels), threads=2).lines
    assert {line.writing_mode for line in found} == {WritingMode.VERTICAL}
    boxes = [line.polygon.box for line in found]
    missed = [d for d in drawn if not any(_same(d, box) for box in boxes)]
    assert (len(boxes), missed) == (len(drawn), [])


def _same(drawn: Box, found: Box) -> bool:
    ends = abs(drawn.y0 - found.y0) < NEAR and abs(drawn.y1 - found.y1) < NEAR
    return ends and found.x0 < drawn.center[0] < found.x1


def _found(box: Box) -> detect.Found:
    return detect.Found(box.center, (box.width, box.height), 0.0, 0.9)


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_line_does_not_take_ink_of_the_next_tier(upside_down: bool) -> None:
    em = detect.DETECT_EM
    mask = np.zeros(MASK, np.uint8)
    above, below = Box(20, 20, 36, 180), Box(20, 200, 36, 360)
    for box in (above, below):
        for y in np.arange(box.y0, box.y1, em):
            mask[int(y) + 1 : int(y + em) - 1, 20:36] = 255
    # The detector's box of the one reaches to a little before the other's ink.
    boxes = [Box(18, 14, 38, 198), Box(18, 196, 38, 366)]
    if not upside_down:
        boxes = [Box(18, 14, 38, 184), Box(18, 182, 38, 366)]
    made = lines.find_lines([_found(box) for box in boxes], 1.0, mask)
    ends = [(line.polygon.box.y0, line.polygon.box.y1) for line in made]
    for (y0, y1), box in zip(ends, (above, below), strict=True):
        assert abs(y0 - box.y0) < em / 2
        assert abs(y1 - box.y1) < em / 2


def test_a_crumb_within_a_line_is_no_line() -> None:
    probability = np.zeros((200, 200), np.float32)
    probability[20:150, 50:58] = 0.9
    probability[152:156, 52:57] = 0.9
    (only,) = detect.rectangles(probability)
    assert only.size[1] > 100


def test_a_crumb_apart_from_lines_stays() -> None:
    probability = np.zeros((200, 200), np.float32)
    probability[20:100, 50:58] = 0.9
    probability[150:155, 100:105] = 0.9
    assert len(detect.rectangles(probability)) == 2


def _column(x: float, top: float, count: int) -> Line:
    box = Box(x, top, x + 16, top + 16 * count)
    return Line("", box.polygon(), "", 0.9, 16.0, WritingMode.VERTICAL)


def _inked(columns: list[Line], blanks: dict[int, tuple[int, int]]) -> np.ndarray:
    mask = np.zeros((700, 700), np.uint8)
    for i, line in enumerate(columns):
        box = line.polygon.box
        mask[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = 255
        if i in blanks:
            mask[blanks[i][0] : blanks[i][1]] &= np.where(
                (np.arange(700) >= box.x0) & (np.arange(700) < box.x1), 0, 255
            ).astype(np.uint8)
    return mask


@pytest.mark.parametrize(("short", "cut"), [(0, 2), (4, 2)])
def test_the_outermost_line_is_cut_like_its_block(short: int, cut: int) -> None:
    """Beside it stands another story, whose lines run through."""
    tiers = [_column(200 + 24 * i, 40, 10) for i in range(1, 5)]
    tiers += [_column(200 + 24 * i, 220, 10) for i in range(1, 5)]
    beside = [_column(200 - 24 * i, 40, 21) for i in range(1, 6)]
    whole = Line(
        "", Box(200, 40, 216, 380 - 16 * short).polygon(), "", 0.9, 16.0, WritingMode.VERTICAL
    )
    columns = [*tiers, *beside, whole]
    mask = _inked(columns, {len(columns) - 1: (200, 220)})
    parts = [line for line in gutters.split(columns, mask) if line.polygon.box.x0 == 200]
    assert len(parts) == cut


def test_a_wide_space_in_an_outermost_line_is_no_gutter() -> None:
    columns = [_column(200 + 24 * i, 40, 21) for i in range(-5, 6)]
    mask = _inked(columns, {10: (200, 220)})
    assert len(gutters.split(columns, mask)) == len(columns)
