"""Take a sheet out of the dark border around it and make it a rectangle.

From every side of the picture the border is followed inwards, row by row, to where the paper
begins; a line is laid through these points by least trimmed squares (Rousseeuw 1984). Four such
lines are the sheet as a quadrilateral, and the projective map that makes it a rectangle again takes
the perspective out.

A dark picture or a banner that bleeds off the page is not a border: it carries detail, its edge
does not run along the whole side, or there is no line to lay through it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Point, Polygon, Projective
from digitize.image import PageImage, Pixels
from digitize.preprocess.moves import Move, View, moved, paper_color

NAME = "border"
DARK = 0.5  # of the paper's grey: darker is no paper; the edge's shadow stays on the paper's side
MAX_PAPER = 96  # a page whose paper is darker than this is all dark, and has no border
MAX_DEPTH = 0.2  # of the picture's extent that the border may take on one side
MIN_LENGTH = 0.4  # of a side along which its border must be seen (a slant shows on a part only)
MIN_INLIERS = 0.8  # of the points seen on a side that must lie on its line
TOLERANCE = 2.5  # px of the view from that line: a deckle, dust, a worn corner
MAX_SLOPE = 0.12  # 7°: a sheet is laid on the glass straighter than this
MAX_BRIGHT = 0.01  # of the border's area that may be bright: more is print, not a border
MIN_DEPTH = 2.0  # px of the view: thinner is a shadow that hurts nobody
INSET = 1.5  # px of the view inside the edge: the blur of the edge itself (1 mm on a broadsheet)
MIN_SIDES = 3  # lines that make a quadrilateral; the fourth is then laid parallel
MAX_CONVERGENCE = 0.08  # difference of two opposite edges' slopes that perspective accounts for

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of the sheet as ``depth = start + slope * along``, seen from its side."""

    start: float
    slope: float
    found: bool

    def depth(self, along: float) -> float:
        """Distance from the picture's side."""
        return self.start + self.slope * along


Edges = tuple[Edge, Edge, Edge, Edge]  # top, right, bottom, left


def border(image: PageImage) -> PageImage:
    """The sheet without the dark border around it; the same image where there is none."""
    return moved(image, [border_move])


def border_move(seen: View) -> Move | None:
    """The move that takes the sheet out of its border and makes it a rectangle, or None."""
    edges = sheet_edges(seen.gray)
    found = sum(edge.found for edge in edges)
    if found == 0:
        return None
    height, width = seen.gray.shape
    up = Projective.scale(1 / seen.factor, 1 / seen.factor)
    if found < MIN_SIDES or _is_odd(edges):
        sheet = _quadrilateral(edges, width, height)
        return Move(NAME, Projective.identity(), seen.size, up.polygon(sheet))
    sheet = up.polygon(_quadrilateral(_completed(edges, width, height), width, height))
    return rectified(sheet)


def rectified(sheet: Polygon) -> Move:
    """The move that makes the quadrilateral ``sheet`` a rectangle with its mean sides."""
    corners = np.array(sheet.points, dtype=np.float32)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = round((sides[0] + sides[2]) / 2), round((sides[1] + sides[3]) / 2)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    back = Projective.of(cv2.getPerspectiveTransform(target, corners).tolist())
    return Move(NAME, back, (width, height), sheet)


def sheet_edges(gray: Pixels) -> Edges:
    """Top, right, bottom and left edge of the sheet, each seen from its side of the picture."""
    paper = float(np.mean(paper_color(gray)))
    whole = Edge(0.0, 0.0, False)
    if paper < MAX_PAPER:
        return whole, whole, whole, whole
    views = (gray, np.rot90(gray, 1), gray[::-1], gray.T)
    top, right, bottom, left = (_edge(np.ascontiguousarray(v), DARK * paper) for v in views)
    # The right side was turned to the top: its rows run as before, from top to bottom.
    return top, right, bottom, left


