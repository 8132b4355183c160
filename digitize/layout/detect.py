"""Text detection: where glyphs follow each other, as slanted rectangles.

The network is PP-OCR's detector (Liao et al. 2020, Differentiable Binarization): it gives for
every pixel the probability of lying on the spine of a text line. It is run on a picture in which
the body em is DETECT_EM pixels, tile by tile, so that neither a broadsheet nor a thumbnail needs
anything special, and without the limit on the number of boxes that RapidOCR has.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize import weights
from digitize.geometry import Box
from digitize.image import Pixels
from digitize.threads import spread

# Body em in the detector's picture: below 12 px lines are lost, above 24 px columns cost time
# without finding more (measured on nongmin, jiaoyubao and the set pages).
DETECT_EM = 16.0
TILE = 1280  # side of a tile; memory grows with its square
OVERLAP = 96  # so that a glyph at a tile's edge is seen whole by one tile: 6 em
STRIDE = 32  # the network halves its picture five times
THRESHOLD = 0.3  # on the spine or not (the authors' value)
MIN_SCORE = 0.5  # mean probability of a box (the authors' value)
UNCLIP = 1.6  # how far a box is grown from the spine, times area / perimeter (theirs for PP-OCR)
CRUMB = 1.25  # em: no larger is a crumb, grown; a glyph's rectangle is as small at times
MIN_SPINE = 2.0  # px: thinner spines are noise

Map = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A detected rectangle: center, size (width along x before turning), degrees, mean score."""

    center: tuple[float, float]
    size: tuple[float, float]
    angle: float
    score: float

    def corners(self) -> npt.NDArray[np.float32]:
        """Four points of shape (4, 2), in cv2's order."""
        return np.asarray(cv2.boxPoints((self.center, self.size, self.angle)), dtype=np.float32)

    @property
    def box(self) -> Box:
        """The bounding box."""
        corners = self.corners()
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))


def text_map(gray: Pixels, threads: int) -> Map:
    """The probability of text for every pixel of ``gray`` (H, W), as float32 (H, W)."""
    tiles = [(y, x) for y in _spans(gray.shape[0]) for x in _spans(gray.shape[1])]
    parts = spread(lambda tile: _run(gray[tile[0].seen, tile[1].seen]), tiles, threads)
    result = np.zeros(gray.shape, dtype=np.float32)
    for (y, x), part in zip(tiles, parts, strict=True):
        result[y.kept, x.kept] = part[y.inner, x.inner]
    return result


@dataclass(frozen=True, slots=True)
class _Span:
    """A tile along one axis: what of the picture it sees, and what of that it answers for."""

    seen: slice
    kept: slice

    @property
    def inner(self) -> slice:
        """The part that is kept, counted from the tile's own start."""
        return slice(self.kept.start - self.seen.start, self.kept.stop - self.seen.start)


def _spans(length: int) -> list[_Span]:
    """Tiles of about equal size along one axis."""
    count = max(1, -(-(length - OVERLAP) // (TILE - OVERLAP)))
    step = -(-length // count)
    half = OVERLAP // 2
    kept = [slice(i * step, min(length, (i + 1) * step)) for i in range(count)]
    return [_Span(slice(max(0, k.start - half), min(length, k.stop + half)), k) for k in kept]


def _run(gray: Pixels) -> Map:
    """One pass of the network over a tile, padded with paper to the network's stride."""
    height, width = gray.shape
    padded = np.full((-(-height // STRIDE) * STRIDE, -(-width // STRIDE) * STRIDE), 255, np.uint8)
    padded[:height, :width] = gray
    return weights.run("det", padded)[0, :height, :width]


def rectangles(probability: Map) -> list[Found]:
    """The text rectangles of a probability map, in its coordinates, without the crumbs of lines.

    Where two lines follow each other closely the map is frayed: it leaves a crumb at the end of a
    line, within the line's own rectangle.
    """
    found = _rectangles(probability)
    whole = [f.box for f in found if not _is_crumb(f)]
    return [f for f in found if not (_is_crumb(f) and any(b.contains(f.center) for b in whole))]


def _is_crumb(found: Found) -> bool:
    return max(found.size) < CRUMB * DETECT_EM


def _rectangles(probability: Map) -> list[Found]:
    mask = (probability > THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = (_rectangle(probability, np.asarray(c, dtype=np.int32)) for c in contours)
    return [f for f in found if f is not None]


def _rectangle(probability: Map, contour: npt.NDArray[np.int32]) -> Found | None:
    (cx, cy), (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < MIN_SPINE:
        return None
    x, y, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), dtype=np.uint8)
    cv2.drawContours(inside, [contour - (x, y)], -1, 1, cv2.FILLED)
    score = float(cv2.mean(probability[y : y + h, x : x + w], inside)[0])
    if score < MIN_SCORE:
        return None
    # The range of minAreaRect's angle differs between OpenCV versions; here it is (-45, 45].
    while angle > 45:
        width, height, angle = height, width, angle - 90
    while angle <= -45:
        width, height, angle = height, width, angle + 90
    grow = width * height * UNCLIP / (width + height)
    return Found((cx, cy), (width + grow, height + grow), angle, score)
