"""Comparisons as plain data, for JSON: "schema": "digitize-diff/1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digitize.evaluate.confidence import Calibration
from digitize.evaluate.figures import Counts, Figures
from digitize.evaluate.profiles import Profile
from digitize.evaluate.result import Confusion, PageComparison

SCHEMA = "digitize-diff/1"


def page_record(page: PageComparison) -> dict[str, Any]:
    """Everything about a page; figures with their counts and rates."""
    data: dict[str, Any] = asdict(page)
    data["figures"] = figures_record(page.figures)
    return data


def figures_record(figures: Figures) -> dict[str, Any]:
    """Counts by group, with "rates" among them; None for a group that is not known."""
    groups = {
        "characters": figures.characters,
        "order": figures.order,
        "paragraphs": figures.paragraphs,
        "articles": figures.articles,
        "furniture": figures.furniture,
    }
    data: dict[str, Any] = {name: _counts(group) for name, group in groups.items()}
    data["scripts"] = {str(script): _counts(counts) for script, counts in figures.scripts.items()}
    return data


def _counts(counts: Any) -> dict[str, Any] | None:
    if not isinstance(counts, Counts):
        return None
    return {**asdict(counts), "rates": counts.rates}


def run_record(
    profile: Profile,
    total: Figures,
    confusions: Sequence[Confusion],
    calibration: Calibration | None,
) -> dict[str, Any]:
    """What is told of all pages together."""
    return {
        "schema": SCHEMA,
        "profile": asdict(profile),
        "total": figures_record(total),
        "confusions": [asdict(confusion) for confusion in confusions],
        "calibration": None if calibration is None else asdict(calibration),
    }
