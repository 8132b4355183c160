"""Line crops: every line cut out of the page upright, ready for a recogniser."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.geometry import Point, Polygon, Projective, WritingMode
from digitize.image import Pixels
from digitize.model import Line

# Below this slant a plain slice is as good as a resampled one, and sharper (radians: 0.15°).
STRAIGHT = 0.0026
# Paper (em) added at a line's end: at a crop's very edge a full stop is not read. A column rule
# stands half an em away.
END_AIR = 0.2


@dataclass(frozen=True, slots=True)
class Crop:
    """Pixels of one line, (H, W), and the map from them to the page they were cut from."""

    pixels: Pixels
    to_page: Projective

    def outline(self, start: float, end: float) -> Polygon:
        """Where the columns ``start`` to ``end`` lie on the page."""
        height = float(self.pixels.shape[0])
        corners = ((start, 0.0), (end, 0.0), (end, height), (start, height))
        return self.to_page.polygon(Polygon(corners))


def cut(gray: Pixels, line: Line) -> Crop:
    """The line's outline as an upright picture (a vertical line comes out tall).

    A little paper is added at the line's end.
    """
    p = _aired(line)
    angle = math.atan2(p[1][1] - p[0][1], p[1][0] - p[0][0])
    width = max(1, round(math.dist(p[0], p[1])))
    height = max(1, round(math.dist(p[1], p[2])))
    if abs(angle) < STRAIGHT:
        x, y = round(p[0][0]), round(p[0][1])
        return Crop(_slice(gray, x, y, (width, height)), Projective.shift(x, y))
    cos, sin = math.cos(angle), math.sin(angle)
    to_page = Projective.of([[cos, -sin, p[0][0]], [sin, cos, p[0][1]]])
    matrix = np.array(to_page.rows()[:2])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    pixels = cv2.warpAffine(
        gray, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return Crop(np.asarray(pixels, dtype=np.uint8), to_page)


def _aired(line: Line) -> tuple[Point, ...]:
    """The corners of the line with its end moved out by END_AIR."""
    a, b, c, d = line.polygon.points
    first, last = (
        ((a, d), (b, c)) if line.writing_mode is WritingMode.HORIZONTAL else ((a, b), (d, c))
    )
    moved = tuple(_beyond(p, q, END_AIR * line.em) for p, q in zip(first, last, strict=True))
    if line.writing_mode is WritingMode.HORIZONTAL:
        return (a, moved[0], moved[1], d)
    return (a, b, moved[1], moved[0])


def _beyond(p: Point, q: Point, length: float) -> Point:
    """The point ``length`` beyond ``q`` on the way from ``p``."""
    whole = math.dist(p, q) or 1.0
    return (q[0] + (q[0] - p[0]) * length / whole, q[1] + (q[1] - p[1]) * length / whole)


def _slice(gray: Pixels, x: int, y: int, size: tuple[int, int]) -> Pixels:
    """A rectangle of the page; what lies outside is filled from the page's edge."""
    width, height = size
    columns = np.clip(np.arange(x, x + width), 0, gray.shape[1] - 1)
    rows = np.clip(np.arange(y, y + height), 0, gray.shape[0] - 1)
    inside = (columns[0], columns[-1], rows[0], rows[-1]) == (x, x + width - 1, y, y + height - 1)
    if inside:
        return gray[y : y + height, x : x + width]
    return np.asarray(gray[np.ix_(rows, columns)], dtype=np.uint8)


def turned(crop: Crop) -> Crop:
    """A tall crop laid on its side, turned by 90° counter-clockwise (the text runs rightwards)."""
    pixels = np.ascontiguousarray(np.rot90(crop.pixels))
    width = crop.pixels.shape[1]
    # A point (u, v) of the turned picture was at (width - v, u) of the upright one.
    back = Projective((0, -1, width, 1, 0, 0, 0, 0, 1))
    return Crop(pixels, back.then(crop.to_page))
