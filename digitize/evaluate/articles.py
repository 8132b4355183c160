"""Articles: which of the one side is which of the other, and how much they share.

One-to-one by the best assignment (H. W. Kuhn, The Hungarian Method, 1955; by scipy). Purity and
coverage as for clusters (Manning, Raghavan and Schütze, Introduction to Information Retrieval,
2008, 16.3; coverage is inverse purity), every character counted once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitize.evaluate.figures import ArticleCounts
from digitize.evaluate.mapping import NOWHERE, Mapping
from digitize.evaluate.side import Side

MATCHED = 0.5  # F1 of a pair of articles that are taken for the same


def article_counts(reference: Side, hypothesis: Side, found: Mapping) -> ArticleCounts | None:
    """How the articles agree; None where the reference does not tell articles apart."""
    if not reference.document.divided:
        return None
    ours = np.repeat(np.array(reference.article_of, np.int64), np.diff(found.starts))
    theirs = np.repeat(np.array(hypothesis.article_of, np.int64), np.diff(found.starts_there))
    rows, columns = len(reference.document.articles), len(hypothesis.document.articles)
    shared = np.zeros((rows, columns), np.int64)
    known = found.there != NOWHERE
    np.add.at(shared, (ours[known], theirs[found.there[known]]), 1)
    sizes = np.bincount(ours, minlength=rows)
    others = np.bincount(theirs, minlength=columns)
    chosen = _assigned(shared)
    return ArticleCounts(
        reference=int((sizes > 0).sum()),
        hypothesis=int((others > 0).sum()),
        matched=_matched(shared, sizes, others),
        shared=int(shared[chosen].sum()),
        reference_characters=int(sizes.sum()),
        hypothesis_characters=int(others.sum()),
        covered=int(shared.max(axis=1, initial=0).sum()),
        pure=int(shared.max(axis=0, initial=0).sum()),
        aligned=int(shared.sum()),
    )


def _matched(
    shared: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], others: npt.NDArray[np.int64]
) -> int:
    """How many assigned pairs share enough to be the same article."""
    chosen = _assigned(shared)
    both = sizes[chosen[0]] + others[chosen[1]]
    return int((2 * shared[chosen] > MATCHED * both).sum())


def _assigned(shared: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], ...]:
    """The pairs, rows and columns of ``shared``, that have most in common together."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import

    found: tuple[npt.NDArray[np.int64], ...] = linear_sum_assignment(shared, maximize=True)
    return found
