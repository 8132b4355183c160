"""Text lines: detected rectangles, tightened to their ink and told horizontal from vertical."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digitize.geometry import Box, Point, Polygon, WritingMode
from digitize.image import Pixels
from digitize.layout import gutters, ruled
from digitize.layout.detect import DETECT_EM, Found
from digitize.model import Line

# A box this much longer than thick holds at least two glyphs, so its direction is certain.
CERTAIN = 1.5
# Above this slant (degrees) a rectangle is no line of a flattened page but a part of a picture.
MAX_SLANT = 12.0
# Ink rows or columns below this share of the box's busiest one are dust or a neighbour's edge.
DUST = 0.04
# How far ink may be searched outside the detected box, in box thicknesses.
SEARCH = 0.25
# Blank (em) between a line's ink and its neighbour's: no two strokes of a glyph are so far apart.
CLEAR = 0.6
# From this size (body em) the detector's box is so much too thick that it reaches its neighbours.
LARGE = 1.5
# Paper (em) left at both ends of a line: recognisers lose a full stop at a crop's very edge.
AIR = 0.15
IN_LINE = 0.65  # of a line's thickness from its middle within which a piece of it lies
NEXT_PIECE = 0.7  # of its thickness between a line and its next piece
STOP_REACH = 1.15  # em beyond a line's end in which a full stop may stand
STOP_CLEAR = 0.25  # em of blank that must follow it
STOP_WIDE = 0.55  # em that it is wide at most
# Ink thinner than this share of the box is a row of strokes like 一, not the height of the type.
THIN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line before it has a direction: center, size, slant in degrees, detector's score."""

    center: Point
    width: float
    height: float
    angle: float
    score: float

    @property
    def vertical(self) -> bool | None:
        """True, False, or None where the shape does not tell."""
        if self.height >= CERTAIN * self.width:
            return True
        return False if self.width >= CERTAIN * self.height else None


def find_lines(
    found: Sequence[Found],
    factor: float,
    mask: Pixels,
    mode: WritingMode | None = None,
    rules: tuple[Sequence[Box], Sequence[Box]] | None = None,
) -> tuple[Line, ...]:
    """Lines in full-size coordinates from rectangles of a picture scaled by ``factor``.

    ``mask`` is the full-size ink mask; boxes are tightened to the ink in it. Sizes are judged
    against DETECT_EM, the body em in the detector's picture. ``mode`` is the direction of lines
    whose shape leaves it open; without one they follow those around them. ``rules`` across and
    down the page, in full-size coordinates, part the lines that they run through.
    """
    em = DETECT_EM / factor
    scaled = [
        Candidate(
            (f.center[0] / factor, f.center[1] / factor),
            f.size[0] / factor,
            f.size[1] / factor,
            f.angle,
            f.score,
        )
        for f in found
        if abs(f.angle) <= MAX_SLANT
    ]
    tight = [_trimmed(_tighten(c, mask), mask, LARGE * em) for c in scaled]
    tight = _parted(tight)
    modes = _modes(tight, mode)
    lines = [_line(c, mode) for c, mode in zip(tight, modes, strict=True)]
    if rules is not None:
        lines = ruled.parted(lines, *rules, mask)
    lines = gutters.split(lines, mask)
    lines.sort(key=lambda line: (line.polygon.box.y0, line.polygon.box.x0))
    return tuple(replace(line, id=f"l{i:04d}") for i, line in enumerate(lines, 1))


def _tighten(c: Candidate, mask: Pixels) -> Candidate:
    """Shrink or grow a nearly upright candidate to the ink in and just around it."""
    thick = min(c.width, c.height)
    if abs(c.angle) > 2.0:  # a slanted box's ink is not that of its bounding box
        return c
    box = _box(c)
    along_x = c.vertical is not True
    span = _grown(box, mask, along_x)
    if span is None:
        return c
    air = AIR * _EM_PER_THICKNESS * thick
    span = (span[0] - air, _with_stop(span[1], box, mask, along_x) + air)
    if along_x:
        return replace(c, center=((span[0] + span[1]) / 2, c.center[1]), width=span[1] - span[0])
    return replace(c, center=(c.center[0], (span[0] + span[1]) / 2), height=span[1] - span[0])


