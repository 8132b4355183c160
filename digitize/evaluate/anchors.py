"""Anchors: what both sides have in common and only once, the firm points of an alignment.

Unique common n-grams are grown to maximal unique matches, as in the alignment of genomes
(MUMmer: Delcher et al. 1999) and in patience diff (B. Cohen). Sorting makes it O(n log n); no
table of all pairs is ever made.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitize.evaluate.edits import Run
from digitize.evaluate.strand import Strand

Places = npt.NDArray[np.int64]
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: a rolling hash modulo 2^64


def anchors(reference: Strand, hypothesis: Strand, size: int, copies: int = 1) -> list[Run]:
    """Runs of at least about ``size`` free characters that both strands have.

    A gram may occur ``copies`` times on a side; its first occurrence is then paired with the
    first, the second with the second. The runs found are claimed on both strands.
    """
    ours, places = _rare_grams(reference, size, copies)
    theirs, found = _rare_grams(hypothesis, size, copies)
    _, i, j = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
    runs = _runs(places[i], found[j], size)
    taken = []
    for run in sorted(runs, key=lambda r: (-r.length, r)):
        kept = _trimmed(run, reference, hypothesis)
        if 2 * kept.length >= size and _same(kept, reference, hypothesis):
            taken.append(_claimed(kept, reference, hypothesis))
    return [_grown(run, reference, hypothesis) for run in taken]


def _rare_grams(strand: Strand, size: int, copies: int) -> tuple[npt.NDArray[np.uint64], Places]:
    """Keys of the free n-grams that occur ``copies`` times at most, and where they begin."""
    count = len(strand.codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    taken = np.concatenate(([0], np.cumsum(~strand.free)))
    places = np.flatnonzero(taken[size:] == taken[:-size])
    codes = strand.codes.astype(np.uint64)
    keys = np.zeros(len(places), np.uint64)
    for offset in range(size):
        keys = keys * _BASE + codes[places + offset]
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    first = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.empty(0, bool)
    starts = np.flatnonzero(first)
    counts = np.diff(np.append(starts, len(keys)))
    rank = np.arange(len(keys)) - np.repeat(starts, counts)
    rare = np.repeat(counts, counts) <= copies
    # Multiplied: keys of grams that differ in their last character may be neighbours.
    return (keys * _BASE + rank.astype(np.uint64))[rare], places[rare]


def _runs(places: Places, found: Places, size: int) -> list[Run]:
    """Pairs of equal grams that follow each other on both sides, put together."""
    if not len(places):
        return []
    order = np.argsort(places)
    places, found = places[order], found[order]
    breaks = np.flatnonzero((np.diff(places) != 1) | (np.diff(found) != 1)) + 1
    starts = np.concatenate(([0], breaks))
    lengths = np.diff(np.append(starts, len(places))) + size - 1
    return [
        Run(*triple)
        for triple in zip(
            places[starts].tolist(), found[starts].tolist(), lengths.tolist(), strict=True
        )
    ]


def _trimmed(run: Run, reference: Strand, hypothesis: Strand) -> Run:
    """The part of a run, without its ends, that no longer run has claimed."""
    both = (
        reference.free[run.reference : run.reference + run.length]
        & hypothesis.free[run.hypothesis : run.hypothesis + run.length]
    )
    if both.all():
        return run
    edges = np.flatnonzero(np.diff(np.concatenate(([0], both.view(np.int8), [0]))))
    spans = edges.reshape(-1, 2)
    if not len(spans):
        return Run(run.reference, run.hypothesis, 0)
    start, end = spans[np.argmax(spans[:, 1] - spans[:, 0])].tolist()
    return Run(run.reference + start, run.hypothesis + start, end - start)


def _same(run: Run, reference: Strand, hypothesis: Strand) -> bool:
    """Whether the characters are really the same: two grams may have one key."""
    a = reference.text[run.reference : run.reference + run.length]
    return a == hypothesis.text[run.hypothesis : run.hypothesis + run.length]


def _claimed(run: Run, reference: Strand, hypothesis: Strand) -> Run:
    reference.claim(run.reference, run.reference + run.length)
    hypothesis.claim(run.hypothesis, run.hypothesis + run.length)
    return run


def _grown(run: Run, reference: Strand, hypothesis: Strand) -> Run:
    """The run with equal free characters on either side of it, claimed."""
    at, found, length = run
    while at and found and _joins(at - 1, found - 1, reference, hypothesis):
        at, found, length = at - 1, found - 1, length + 1
    while _joins(at + length, found + length, reference, hypothesis):
        length += 1
    return _claimed(Run(at, found, length), reference, hypothesis)


def _joins(at: int, found: int, reference: Strand, hypothesis: Strand) -> bool:
    if at >= len(reference.text) or found >= len(hypothesis.text):
        return False
    return (
        bool(reference.free[at] and hypothesis.free[found])
        and reference.text[at] == hypothesis.text[found]
    )
