"""What lies over a gutter, from one page to the other: pictures, adverts, headlines, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Box
from digitize.preprocess.bands import runs

TALL, BROAD = 0.08, 0.1  # of the sheet's height and width: no character or line is so large
FRAME = 0.6  # of the height: larger is a frame around both pages or a fold, and lies over nothing
LINE = 0.3  # of the height that a rule or a fold down the gutter is inked
NEAR = 0.02  # of the width: glyphs of a line stand no further apart
APART = 0.012  # of the width: paper between what lies there and what stands beside it
ACROSS = 0.7  # of the gutter that a line of type or a rule covers which runs across
GAP = 0.7  # of the gutter: nor that far, or they are the ends of lines on both sides
ROWS = 0.01  # of the height: lines no further apart are one thing
EDGE = 0.015  # of the height at top and bottom, where the sheet's own edge may be seen

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Thing:
    """What lies over a gutter. ``picture``: a picture or a framed advert, no line of type."""

    box: Box
    picture: bool


def overlying(ink: Mask, x0: float, x1: float) -> tuple[Thing, ...]:
    """What reaches over the gutter between ``x0`` and ``x1``, in (H, W) ink with level lines."""
    solid = _joined(_solid(ink, x0, x1))
    pictures = [box for box in solid if _is_picture(box, ink)]
    others = [*(box for box in solid if box not in pictures), *_loose(ink, x0, x1)]
    apart = [box for box in others if not any(one.contains(box.center) for one in pictures)]
    return (
        *(Thing(box, picture=True) for box in pictures),
        *(Thing(box, picture=False) for box in _joined(apart)),
    )


def rows_across(ink: Mask, x0: float, x1: float) -> Mask:
    """In which rows of ``ink`` something runs across the gutter: of shape (H,)."""
    height, width = ink.shape
    near = max(1, int(min(NEAR * width, GAP * (x1 - x0))))
    start, end = max(0, int(x0) - near), max(int(x0) + 1, int(x1)) + near
    around = ink[:, start:end].astype(np.uint8)
    around[:, around.mean(axis=0) >= LINE] = 0
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, near), np.uint8))
    across = closed[:, int(x0) - start : closed.shape[1] - near].mean(axis=1) >= ACROSS
    edge = int(EDGE * height)
    across[:edge] = across[height - edge :] = False
    return np.asarray(across, dtype=np.bool_)


def _solid(ink: Mask, x0: float, x1: float) -> Iterator[Box]:
    """Of what is connected, what stands on both sides, as far down as it lies over the gutter."""
    grown = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    starts = stats[:, cv2.CC_STAT_LEFT]
    ends = starts + stats[:, cv2.CC_STAT_WIDTH]
    for number in np.flatnonzero((starts < x0) & (ends > x1)):
        rows = np.flatnonzero((labels[:, int(x0) : int(x1) + 1] == number).any(axis=1))
        if number == 0 or not rows.size or np.ptp(rows) > FRAME * ink.shape[0]:
            continue
        y0, y1 = int(rows[0]), int(rows[-1]) + 1
        columns = np.flatnonzero((labels[y0:y1] == number).any(axis=0))
        yield Box(float(columns[0]), float(y0), float(columns[-1] + 1), float(y1))


def _loose(ink: Mask, x0: float, x1: float) -> Iterator[Box]:
    """Lines that run across, as far as they go on both sides."""
    height, width = ink.shape
    rows = rows_across(ink, x0, x1).astype(np.uint8)[:, None]
    gap = np.ones((max(1, int(ROWS * height)), 1), np.uint8)
    joined = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, gap)[:, 0]
    for run in runs(joined > 0):
        inked = np.asarray(ink[int(run.x0) : int(run.x1)].any(axis=0), dtype=np.bool_)
        apart = max(1, int(APART * width))
        left = int(x0) - _reach(inked[: int(x0)][::-1], apart)
        right = int(x1) + _reach(inked[int(x1) :], apart)
        yield Box(float(left), run.x0, float(right), run.x1)


def _reach(inked: Mask, apart: int) -> int:
    """How far ink goes on from the start, without so long a gap."""
    last = -1
    for place in np.flatnonzero(inked):
        if place - last > apart:
            break
        last = int(place)
    return last + 1


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes that overlap as one."""
    joined: list[Box] = []
    for box in boxes:
        touching = [other for other in joined if other.intersection(box) > 0]
        joined = [other for other in joined if other not in touching]
        joined.append(Box.around([box, *touching]))
    return joined


def _is_picture(box: Box, ink: Mask) -> bool:
    height, width = ink.shape
    return bool(box.height >= TALL * height and box.width >= BROAD * width)
