"""Lines cut at gutters: what the detector has read across two columns or two tiers.

Where columns stand closer than an em the detector may take two lines for one. A blank in a line
is a gutter if the lines around it are blank there too; a wide space in a sentence is not.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digitize.geometry import Polygon, WritingMode
from digitize.image import Pixels
from digitize.model import Line

MIN_BLANK = 0.75  # em of blank in a line that may be a gutter
WIDE = 1.0  # em of blank that runs through all lines of a short block
DUST = 0.1  # of the line's thickness that may be dark in a blank
REACH = 6.0  # em to each side in which other lines have a say
SUPPORT = 2  # lines that are blank there, or pairs that end and start there
SAME_EDGE = 2.5  # em by which edges of one column differ: an indent and a bracket
INDENT = 2.0  # em by which the first line of a paragraph starts later
FLUSH = 0.7  # em by which lines that start or end together differ
LOOKS = 3
OPPOSED = 0.34  # of the supporting ones that may run through
END_SLACK = 0.6  # em by which a line that ends at a gutter may reach into it
MIN_PART = 0.8  # em: nothing shorter is cut off

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line along its text: where it starts and ends, its place across, its blanks."""

    line: Line
    start: float
    end: float
    across: float
    blanks: tuple[Span, ...]


def split(lines: Sequence[Line], mask: Pixels) -> list[Line]:
    """``lines`` with those that run across a gutter cut there; ``mask`` is the page's ink.

    Lines that were cut speak for the gutter, so a second look finds what the first left.
    """
    for _ in range(LOOKS):
        before = len(lines)
        lines = _split_once(lines, mask)
        if len(lines) == before:
            break
    return list(lines)


def _split_once(lines: Sequence[Line], mask: Pixels) -> list[Line]:
    seen = sorted((_look(line, mask) for line in lines), key=lambda one: one.across)
    columns = [one for one in seen if _in_columns(one, _neighbours(one, seen))]
    result: list[Line] = []
    for one in seen:
        near = _neighbours(one, columns)
        if not _in_columns(one, near):
            around = _neighbours(one, seen)
            few = [blank for blank in one.blanks if _through_block(blank, one, around)]
            result += _parts(one, few, around)
            continue
        cuts = [blank for blank in one.blanks if _divides(blank, one, near)]
        cuts = cuts or _filled_gutter(one, near)
        result += _parts(one, cuts, near)
    return result


def _look(line: Line, mask: Pixels) -> _Seen:
    box = line.polygon.box
    along_x = line.writing_mode is WritingMode.HORIZONTAL
    used, start = inked(line, mask)
    return _Seen(
        line=line,
        start=box.x0 if along_x else box.y0,
        end=box.x1 if along_x else box.y1,
        across=box.center[1] if along_x else box.center[0],
        blanks=tuple(_blanks(used, start, MIN_BLANK * line.em)),
    )


def inked(line: Line, mask: Pixels) -> tuple[npt.NDArray[np.bool_], int]:
    """Where along the line there is more ink than dust or a crease leaves, and where it starts."""
    box = line.polygon.box
    along_x = line.writing_mode is WritingMode.HORIZONTAL
    x0, y0 = max(0, math.floor(box.x0)), max(0, math.floor(box.y0))
    part = mask[y0 : math.ceil(box.y1), x0 : math.ceil(box.x1)]
    start = x0 if along_x else y0
    if part.size == 0:
        return np.zeros(0, dtype=bool), start
    share = (part > 0).mean(axis=0 if along_x else 1)
    return np.asarray(share > DUST), start


def _blanks(used: npt.NDArray[np.bool_], start: float, least: float) -> list[Span]:
    """Runs without ink of at least ``least`` px, inside the line."""
    places = np.flatnonzero(used)
    if places.size < 2:
        return []
    gaps = np.flatnonzero(np.diff(places) > least)
    return [(start + float(places[i]) + 1, start + float(places[i + 1])) for i in gaps]


def _neighbours(one: _Seen, seen: Sequence[_Seen]) -> list[_Seen]:
    """The lines of ``seen``, sorted by their place across, that have a say about ``one``."""
    reach = REACH * one.line.em
    low = bisect_left(seen, one.across - reach, key=lambda o: o.across)
    high = bisect_left(seen, one.across + reach, key=lambda o: o.across)
    return [o for o in seen[low:high] if o is not one and _near(one, o)]


def _near(one: _Seen, other: _Seen) -> bool:
    same = one.line.writing_mode is other.line.writing_mode
    # A box drawn over two slanted lines is thicker than either.
    sizes = max(one.line.em, other.line.em) < 1.6 * min(one.line.em, other.line.em)
    return same and sizes


def _in_columns(one: _Seen, near: Sequence[_Seen]) -> bool:
    """Whether a line starts or ends where columns do: a head centred over them does neither."""
    em = one.line.em
    starts = sum(abs(o.start - one.start) < FLUSH * em for o in near)
    indents = sum(abs(o.start + INDENT * o.line.em - one.start) < FLUSH / 2 * em for o in near)
    ends = sum(abs(o.end - one.end) < FLUSH * em for o in near)
    return max(starts, indents, ends) >= SUPPORT


