"""The pairs of articles that a turn line connects, or may connect, with what speaks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from digitize.model import TurnLine
from digitize.reflow.continuity import Continuity
from digitize.stitching.evidence import (
    FOREIGN,
    LIKE_HEADLINE,
    RIGHT_PAGE,
    RIGHT_PAGE_MAYBE,
    Evidence,
    kinship,
    of_pair,
    page_points,
)
from digitize.stitching.model import Part, Stub

WINDOW = 120  # pages of the run before and after among which the rest of a story is looked for

End = tuple[int, int]
"""An article: the number of its stub, and its own on that page."""
Pair = tuple[End, End]


def candidates(pages: Sequence[Stub], language: Continuity) -> dict[Pair, Evidence]:
    """Every pair with a turn line at its break on either side, and its evidence.

    Where only one of them has a turn line, it must surely name the other's page, and the headlines
    agree.
    """
    found: dict[Pair, Evidence] = {}
    for i, page in enumerate(pages):
        if not page.turns:
            continue
        for j in near(pages, i):
            issue = kinship(page.place, pages[j].place)
            for before, after in ((i, j), (j, i)):
                for pair in _connected(pages, before, after):
                    if pair not in found:
                        found[pair] = _evidence(pages, pair, issue, language)
    return {pair: evidence for pair, evidence in found.items() if _enough(pages, pair, evidence)}


def near(pages: Sequence[Stub], i: int) -> Iterator[int]:
    """The numbers of the pages around the ``i``-th, without itself."""
    return (j for j in range(max(0, i - WINDOW), min(len(pages), i + WINDOW + 1)) if j != i)


def leads_to_page(pages: Sequence[Stub], i: int, turn: TurnLine) -> bool:
    """Whether the run has a page of the issue of the ``i``-th that ``turn`` may mean."""
    return any(
        page_points(turn, pages[j].place.number) > 0
        and kinship(pages[i].place, pages[j].place) > FOREIGN
        for j in near(pages, i)
    )


def part_at(pages: Sequence[Stub], end: End) -> Part:
    """The article at ``end``."""
    return pages[end[0]].parts[end[1]]


def _connected(pages: Sequence[Stub], before: int, after: int) -> Iterator[Pair]:
    """The pairs of articles of two pages of which at least one has its turn line."""
    kept = pages[before].kept and pages[after].kept
    for a, b in product(range(len(pages[before].parts)), range(len(pages[after].parts))):
        one, other = pages[before].parts[a], pages[after].parts[b]
        both = one.turn_on and other.turn_from
        either = (one.turn_on or other.turn_from) and one.headline and other.headline
        if both or (kept and either):
            yield (before, a), (after, b)


def _evidence(pages: Sequence[Stub], pair: Pair, issue: float, language: Continuity) -> Evidence:
    (i, _), (j, _) = pair
    before, after = part_at(pages, pair[0]), part_at(pages, pair[1])
    return of_pair((pages[i].place, before), (pages[j].place, after), issue, language)


def _enough(pages: Sequence[Stub], pair: Pair, evidence: Evidence) -> bool:
    if part_at(pages, pair[0]).turn_on and part_at(pages, pair[1]).turn_from:
        return True
    one_file = pages[pair[0][0]].place.path == pages[pair[1][0]].place.path
    sure = evidence.numbers >= (RIGHT_PAGE_MAYBE if one_file else RIGHT_PAGE)
    return sure and evidence.words >= LIKE_HEADLINE
