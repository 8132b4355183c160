from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from drawn import EM, PITCH, Drawn, sheet

from digitize import layout
from digitize.geometry import Box, WritingMode
from digitize.image import PageImage
from digitize.layout import detect, pictures, separators
from digitize.model import Layout, Line, RegionKind

BODY = "新修的水渠从山脚的水库开始绕过两座小山"
PILLARS = (
    "昨日上午城北的新水渠全线完工",
    "清水流进了三个村的田里村民老",
    "周站在渠边看了很久说这是他盼",
    "了十年的一件大事修渠的工人也",
)
NEAR = 8.0  # px by which an edge may be off: a third of an em
SIZE = 0.3  # by which the size of a single line may be off; that of the page is the median


class Places:
    """The page of these tests: two columns under a headline, a frame, a picture, rules."""

    def __init__(self) -> None:
        page = sheet(1100, 1000)
        self.headline = page.row(60, 50, "水渠今日完工", em=72)
        self.under_head = page.rule(Box(60, 150, 1040, 153))
        self.left = [page.row(60, 180 + i * PITCH, BODY) for i in range(9)]
        self.hairline = page.rule(Box(548, 180, 549, 520))
        self.right = [page.row(580, 190 + i * PITCH, BODY) for i in range(8)]
        self.frame = page.frame(Box(60, 560, 520, 940))
        self.boxed = [page.row(90, 590 + i * PITCH, BODY[:16]) for i in range(8)]
        self.pillars = [page.column(1000 - i * 44, 560, t) for i, t in enumerate(PILLARS)]
        self.photo = page.photo(Box(580, 560, 820, 900))
        self.page: Drawn = page


@cache
def places() -> Places:
    return Places()


@cache
def found() -> Layout:
    return layout.analyze(PageImage(places().page.pixels), threads=2)


def off(a: Box, b: Box) -> float:
    """How far the worst edge of one box is from the other's."""
    pairs = ((a.x0, b.x0), (a.y0, b.y0), (a.x1, b.x1), (a.y1, b.y1))
    return max(abs(p - q) for p, q in pairs)


def line_at(box: Box) -> Line:
    """The one line over a drawn one."""
    over = [x for x in found().lines if x.polygon.box.intersection(box) > 0.5 * box.area]
    assert len(over) == 1, box
    return over[0]


def test_body_size() -> None:
    assert found().em == pytest.approx(EM, rel=0.08)


@pytest.mark.parametrize("column", ["left", "right", "boxed"])
def test_lines_from_left_to_right(column: str) -> None:
    for box in getattr(places(), column):
        line = line_at(box)
        assert off(line.polygon.box, box) < NEAR
        assert line.writing_mode is WritingMode.HORIZONTAL
        assert line.em == pytest.approx(EM, rel=SIZE)


def test_lines_from_top_to_bottom() -> None:
    for box in places().pillars:
        line = line_at(box)
        assert off(line.polygon.box, box) < 1.3 * NEAR  # the detector gives columns more air
        assert line.writing_mode is WritingMode.VERTICAL
        assert line.em == pytest.approx(EM, rel=SIZE)


def test_headline_is_one_large_line() -> None:
    line = line_at(places().headline)
    assert off(line.polygon.box, places().headline) < 15
    assert line.em == pytest.approx(72, rel=0.2)


def test_nothing_else_is_a_line() -> None:
    p = places()
    drawn = [p.headline, *p.left, *p.right, *p.boxed, *p.pillars]
    assert len(found().lines) == len(drawn)
    assert [line.id for line in found().lines] == [f"l{i:04d}" for i in range(1, len(drawn) + 1)]
    assert {line.text for line in found().lines} == {""}


def test_rules() -> None:
    p = places()
    across = [s.polygon.box for s in found().separators if not s.vertical]
    down = [s.polygon.box for s in found().separators if s.vertical]
    assert min(off(box, p.under_head) for box in across) < NEAR
    assert min(off(box, p.hairline) for box in down) < NEAR
    # The two rules and the sides of the frame; strokes of 水 or 工 are none.
    assert (len(across), len(down)) == (3, 3)


def test_frame_and_picture() -> None:
    p = places()
    regions = {region.kind: region.polygon.box for region in found().regions}
    assert len(regions) == len(found().regions) == 2
    assert off(regions[RegionKind.FRAME], p.frame) < NEAR
    assert off(regions[RegionKind.PICTURE], p.photo) < 20


def test_a_page_without_type_has_no_layout() -> None:
    assert layout.analyze(PageImage(np.full((700, 500), 255, np.uint8))) == Layout()


def test_a_larger_page_is_the_same_page() -> None:
    half = places().page.image.resize((1650, 1500))
    large = layout.analyze(PageImage(np.array(half)), threads=2)
    assert large.em == pytest.approx(1.5 * found().em, rel=0.08)
    assert len(large.lines) == len(found().lines)