def _grown(box: Box, mask: Pixels, along_x: bool) -> tuple[float, float] | None:
    """The ink along the line in ``box`` and just beyond its ends, but for that of neighbours.

    Ink beyond an end that runs on out of reach, and that a blank parts from the line's, is the
    last or first glyph of the line in the next column or tier.
    """
    thick = box.height if along_x else box.width
    reach, em = SEARCH * thick, _EM_PER_THICKNESS * thick
    window = box.grown(reach, 0) if along_x else box.grown(0, reach)
    places = _ink_places(window, mask, along_x)
    if places.size == 0:
        return None
    gaps = np.flatnonzero(np.diff(places) > CLEAR * em)
    low, high = (window.x0, window.x1) if along_x else (window.y0, window.y1)
    first, last = 0, places.size - 1
    if gaps.size and places[0] <= low + 1 and places[gaps[0]] - low < em:
        first = int(gaps[0]) + 1
    if gaps.size and places[-1] >= high - 2 and high - places[gaps[-1] + 1] < em:
        last = int(gaps[-1])
    return (float(places[first]), float(places[last] + 1)) if first <= last else None


def _with_stop(end: float, box: Box, mask: Pixels, along_x: bool) -> float:
    """The line's end with the full stop that the detector leaves off.

    A stop is a small mark after half an em of blank; beyond it there must be blank again, so that
    nothing is taken from the next column.
    """
    em = _EM_PER_THICKNESS * min(box.width, box.height)
    far = end + STOP_REACH * em
    ahead = Box(end, box.y0, far, box.y1) if along_x else Box(box.x0, end, box.x1, far)
    span = _ink_span(ahead, mask, along_x)
    if span is None or span[1] > far - STOP_CLEAR * em or span[1] - span[0] > STOP_WIDE * em:
        return end
    return span[1]


def _trimmed(c: Candidate, mask: Pixels, large: float) -> Candidate:
    """A line of large type trimmed to its ink across the text as well."""
    thick = min(c.width, c.height)
    if thick < large or abs(c.angle) > 2.0:
        return c
    along_x = c.vertical is not True
    span = _ink_span(_box(c), mask, not along_x)
    if span is None or span[1] - span[0] < THIN * thick:
        return c
    # Half a tenth of an em of air on both sides, as body lines have it.
    low, high = span[0] - 0.05 * thick, span[1] + 0.05 * thick
    if along_x:
        return replace(c, center=(c.center[0], (low + high) / 2), height=high - low)
    return replace(c, center=((low + high) / 2, c.center[1]), width=high - low)


def _box(c: Candidate) -> Box:
    (x, y), hw, hh = c.center, c.width / 2, c.height / 2
    return Box(x - hw, y - hh, x + hw, y + hh)


def _ink_span(window: Box, mask: Pixels, along_x: bool) -> tuple[float, float] | None:
    """First and last ink along the line inside ``window``, or None where it is blank."""
    used = _ink_places(window, mask, along_x)
    return (float(used[0]), float(used[-1] + 1)) if used.size else None


def _ink_places(window: Box, mask: Pixels, along_x: bool) -> npt.NDArray[np.intp]:
    """Where along the line there is ink inside ``window``, in the page's pixels."""
    x0, y0 = max(0, math.floor(window.x0)), max(0, math.floor(window.y0))
    part = mask[y0 : math.ceil(window.y1), x0 : math.ceil(window.x1)]
    if part.size == 0:
        return np.zeros(0, dtype=np.intp)
    profile = part.sum(axis=0 if along_x else 1, dtype=np.int64)
    used = np.flatnonzero(profile > DUST * profile.max())
    return np.asarray(used + (x0 if along_x else y0), dtype=np.intp)


