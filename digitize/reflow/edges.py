"""Column edges and what they tell: indented starts, full rows, centred rows."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow.rows import HALF_GLYPH, Row

INDENT = 1.25  # em from the column's edge: first lines are set in by two, quotes hang by a half
NARROW = 0.65  # em: the same where indents are one em
BEHIND_BRACKET = 0.35  # em: the same for a row that opens with one, ink or square measured
ONE_EM_SHARE = 0.06  # of rows that such a page has at least
SHORT = 1.6  # em left free at a row's end: justification squeezes by one at most
NEIGHBOURS = 12  # rows from which a column's edges are taken: a worn page's columns bend
PIECE = 4  # rows of a piece that shows its own edges
SPREAD = 0.4  # em: starts nearer than this are one edge
FAIR = 0.24  # of the rows that start at a column's edge, however many are indented
OWN = 0.55  # of the rows that start where this one does: then that is the edge
SIMILAR = 1.25  # in size
SHARE = 0.6  # of the narrower row, in x
REACH = 3.6  # em by which left edges in one column differ (indent and opening bracket)
NEXT = 4.0  # em between a centred row and the rows of its column
CENTRED = 1.4  # em by which the margins of a centred row may differ


@dataclass(frozen=True, slots=True)
class Edges:
    """A row against its column: free space before and after it and the measure, in em."""

    before: float
    after: float
    measure: float
    least: float = 0.0  # em of free space that the page's indents have at least

    @property
    def indented(self) -> bool:
        """Whether the row starts a paragraph by its indent."""
        return self.before >= (self.least or INDENT)

    @property
    def short(self) -> bool:
        """Whether the row ends before the column does."""
        return self.after >= SHORT

    @property
    def centred(self) -> bool:
        """Whether the row stands in the middle of the column with space on both sides."""
        margins = min(self.before, self.after)
        return margins >= INDENT and abs(self.before - self.after) <= max(CENTRED, 0.3 * margins)


def start_of(row: Row) -> float:
    """Where the first glyph's square starts: an opening bracket's ink fills its right half."""
    return row.box.x0 - (HALF_GLYPH * row.em if chars.opens_in_blank(row.text) else 0.0)


def end_of(row: Row) -> float:
    """Where the last glyph's square ends: a stop's ink fills its left half."""
    return row.box.x1 + (HALF_GLYPH * row.em if chars.ends_in_blank(row.text) else 0.0)


def edges_of(
    pieces: Sequence[Sequence[Row]], frames: Sequence[Box] = ()
) -> dict[tuple[str, ...], Edges]:
    """The edges of every row of ``pieces`` of columns, by the row's ids.

    A piece of several rows shows its own edges; for a shorter one they are learned from the rows
    around it, for above and below may stand columns of another measure.
    """
    short = {row.ids for piece in pieces if len(piece) < PIECE for row in piece}
    boxed: dict[frozenset[int], list[Row]] = {}
    for row in (row for piece in pieces for row in piece):
        around = frozenset(i for i, f in enumerate(frames) if f.contains(row.box.center))
        boxed.setdefault(around, []).append(row)
    found: dict[tuple[str, ...], Edges] = {}
    for group in boxed.values():
        down = sorted(group, key=lambda row: row.box.center[1])
        rest = ((i, row) for i, row in enumerate(down) if row.ids in short)
        found |= {row.ids: _edges(row, _near(i, down)) for i, row in rest}
    for piece in pieces:
        if len(piece) >= PIECE:
            found |= {row.ids: _edges(row, _near(i, piece)) for i, row in enumerate(piece)}
    opened = {r.ids for piece in pieces for r in piece if r.text[:1] in chars.OPENERS}
    least = _least_indent([e.before for ids, e in found.items() if ids not in opened])
    half = BEHIND_BRACKET if least == NARROW else least
    return {
        ids: replace(edges, least=half if ids in opened else least) for ids, edges in found.items()
    }


def _least_indent(spaces: Sequence[float]) -> float:
    """What counts as an indent on this page: old papers indent by one em, new ones by two."""
    one = sum(NARROW <= space < INDENT for space in spaces)
    two = sum(INDENT <= space < 2 * INDENT + 0.5 for space in spaces)
    return NARROW if one > two and one >= ONE_EM_SHARE * len(spaces) else INDENT


def _near(i: int, rows: Sequence[Row]) -> list[Row]:
    """Row ``i`` and the rows nearest to it in its column; ``rows`` run down the page."""
    row, found = rows[i], [rows[i]]
    above, below = i - 1, i + 1
    while len(found) < NEIGHBOURS and (above >= 0 or below < len(rows)):
        up = row.box.center[1] - rows[above].box.center[1] if above >= 0 else math.inf
        down = rows[below].box.center[1] - row.box.center[1] if below < len(rows) else math.inf
        other = rows[above] if up <= down else rows[below]
        above, below = (above - 1, below) if up <= down else (above, below + 1)
        if _same_column(row, other):
            found.append(other)
    return found


def _edges(row: Row, near: Sequence[Row]) -> Edges:
    em = row.em
    left = _left([start_of(other) for other in near], start_of(row), em)
    right = _right([end_of(other) for other in near], end_of(row), em)
    return Edges(
        (start_of(row) - left) / em, (right - end_of(row)) / em, max(0.0, right - left) / em
    )


def _left(starts: Sequence[float], own: float, em: float) -> float:
    """Where the column starts: the leftmost place at which a fair share of rows start."""
    groups = _gathered(starts, em)
    mine = next(g for g in groups if own in g)
    if len(mine) > OWN * len(starts):
        return min(mine)
    fair = [g for g in groups if len(g) >= FAIR * len(starts)]
    return min(statistics.median(g) for g in fair or groups)


def _right(ends: Sequence[float], own: float, em: float) -> float:
    """Where the column ends: where most rows end; the row's own place where that is as common."""
    groups = _gathered(ends, em)
    best = max(groups, key=lambda g: (len(g), own in g, max(g)))
    return statistics.median(best)


def _gathered(values: Sequence[float], em: float) -> list[list[float]]:
    """``values`` in groups that lie within SPREAD em of their neighbours."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if not groups or value - groups[-1][-1] > SPREAD * em:
            groups.append([])
        groups[-1].append(value)
    return groups


def _same_column(row: Row, other: Row) -> bool:
    if row.cross != other.cross or max(row.em, other.em) > SIMILAR * min(row.em, other.em):
        return False
    shared = row.box.overlap_x(other.box)
    if shared < SHARE * min(row.box.width, other.box.width):
        return False
    if abs(other.box.x0 - row.box.x0) <= REACH * row.em:
        return True
    # A wider or narrower row starts elsewhere: it is of this column only if it is next to it.
    near = -row.box.overlap_y(other.box) < NEXT * row.em
    return near and (_inside(other, row) or _inside(row, other))


def _inside(other: Row, row: Row) -> bool:
    """Whether ``row`` is a short or centred row within the measure of ``other``."""
    return other.box.x0 <= row.box.x0 and row.box.x1 <= other.box.x1 + row.em
