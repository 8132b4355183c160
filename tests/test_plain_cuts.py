"""How much of what other programs break is put right, on texts broken at random.

The table of the day (``python tests/plain_cuts.py``) is in digitize/reflow/plain/README.md; the
floors here lie below it, and below what the signal reaches without a word model.
"""

from __future__ import annotations

import pytest
from plain_cuts import Count, sample_docs, show, silent, table

from digitize.language import signal
from digitize.reflow.plain import paragraphs_of

# Way of breaking: least share of the cut paragraphs that are whole again, most wrong paragraphs of
# a hundred texts, least share of texts that are put right to the last paragraph.
Floor = tuple[float, float, float]
WITHOUT: dict[str, Floor] = {
    "clean": (0, 0, 1),
    "cut": (0.8, 8, 0.7),
    "cut, a line each": (0.8, 8, 0.7),
    "cut, no marks": (0.8, 8, 0.7),
    "cut, spaced": (0.8, 8, 0.7),
    "cut, wrapped": (0.75, 10, 0.6),
    "whole, wrapped": (0, 5, 0.85),
}
WITH: dict[str, Floor] = {
    "clean": (0, 0, 1),
    "cut": (0.88, 5, 0.8),
    "cut, a line each": (0.88, 5, 0.8),
    "cut, no marks": (0.83, 8, 0.75),
    "cut, spaced": (0.83, 8, 0.75),
    "cut, wrapped": (0.83, 10, 0.7),
    "whole, wrapped": (0, 5, 0.9),
    "columns": (0.34, 100, 0.16),
    "columns, no marks": (0.3, 100, 0.14),
    "section": (0.5, 30, 0.45),
    "section, no marks": (0.3, 30, 0.27),
    "rest": (0.3, 65, 0.28),
    "rest, no marks": (0.25, 65, 0.24),
}


@pytest.fixture(scope="module")
def counts() -> tuple[dict[str, Count], dict[str, Count]]:
    docs = sample_docs()
    without = table(docs, silent, seed=7)
    known = table(docs, lambda text: signal(paragraphs_of(text)), seed=7)
    show("no language signal", without)
    show("language signal", known)
    return without, known


@pytest.mark.parametrize("name", WITHOUT)
def test_without_a_language_signal(name: str, counts: tuple[dict[str, Count], ...]) -> None:
    _check(counts[0][name], WITHOUT[name])


@pytest.mark.parametrize("name", WITH)
def test_with_the_language_signal(name: str, counts: tuple[dict[str, Count], ...]) -> None:
    _check(counts[1][name], WITH[name])


def _check(count: Count, floor: Floor) -> None:
    whole, wrong, exact = floor
    assert count.whole >= whole * count.cut
    assert count.wrong <= wrong * count.texts / 100
    assert count.exact >= exact * count.texts


def test_the_signal_helps(counts: tuple[dict[str, Count], ...]) -> None:
    without, known = counts
    assert sum(c.whole for c in known.values()) > sum(c.whole for c in without.values())
    assert sum(c.wrong for c in known.values()) < sum(c.wrong for c in without.values())
