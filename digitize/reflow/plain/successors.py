"""Which block goes on where another breaks off: all successors chosen together.

Only blocks that may break off look for a successor, and every pair has its odds
(:mod:`digitize.reflow.plain.odds`). The successors are one assignment of greatest total odds (Kuhn
1955), no block with two predecessors; a pair with odds below nought is left as it is, so a text
without open ends stays untouched. That a text is out of order at all has a cost of its own, once
for all pieces that depend on each other. As for a page (:mod:`digitize.reflow.order`) no reader
goes greedily from piece to piece, but place in the text stands in for geometry. Limits: a paragraph
cut at the end of a sentence cannot be seen, nor one whose first piece is as short as a heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from digitize.reflow.plain.odds import Link, Scene, candidates

LEAST = 0.3  # odds of a pair that is joined
FAR_LEAST = 2.0  # odds of a pair that stands apart: it is not moved for less
FAR_TOLD = 2.0  # of it that must be seen at the seam itself: language, a mark at the start
ALONE_TOLD = 0.5  # the same where nothing that stands next can go on
FIRST_FAR = -2.5  # that a text is out of order at all


def links(scene: Scene) -> list[Link]:
    """The successors, in the order of the text; no circles."""
    return _acyclic(_assigned([pair for pair in candidates(scene) if _worth(pair)]))


def _worth(link: Link) -> bool:
    """Whether a pair is likely enough to be looked at; moving blocks takes more."""
    if not link.far:
        return link.odds > LEAST
    return link.odds > FAR_LEAST and link.told >= (ALONE_TOLD if link.alone else FAR_TOLD)


def _assigned(pairs: Sequence[Link]) -> list[Link]:
    """The pairs of greatest total odds, no block in two of them on the same side."""
    best: dict[tuple[int, int], Link] = {}
    for link in pairs:
        key = (link.before, link.after)
        if key not in best or best[key].odds < link.odds:
            best[key] = link
    chosen = [link for group in _groups(list(best.values())) for link in _best(group)]
    return sorted(chosen, key=lambda link: link.before)


def _groups(pairs: Sequence[Link]) -> Iterable[list[Link]]:
    """The pairs in groups that share no block, so that each is a small assignment."""
    if not pairs:
        return []
    rows, columns = (
        _numbered(link.before for link in pairs),
        _numbered(link.after for link in pairs),
    )
    count = len(rows) + len(columns)
    at = ([rows[p.before] for p in pairs], [len(rows) + columns[p.after] for p in pairs])
    graph = coo_array((np.ones(len(pairs)), at), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[Link]] = {}
    for link in pairs:
        groups.setdefault(int(labels[rows[link.before]]), []).append(link)
    return groups.values()


def _numbered(places: Iterable[int]) -> dict[int, int]:
    return {place: n for n, place in enumerate(dict.fromkeys(places))}


def _best(group: Sequence[Link]) -> list[Link]:
    """The better of two readings: the text is in order, or it is not."""
    ordered = _solved([link for link in group if not link.far])
    if all(not link.far for link in group):
        return ordered
    moved = _solved(group)
    gain = sum(link.odds for link in moved) - sum(link.odds for link in ordered)
    return moved if gain + FIRST_FAR > 0 else ordered


def _solved(group: Sequence[Link]) -> list[Link]:
    """The pairs of one group with the greatest total odds."""
    if len(group) < 2:
        return list(group)
    rows, columns = _numbered(p.before for p in group), _numbered(p.after for p in group)
    gain = np.zeros((len(rows), len(columns)))
    at = {(rows[p.before], columns[p.after]): p for p in group}
    for place, link in at.items():
        gain[place] = link.odds
    pairs = zip(*linear_sum_assignment(gain, maximize=True), strict=True)
    return [at[int(i), int(j)] for i, j in pairs if (int(i), int(j)) in at]


def _acyclic(found: Sequence[Link]) -> list[Link]:
    """The links without circles: each loses its weakest."""
    kept = {link.before: link for link in found}
    seen: set[int] = set()
    for start in list(kept):
        path: dict[int, None] = {}
        i = start
        while i in kept and i not in seen:
            seen.add(i)
            path[i] = None
            i = kept[i].after
        if i in path:
            circle = list(path)[list(path).index(i) :]
            del kept[min(circle, key=lambda k: kept[k].odds)]
    return list(kept.values())
