"""Text that flows over the ends of paragraphs: cut anew where it costs least.

One side may have a line where the other has a whole paragraph. Lines that stand in one paragraph
of the other side are set against it together, so that where one ends is decided by all their
characters and not by the last anchor in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from digitize.evaluate.chains import Chain
from digitize.evaluate.edits import LARGE, Edit, edits
from digitize.evaluate.strand import Strand

Span = tuple[int, int]


class _Ends:
    """Which chains stand first and last in a paragraph of a strand, and which follow each other."""

    def __init__(self, spans: Sequence[Span], strand: Strand) -> None:
        numbers = [strand.number(start) for start, _ in spans]
        order = sorted(range(len(spans)), key=spans.__getitem__)
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.next: dict[int, int] = {}
        for chain in order:
            number = numbers[chain]
            if number in self.last:
                self.next[self.last[number]] = chain
            self.first.setdefault(number, chain)
            self.last[number] = chain
        self.is_first = set(self.first.values())
        self.is_last = set(self.last.values())


def recut(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    """The chains, those of one flow of text with the cheapest borders between them."""
    ours = _Ends([(c.r0, c.r1) for c in chains], reference)
    theirs = _Ends([(c.h0, c.h1) for c in chains], hypothesis)
    follows = {
        **{a: b for a, b in ours.next.items() if a in theirs.is_last and b in theirs.is_first},
        **{a: b for a, b in theirs.next.items() if a in ours.is_last and b in ours.is_first},
    }
    follows = {
        a: b for a, b in follows.items() if _close(chains[a], chains[b], reference, hypothesis)
    }
    found: list[Chain] = []
    for flow in _flows(len(chains), follows):
        found += _cut([chains[i] for i in flow], reference, hypothesis)
    return sorted(found)


def _close(a: Chain, b: Chain, reference: Strand, hypothesis: Strand) -> bool:
    """Whether as much is missing between two chains on one side as on the other, about."""
    gap = sum(end - start for start, end in _gaps((a.r0, a.r1), (b.r0, b.r1), reference))
    there = sum(end - start for start, end in _gaps((a.h0, a.h1), (b.h0, b.h1), hypothesis))
    shorter, longer = sorted((gap, there))
    return longer <= 2 * shorter + 4


def _gaps(a: Span, b: Span, strand: Strand) -> list[Span]:
    if _turns(a, b, strand):
        return [(a[1], strand.bounds(a[0])[1]), (strand.bounds(b[0])[0], b[0])]
    return [(a[1], b[0])]


def _flows(count: int, follows: dict[int, int]) -> list[list[int]]:
    """Chains that follow each other, as long as they do; a circle is opened at its first."""
    inner = set(follows.values())
    flows: list[list[int]] = []
    seen: set[int] = set()
    for start in [*(i for i in range(count) if i not in inner), *range(count)]:
        flow: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            flow.append(at)
            at = follows.get(at)
        if flow:
            flows.append(flow)
    return flows


def _cut(flow: list[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    ours = _stretches([(c.r0, c.r1) for c in flow], reference)
    theirs = _stretches([(c.h0, c.h1) for c in flow], hypothesis)
    text = "".join(reference.text[a:b] for a, b in ours)
    there = "".join(hypothesis.text[a:b] for a, b in theirs)
    if len(flow) == 1 or max(len(text), len(there)) > LARGE:
        return flow
    cuts = _cuts(flow, (ours, theirs), (reference, hypothesis), list(edits(text, there)))
    ends = [(0, 0), *cuts, (len(text), len(there))]
    parts = [
        Chain(*_span((a, c), ours), *_span((b, d), theirs))
        for (a, b), (c, d) in pairwise(ends)
        if a < c and b < d
    ]
    for part in parts:
        reference.claim(part.r0, part.r1)
        hypothesis.claim(part.h0, part.h1)
    return parts


def _cuts(
    flow: Sequence[Chain],
    stretches: tuple[Sequence[Span], Sequence[Span]],
    strands: tuple[Strand, Strand],
    found: Sequence[Edit],
) -> Iterator[Span]:
    """Where one chain ends and the next begins, in both texts put together.

    Where the hypothesis begins a new paragraph, the reference is cut to suit, or else the other
    way round.
    """
    at = _map(found)
    back = _map([Edit(e.found_start, e.found_end, e.start, e.end) for e in found])
    for a, b in pairwise(flow):
        if _turns((a.h0, a.h1), (b.h0, b.h1), strands[1]):
            end = _offset(strands[1].bounds(a.h0)[1], stretches[1])
            yield back(end), end
        else:
            end = _offset(strands[0].bounds(a.r0)[1], stretches[0])
            yield end, at(end)


def _stretches(spans: Sequence[Span], strand: Strand) -> list[Span]:
    """The text from the first span to the last, in one stretch for every paragraph it runs in."""
    found = [spans[0]]
    for before, span in pairwise(spans):
        if not _turns(before, span, strand):
            found[-1] = (found[-1][0], span[1])
        else:
            found[-1] = (found[-1][0], strand.bounds(before[0])[1])
            found.append((strand.bounds(span[0])[0], span[1]))
    return found


def _turns(before: Span, span: Span, strand: Strand) -> bool:
    """Whether a flow leaves a paragraph between two spans (it may come back to the same one)."""
    return span[0] < before[1] or strand.number(before[0]) != strand.number(span[0])


def _offset(place: int, stretches: Sequence[Span]) -> int:
    """How far the stretches reach up to the end of the one that ends at ``place``."""
    total = 0
    for start, end in stretches:
        total += end - start
        if end == place:
            break
    return total


def _span(cut: Span, stretches: Sequence[Span]) -> Span:
    """The places in a strand of a piece of the stretches put together."""
    total = 0
    for start, end in stretches:
        if cut[0] < total + end - start:
            return start + cut[0] - total, min(end, start + cut[1] - total)
        total += end - start
    raise ValueError("a cut beyond the text")


def _map(found: Sequence[Edit]) -> Callable[[int], int]:
    """From places in the reference to places in the hypothesis."""

    def place(at: int) -> int:
        shift = 0
        for edit in found:
            if at < edit.start or (at == edit.start and edit.start < edit.end):
                break
            if at < edit.end:
                return min(edit.found_start + at - edit.start, edit.found_end)
            shift = edit.found_end - edit.end
        return at + shift

    return place
