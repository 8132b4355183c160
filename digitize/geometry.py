"""Boxes, polygons and plane transforms: the shapes that every stage speaks of.

All coordinates are pixels, origin top left, x to the right, y down. A ``Box`` is half open in
spirit: its width is ``x1 - x0``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]

DECIMALS = 2  # of a pixel, where outlines are kept: far finer than any scan


class WritingMode(StrEnum):
    """How the glyphs of a line follow each other and the lines of a block."""

    HORIZONTAL = "horizontal-tb"  # left to right, lines downwards
    VERTICAL = "vertical-rl"  # top to bottom, lines leftwards


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-aligned rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Extent in x."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Extent in y."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Area, 0 for an empty or inverted box."""
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> Point:
        """The middle."""
        return ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    def overlap_x(self, other: Box) -> float:
        """Length shared in x; negative is the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: Box) -> float:
        """Length shared in y; negative is the gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def intersection(self, other: Box) -> float:
        """Area shared with ``other``."""
        return max(0.0, self.overlap_x(other)) * max(0.0, self.overlap_y(other))

    def contains(self, point: Point) -> bool:
        """Whether ``point`` lies inside or on the edge."""
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """The box with ``dx`` (and ``dy``) added on each side."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def scaled(self, factor: float) -> Box:
        """The box on a page that is ``factor`` times as large."""
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def polygon(self) -> Polygon:
        """The four corners, clockwise from top left."""
        return Polygon(
            ((self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1))
        )

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box around all ``boxes``; ValueError when there are none."""
        items = list(boxes)
        if not items:
            raise ValueError("no box to go around")
        return Box(
            min(b.x0 for b in items),
            min(b.y0 for b in items),
            max(b.x1 for b in items),
            max(b.y1 for b in items),
        )


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline, clockwise; text lines have four points from the text's start."""

    points: tuple[Point, ...]

    @property
    def box(self) -> Box:
        """The axis-aligned bounding box."""
        xs = [p[0] for p in self.points]
        ys = [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def rounded(self) -> Polygon:
        """The outline to a hundredth of a pixel, as it is kept in files."""
        return Polygon(tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in self.points))


@dataclass(frozen=True, slots=True)
class Projective:
    """A projective map of the plane: nine numbers of a 3×3 matrix, row by row.

    A scan photographed at an angle needs more than an affine map to become flat, so this is the
    type that leads from a flattened page back to its scan.
    """

    m: tuple[float, float, float, float, float, float, float, float, float]

    @staticmethod
    def identity() -> Projective:
        """The map that moves nothing."""
        return Projective((1, 0, 0, 0, 1, 0, 0, 0, 1))

    @staticmethod
    def scale(sx: float, sy: float) -> Projective:
        """Stretch about the origin."""
        return Projective((sx, 0, 0, 0, sy, 0, 0, 0, 1))

    @staticmethod
    def shift(dx: float, dy: float) -> Projective:
        """Move by ``(dx, dy)``."""
        return Projective((1, 0, dx, 0, 1, dy, 0, 0, 1))

    @staticmethod
    def of(rows: Sequence[Sequence[float]]) -> Projective:
        """From a 3×3 (or 2×3) matrix given as rows; raises ValueError for other shapes."""
        flat = [float(v) for row in rows for v in row]
        if len(flat) == 6:
            flat += [0.0, 0.0, 1.0]
        if len(flat) != 9:
            raise ValueError("a plane transform needs 2×3 or 3×3 numbers")
        return Projective(tuple(flat))  # type: ignore[arg-type]

    def rows(self) -> tuple[tuple[float, ...], ...]:
        """The matrix as three rows."""
        return (self.m[0:3], self.m[3:6], self.m[6:9])

    def then(self, after: Projective) -> Projective:
        """The map that applies ``self`` first and ``after`` second."""
        a, b = after.rows(), self.rows()
        return Projective.of(
            [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(3)] for i in range(3)]
        )

    def inverse(self) -> Projective:
        """The map back; ZeroDivisionError for a singular matrix."""
        a, b, c, d, e, f, g, h, i = self.m
        det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
        adj = (
            (e * i - f * h, c * h - b * i, b * f - c * e),
            (f * g - d * i, a * i - c * g, c * d - a * f),
            (d * h - e * g, b * g - a * h, a * e - b * d),
        )
        return Projective.of([[v / det for v in row] for row in adj])

    def point(self, p: Point) -> Point:
        """Where ``p`` goes."""
        a, b, c, d, e, f, g, h, i = self.m
        w = g * p[0] + h * p[1] + i
        return ((a * p[0] + b * p[1] + c) / w, (d * p[0] + e * p[1] + f) / w)

    def scale_at(self, p: Point) -> float:
        """How much lengths grow around ``p`` (the root of the area's growth)."""
        (x0, y0), (x1, y1) = self.point(p), self.point((p[0] + 1, p[1]))
        x2, y2 = self.point((p[0], p[1] + 1))
        return math.sqrt(abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)))

    def polygon(self, polygon: Polygon) -> Polygon:
        """Where every corner goes."""
        return Polygon(tuple(self.point(p) for p in polygon.points))


def to_canonical(box: Box, mode: WritingMode) -> Box:
    """Map a box so that vertical right-to-left setting reads like horizontal setting.

    Canonical x runs along a line, canonical y from line to line. A vertical page is turned by 90°
    counter-clockwise: along the line is down (y), from line to line is left (−x). One order
    algorithm then serves both (the idea is docTR's and kraken's: order in a canonical direction).
    """
    if mode is WritingMode.HORIZONTAL:
        return box
    return Box(box.y0, -box.x1, box.y1, -box.x0)


def from_canonical(box: Box, mode: WritingMode) -> Box:
    """The inverse of :func:`to_canonical`."""
    if mode is WritingMode.HORIZONTAL:
        return box
    return Box(-box.y1, box.x0, -box.y0, box.x1)
