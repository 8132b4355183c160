"""Which part of one side stands for which part of the other, wherever they stand.

Long unique matches first, shorter ones between them; then what is alike without sharing a run of
characters. The order of the paragraphs has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from digitize.evaluate.anchors import anchors
from digitize.evaluate.borders import settled
from digitize.evaluate.chains import Chain, comparable, in_flow, joined, near, without_strays
from digitize.evaluate.edits import Run, saved
from digitize.evaluate.flow import recut
from digitize.evaluate.similar import similar
from digitize.evaluate.strand import Strand
from digitize.evaluate.widening import widened

# Length of the runs looked for, and how often they may occur on a side: the sure ones first.
ROUNDS = ((32, 1), (16, 1), (8, 1), (16, 4), (8, 4), (5, 1), (4, 2))
LEAST_BLOCK = 8  # characters right: fewer are the same in two unrelated texts by chance
WHOLE = 0.6  # of a paragraph: then fewer will do


def blocks(reference: Strand, hypothesis: Strand) -> list[Chain]:
    """Chains that do not overlap on either side, in the order of the reference strand."""
    chains = identical(reference, hypothesis)
    for size, copies in ROUNDS:
        chains += _chains(anchors(reference, hypothesis, size, copies))
        chains = joined(chains, reference, hypothesis, comparable)
        chains = without_strays(chains, reference, hypothesis)
        chains = joined(chains, reference, hypothesis, comparable)
    chains = _strong(chains, reference, hypothesis)
    chains = settled(chains, reference, hypothesis)
    chains = joined(chains, reference, hypothesis, comparable)
    chains = widened(chains, reference, hypothesis, comparable)
    chains += similar(chains, reference, hypothesis)
    chains = joined(chains, reference, hypothesis, near)
    chains = recut(chains, reference, hypothesis)
    return sorted(widened(chains, reference, hypothesis, _of_one_size))


def _chains(runs: Iterable[Run]) -> list[Chain]:
    return [Chain(r, r + n, h, h + n) for r, h, n in runs]


def identical(reference: Strand, hypothesis: Strand) -> list[Chain]:
    """Whole paragraphs that both sides have, one to one.

    By the triangle inequality no pairing of whole paragraphs is better without these pairs.
    """
    waiting: dict[str, list[int]] = {}
    for number, text in enumerate(hypothesis.texts):
        waiting.setdefault(text, []).append(number)
    found = []
    for number, text in enumerate(reference.texts):
        others = waiting.get(text)
        if text and others:
            begin, there = int(reference.begins[number]), int(hypothesis.begins[others.pop(0)])
            found.append(Chain(begin, begin + len(text), there, there + len(text)))
            reference.claim(begin, begin + len(text))
            hypothesis.claim(there, there + len(text))
    return found


def _strong(chains: list[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    """The chains that are no chance matches; the others are free again.

    A short one is none if it is all that its place has room for, between those beside it.
    """
    flowing = in_flow(chains)
    kept = [c for c in chains if c in flowing or _is_strong(c, reference, hypothesis)]
    gaps = set(reference.left((c.r0, c.r1) for c in kept))
    others = set(hypothesis.left((c.h0, c.h1) for c in kept))
    weak = set(chains).difference(kept)
    kept += (c for c in weak if (c.r0, c.r1) in gaps or (c.h0, c.h1) in others)
    for chain in weak.difference(kept):
        reference.claim(chain.r0, chain.r1, free=True)
        hypothesis.claim(chain.h0, chain.h1, free=True)
    return sorted(kept)


def _is_strong(chain: Chain, reference: Strand, hypothesis: Strand) -> bool:
    size, found = chain.r1 - chain.r0, chain.h1 - chain.h0
    if max(size, found) >= 4 * LEAST_BLOCK:
        return True
    begin, end = reference.bounds(chain.r0)
    start, stop = hypothesis.bounds(chain.h0)
    return (
        size >= WHOLE * (end - begin)
        or found >= WHOLE * (stop - start)
        or saved(reference.text[chain.r0 : chain.r1], hypothesis.text[chain.h0 : chain.h1])
        >= LEAST_BLOCK
    )


def _of_one_size(reference: str, hypothesis: str) -> bool:
    """Text beside a chain on both sides, read so badly that only its place tells what it is."""
    shorter, longer = sorted((len(reference), len(hypothesis)))
    return shorter > 0 and longer <= 2 * shorter + 4
