"""Names of sections over columns that are full of short stories: they head none of them.

A name like "briefs" stands over all columns like a headline. But only the first column starts with
a story, under a head of its own; what stands at the head of the others goes on from column to
column, and below it the next story has its own head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from digitize.reflow.columns import Place
from digitize.reflow.edges import Edges
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head

COLUMNS = 2  # under a name that go on from other columns, at least


def freed(
    places: Mapping[Fragment, Place], edges: Mapping[tuple[str, ...], Edges]
) -> dict[Fragment, Place]:
    """``places`` without the heads that are names of sections; ``edges`` by the rows' ids.

    Without edges nothing is known of indents, and all stays as it is.
    """
    governed: dict[int, list[Fragment]] = {}
    for f, place in places.items():
        if place.head is not None:
            governed.setdefault(id(place.head), []).append(f)
    names = {key for key, columns in governed.items() if edges and _is_name(columns, places, edges)}
    return {
        f: replace(p, head=None, first=False) if id(p.head) in names else p
        for f, p in places.items()
    }


def _is_name(
    columns: list[Fragment],
    places: Mapping[Fragment, Place],
    edges: Mapping[tuple[str, ...], Edges],
) -> bool:
    """Whether all columns under a head start in mid-paragraph, each over a head of its own."""
    tops = [f for f in columns if places[f].over is None]
    if len(tops) < COLUMNS or any(edges[f.rows[0].ids].indented for f in tops):
        return False
    below = [_next_head(f, places) for f in tops]
    return all(below) and len({id(head) for head in below}) == len(tops)


def _next_head(top: Fragment, places: Mapping[Fragment, Place]) -> Head | None:
    """The head that stands next below the column ``top`` and over text in it."""
    heads = [
        p.head
        for p in places.values()
        if p.head is not None and p.head.box.y0 > top.box.y0 and p.head.box.overlap_x(top.box) > 0
    ]
    return min(heads, key=lambda head: head.box.y0, default=None)
