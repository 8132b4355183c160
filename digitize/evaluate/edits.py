"""The edit distance, and what it is made of.

V. I. Levenshtein, Binary codes capable of correcting deletions, insertions, and reversals (1966);
computed by rapidfuzz with the bit-parallel method of G. Myers (1999) and H. Hyyrö (2003).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

LARGE = 4_000  # characters: beyond, a pair is cut at what it shares before it is aligned


class Run(NamedTuple):
    """``length`` characters that are the same in both strings, from these places on."""

    reference: int
    hypothesis: int
    length: int


class Edit(NamedTuple):
    """A stretch of the reference and what stands for it; one of them may be empty."""

    start: int
    end: int
    found_start: int
    found_end: int


def distance(reference: str, hypothesis: str, at_most: int | None = None) -> int:
    """Characters to substitute, leave out or insert; ``at_most`` + 1 if there are more."""
    return Levenshtein.distance(reference, hypothesis, score_cutoff=at_most)


def in_order(reference: str, hypothesis: str, guess: int) -> int:
    """The same, quicker for long strings where ``guess`` is no less than the outcome."""
    return Levenshtein.distance(reference, hypothesis, score_hint=max(guess, 1))


def edits(reference: str, hypothesis: str) -> Iterator[Edit]:
    """The edits of a cheapest alignment, from left to right.

    Stretches that are replaced are of the same length on both sides.
    """
    for op in Levenshtein.opcodes(reference, hypothesis):
        if op.tag != "equal":
            yield Edit(op.src_start, op.src_end, op.dest_start, op.dest_end)


def alike(reference: str, hypothesis: str, share: float = 0.5) -> bool:
    """Whether one reads as a copy of the other: of the shorter, ``share`` stands in the longer.

    In numbers: longer − distance ≥ share · shorter. A text with gaps is like the whole text.
    """
    shorter, longer = sorted((len(reference), len(hypothesis)))
    if not shorter:
        return False
    most = longer - int(-(-share * shorter // 1))
    return distance(reference, hypothesis, most) <= most


def saved(reference: str, hypothesis: str) -> int:
    """How many characters of the shorter need no edit when one is made into the other."""
    return max(len(reference), len(hypothesis)) - distance(reference, hypothesis)
