"""Shaded areas: where hardly any paper shows. Photographs, drawings in tone, and tinted boxes.

Text of any size leaves paper between its strokes; a photograph, screened or not, leaves none over
areas larger than a few glyphs. This needs no knowledge of where text is, so a detector that takes
a photograph for letters does no harm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Box
from digitize.image import Pixels

PAPER = 90  # percentile of grey levels: most of a page is paper
DARKER = 30  # grey levels below the paper: show-through and paper grain are paler
WINDOW = 2.0  # em: wider than the strokes of a headline
FULL = 0.75  # of a window that is shaded
LEAST = 4.0  # em: the side of the smallest area; reversed words are lower
SOLID = 0.5  # of its box that an area fills
TOUCHED = 0.3  # of a box that is shaded: a sign in a photograph may be bright
TEXT = 0.2  # of an area under lines of type: a tint behind a story
THICK = 5.0  # em: thicker lines are no body type


@dataclass(frozen=True, slots=True)
class Shaded:
    """The shaded areas of a page: int32 labels (H, W), 0 where it is not shaded, and boxes."""

    labels: npt.NDArray[np.int32]
    boxes: tuple[Box, ...]

    def at(self, box: Box) -> int:
        """The label that most of a box bears that bears any; 0 where hardly any of it does."""
        there = part(self.labels, box)
        shaded = there[there > 0]
        if shaded.size == 0 or shaded.size < TOUCHED * there.size:
            return 0
        return int(np.bincount(shaded).argmax())


def part(array: npt.NDArray[Any], box: Box) -> npt.NDArray[Any]:
    """What of ``array`` is in ``box``; empty where that lies outside."""
    x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
    return array[y0 : max(y0, math.ceil(box.y1)), x0 : max(x0, math.ceil(box.x1))]


def find_shaded(gray: Pixels, em: float) -> Shaded:
    """The shaded areas of a grey page (H, W) with body type of ``em`` pixels.

    Small areas and those that hardly fill their box have a label and no box.
    """
    dark = (gray < np.percentile(gray, PAPER) - DARKER).astype(np.float32)
    size = int(WINDOW * em) | 1
    share = cv2.boxFilter(dark, -1, (size, size))
    mask = np.asarray(share > FULL, dtype=np.uint8)
    # The window took a strip off every side that is about a fourth of its width.
    mask = np.asarray(cv2.dilate(mask, np.ones((size // 2, size // 2), np.uint8)), dtype=np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = tuple(
        Box(float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, area in stats[1:count]
        if min(w, h) >= LEAST * em and area >= SOLID * w * h
    )
    return Shaded(np.asarray(labels, dtype=np.int32), boxes)


def tinted(area: Box, lines: Sequence[Box], em: float) -> bool:
    """Whether a shaded area is a tint behind lines of type, not a picture."""
    inside = [b for b in lines if min(b.width, b.height) < THICK * em and area.contains(b.center)]
    return len(inside) > 1 and sum(b.area for b in inside) > TEXT * area.area
