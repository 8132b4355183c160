"""What stands on one side only: how it is counted, and whole strings paired as they cost least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

TABLE = 40_000  # pairs that may all be compared
CELLS = 4e8  # characters times characters of such a table


def small(reference: Sequence[str], hypothesis: Sequence[str]) -> bool:
    """Whether all pairs of two lists of strings may be compared."""
    cells = sum(map(len, reference)) * sum(map(len, hypothesis))
    return len(reference) * len(hypothesis) <= TABLE and cells <= CELLS


def distances(reference: Sequence[str], hypothesis: Sequence[str]) -> npt.NDArray[np.int64]:
    """The edit distance of every pair."""
    if not reference or not hypothesis:
        return np.zeros((len(reference), len(hypothesis)), np.int64)
    return cdist(reference, hypothesis, scorer=Levenshtein.distance).astype(np.int64)


def cheapest(reference: Sequence[str], hypothesis: Sequence[str]) -> list[tuple[int, int, int]]:
    """Pairs, one to one, and their distances, so that these and what is alone cost least.

    The assignment problem (H. W. Kuhn 1955), solved by scipy.
    """
    if not reference or not hypothesis:
        return []
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import

    table = distances(reference, hypothesis)
    lengths = np.add.outer([len(part) for part in reference], [len(part) for part in hypothesis])
    rows, columns = linear_sum_assignment(table - lengths)
    return list(zip(rows.tolist(), columns.tolist(), table[rows, columns].tolist(), strict=True))


def rest_cost(reference: Sequence[str], hypothesis: Sequence[str]) -> int:
    """Edits for what stands on one side only, in whatever order.

    What is left on both sides counts as replaced, wherever it stands, and only what is left over
    then as left out or inserted. Whole strings are set against each other as they cost least,
    where there are few enough.
    """
    ours, theirs = sum(map(len, reference)), sum(map(len, hypothesis))
    if not small(reference, hypothesis):
        return max(ours, theirs)
    found = cheapest(reference, hypothesis)
    alone = ours - sum(len(reference[i]) for i, _, _ in found)
    over = theirs - sum(len(hypothesis[j]) for _, j, _ in found)
    return min(max(ours, theirs), sum(d for _, _, d in found) + max(alone, over))
