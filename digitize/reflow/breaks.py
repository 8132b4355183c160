"""Whether a paragraph goes on from one row to the next, how sure that is, and why.

The evidence is summed as log odds (nats): what the indent says, how the row before leaves its
sentence and its measure, and across a cut what language says of the two sides. The figures were
set by hand from how often each case is one paragraph on set pages; they are odds, not tuned to any
one page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import exp

from digitize import text as chars
from digitize.reflow.continuity import Means
from digitize.reflow.edges import Edges
from digitize.reflow.numerals import number
from digitize.reflow.rows import Row

HEADING_SHORT = 3.0  # em left free after a row that ends no sentence
JUST_SHORT = 1.1  # the same where nothing else tells: pages without indents
LEAST_SHORT = 0.55  # the same where rows within paragraphs end on one line
BEYOND = 0.3  # em past which a row is shorter than those
USUAL = 0.9  # of the rows within paragraphs that end there or beyond
STOPS_APART = 150  # characters: no prose with stops has them so rarely
ENOUGH = 12  # rows from which that can be told
CLEARLY_SHORT = 2.5  # em left free: more than justification or a long number can leave

CLAUSE_ENDS = chars.SENTENCE_ENDS | set("；;：:")
# "1．", "（二）", "三、": what numbers an item; in "1.5" or "三、四" it does not.
NUMBERED = re.compile(
    r"[（(]?([〇一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、．.](?![\d〇一二三四五六七八九十]))"
)
LATIN = re.compile(r"[“‘《（(]?[A-Za-z0-9][A-Za-z0-9.,%\-]*")
LETTER = 0.6  # em: the width of a Latin letter, on the safe side

# Log odds that it is one paragraph.
MUST_GO_ON = 3.5  # the row before ends in a comma
OPEN = 2.2  # it ends no sentence, the next row is not set in
FULL = 0.9  # it is full to the end and ends a sentence; the next row is not set in
INDENTED = -4.0  # the next row is set in after a sentence's end
OPEN_INDENTED = -2.0  # the next row is set in, but the one before breaks off
STOPS = -3.0  # the row before ends a sentence and leaves space
APART = -2.5  # it ends a sentence and the next row stands apart, where nothing is set in
ITEM = -3.0  # the row before ends a sentence or a clause, the next opens with a bullet
HEADING = -3.0  # it ends no sentence and leaves space: nothing but a heading does
FOR, AGAINST = 2.5, 1.5  # nats that language may add or take: an odd word is no proof
DOUBTFUL = 0.75  # a surer verdict needs no second look


@dataclass(frozen=True)
class Column:
    """What is known of the page when its paragraphs are put together."""

    edges: Mapping[tuple[str, ...], Edges]
    em: float
    indents: bool
    headings: frozenset[tuple[str, ...]] = frozenset()  # rows of subheadings, by their ids
    rows: tuple[tuple[Edges, bool], ...] = ()  # of every body row, and whether it ends no sentence
    means: Means = field(default_factory=Means)
    marks: bool = True  # whether sentences end with stops at all: in old papers they need not

    @cached_property
    def just_short(self) -> float:
        """The em left free at a row's end that end a paragraph on a page without indents.

        Rows that end no sentence are full: how raggedly they end is measured on the page itself.
        """
        free = sorted(
            edges.after for edges, open_end in self.rows if open_end and edges.after < CLEARLY_SHORT
        )
        if len(free) < ENOUGH or not self.marks:
            return JUST_SHORT
        usual = free[int(USUAL * (len(free) - 1))]
        return min(JUST_SHORT, max(LEAST_SHORT, usual + BEYOND))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two rows are of one paragraph: the odds as a probability, and the reason."""

    score: float
    reason: str

    @property
    def joined(self) -> bool:
        """Whether they are more likely of one paragraph than of two."""
        return self.score >= 0.5

    @property
    def doubtful(self) -> bool:
        """Whether someone should look at the place."""
        return 1 - DOUBTFUL < self.score < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Break:
    """Between two rows: whether they stand in different pieces, and below each other but apart."""

    cut: bool = False
    apart: bool = False


def judge(before: Row, row: Row, page: Column, between: Break) -> Verdict:
    """Whether ``row`` goes on in the paragraph of ``before``; across a cut language helps."""
    odds, reason = _layout(before, row, page, between.apart)
    if between.cut and not page.means.state:
        return Verdict(0.0, "cuts are kept")
    if between.cut and (chars.breaks_off(before.text) or not page.marks):
        said = page.means.language.score(before.text, row.text)
        odds += bounded(said, page.marks)
        reason += f", language {said:+.1f}" if said else ""
    return Verdict(round(1 / (1 + exp(-odds)), 2), reason)


def has_marks(rows: Sequence[Row]) -> bool:
    """Whether the page sets stops: one in a few dozen characters at least."""
    text = "".join(row.text for row in rows)
    return sum(c in chars.SENTENCE_ENDS for c in text) * STOPS_APART >= len(text)


def bounded(said: float, marks: bool = True) -> float:
    """What language says (nats) as far as it is believed.

    Where no stops are set, a sentence may end anywhere: then nothing is said against it.
    """
    return max(-AGAINST if marks else 0.0, min(FOR, said))


def _unmarked(free: float, page: Column, indented: bool) -> tuple[float, str]:
    """The same on a page without stops, where only indents and short rows tell."""
    if page.indents and indented:
        return INDENTED, "indent"
    if free >= (CLEARLY_SHORT if page.indents else page.just_short):
        return STOPS, "short row"
    return OPEN, "full row, unindented start"


def _opens_item(before: str, text: str) -> bool:
    """Whether ``text`` opens with a bullet, or with the number after that of the row ``before``.

    A number alone may stand in the midst of a paragraph: "for three reasons: 1. …".
    """
    opened, follows = NUMBERED.match(before.lstrip()), NUMBERED.match(text.lstrip())
    if opened is None or follows is None:
        return chars.opens_item(text)
    first, second = number(opened.group(1)), number(follows.group(1))
    return first is not None and second == first + 1


def _pushed(text: str) -> float:
    """The em that a Latin word or a number at the start of a row would have needed before it."""
    word = LATIN.match(text)
    return LETTER * len(word.group()) if word else 0.0


def _layout(before: Row, row: Row, page: Column, apart: bool) -> tuple[float, str]:
    """What the page says without its language: log odds and their reason."""
    free, indented = page.edges[before.ids].after, page.edges[row.ids].indented
    if before.text.rstrip()[-1:] in {"，", "、", ","}:
        return MUST_GO_ON, "open end"
    if before.text.rstrip()[-1:] in CLAUSE_ENDS and _opens_item(before.text, row.text):
        return ITEM, "bullet or number"
    if not page.marks:
        return _unmarked(free, page, indented)
    ended = chars.ends_sentence(before.text)
    stops = free - _pushed(row.text) >= (HEADING_SHORT if page.indents else CLEARLY_SHORT)
    if page.indents and indented:
        broken = not ended and not stops
        return (OPEN_INDENTED, "open end, indented start") if broken else (INDENTED, "indent")
    if not ended:
        heading = stops and not chars.goes_on(before.text)
        return (HEADING, "short row") if heading else (OPEN, "open end, unindented start")
    return _ended(free, page, apart)


def _ended(free: float, page: Column, apart: bool) -> tuple[float, str]:
    """The same after a full stop, where the next row is not set in."""
    if free >= (CLEARLY_SHORT if page.indents else page.just_short):
        return STOPS, "short row that ends a sentence"
    if apart and not page.indents:
        return APART, "space between paragraphs"
    return FULL, "full row, unindented start"
