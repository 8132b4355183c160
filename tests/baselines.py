"""Two plain readers to measure against: down the page line by line, and the recursive XY-cut.

Both know the page's writing direction and put lines together to paragraphs by indent and size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitize.geometry import Box, to_canonical
from digitize.model import Line, Page
from digitize.reflow.rows import main_mode
from digitize.text import join

INDENT = 1.25  # em by which a line is set in that starts a paragraph
NEAR = 3.5  # em: starts of lines in one column differ less
SIZE = 1.15
GUTTER = 0.3  # em: a narrower gap is no cut; of those tried, the best for this reader


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in the space where text runs to the right."""

    line: Line
    box: Box


Reader = Callable[[Page], list[list[str]]]


def downwards(page: Page) -> list[list[str]]:
    """Top to bottom, lines of one height from left to right; the page is one article."""
    lines = _placed(page)
    return [_paragraphs(sorted(lines, key=lambda p: (round(p.box.y0 / p.line.em), p.box.x0)))]


def xy_cut(page: Page) -> list[list[str]]:
    """Recursive XY-cut (Nagy and Seth 1984): the widest gap first; the page is one article."""
    return [_paragraphs(_cut(_placed(page)))]


READERS: dict[str, Reader] = {"downwards": downwards, "xy-cut": xy_cut}


def _placed(page: Page) -> list[Placed]:
    mode = main_mode(page.lines)
    return [Placed(line, to_canonical(line.polygon.box, mode)) for line in page.lines]


def _cut(lines: list[Placed]) -> list[Placed]:
    cuts = [cut for axis in (0, 1) if (cut := _widest(lines, axis))[0] > 0]
    if not cuts:
        return sorted(lines, key=lambda p: (p.box.y0, p.box.x0))
    _, at, axis = max(cuts)
    first = [p for p in lines if _span(p.box, axis)[1] <= at]
    return [*_cut(first), *_cut([p for p in lines if _span(p.box, axis)[1] > at])]


def _widest(lines: Sequence[Placed], axis: int) -> tuple[float, float, int]:
    """(width, where, axis) of the widest empty strip; columns are cut by narrower ones."""
    least = GUTTER * min(p.line.em for p in lines)
    best, reach = (0.0, 0.0, axis), float("inf")
    for low, high in sorted(_span(p.box, axis) for p in lines):
        gap = low - reach
        if gap > least and gap > best[0]:
            best = (gap, reach, axis)
        reach = high if reach == float("inf") else max(reach, high)
    return best


def _span(box: Box, axis: int) -> tuple[float, float]:
    return (box.y0, box.y1) if axis else (box.x0, box.x1)


def _paragraphs(lines: Sequence[Placed]) -> list[str]:
    if not lines:
        return []
    groups = [[lines[0]]]
    for before, here in pairwise(lines):
        if _starts(before, here, lines):
            groups.append([])
        groups[-1].append(here)
    return [join([p.line.text for p in group]) for group in groups]


def _starts(before: Placed, here: Placed, lines: Sequence[Placed]) -> bool:
    """Whether ``here`` starts a paragraph: in another size, or set in from its neighbours."""
    em = here.line.em
    if max(em, before.line.em) > SIZE * min(em, before.line.em):
        return True
    edge = min(
        p.box.x0
        for p in lines
        if abs(p.box.x0 - here.box.x0) < NEAR * em and abs(p.box.y0 - here.box.y0) < 12 * em
    )
    return here.box.x0 - edge > INDENT * em
