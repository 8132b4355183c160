"""The best choice of pairs, against every choice tried."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.stitching.assignment import decided

values = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.floats(0.5, 9), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(values)
def test_the_best_choice_is_made_and_guesses_are_left_out(
    worth: dict[tuple[int, int], float],
) -> None:
    kept, doubtful = decided(worth, margin=0.5)
    chosen = [*kept, *doubtful]
    assert len({b for b, _ in chosen}) == len({a for _, a in chosen}) == len(chosen)
    best = _best(worth)
    assert sum(worth[pair] for pair in chosen) == pytest.approx(best)
    for pair in chosen:
        without = _best({p: v for p, v in worth.items() if p != pair})
        assert (best - without >= 0.5 - 1e-9) == (pair in kept) or best - without == (
            pytest.approx(0.5)
        )


def _best(worth: dict[tuple[int, int], float]) -> float:
    """By trying every choice."""
    best = 0.0
    for size in range(1, min(4, len(worth)) + 1):
        for choice in combinations(worth, size):
            if len({b for b, _ in choice}) == len({a for _, a in choice}) == size:
                best = max(best, sum(worth[pair] for pair in choice))
    return best
