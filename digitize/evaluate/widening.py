"""Chains take in the text beside them that is left on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.evaluate.chains import Chain, Fits
from digitize.evaluate.edits import distance
from digitize.evaluate.strand import Strand

REACH = 6  # characters about the place where a gap is likely to be divided

Span = tuple[int, int]


class _Side:
    """The gaps of one strand, and the chains that end and begin at them."""

    def __init__(self, spans: Sequence[Span], strand: Strand) -> None:
        gaps = strand.left(spans)
        self.text = strand.text
        self.spans = spans
        self._end_of = dict(gaps)
        self._start_of = {end: start for start, end in gaps}
        self._starting = {start: i for i, (start, _) in enumerate(spans)}
        self._ending = {end: i for i, (_, end) in enumerate(spans)}

    def after(self, chain: int | None) -> Span:
        """The gap after a chain, an empty one where there is none."""
        if chain is None:
            return 0, 0
        end = self.spans[chain][1]
        return end, self._end_of.get(end, end)

    def before(self, chain: int | None) -> Span:
        """The gap before a chain."""
        if chain is None:
            return 0, 0
        start = self.spans[chain][0]
        return self._start_of.get(start, start), start

    def ends_at(self, gap: Span) -> int | None:
        """The chain before a gap."""
        return self._ending.get(gap[0])

    def starts_at(self, gap: Span) -> int | None:
        """The chain after a gap."""
        return self._starting.get(gap[1])

    def cut(self, gap: Span, other: _Side) -> int:
        """Where a gap ends to belong to the chain before it and begins to belong to the next.

        It is divided so that both parts cost least against the text beside these two chains on
        the other side.
        """
        start, end = gap
        mine, rival = other.after(self.ends_at(gap)), other.before(self.starts_at(gap))
        ahead, behind = mine[1] - mine[0], rival[1] - rival[0]
        if not ahead or not behind:
            return end if ahead else start
        text = self.text[start:end]
        first = other.text[mine[0] : min(mine[1], mine[0] + len(text))]
        last = other.text[max(rival[0], rival[1] - len(text)) : rival[1]]
        middle = len(text) * ahead // (ahead + behind)
        places = range(max(0, middle - REACH), min(len(text), middle + REACH) + 1)
        return start + min(
            places,
            key=lambda k: (distance(text[:k], first) + distance(text[k:], last), abs(k - middle)),
        )


def widened(
    chains: Sequence[Chain], reference: Strand, hypothesis: Strand, fits: Fits
) -> list[Chain]:
    """The chains with what is left before and after them, where it fits on both sides.

    A gap between two chains that both have text for it is divided between them.
    """
    ours = _Side([(c.r0, c.r1) for c in chains], reference)
    theirs = _Side([(c.h0, c.h1) for c in chains], hypothesis)
    found = []
    for i, chain in enumerate(chains):
        wider = chain
        gap, there = ours.after(i), theirs.after(i)
        if gap[0] < gap[1] and there[0] < there[1]:
            end, stop = ours.cut(gap, theirs), theirs.cut(there, ours)
            if fits(reference.text[gap[0] : end], hypothesis.text[there[0] : stop]):
                wider = wider._replace(r1=end, h1=stop)
        gap, there = ours.before(i), theirs.before(i)
        if gap[0] < gap[1] and there[0] < there[1]:
            start, begin = ours.cut(gap, theirs), theirs.cut(there, ours)
            if fits(reference.text[start : gap[1]], hypothesis.text[begin : there[1]]):
                wider = wider._replace(r0=start, h0=begin)
        found.append(wider)
        reference.claim(wider.r0, wider.r1)
        hypothesis.claim(wider.h0, wider.h1)
    return found