def _parted(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Horizontal neighbours in one row that were grown into each other, parted in the middle."""
    result = list(candidates)
    order = sorted(range(len(result)), key=lambda i: result[i].center[1] - result[i].height / 2)
    for n, i in enumerate(order):
        for j in order[n + 1 :]:
            if result[j].center[1] - result[j].height / 2 > result[i].center[1]:
                break
            if result[i].vertical is False and result[j].vertical is False:
                result[i], result[j] = _apart(result[i], result[j])
    return result


def _apart(a: Candidate, b: Candidate) -> tuple[Candidate, Candidate]:
    """Two candidates without the little that they share at their ends."""
    if a.center[0] > b.center[0]:
        first, second = _apart(b, a)
        return second, first
    one, two = _box(a), _box(b)
    shared = one.x1 - two.x0
    if shared <= 0 or one.overlap_y(two) < 0.5 * min(a.height, b.height):
        return a, b
    if shared > 0.5 * min(a.width, b.width):
        return a, b  # one lies over the other: no neighbours
    edge = (one.x1 + two.x0) / 2
    left = replace(a, center=((one.x0 + edge) / 2, a.center[1]), width=edge - one.x0)
    right = replace(b, center=((edge + two.x1) / 2, b.center[1]), width=two.x1 - edge)
    return left, right


def _modes(candidates: Sequence[Candidate], known: WritingMode | None) -> list[WritingMode]:
    """The direction of every candidate; short ones have the known one, or that of their likes."""
    certain = [(c, c.vertical) for c in candidates if c.vertical is not None]
    result = []
    for c in candidates:
        vertical = c.vertical
        if vertical is None:
            vertical = _in_line(c, candidates)
        if vertical is None:
            vertical = known is WritingMode.VERTICAL if known else _vote(c, certain)
        result.append(WritingMode.VERTICAL if vertical else WritingMode.HORIZONTAL)
    return result


def _in_line(c: Candidate, candidates: Sequence[Candidate]) -> bool | None:
    """The direction of the line at whose end a short piece stands: a mark, a spaced-out glyph."""
    best, distance = None, float("inf")
    for other in candidates:
        for vertical in (False, True):
            if other is c or other.vertical is (not vertical):
                continue
            gap = _gap_along(c, other, vertical)
            if gap < distance:
                best, distance = vertical, gap
    return best


def _gap_along(c: Candidate, other: Candidate, vertical: bool) -> float:
    """Blank between ``c`` and a piece in line with it; infinite where they are not in line."""
    across, along = (0, 1) if vertical else (1, 0)
    thick = other.width if vertical else other.height
    shift = abs(c.center[across] - other.center[across])
    length = (c.height + other.height) if vertical else (c.width + other.width)
    gap = abs(c.center[along] - other.center[along]) - length / 2
    own = c.width if vertical else c.height
    alike = own <= 1.3 * thick and (other.vertical is vertical or own >= 0.7 * thick)
    in_line = shift + own / 2 <= IN_LINE * thick
    return gap if alike and in_line and -0.3 * thick < gap < NEXT_PIECE * thick else float("inf")


def _vote(c: Candidate, certain: Sequence[tuple[Candidate, bool]]) -> bool:
    """What the five nearest certain lines of similar size are, by majority."""
    size = min(c.width, c.height)

    def distance(pair: tuple[Candidate, bool]) -> float:
        other = pair[0]
        dx = max(0.0, abs(c.center[0] - other.center[0]) - other.width / 2)
        dy = max(0.0, abs(c.center[1] - other.center[1]) - other.height / 2)
        unlike = abs(math.log(max(1.0, min(other.width, other.height)) / max(1.0, size)))
        return math.hypot(dx, dy) + 4 * size * unlike

    nearest = sorted(certain, key=distance)[:5]
    return sum(vertical for _, vertical in nearest) * 2 > len(nearest)


def _line(c: Candidate, mode: WritingMode) -> Line:
    thick = c.height if mode is WritingMode.HORIZONTAL else c.width
    return Line(
        id="",
        polygon=_outline(c),
        text="",
        confidence=c.score,
        em=thick * _EM_PER_THICKNESS,
        writing_mode=mode,
    )


# The detector's box around a line is a little thicker than the em box of its glyphs.
_EM_PER_THICKNESS = 0.87


def _outline(c: Candidate) -> Polygon:
    """Corners clockwise from the top left of the line; readers turn the crop of a vertical one."""
    angle = math.radians(c.angle)
    ux, uy = (math.cos(angle), math.sin(angle))
    hw, hh = c.width / 2, c.height / 2
    corners = ((-hw, -hh), (hw, -hh), (hw, hh), (-hw, hh))
    return Polygon(
        tuple((c.center[0] + x * ux - y * uy, c.center[1] + x * uy + y * ux) for x, y in corners)
    )