def _edge(gray: Pixels, level: float) -> Edge:
    """The edge of the sheet below the top of ``gray``; not found where there is no border."""
    none = Edge(0.0, 0.0, False)
    height, width = gray.shape
    limit = round(MAX_DEPTH * height)
    if limit < MIN_DEPTH:
        return none
    depth = _depth(gray[:limit], level)
    along = np.flatnonzero((depth >= MIN_DEPTH) & (depth < limit))
    if len(along) < MIN_LENGTH * width:
        return none
    start, slope = _line(along.astype(np.float64) + 0.5, depth[along])
    off = depth[along] - (start + slope * (along + 0.5))
    inliers = np.abs(off) <= TOLERANCE
    if inliers.mean() < MIN_INLIERS or abs(slope) > MAX_SLOPE:
        return none
    edge = Edge(start + float(np.quantile(off[inliers], 0.9)) + INSET, slope, True)
    return edge if _is_blank(gray[:limit] < level, edge) else none


def _depth(gray: Pixels, level: float) -> Points:
    """How far the dark reaches down from the top in every column, to parts of a pixel."""
    solid = cv2.morphologyEx(gray, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))  # grain is bridged
    bright = solid >= level
    first = np.where(bright.any(axis=0), bright.argmax(axis=0), len(gray))
    row, column = np.clip(first, 1, len(gray) - 1), np.arange(gray.shape[1])
    above, below = gray[row - 1, column].astype(float), gray[row, column].astype(float)
    # Where the grey passes the level, between the centres of two pixels.
    part = (level - above) / np.maximum(below - above, 1.0)
    depth = np.where(first == 0, 0.0, first - 0.5 + np.clip(part, 0, 1))
    return np.asarray(depth, dtype=np.float64)


def _line(x: Points, y: Points) -> tuple[float, float]:
    """Start and slope of the line through most points: refitted to its better part."""
    slope, start = np.polyfit(x, y, 1)
    for share in (0.5, 0.6, 0.7, 0.8):
        off = np.abs(y - (start + slope * x))
        keep = off <= np.quantile(off, share)
        if np.ptp(x[keep]) < 0.25 * np.ptp(x):
            break
        slope, start = np.polyfit(x[keep], y[keep], 1)
    return float(start), float(slope)


def _is_blank(dark: npt.NDArray[np.bool_], edge: Edge) -> bool:
    """Whether hardly anything bright, such as reversed type, lies outside the edge."""
    height, width = dark.shape
    bound = edge.depth(0.5) + edge.slope * np.arange(width) - INSET - TOLERANCE
    outside = np.arange(height)[:, None] < bound[None, :]
    bright = ~dark[outside]
    return bool(bright.size and bright.mean() <= MAX_BRIGHT)


def _is_odd(edges: Edges) -> bool:
    """Whether opposite edges run apart more than a sheet's do: then only paint, do not warp."""
    top, right, bottom, left = edges
    pairs = ((top.slope, -bottom.slope), (left.slope, -right.slope))
    both = ((top.found and bottom.found), (left.found and right.found))
    return any(b and abs(p[0] - p[1]) > MAX_CONVERGENCE for p, b in zip(pairs, both, strict=True))


def _completed(edges: Edges, width: int, height: int) -> Edges:
    """With a missing edge laid parallel to its opposite, wholly outside the picture."""
    result = []
    for i, edge in enumerate(edges):
        slope = -edges[(i + 2) % 4].slope
        outside = min(0.0, -slope * (width if i % 2 == 0 else height))
        result.append(edge if edge.found else Edge(outside, slope, False))
    return (result[0], result[1], result[2], result[3])


def _quadrilateral(edges: Edges, width: int, height: int) -> Polygon:
    """Where the edges cross, clockwise from the top left, in the picture's coordinates."""
    top, right, bottom, left = edges
    return Polygon(
        (
            _cross(top.start, top.slope, left.start, left.slope),
            _cross(top.start, top.slope, width - right.start, -right.slope),
            _cross(height - bottom.start, -bottom.slope, width - right.start, -right.slope),
            _cross(height - bottom.start, -bottom.slope, left.start, left.slope),
        )
    )


def _cross(y0: float, dy: float, x0: float, dx: float) -> Point:
    """Where ``y = y0 + dy * x`` and ``x = x0 + dx * y`` meet."""
    y = (y0 + dy * x0) / (1 - dy * dx)
    return x0 + dx * y, y
