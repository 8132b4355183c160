"""Chains: runs that follow each other on both sides, with the small differences between them.

A chain lies within one paragraph of either strand. Chaining anchors that agree in order is what
genome aligners do (Abouelhoda and Ohlebusch, Chaining algorithms for multiple genome comparison,
2005); here only direct neighbours are joined, since a gap may hold text that was moved in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from digitize.evaluate.edits import alike, saved
from digitize.evaluate.strand import Strand

FARTHEST = 2_000  # characters: two neighbours with more than that between them are two pieces
STRAY_GAP = 400  # a longer gap is no place for a chance match
STRAYS = 6  # in one gap
WORTH = 0.5  # of a stray's characters must be won elsewhere for it to go
NEAR = 12  # characters between two chains in one flow of text


class Chain(NamedTuple):
    """Places ``r0`` to ``r1`` of the reference and ``h0`` to ``h1`` of the hypothesis."""

    r0: int
    r1: int
    h0: int
    h1: int


Fits = Callable[[str, str], bool]
"""Whether what lies between two chains may be taken into the chain that they make."""


def comparable(reference: str, hypothesis: str) -> bool:
    """A gap that reads as one text with some errors."""
    shorter, longer = sorted((len(reference), len(hypothesis)))
    if longer <= 2:
        return True
    return longer <= min(2 * shorter + 4, FARTHEST) and alike(reference, hypothesis)


def near(reference: str, hypothesis: str) -> bool:
    """Any gap that is not too long."""
    return max(len(reference), len(hypothesis)) <= FARTHEST


def joined(
    chains: Iterable[Chain], reference: Strand, hypothesis: Strand, fits: Fits
) -> list[Chain]:
    """The chains, neighbours on both sides put together where the gap between them fits."""
    ordered = sorted(chains)
    rank = _ranks(ordered)
    found: list[Chain] = []
    last = -2  # rank of the chain before, in the hypothesis
    for chain in ordered:
        before = found[-1] if found else None
        if (
            before is not None
            and rank[chain] == last + 1
            and _one_paragraph(before, chain, reference, hypothesis)
            and fits(reference.text[before.r1 : chain.r0], hypothesis.text[before.h1 : chain.h0])
        ):
            found[-1] = Chain(before.r0, chain.r1, before.h0, chain.h1)
            reference.claim(before.r1, chain.r0)
            hypothesis.claim(before.h1, chain.h0)
        else:
            found.append(chain)
        last = rank[chain]
    return found


def _ranks(chains: Iterable[Chain]) -> dict[Chain, int]:
    """The place of every chain in the order of the hypothesis."""
    return {chain: i for i, chain in enumerate(sorted(chains, key=lambda c: c.h0))}


def _one_paragraph(a: Chain, b: Chain, reference: Strand, hypothesis: Strand) -> bool:
    return reference.number(a.r0) == reference.number(b.r0) and hypothesis.number(
        a.h0
    ) == hypothesis.number(b.h0)


def without_strays(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    """The chains without those that part two neighbours which read better without them.

    A phrase that both sides have once may still have been paired by chance: in its own place it
    was misread. It goes where more than ``WORTH`` of it is won back in that place.
    """
    gone = _strays(chains, reference, hypothesis)
    swapped = [Chain(c.h0, c.h1, c.r0, c.r1) for c in chains if c not in gone]
    gone |= {Chain(c.h0, c.h1, c.r0, c.r1) for c in _strays(swapped, hypothesis, reference)}
    for chain in gone:
        reference.claim(chain.r0, chain.r1, free=True)
        hypothesis.claim(chain.h0, chain.h1, free=True)
    return [chain for chain in chains if chain not in gone]


def _strays(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> set[Chain]:
    """Chains between two others in the reference that are neighbours in the hypothesis."""
    ordered = sorted(chains)
    place = {chain: i for i, chain in enumerate(ordered)}
    by_hypothesis = sorted(chains, key=lambda c: c.h0)
    gone: set[Chain] = set()
    for a, b in pairwise(by_hypothesis):
        if not 1 < place[b] - place[a] <= STRAYS + 1:
            continue
        between = ordered[place[a] + 1 : place[b]]
        if (
            gone.isdisjoint((a, b, *between))
            and b.r0 - a.r1 <= STRAY_GAP
            and b.h0 - a.h1 <= STRAY_GAP
            and _one_paragraph(a, b, reference, hypothesis)
            and _won(a, b, between, (reference, hypothesis))
        ):
            gone.update(between)
    return gone


def _won(a: Chain, b: Chain, between: Sequence[Chain], strands: tuple[Strand, Strand]) -> bool:
    reference, hypothesis = strands
    gap = reference.text[a.r1 : b.r0]
    there = hypothesis.text[a.h1 : b.h0]
    rest = "".join(
        reference.text[start:end]
        for start, end in zip(
            [a.r1, *(c.r1 for c in between)], [*(c.r0 for c in between), b.r0], strict=True
        )
    )
    size = sum(c.r1 - c.r0 for c in between)
    return saved(gap, there) - saved(rest, there) > WORTH * size


def in_flow(chains: Sequence[Chain]) -> set[Chain]:
    """Chains that follow another on both sides at once, even across a paragraph's end."""
    ordered = sorted(chains)
    rank = _ranks(ordered)
    found: set[Chain] = set()
    for a, b in pairwise(ordered):
        if rank[b] == rank[a] + 1 and b.r0 - a.r1 <= NEAR and b.h0 - a.h1 <= NEAR:
            found |= {a, b}
    return found
