"""Which article goes on in which: one decision over all pages of a run.

Turn lines name pages; where a page takes up several stories, or nothing says which page it is, the
headlines and the text decide. Of all pairs that :mod:`evidence` speaks for, those are chosen that
together have the greatest value: every article goes on in one place at most, and takes up one at
most, so that 1 → 4 → 5 is a chain. What fits two places nearly as well is told, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digitize.model import TurnLine
from digitize.reflow.continuity import Continuity, Silent
from digitize.stitching.assignment import decided
from digitize.stitching.candidates import Pair, candidates, leads_to_page, part_at
from digitize.stitching.model import Link, Links, Stub, Unresolved, ref
from digitize.stitching.page_breaks import cut_by_page_end, join_score

LEAST = 2.0  # points that a link needs
MARGIN = 0.5  # points by which it must be better than what could be had without it


def link(
    stubs: Sequence[Stub], page_ends: bool = False, continuity: Continuity | None = None
) -> Links:
    """The links between the articles of a run; ``stubs`` are its pages in any order.

    ``page_ends``: also where the end of a page cuts a text without a turn line, and the next page
    takes it up. ``continuity``: a language signal for the breaks.
    """
    pages = sorted(stubs, key=lambda stub: stub.place.index)
    language = continuity or Silent()
    found = candidates(pages, language)
    values = {pair: e.value for pair, e in found.items() if e.value >= LEAST}
    chosen, doubtful = decided(values, MARGIN)
    whys = {pair: (values[pair], found[pair].why) for pair in chosen}
    if page_ends:
        taken = {(end, side) for pair in chosen for side, end in enumerate(pair)}
        for pair in cut_by_page_end(pages, language):
            if taken.isdisjoint((end, side) for side, end in enumerate(pair)):
                whys[pair] = (0.0, "page end")
    kept = _without_circles({pair: value for pair, (value, _) in whys.items()})
    links = tuple(_link(pages, pair, *whys[pair], language) for pair in sorted(kept))
    return Links(links, tuple(_unresolved(pages, kept, doubtful)))


def _link(pages: Sequence[Stub], pair: Pair, value: float, why: str, language: Continuity) -> Link:
    before, after = (part_at(pages, end) for end in pair)
    names = [ref(pages[i].name, pages[i].parts[n].id) for i, n in pair]
    joined = join_score(before.ends, after.ends, language)
    return Link(names[0], names[1], round(value, 1), why, joined)


def _without_circles(values: dict[Pair, float]) -> set[Pair]:
    """The pairs without the weakest of every circle: no story goes on in itself."""
    kept = dict(values)
    following = dict(kept.keys())
    for start in list(following):
        circle, end = [], start
        while end in following and (end, following[end]) not in circle:
            circle.append((end, following[end]))
            end = following[end]
        if circle and end == start:
            weakest = min(circle, key=lambda pair: (kept[pair], pair))
            del kept[weakest], following[weakest[0]]
    return set(kept)


def _unresolved(
    pages: Sequence[Stub], kept: set[Pair], doubtful: Sequence[Pair]
) -> Iterator[Unresolved]:
    """A message for every turn line that leads nowhere."""
    linked = {(end, side) for pair in kept for side, end in enumerate(pair)}
    unsure = {(end, side) for pair in doubtful for side, end in enumerate(pair)}
    for i, page in enumerate(pages):
        for n, part in enumerate(page.parts):
            for side, turn in enumerate((part.turn_on, part.turn_from)):
                if turn is not None and ((i, n), side) not in linked:
                    reason = _reason(pages, i, turn, ((i, n), side) in unsure)
                    said = f"{page.label}: 《{part.title}》{turn.text}: {reason}"
                    yield Unresolved(page.name, said)


def _reason(pages: Sequence[Stub], i: int, turn: TurnLine, unsure: bool) -> str:
    if unsure:
        return "several articles fit equally well; nothing was linked"
    if turn.page and not leads_to_page(pages, i, turn):
        return f"no page {turn.page} of this issue in the run"
    return "no article fits on the pages of this run"
