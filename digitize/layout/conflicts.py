"""Places where the detector contradicts itself, looked at once more by themselves.

On a page that mixes directions the network is led astray by its surroundings: beside a block of
vertical text it strings level lines together down the page. The boxes then overlap, as lines of
type never do. Cut out and seen alone, the same place is read without fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from digitize.geometry import Box
from digitize.image import Pixels
from digitize.layout.detect import Found

SHARED = 0.25  # of the smaller of two boxes: neighbouring lines share less
LITTLE = 0.1  # of a box that may lie within a place it does not belong to
REACH = 1.5  # em between boxes of one place
MARGIN = 2.0  # em of paper around what is looked at again
MOST = 0.5  # of the page: a larger place is no exception
PART = 0.5  # of a box that lies within a line of which it is a part
PAPER = 90  # percentile of grey levels

Look = Callable[[Pixels], list[Found]]


def settled(gray: Pixels, found: Sequence[Found], em: float, look: Look) -> list[Found]:
    """The boxes ``found`` on ``gray``, those of contradictory places found anew by ``look``."""
    result = list(found)
    for place in _places(result, em, gray.shape[0] * gray.shape[1]):
        old = [f for f in result if place.contains(f.box.center)]
        new = _seen_alone(gray, place, em, look)
        if new and _contradiction(new) < _contradiction(old):
            gone = {id(f) for f in old}
            stays = [f for f in result if id(f) not in gone]
            result = stays + [f for f in new if not _part_of_any(f.box, stays)]
    return result


def _seen_alone(gray: Pixels, place: Box, em: float, look: Look) -> list[Found]:
    height, width = gray.shape
    x0, y0 = max(0, int(place.x0)), max(0, int(place.y0))
    part = gray[y0 : min(height, int(place.y1) + 1), x0 : min(width, int(place.x1) + 1)]
    edge = round(MARGIN * em)
    paper = int(np.percentile(part, PAPER))
    alone = np.pad(part, edge, constant_values=paper)
    dx, dy = x0 - edge, y0 - edge
    return [replace(f, center=(f.center[0] + dx, f.center[1] + dy)) for f in look(alone)]


def _part_of_any(box: Box, lines: Sequence[Found]) -> bool:
    """Whether ``box`` is the end, seen again, of a line that only just reaches into the place."""
    return any(box.intersection(line.box) > PART * box.area for line in lines)


def _contradiction(found: Sequence[Found]) -> float:
    """The area that boxes share, where they share too much."""
    boxes = [f.box for f in found]
    return sum(boxes[i].intersection(boxes[j]) for i, j in _clashes(boxes))


def _places(found: Sequence[Found], em: float, area: float) -> list[Box]:
    """Boxes around the places where boxes overlap, with all lines that reach into them."""
    boxes = [f.box for f in found]
    bad = {k for pair in _clashes(boxes) for k in pair}
    places: list[Box] = []
    for box in (boxes[i] for i in sorted(bad)):
        near = [p for p in places if p.grown(REACH * em).intersection(box) > 0]
        places = [p for p in places if p not in near] + [Box.around([*near, box])]
    whole = (_with_lines(place, boxes, em) for place in places)
    return [place for place in whole if place.area <= MOST * area]


def _with_lines(place: Box, boxes: Sequence[Box], em: float) -> Box:
    """``place`` with the whole of every line that reaches into it, and a little paper around.

    A line cut at its edge would be found there as a shorter one.
    """
    while True:
        wide = place.grown(0.5 * em)
        inside = [b for b in boxes if wide.intersection(b) > 0 and not _holds(wide, b)]
        reach = [b for b in inside if wide.intersection(b) > LITTLE * b.area]
        if not reach:
            return wide
        place = Box.around([place, *reach])


def _holds(outer: Box, inner: Box) -> bool:
    return outer.intersection(inner) >= inner.area


def _clashes(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """The pairs of boxes that share more than neighbouring lines do."""
    return [
        (i, j)
        for i, j in _pairs(boxes)
        if boxes[i].intersection(boxes[j]) > SHARED * min(boxes[i].area, boxes[j].area)
    ]


def _pairs(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """The pairs of boxes that overlap, by their places from top to bottom."""
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].y0)
    pairs = []
    for n, i in enumerate(order):
        for j in order[n + 1 :]:
            if boxes[j].y0 >= boxes[i].y1:
                break
            if boxes[i].overlap_x(boxes[j]) > 0:
                pairs.append((i, j))
    return pairs
