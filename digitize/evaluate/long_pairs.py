"""Edits between two strings of any length.

Up to ``LARGE`` characters they are the cheapest there are. Longer strings are first cut at what
both have once and in the same order, so that time and memory stay in bounds.
"""

from __future__ import annotations

from collections.abc import Iterator

from digitize.evaluate.anchors import anchors
from digitize.evaluate.edits import LARGE, Edit, Run, edits
from digitize.evaluate.sequence import heaviest_increasing
from digitize.evaluate.strand import Strand

SURE = 24  # characters that are the same by chance nowhere
HOPELESS = 20_000  # characters without an anchor: they are replaced as a whole


def pair_edits(reference: str, hypothesis: str) -> list[Edit]:
    """The edits that make ``reference`` into ``hypothesis``, from left to right."""
    if max(len(reference), len(hypothesis)) <= LARGE:
        return list(edits(reference, hypothesis))
    found: list[Edit] = []
    at = there = 0
    for run in [*_firm(reference, hypothesis), Run(len(reference), len(hypothesis), 0)]:
        gap = reference[at : run.reference]
        text = hypothesis[there : run.hypothesis]
        found += (_moved(edit, at, there) for edit in _gap_edits(gap, text))
        at, there = run.reference + run.length, run.hypothesis + run.length
    return found


def cost(found: list[Edit]) -> int:
    """How many characters are edited."""
    return sum(max(e.end - e.start, e.found_end - e.found_start) for e in found)


def _firm(reference: str, hypothesis: str) -> list[Run]:
    """Anchors that are in order on both sides."""
    strands = Strand([reference], "\ufffe"), Strand([hypothesis], "\uffff")
    runs = sorted(anchors(*strands, SURE))
    kept = heaviest_increasing([r.hypothesis for r in runs], [r.length for r in runs])
    return [runs[i] for i in kept]


def _gap_edits(reference: str, hypothesis: str) -> Iterator[Edit]:
    if max(len(reference), len(hypothesis)) <= HOPELESS:
        yield from edits(reference, hypothesis)
        return
    both = min(len(reference), len(hypothesis))
    yield Edit(0, both, 0, both)
    yield Edit(both, len(reference), both, len(hypothesis))


def _moved(edit: Edit, by: int, there: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.found_start + there, edit.found_end + there)
