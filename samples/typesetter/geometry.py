"""Rectangles in page pixels, and the mapping between page and writing direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """An axis-aligned rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def inset(self, dx: float, dy: float | None = None) -> Box:
        """The box shrunk by dx left and right, dy above and below."""
        dy = dx if dy is None else dy
        return Box(self.x0 + dx, self.y0 + dy, self.x1 - dx, self.y1 - dy)

    def top(self, height: float) -> Box:
        return Box(self.x0, self.y0, self.x1, self.y0 + height)

    def below(self, y: float) -> Box:
        return Box(self.x0, y, self.x1, self.y1)

    def above(self, y: float) -> Box:
        return Box(self.x0, self.y0, self.x1, y)

    def overlaps(self, other: Box) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def rounded(self) -> list[int]:
        return [round(self.x0), round(self.y0), round(self.x1), round(self.y1)]


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all boxes."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


def columns(box: Box, count: int, gutter: float) -> list[Box]:
    """The box cut into equal columns."""
    return weighted_columns(box, [1.0] * count, gutter)


def weighted_columns(box: Box, weights: Sequence[float], gutter: float) -> list[Box]:
    """The box cut into columns whose widths follow the weights."""
    room = box.width - gutter * (len(weights) - 1)
    out: list[Box] = []
    x = box.x0
    for weight in weights:
        width = room * weight / sum(weights)
        out.append(Box(x, box.y0, x + width, box.y1))
        x += width + gutter
    return out


def bands(box: Box, weights: Sequence[float], gap: float) -> list[Box]:
    """The box cut into bands, one below the other."""
    room = box.height - gap * (len(weights) - 1)
    out: list[Box] = []
    y = box.y0
    for weight in weights:
        height = room * weight / sum(weights)
        out.append(Box(box.x0, y, box.x1, y + height))
        y += height + gap
    return out


def carve(frames: Sequence[Box], hole: Box, gap: float, least: float) -> list[Box]:
    """The frames with a hole cut out; pieces lower than `least` are dropped."""
    out: list[Box] = []
    wide = Box(hole.x0, hole.y0 - gap, hole.x1, hole.y1 + gap)
    for frame in frames:
        if not frame.overlaps(wide):
            out.append(frame)
            continue
        pieces = [frame.above(wide.y0), frame.below(wide.y1)]
        out.extend(p for p in pieces if p.height >= least)
    return out


@dataclass(frozen=True)
class Writing:
    """How canonical space (x along the line, y from line to line) lies on the page.

    Vertical right-to-left text is the horizontal page turned a quarter: one flow serves both.
    """

    vertical: bool
    page_width: float

    def to_page(self, box: Box) -> Box:
        if not self.vertical:
            return box
        w = self.page_width
        return Box(w - box.y1, box.x0, w - box.y0, box.x1)

    def canonical(self, box: Box) -> Box:
        if not self.vertical:
            return box
        w = self.page_width
        return Box(box.y0, w - box.x1, box.y1, w - box.x0)
