"""The slant of a page, from its lines of text alone.

Reflow measures on a flat page, and other programs leave their lines as they stand on the scan.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.geometry import Box, Point, Polygon, Projective, WritingMode
from digitize.model import Line

LONG = 8  # glyphs, or times its own thickness: a shorter line says little of the slant
FEW = 5  # such lines at least
MOST = 8.0  # degrees: no page that a program has read stands further askew
LEVEL = 0.05  # degrees that matter to nobody
THIN = 0.85  # of an em that a line's outline keeps when its slant is taken out of it
SQUARE = 1e-3  # of its length by which an upright box's corners differ


def flattening(degrees: float, size: tuple[int, int]) -> Projective:
    """The turn about the page's middle that makes lines level which sink by ``degrees``."""
    if abs(degrees) < LEVEL:
        return Projective.identity()
    angle = math.radians(-degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = size[0] / 2, size[1] / 2
    turn = Projective.of([[cos, -sin, 0], [sin, cos, 0]])
    return Projective.shift(-x, -y).then(turn).then(Projective.shift(x, y))


def slant(lines: Sequence[Line]) -> float:
    """Degrees by which lines sink to the right, in the median over their length; 0 if unknown."""
    found = sorted(s for line in lines if (s := _slope(line)) is not None)
    if len(found) < FEW:
        return 0.0
    half, seen = sum(length for _, length in found) / 2, 0.0
    for slope, length in found:
        seen += length
        if seen >= half:
            degrees = math.degrees(math.atan(slope))
            return degrees if abs(degrees) <= MOST else 0.0
    return 0.0


def slanted(line: Line, degrees: float) -> Line:
    """``line`` with an outline that follows the slant, where the file has an upright box.

    The box around a slanted line is higher than the line; left so, it would reach into the next.
    """
    if abs(degrees) < LEVEL or not _upright(line.polygon):
        return line
    box, rise = line.polygon.box, math.tan(math.radians(degrees))
    if line.writing_mode is WritingMode.VERTICAL:
        half = _half(box.width, box.height, rise, line.em)
        top, low = box.center[0] + rise * box.height / 2, box.center[0] - rise * box.height / 2
        corners = ((top - half, box.y0), (top + half, box.y0), (low + half, box.y1))
        return replace(line, polygon=Polygon((*corners, (low - half, box.y1))))
    half = _half(box.height, box.width, rise, line.em)
    left, right = box.center[1] - rise * box.width / 2, box.center[1] + rise * box.width / 2
    corners = ((box.x0, left - half), (box.x1, right - half), (box.x1, right + half))
    return replace(line, polygon=Polygon((*corners, (box.x0, left + half))))


def _half(thick: float, long: float, rise: float, em: float) -> float:
    return max(thick - abs(rise) * long, min(thick, THIN * em)) / 2


def _slope(line: Line) -> tuple[float, float] | None:
    """By how much a line sinks for its length, and that length; None where it is short."""
    vertical = line.writing_mode is WritingMode.VERTICAL
    points = _along(line)
    if len(points) < 4:
        return None
    places = np.array([(y, -x) if vertical else (x, y) for x, y in points], dtype=np.float64)
    x, y = places[:, 0] - places[:, 0].mean(), places[:, 1] - places[:, 1].mean()
    long, thick = float(np.ptp(places[:, 0])), min(line.polygon.box.width, line.polygon.box.height)
    if long < LONG * max(thick, line.em, 1.0) and len(points) < LONG:
        return None
    return (float((x * y).sum() / (x * x).sum()), long) if long > 0 else None


def _along(line: Line) -> Sequence[Point]:
    """Points whose trend is that of the line: its outline, or the middles of its glyphs."""
    if not _upright(line.polygon):
        return line.polygon.points
    if len(line.glyphs) >= LONG:
        return [glyph.polygon.box.center for glyph in line.glyphs]
    return ()


def _upright(polygon: Polygon) -> bool:
    """Whether an outline is a box with upright sides, which says nothing of the slant."""
    return polygon.points == polygon.box.polygon().points or _boxed(polygon, polygon.box)


def _boxed(polygon: Polygon, box: Box) -> bool:
    near = SQUARE * max(box.width, box.height, 1.0)
    return all(
        min(abs(x - box.x0), abs(x - box.x1)) <= near
        and min(abs(y - box.y0), abs(y - box.y1)) <= near
        for x, y in polygon.points
    )
