"""Lines that a program has read across a gutter, cut there, each part with its own text.

A gutter is where lines above and below end on one side and begin on the other. A line that has no
character there runs over it; one that has is a head over both columns, and stays whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from digitize import text as chars
from digitize.foreign.along import (
    Placed,
    Span,
    ends_of,
    middle_of,
    piece,
    placed,
    span_of,
    too_wide,
)
from digitize.geometry import WritingMode
from digitize.model import Glyph, Line

REACH = 8.0  # em above and below a line in which others show where columns stand
ALIKE = 1.5  # times larger or smaller; other type has columns of its own
SUPPORT = 2  # lines that end, and lines that begin, at a gutter
GUESSED = 3  # the same where nobody knows where in the line its characters stand; then half as
# many others may run over the place, for a band of wide lines does so too
FLUSH = 0.7  # em by which lines that begin together differ
NARROWEST, WIDEST = 0.6, 4.0  # em of a gutter
OVERLAP = 0.7  # em by which outlines of neighbours reach over a narrow gutter
FULL = 0.75  # of the lines that end before a gutter: the others end a paragraph
INSIDE = 0.25  # em within a gutter's edges: a character there stands in the gutter
OPPOSED = 0.34  # of the supporting lines that may have a character there
SPECK = 0.4  # em: a narrower mark in a gutter is as often dirt as a comma
BLANK = 0.7  # em between characters that may be a gutter
HALF = 0.45  # em: the blank half of a bracket's or stop's square
MARKS = chars.CLOSERS | chars.SENTENCE_ENDS | chars.CONTINUES
WITHIN = 0.5  # what a blank within a line counts, beside a line that ends or begins
LOOKS = 3
LEAST = 1.0  # em: nothing shorter is cut off
RULES = frozenset("|｜│┃丨︱")  # what a printed rule between two columns is read as


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line along its text, its place across, and its characters; ``sure`` of their places."""

    line: Line
    start: float
    end: float
    across: float
    glyphs: tuple[Placed, ...]
    sure: bool
    blanks: tuple[Span, ...] = ()

    @property
    def starts(self) -> list[float]:
        """Where it begins, and where it goes on after a blank."""
        return [self.start, *(b for _, b in self.blanks)]

    @property
    def ends(self) -> list[float]:
        """Where a blank begins, and where it ends."""
        return [*(a for a, _ in self.blanks), self.end]

    def begins(self, place: float, near: float) -> float:
        """How much it speaks for a column that begins at ``place``: 1 if it begins there."""
        if abs(self.start - place) < near:
            return 1.0
        return WITHIN * any(abs(b - place) < near for _, b in self.blanks)

    def stops(self, place: float, before: float, after: float) -> float:
        """The same of a column that ends there; a paragraph's last line ends before."""
        if -before < self.end - place < after:
            return 1.0
        return WITHIN * any(-before < a - place < after for a, _ in self.blanks)

    def stands_in(self, gutter: Span) -> bool:
        """Whether one of its characters stands in the gutter."""
        edge = INSIDE * self.line.em
        mode = self.line.writing_mode
        return any(
            gutter[0] + edge < middle_of(g, mode) < gutter[1] - edge
            for g, _ in self.glyphs
            if not self._ignored(g)
        )

    def _ignored(self, glyph: Glyph) -> bool:
        """Whether a character may be dirt or a rule in a gutter, or nobody knows where it is."""
        if glyph.text in RULES or too_wide(glyph, self.line.writing_mode):
            return True
        start, end = span_of(glyph, self.line.writing_mode)
        return not glyph.text.isalnum() and end - start < SPECK * self.line.em

    def crosses(self, gutter: Span) -> bool:
        """Whether it runs from one side of the gutter to the other."""
        em = LEAST * self.line.em
        return self.start + em < gutter[0] and gutter[1] < self.end - em


def cut(lines: Sequence[Line]) -> list[Line]:
    """``lines`` on a flat page with those that run across a gutter cut there.

    Of a line whose characters have no places these are guessed, evenly along it. The first part of
    a line keeps its id, the others get ``.2``, ``.3``, … after it. Lines that were cut show where
    the gutter is, so that a second look finds more.
    """
    parts = [[line] for line in lines]
    for _ in range(LOOKS):
        before = sum(map(len, parts))
        parts = _cut_once(parts)
        if sum(map(len, parts)) == before:
            break
    return list(_named(parts))


def cut_by(lines: Sequence[Line], pieces: Sequence[Line]) -> list[Line]:
    """``lines`` cut into ``pieces``, outlines that bear the ids of their lines."""
    own: dict[str, list[Span]] = {line.id: [] for line in lines}
    for found in pieces:
        own[found.id].append(ends_of(found))
    parts = []
    for line in lines:
        spans = sorted(own[line.id])
        gutters = [(a, b) for (_, a), (b, _) in pairwise(spans)]
        parts.append(_parts(_look(line), gutters))
    return list(_named(parts))


