"""Sequences: the heaviest part that is in order, and how many pairs are not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def heaviest_increasing(keys: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indices of the increasing subsequence of ``keys`` whose ``weights`` sum to most.

    Keys differ from each other. O(n log n), with the best sums in a Fenwick tree (the weighted
    form of M. Fredman's longest increasing subsequence, 1975).
    """
    ranks = _ranks(keys)
    tree: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)  # best sum, index of its last
    before: list[int] = []
    for index, (rank, weight) in enumerate(zip(ranks, weights, strict=True)):
        best = (0, -1)
        at = rank
        while at:
            best = max(best, tree[at])
            at &= at - 1
        before.append(best[1])
        entry = (best[0] + weight, index)
        at = rank + 1
        while at <= len(keys):
            tree[at] = max(tree[at], entry)
            at += at & -at
    last = max(tree)[1]
    found = []
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]


def discordant_pairs(keys: Sequence[int]) -> int:
    """How many pairs of ``keys`` (all different) stand in the wrong order. O(n log n)."""
    tree = [0] * (len(keys) + 1)
    total = 0
    for seen, rank in enumerate(_ranks(keys)):
        smaller, at = 0, rank
        while at:
            smaller += tree[at]
            at &= at - 1
        total += seen - smaller
        at = rank + 1
        while at <= len(keys):
            tree[at] += 1
            at += at & -at
    return total


def _ranks(keys: Sequence[int]) -> list[int]:
    ordered = sorted(keys)
    return [bisect_left(ordered, key) for key in keys]