@pytest.mark.parametrize("size", [(31, 33), (1281, 40), (3000, 64)])
def test_text_map_has_the_size_of_its_picture(size: tuple[int, int]) -> None:
    assert detect.text_map(np.full(size, 255, np.uint8), 2).shape == size


def test_tiles_do_not_cut_a_line() -> None:
    page = sheet(2600, 60)
    page.row(20, 18, (BODY * 6)[:105], em=24)
    boxes = detect.rectangles(detect.text_map(page.pixels, 2))
    assert len(boxes) == 1
    assert boxes[0].size[0] == pytest.approx(105 * 24, abs=40)


def test_rectangles_of_noise_are_none() -> None:
    noise = np.random.default_rng(3).random((200, 200)).astype(np.float32) * 0.4
    assert detect.rectangles(noise) == []


def test_slanted_rectangle_keeps_its_long_side() -> None:
    probability = np.zeros((300, 300), np.float32)
    for x in range(40, 260):
        y = 150 + round((x - 150) * 0.1)
        probability[y - 4 : y + 5, x] = 0.9
    (found_,) = detect.rectangles(probability)
    assert found_.angle == pytest.approx(5.7, abs=0.7)
    assert found_.size[0] > 5 * found_.size[1]
    assert found_.score == pytest.approx(0.9, abs=0.05)


EM16 = 16.0


def mask(*boxes: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    made = np.zeros((400, 400), np.uint8)
    for b in boxes:
        made[int(b.y0) : int(b.y1), int(b.x0) : int(b.x1)] = 255
    return made


def test_dots_of_a_worn_rule_are_one_rule() -> None:
    worn = mask(*[Box(20 + 50 * i, 100, 60 + 50 * i, 103) for i in range(7)])
    found_ = separators.find_rules(worn, EM16, [])
    assert len(found_.across) == 1
    assert off(found_.across[0], Box(20, 100, 360, 103)) < 3
    assert found_.down == []


def test_strokes_of_a_headline_are_no_rules() -> None:
    stroke, headline = Box(100, 150, 200, 156), Box(80, 100, 300, 200)
    within = separators.find_rules(mask(stroke), EM16, [headline])
    assert (within.across, within.down) == ([], [])
    assert len(separators.find_rules(mask(stroke), EM16, []).across) == 1


def test_short_and_heavy_bars_are_no_rules() -> None:
    short, heavy = Box(20, 50, 60, 53), Box(20, 100, 300, 130)
    found_ = separators.find_rules(mask(short, heavy), EM16, [])
    assert (found_.across, found_.down) == ([], [])


def test_rules_within_a_picture_are_its_own() -> None:
    picture = Box(50, 50, 350, 350)
    inside, side, outside = Box(100, 200, 200, 203), Box(50, 50, 350, 53), Box(0, 380, 400, 383)
    assert separators.outside([inside, side, outside], [picture], 10.0) == [outside]


def test_faint_hairlines_are_ink() -> None:
    gray = np.full((100, 100), 230, np.uint8)
    gray[50] = 190
    thin = separators.thin_ink(gray, EM16)
    assert (thin[50] == 255).all()
    assert not thin[:45].any()


def test_a_picture_within_a_picture_is_one() -> None:
    parts = [Box(50, 50, 350, 200), Box(50, 205, 350, 350)]  # nearer than 0.8 em
    (one,) = pictures.find_pictures(mask(*parts), EM16, [], [])
    assert off(one, Box(50, 50, 350, 350)) < 10


def test_text_is_no_picture() -> None:
    block = Box(50, 50, 350, 250)
    assert pictures.find_pictures(mask(block), EM16, [block], []) == []


def sides(box: Box) -> tuple[list[Box], list[Box]]:
    across = [Box(box.x0, y, box.x1, y + 2) for y in (box.y0, box.y1 - 2)]
    down = [Box(x, box.y0, x + 2, box.y1) for x in (box.x0, box.x1 - 2)]
    return across, down


def test_a_frame_needs_four_sides() -> None:
    box = Box(50, 50, 350, 250)
    across, down = sides(box)
    (frame,) = pictures.find_frames(across, down, EM16)
    assert off(frame, box) < 3
    assert pictures.find_frames(across, down[:1], EM16) == []
    assert pictures.find_frames(across[:1], down, EM16) == []
    short = [Box(d.x0, d.y0, d.x1, d.y0 + 90) for d in down]
    assert pictures.find_frames(across, short, EM16) == []


def test_two_frames_that_share_a_side_are_two() -> None:
    upper, lower = Box(50, 50, 350, 202), Box(50, 200, 350, 350)
    across = sides(upper)[0] + sides(lower)[0][1:]
    frames = pictures.find_frames(across, sides(upper)[1] + sides(lower)[1], EM16)
    assert sorted(round(f.y0) for f in frames) == [50, 200]