def _through_block(blank: Span, one: _Seen, near: Sequence[_Seen]) -> bool:
    """Whether a wide blank runs through a block of a few lines that has no edges of its own."""
    em = one.line.em
    if blank[1] - blank[0] < WIDE * em:
        return False
    rows = [o for o in near if o.start < blank[0] - em and o.end > blank[1] + em]
    rows = [o for o in rows if abs(o.across - one.across) > 0.5 * em]
    shared = [
        o
        for o in rows
        if any(min(b, blank[1]) - max(a, blank[0]) > WIDE / 2 * em for a, b in o.blanks)
    ]
    return len(shared) >= SUPPORT and len(shared) == len(rows)


def _divides(blank: Span, one: _Seen, near: Sequence[_Seen]) -> bool:
    """Whether ``blank`` is a gutter to the lines around, or on one side to the block it is in.

    The outermost line of a block stands beside another story, whose lines know of no gutter there.
    """
    sides = (
        [o for o in near if o.across < one.across],
        [o for o in near if o.across > one.across],
    )
    return _is_gutter(blank, one, near) or any(
        _is_gutter(blank, one, side) and _of_block(blank, one, side) for side in sides
    )


def _of_block(blank: Span, one: _Seen, side: Sequence[_Seen]) -> bool:
    """Whether ``one`` lies within lines that end at ``blank`` and lines that start behind it."""
    em = one.line.em
    before = [o.start for o in side if abs(o.end - blank[0]) < FLUSH * em]
    behind = [o.end for o in side if abs(o.start - blank[1]) < FLUSH * em]
    starts = sum(one.start > start - SAME_EDGE * em for start in before)
    ends = sum(one.end < end + SAME_EDGE * em for end in behind)
    return min(starts, ends) >= SUPPORT


def _is_gutter(blank: Span, one: _Seen, near: Sequence[_Seen]) -> bool:
    """Whether lines end and start at ``blank``, or are blank there, and hardly any runs through.

    Indented first lines start at one place too; so ends and starts are both asked for.
    """
    middle, slack = (blank[0] + blank[1]) / 2, END_SLACK * one.line.em
    blanks = ends = starts = through = 0
    for other in near:
        if abs(other.across - one.across) < 0.5 * one.line.em:
            continue  # the same row, in another column
        if other.start + slack < middle < other.end - slack:
            shared = any(a <= middle <= b for a, b in other.blanks)
            blanks += shared
            through += not shared
        ends += abs(other.end - blank[0]) < 1.5 * one.line.em
        starts += abs(other.start - blank[1]) < slack
    support = blanks + min(ends, starts)
    if through == 0 and support and max(ends, starts) > SUPPORT:
        return True
    return support >= SUPPORT and through <= OPPOSED * support


def _filled_gutter(one: _Seen, near: Sequence[_Seen]) -> list[Span]:
    """The gutter that a crease or a blot has filled: lines around end and start there."""
    em = one.line.em
    level = [abs(o.start - one.start) < SAME_EDGE * em for o in near]
    flush = [abs(o.end - one.end) < SAME_EDGE * em for o in near]
    if min(sum(level), sum(flush)) < SUPPORT:
        return []  # a sub-headline beside two tiers is not part of both
    inner = (one.start + 2 * em, one.end - 2 * em)
    start = _common([o.start for o in near if inner[0] < o.start < inner[1]], em)
    ends = sorted(o.end for o in near if start - 3 * em < o.end < start + 0.5 * em)
    if len(ends) < SUPPORT:
        return []
    # The outermost full lines: short ones end before the column does.
    end = ends[-1 - len(ends) // 4]
    middle = (end + start) / 2
    through = sum(o.start + em < middle < o.end - em for o in near)
    clear = through <= OPPOSED * len(ends)
    return [(min(end, start), start)] if end > inner[0] and clear else []


def _common(starts: Sequence[float], em: float) -> float:
    """The place at which most lines start, if SUPPORT do; minus infinity otherwise."""
    groups = [[s for s in starts if abs(s - place) < FLUSH * em] for place in starts]
    most = max(groups, key=len, default=[])
    return statistics.median(most) if len(most) >= SUPPORT else -math.inf


def _parts(one: _Seen, cuts: Sequence[Span], near: Sequence[_Seen]) -> list[Line]:
    edges = [one.start, *(v for cut in cuts for v in cut), one.end]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    if not cuts or any(b - a < MIN_PART * one.line.em for a, b in spans):
        return [one.line]
    # A box around two slanted lines is too thick for both: their size is that of their neighbours.
    em = min([one.line.em, statistics.median(o.line.em for o in near)] if near else [one.line.em])
    return [replace(one.line, polygon=piece(one.line, span), em=em) for span in spans]


def piece(line: Line, span: Span) -> Polygon:
    """The part of a line's outline between two places along its text."""
    p = line.polygon.points
    box = line.polygon.box
    if line.writing_mode is WritingMode.HORIZONTAL:
        a, b = ((v - box.x0) / max(1.0, box.width) for v in span)
        return Polygon(
            (_on(p[0], p[1], a), _on(p[0], p[1], b), _on(p[3], p[2], b), _on(p[3], p[2], a))
        )
    a, b = ((v - box.y0) / max(1.0, box.height) for v in span)
    return Polygon((_on(p[0], p[3], a), _on(p[1], p[2], a), _on(p[1], p[2], b), _on(p[0], p[3], b)))


def _on(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
