"""Pictures and frames: areas of ink that are not text, and boxes drawn around stories."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitize.geometry import Box
from digitize.image import Pixels

MIN_SIDE = 4.0  # em: smaller blobs are ornaments, list marks, logos
MIN_FILL = 0.35  # of its box that a picture's closed ink covers
CLOSE = 0.8  # em: ink this near belongs to one picture
STRIPE = 1.0  # em of white within a picture; pictures side by side stand further apart
MARGIN = 0.3  # of a text line's thickness around it a text line that is not looked at
FRAME_COVER = 0.75  # of each side of a frame that must be ruled
CORNER = 2.0  # em by which a side may run past a frame's corner
FRAME_SIDE = 6.0  # em: a smaller frame is a table cell or a reversed word


def find_pictures(mask: Pixels, em: float, text: Sequence[Box], rules: Sequence[Box]) -> list[Box]:
    """Boxes around the pictures of an ink mask (text lines and rules are blanked out first)."""
    rest = mask.copy()
    for line in text:
        _blank(rest, line.grown(MARGIN * min(line.width, line.height)))
    for rule in rules:
        _blank(rest, rule.grown(2))
    size = max(3, round(CLOSE * em))
    closed = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    # Opening takes away what is thinner than a glyph: fringes of blanked lines, specks.
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    boxes = [
        Box(float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, area in stats[1:count]
        if min(w, h) >= MIN_SIDE * em and area >= MIN_FILL * w * h
    ]
    return _joined(merged(boxes), em)


def _joined(boxes: Sequence[Box], em: float) -> list[Box]:
    """Boxes side by side at one height as one picture: a bright stripe runs through it."""
    result: list[Box] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        left = next((b for b in result if _one_picture(b, box, em)), None)
        if left is not None:
            result.remove(left)
        result.append(box if left is None else Box.around([left, box]))
    return sorted(result, key=lambda b: (b.y0, b.x0))


def _one_picture(a: Box, b: Box, em: float) -> bool:
    level = abs(a.y0 - b.y0) < em and abs(a.y1 - b.y1) < em
    return level and -a.overlap_x(b) < STRIPE * em


def _blank(mask: Pixels, box: Box) -> None:
    mask[max(0, int(box.y0)) : max(0, int(box.y1)), max(0, int(box.x0)) : max(0, int(box.x1))] = 0


def merged(boxes: Sequence[Box]) -> list[Box]:
    """Without boxes that lie mostly within a larger one."""
    result: list[Box] = []
    for box in sorted(boxes, key=lambda b: -b.area):
        if not any(kept.intersection(box) > 0.7 * box.area for kept in result):
            result.append(box)
    return sorted(result, key=lambda b: (b.y0, b.x0))


def find_frames(horizontal: Sequence[Box], vertical: Sequence[Box], em: float) -> list[Box]:
    """Rectangles whose four sides are ruled: boxed stories, adverts, tables."""
    frames = []
    near = 1.0 * em
    for top in horizontal:
        for bottom in horizontal:
            if bottom.y0 - top.y1 < FRAME_SIDE * em or top.width < FRAME_SIDE * em:
                continue
            if abs(top.x0 - bottom.x0) > near or abs(top.x1 - bottom.x1) > near:
                continue
            box = Box.around([top, bottom])
            # A column rule that runs past the corners is no side of a frame.
            sides = [
                v for v in vertical if v.y0 >= box.y0 - CORNER * em and v.y1 <= box.y1 + CORNER * em
            ]
            left = [v for v in sides if abs(v.center[0] - box.x0) <= near]
            right = [v for v in sides if abs(v.center[0] - box.x1) <= near]
            if min(_cover(left, box), _cover(right, box)) >= FRAME_COVER:
                frames.append(box)
    return _innermost(frames)


def _cover(rules: Sequence[Box], frame: Box) -> float:
    """The share of the frame's height that vertical ``rules`` run along."""
    return sum(max(0.0, r.overlap_y(frame)) for r in rules) / max(1.0, frame.height)


def _innermost(frames: Sequence[Box]) -> list[Box]:
    """Without frames that merely span two others set above each other."""
    result: list[Box] = []
    for frame in sorted(frames, key=lambda f: f.area):
        inside = sum(f.area for f in result if f.intersection(frame) > 0.9 * f.area)
        if inside < 0.8 * frame.area:
            result.append(frame)
    return result
