from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digitize.geometry import (
    Box,
    Point,
    Polygon,
    Projective,
    WritingMode,
    from_canonical,
    to_canonical,
)

lengths = st.integers(-9000, 9000).map(float)
points = st.tuples(lengths, lengths)
modes = st.sampled_from(WritingMode)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, y0 = draw(points)
    return Box(x0, y0, x0 + draw(st.integers(0, 5000)), y0 + draw(st.integers(0, 5000)))


@st.composite
def maps(draw: st.DrawFn) -> Projective:
    """A turn, a stretch, a shift and a little perspective: what scans suffer."""
    angle = math.radians(draw(st.floats(-180, 180)))
    cos, sin = math.cos(angle), math.sin(angle)
    turn = Projective((cos, -sin, 0, sin, cos, 0, 0, 0, 1))
    stretch = Projective.scale(draw(st.floats(0.2, 5)), draw(st.floats(0.2, 5)))
    shift = Projective.shift(*draw(points))
    tilt = Projective((1, 0, 0, 0, 1, 0, draw(st.floats(0, 1e-6)), draw(st.floats(0, 1e-6)), 1))
    return turn.then(stretch).then(shift).then(tilt)


def near(a: Point, b: Point) -> bool:
    return a == pytest.approx(b, rel=1e-6, abs=1e-3)


@given(maps(), points)
def test_inverse_leads_back(m: Projective, p: Point) -> None:
    assert near(m.inverse().point(m.point(p)), p)
    assert near(m.point(m.inverse().point(p)), p)


@given(maps(), maps(), points)
def test_then_is_one_after_the_other(a: Projective, b: Projective, p: Point) -> None:
    assert near(a.then(b).point(p), b.point(a.point(p)))


@given(maps(), points)
def test_identity_changes_nothing(m: Projective, p: Point) -> None:
    one = Projective.identity()
    assert one.point(p) == p
    assert near(one.then(m).point(p), m.point(p))
    assert near(m.then(one).point(p), m.point(p))


def test_order_of_then() -> None:
    both = Projective.scale(2, 3).then(Projective.shift(10, 20))
    assert both.point((1, 1)) == (12, 23)


def test_singular_has_no_inverse() -> None:
    with pytest.raises(ZeroDivisionError):
        Projective.scale(1, 0).inverse()


def test_of_rows() -> None:
    assert Projective.of([[1, 2, 3], [4, 5, 6]]).m == (1, 2, 3, 4, 5, 6, 0, 0, 1)
    m = Projective((1, 2, 3, 4, 5, 6, 7, 8, 9))
    assert Projective.of(m.rows()) == m
    with pytest.raises(ValueError, match="2×3 or 3×3"):
        Projective.of([[1, 2], [3, 4]])


@given(st.floats(0.1, 9), st.floats(0.1, 9), st.floats(-180, 180), points)
def test_scale_at_is_the_mean_growth(sx: float, sy: float, degrees: float, p: Point) -> None:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    m = Projective.scale(sx, sy).then(Projective((cos, -sin, 5, sin, cos, 7, 0, 0, 1)))
    assert m.scale_at(p) == pytest.approx(math.sqrt(sx * sy), rel=1e-6)


def test_scale_at_falls_towards_the_horizon() -> None:
    m = Projective((1, 0, 0, 0, 1, 0, 0.001, 0, 1))
    assert m.scale_at((0, 0)) > m.scale_at((500, 0)) > m.scale_at((1000, 0)) > 0


@given(boxes(), modes)
def test_canonical_there_and_back(box: Box, mode: WritingMode) -> None:
    there = to_canonical(box, mode)
    assert from_canonical(there, mode) == box
    assert there.area == box.area
    assert there.width >= 0
    assert there.height >= 0


@given(boxes(), boxes(), modes)
def test_canonical_keeps_overlaps(a: Box, b: Box, mode: WritingMode) -> None:
    there = to_canonical(a, mode).intersection(to_canonical(b, mode))
    assert there == a.intersection(b)


def test_vertical_setting_reads_like_horizontal() -> None:
    right, left = Box(90, 0, 100, 80), Box(70, 0, 80, 80)  # the right line is read first
    first, second = (to_canonical(box, WritingMode.VERTICAL) for box in (right, left))
    assert first.y1 <= second.y0
    assert (first.x0, first.x1) == (0, 80)  # along the line is down the page


@given(boxes(), boxes())
def test_overlaps(a: Box, b: Box) -> None:
    assert a.overlap_x(b) == b.overlap_x(a)
    assert a.intersection(b) == b.intersection(a)
    assert 0 <= a.intersection(b) <= min(a.area, b.area)
    assert a.intersection(a) == a.area
    around = Box.around([a, b])
    assert around.intersection(a) == a.area
    assert around.contains(b.center)


@given(boxes(), st.integers(0, 50), st.integers(0, 50))
def test_grown(box: Box, dx: int, dy: int) -> None:
    large = box.grown(dx, dy)
    assert (large.width, large.height) == (box.width + 2 * dx, box.height + 2 * dy)
    assert large.center == box.center
    assert box.grown(dx) == box.grown(dx, dx)


def test_gap_is_a_negative_overlap() -> None:
    assert Box(0, 0, 10, 10).overlap_x(Box(14, 0, 20, 10)) == -4
    assert Box(0, 0, 10, 10).overlap_y(Box(0, 14, 9, 20)) == -4


def test_nothing_to_go_around() -> None:
    with pytest.raises(ValueError, match="no box"):
        Box.around([])


@given(boxes())
def test_a_box_is_its_polygon(box: Box) -> None:
    polygon = box.polygon()
    assert polygon.box == box
    # Clockwise with y down: the shoelace sum is twice the area.
    ring = [*polygon.points, polygon.points[0]]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert twice == 2 * box.area


@given(maps(), boxes())
def test_polygon_moves_with_its_corners(m: Projective, box: Box) -> None:
    assume(box.area > 0)
    moved = m.polygon(box.polygon())
    assert isinstance(moved, Polygon)
    assert moved.points == tuple(m.point(p) for p in box.polygon().points)