def _cut_once(lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The parts of every line, cut further."""
    seen = [[_look(part) for part in parts] for parts in lines]
    by_place = sorted((one for parts in seen for one in parts), key=lambda one: one.across)
    return [
        [piece for one in parts for piece in _parts(one, _gutters(one, _near(one, by_place)))]
        for parts in seen
    ]


def _named(lines: Sequence[Sequence[Line]]) -> Iterator[Line]:
    taken = {parts[0].id for parts in lines}
    for first, *rest in lines:
        yield first
        for part in rest:
            name = next(new for n in count(2) if (new := f"{first.id}.{n}") not in taken)
            taken.add(name)
            yield replace(part, id=name)


def _look(line: Line) -> _Seen:
    start, end = ends_of(line)
    vertical = line.writing_mode is WritingMode.VERTICAL
    across = line.polygon.box.center[0 if vertical else 1]
    glyphs, sure = placed(line)
    blanks = tuple(_blanks(line, glyphs)) if sure else ()
    return _Seen(line, start, end, across, glyphs, sure, blanks)


def _blanks(line: Line, glyphs: Sequence[Placed]) -> Iterator[Span]:
    """Gaps between characters that may be gutters; what a rule is read as is none.

    Half of a bracket's or a stop's own square is blank.
    """
    placed = ((*span_of(g, line.writing_mode), g.text) for g, _ in glyphs if g.text not in RULES)
    end, before = None, ""
    for a, b, text in sorted(placed):
        half = HALF * ((before[-1:] in MARKS) + (text[0] in chars.OPENERS))
        if end is not None and a - end > (BLANK + half) * line.em:
            yield end, a
        if end is None or b > end:
            end, before = b, text


def _near(one: _Seen, seen: Sequence[_Seen]) -> list[_Seen]:
    """The lines around, of the same direction and similar size."""
    reach, em = REACH * one.line.em, one.line.em
    low = bisect_left(seen, one.across - reach, key=lambda o: o.across)
    high = bisect_left(seen, one.across + reach, key=lambda o: o.across)
    return [
        o
        for o in seen[low:high]
        if o is not one
        and o.line.writing_mode is one.line.writing_mode
        and em / ALIKE < o.line.em < em * ALIKE
    ]


def _gutters(one: _Seen, near: Sequence[_Seen]) -> list[Span]:
    """The gutters that a line runs over, from its start."""
    found: list[Span] = []
    for gutter in _candidates(one, near):
        if found and gutter[0] < found[-1][1]:
            continue
        if one.crosses(gutter) and _is_gutter(gutter, one, near):
            found.append(gutter)
    return found


def _candidates(one: _Seen, near: Sequence[_Seen]) -> Iterator[Span]:
    """Where lines begin, and what is between that and the lines that end before it."""
    em = one.line.em
    starts = sorted(s for o in near for s in o.starts if one.start + em < s < one.end - em)
    while starts:
        group = [s for s in starts if s - starts[0] < FLUSH * em]
        starts = starts[len(group) :]
        reach = group[0] - WIDEST * em, group[0] + em / 2
        ends = sorted(e for o in near for e in o.ends if reach[0] < e < reach[1])
        if len(group) >= SUPPORT and len(ends) >= SUPPORT:
            end = ends[min(len(ends) - 1, int(FULL * len(ends)))]
            start = group[len(group) // 2]
            if start - end >= (NARROWEST if one.sure else -OVERLAP) * em:
                yield end, start


def _is_gutter(gutter: Span, one: _Seen, near: Sequence[_Seen]) -> bool:
    em = one.line.em
    begin = sum(o.begins(gutter[1], FLUSH * em) for o in near)
    end = sum(o.stops(gutter[0], WIDEST * em, FLUSH * em) for o in near)
    support = min(begin, end)
    over = [o for o in near if o.crosses(gutter) and o.sure]
    against = sum(o.stands_in(gutter) for o in over)
    if support < SUPPORT or against > OPPOSED * support:
        return False
    if one.sure:
        return not one.stands_in(gutter)
    level = any(abs(o.start - one.start) < FLUSH * em for o in near)
    wide = sum(o.crosses(gutter) for o in near)
    return support >= GUESSED and wide <= support / 2 and level


def _parts(one: _Seen, gutters: Sequence[Span]) -> list[Line]:
    """A line cut at gutters, its characters shared out; the line where a part would get none."""
    if not gutters:
        return [one.line]
    middles = [(a + b) / 2 for a, b in gutters]
    shares: list[list[Placed]] = [[] for _ in range(len(gutters) + 1)]
    for (glyph, space), middle in zip(one.glyphs, _middles(one, gutters), strict=True):
        if glyph.text in RULES and any(a <= middle <= b for a, b in gutters):
            continue  # the rule in the gutter
        shares[sum(middle > m for m in middles)].append((glyph, space))
    if not all(shares):
        return [one.line]
    starts = [one.start, *(b for _, b in gutters)]
    ends = [*(a for a, _ in gutters), one.end]
    return [_part(one, share, (a, b)) for share, a, b in zip(shares, starts, ends, strict=True)]


def _middles(one: _Seen, gutters: Sequence[Span]) -> list[float]:
    """Where the characters of a line stand; those that are guessed do not stand in gutters."""
    found = [middle_of(glyph, one.line.writing_mode) for glyph, _ in one.glyphs]
    if one.sure:
        return found
    blank = sum(b - a for a, b in gutters)
    shrunk = 1 - blank / max(1.0, one.end - one.start)
    result = []
    for middle in found:
        place = one.start + (middle - one.start) * shrunk
        for a, b in gutters:
            place += (b - a) * (place > a)
        result.append(place)
    return result


def _part(one: _Seen, share: Sequence[Placed], span: Span) -> Line:
    """A part of a line: its outline ends with its characters, where these have places."""
    text = "".join(glyph.text + space for glyph, space in share).strip()
    if not one.sure:
        return replace(one.line, text=text, polygon=piece(one.line, span), glyphs=())
    glyphs = tuple(glyph for glyph, _ in share)
    spans = [span_of(glyph, one.line.writing_mode) for glyph in glyphs]
    tight = min(a for a, _ in spans), max(b for _, b in spans)
    sure = sum(glyph.confidence for glyph in glyphs) / len(glyphs)
    outline = piece(one.line, tight)
    return replace(one.line, text=text, polygon=outline, glyphs=glyphs, confidence=sure)
