"""Rows of furniture put together as they are read: without doubles, in lines, in blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitize.geometry import Box
from digitize.reflow import notices
from digitize.reflow.rows import Row
from digitize.reflow.sheet import apart, upright

INSIDE = 0.65  # of a row's area that lies within another that has its text: read twice
LINE = 0.5  # of the lower height that rows of one line share
LINE_GAP = 2.2  # em between the parts of one line, in the larger one's em
CLOSE_UP = 0.35  # em; parts as near are one word
BLOCK_GAP = 1.6  # em between rows of one block
ONE_SIZE = 1.4


@dataclass(frozen=True)
class Unit:
    """Rows read as one text."""

    text: str
    rows: tuple[Row, ...]

    @property
    def box(self) -> Box:
        """Around all rows."""
        return Box.around(row.box for row in self.rows)

    @property
    def em(self) -> float:
        """The largest em in it."""
        return max(row.em for row in self.rows)

    @property
    def spaced(self) -> bool:
        """Whether it is one word set widely: parts of a character or three, all of one size."""
        small = min(row.em for row in self.rows)
        return self.em <= ONE_SIZE * small and all(len(row.text) <= 3 for row in self.rows)


def without_doubles(rows: Sequence[Row]) -> list[Row]:
    """``rows`` without those that were read a second time within a larger one."""

    def double(row: Row, other: Row) -> bool:
        same = set(row.text) <= set(other.text) and len(other.text) > len(row.text)
        return same and row.box.intersection(other.box) >= INSIDE * row.box.area

    return [row for row in rows if not any(double(row, other) for other in rows)]


def runs_to_the_left(rows: Sequence[Row]) -> bool:
    """Whether level rows are read from the right, as on old papers."""
    return any(
        not upright(row) and notices.either_way(row.text).text == notices.normal(row.text[::-1])
        for row in rows
        if row.text != row.text[::-1]
    )


def each(rows: Sequence[Row], leftwards: bool) -> list[Unit]:
    """Every row for itself."""
    return [Unit(_text(row, leftwards), (row,)) for row in rows]


def lines(rows: Sequence[Row], leftwards: bool) -> list[Unit]:
    """Rows side by side put together; upright rows and rows that stand alone are left out."""
    level = [row for row in rows if not upright(row)]
    groups = _groups(sorted(level, key=lambda row: row.box.x0), _side_by_side)
    return [_line(group, leftwards) for group in groups if len(group) > 1]


def blocks(rows: Sequence[Row], leftwards: bool) -> list[Unit]:
    """Rows near each other, in reading order: lines downwards, upright ones from the right."""
    found = []
    for group in _groups(rows, _near):
        if sum(map(upright, group)) * 2 > len(group):
            ordered = sorted(group, key=lambda row: (-row.box.center[0], row.box.y0))
        else:
            rank = {row: i for i, line in enumerate(_level_lines(group)) for row in line}
            sign = -1 if leftwards else 1
            ordered = sorted(group, key=lambda row: (rank[row], sign * row.box.x0))
        found.append(Unit(" ".join(_text(row, leftwards) for row in ordered), tuple(ordered)))
    return sorted(found, key=lambda unit: (unit.box.y0, unit.box.x0))


def _text(row: Row, leftwards: bool) -> str:
    turn = leftwards and not upright(row) and not any(c.isascii() for c in row.text)
    return row.text[::-1] if turn else row.text


def _groups(rows: Sequence[Row], linked: Callable[[Row, Row], bool]) -> list[list[Row]]:
    """The connected components of ``rows``."""
    groups: list[list[Row]] = []
    for row in rows:
        mine = [g for g in groups if any(linked(other, row) for other in g)]
        groups = [g for g in groups if g not in mine] + [[*(r for g in mine for r in g), row]]
    return groups


def _side_by_side(left: Row, right: Row) -> bool:
    low = min(left.box.height, right.box.height)
    gap = -left.box.overlap_x(right.box)
    em = max(left.em, right.em)
    return left.box.overlap_y(right.box) >= LINE * low and -0.6 * em < gap <= LINE_GAP * em


def _near(a: Row, b: Row) -> bool:
    return apart(a.box, b.box) <= BLOCK_GAP * min(a.em, b.em)


def _line(group: Sequence[Row], leftwards: bool) -> Unit:
    ordered = sorted(group, key=lambda row: row.box.x0, reverse=leftwards)
    text = _text(ordered[0], leftwards)
    for a, b in pairwise(ordered):
        near = -a.box.overlap_x(b.box) < CLOSE_UP * max(a.em, b.em)
        text += ("" if near else " ") + _text(b, leftwards)
    return Unit(text, tuple(ordered))


def _level_lines(rows: Sequence[Row]) -> list[list[Row]]:
    """``rows`` in lines from the top: a row is in the line whose first row it stands beside."""
    found: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.box.center[1]):
        if found:
            first = found[-1][0].box
            low = min(first.height, row.box.height)
            if first.overlap_y(row.box) >= LINE * low:
                found[-1].append(row)
                continue
        found.append([row])
    return found
