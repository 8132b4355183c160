"""Reading order and paragraphs on 105 set pages whose lines are known without error.

The seeds are held aside: reflow is tuned on others (0 to 4). No page is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from math import isnan

import baselines
import pytest
from scoring import Score, mean, score, text_of
from true_lines import page_of, set_page
from typesetter import FAMILIES

from digitize.model import Page
from digitize.reflow import reflow

SEEDS = range(200, 207)
SLACK = 0.03  # below the figures of the day they were taken: another font, another rounding

# Figures as measured: next, joined, exact, CER.
MEASURED = {
    "zaozhuang-2col": Score(1.000, 1.000, 1.000, 0.000),
    "zaozhuang-4col": Score(1.000, 1.000, 0.948, 0.000),
    "one": Score(0.990, 0.917, 0.980, 0.002),
    "front": Score(1.000, 0.971, 0.967, 0.001),
    "lshape": Score(1.000, 1.000, 1.000, 0.001),
    "boxmid": Score(1.000, 0.971, 0.955, 0.079),
    "bands": Score(1.000, 1.000, 1.000, 0.000),
    "briefs": Score(1.000, 0.167, 0.739, 0.063),
    "vhead": Score(0.984, 0.964, 0.961, 0.042),
    "vertical": Score(1.000, 0.881, 0.958, 0.048),
    "vmodern": Score(0.992, 1.000, 1.000, 0.057),
    "mixed": Score(0.965, 0.798, 0.916, 0.021),
    "mixedmeasure": Score(0.966, 0.517, 0.856, 0.212),
    "kickers": Score(1.000, 1.000, 0.956, 0.000),
    "continued": Score(0.995, 0.917, 0.910, 0.004),
}

Scores = dict[str, dict[str, Score]]
"""Reader, family (or "mean"): figures."""


def ours(page: Page) -> list[list[str]]:
    return text_of(reflow(page).articles)


READERS: dict[str, Callable[[Page], list[list[str]]]] = {"ours": ours, **baselines.READERS}


@pytest.fixture(scope="session")
def scores() -> Scores:
    """Every page read by every reader, once."""
    found: dict[str, dict[str, list[Score]]] = {
        reader: {family: [] for family in FAMILIES} for reader in READERS
    }
    for family in FAMILIES:
        for seed in SEEDS:
            true = set_page(family, seed)
            page = page_of(true)
            for name, read in READERS.items():
                found[name][family].append(score(true, read(page)))
    return {name: _means(families) for name, families in found.items()}


def _means(families: dict[str, list[Score]]) -> dict[str, Score]:
    every = [s for scores in families.values() for s in scores]
    return {**{f: mean(scores) for f, scores in families.items()}, "mean": mean(every)}


def table(scores: Scores) -> str:
    """All figures; a page read as one article has no CER by articles."""
    head = " ".join(f"{name:^{26 if name == 'ours' else 20}}" for name in scores)
    rows = [
        f"{'':15}{head}",
        f"{'':15}" + "  next joined exact    cer" + "   next joined exact" * 2,
    ]
    for family in (*FAMILIES, "mean"):
        figures = [astuple(scores[name][family])[: 4 if name == "ours" else 3] for name in scores]
        rows.append(f"{family:15}" + " ".join(f"{v:6.3f}" for row in figures for v in row))
    return "\n".join(rows)


def test_show(scores: Scores) -> None:
    print("\n" + table(scores))
    assert set(MEASURED) == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_stays_as_good_as_it_was(family: str, scores: Scores) -> None:
    now, then = scores["ours"][family], MEASURED[family]
    assert now.next >= then.next - SLACK, table(scores)
    assert now.joined >= then.joined - SLACK or isnan(then.joined), table(scores)
    assert now.exact >= then.exact - SLACK, table(scores)
    assert now.cer <= then.cer + SLACK, table(scores)


@pytest.mark.parametrize("baseline", baselines.READERS)
def test_better_than_plain_readers(baseline: str, scores: Scores) -> None:
    we, they = scores["ours"]["mean"], scores[baseline]["mean"]
    assert we.next > they.next, table(scores)
    assert we.joined > they.joined, table(scores)


def test_plain_readers_are_no_straw_men(scores: Scores) -> None:
    """On the plain two-column page the XY-cut is right: it is only the harder ones it misses."""
    assert scores["xy-cut"]["zaozhuang-2col"].next == 1
    assert scores["xy-cut"]["front"].next > 0.9
