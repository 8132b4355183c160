"""The stories of one scene: fragments to columns to paths to paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digitize import text as chars
from digitize.reflow import (
    articles,
    columns,
    fragments,
    heads,
    initials,
    kinds,
    labels,
    order,
    quotes,
    underlines,
)
from digitize.reflow.articles import Story
from digitize.reflow.breaks import Column, has_marks
from digitize.reflow.continuity import Means
from digitize.reflow.edges import edges_of
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.kinds import Kind
from digitize.reflow.rows import Row, Scene

STORY_HEADING = 1.45  # of the body em; a smaller head within a column is a subheading
RULED_HEADING = 1.1  # the same under a rule: briefs are divided so
ALIKE = 0.95  # of the headline's em: subheadings are smaller than it
INDENT_SHARE = 0.04  # of body rows that are indented on a page whose paragraphs are


@dataclass(frozen=True)
class _Parts:
    """The fragments of a scene by what they are."""

    scene: Scene
    sorts: Mapping[Fragment, Kind]
    heads: Sequence[Head]
    bodies: Sequence[Fragment]
    quotes: frozenset[Fragment]


def stories_of(scene: Scene, means: Means) -> list[Story]:
    """The stories of ``scene``, in no order."""
    parts = _parts(initials.restore(scene))
    context = _context(parts, means)
    paths = [
        piece for path in order.chain(parts.bodies, context) for piece in _split(path, context)
    ]
    found = articles.assemble(parts.heads, paths, context.places, _column(parts.bodies, context))
    found = articles.with_quotes(found, parts.quotes)
    return articles.with_captions(found, articles.captions_of(parts.sorts))


def _parts(scene: Scene) -> _Parts:
    every = [
        *fragments.stack(scene, [r for r in scene.rows if not r.cross]),
        *cross_fragments([r for r in scene.rows if r.cross]),
    ]
    quoted = quotes.find(every, scene)
    scene = quotes.without_rules(scene, quoted)
    pieces = [f for f in every if f not in quoted]
    sorts = kinds.classify(pieces, scene)
    tops = heads.group(sorts, scene)
    tops += _loose(pieces, sorts, tops)
    in_heads = {part for head in tops for part in head.parts}
    bodies = [f for f in pieces if f not in in_heads and sorts[f] is not Kind.CAPTION]
    return _Parts(scene, sorts, tops, bodies, quoted)


def _context(parts: _Parts, means: Means) -> order.Context:
    """What the order is decided from, with the headings that stand within columns."""
    bodies, scene = parts.bodies, parts.scene
    places = columns.place(bodies, parts.heads, scene)
    ruling = [place.head for place in places.values()]
    freed = underlines.without(scene, parts.heads, ruling, bodies)
    if freed is not scene:
        scene, places = freed, columns.place(bodies, parts.heads, freed)
    edges = edges_of([f.rows for f in bodies], scene.frames)
    rows = [row for f in bodies for row in f.rows]
    indents = sum(edges[r.ids].indented for r in rows) >= INDENT_SHARE * len(rows)
    places = labels.freed(places, edges if indents else {})
    plain = order.Context(scene, places, edges, indents, means=means, marks=has_marks(rows))
    headings = frozenset(
        f
        for f in bodies
        if parts.sorts[f] in {Kind.HEADING, Kind.BYLINE}
        or order.reads_as_heading(f, plain)
        or order.leads_on(f, places[f].under, plain)
    )
    return replace(plain, headings=headings)


def _column(bodies: Sequence[Fragment], context: order.Context) -> Column:
    """What paragraphs are told by."""
    return Column(
        context.edges,
        context.scene.em,
        context.indents,
        headings=frozenset(row.ids for f in context.headings for row in f.rows),
        rows=tuple(
            (context.edges[r.ids], chars.breaks_off(r.text)) for f in bodies for r in f.rows
        ),
        means=context.means,
        marks=context.marks,
    )


def _loose(
    pieces: Sequence[Fragment], sorts: Mapping[Fragment, Kind], tops: Sequence[Head]
) -> list[Head]:
    """Rows at right angles to the page that belong to no head: no column may run through them."""
    used = {part for head in tops for part in head.parts}
    return [
        Head((f,)) for f in pieces if f.cross and f not in used and sorts[f] is not Kind.CAPTION
    ]


def _split(path: Sequence[Fragment], context: order.Context) -> list[list[Fragment]]:
    """A path cut where a heading within it starts a story of its own.

    It does if it is large, as large as the headline, or set larger than the text right under a
    rule; with a rule below it as well it is a subheading between ornaments.
    """
    top, em = _headline_em(path[0], context), context.scene.em
    parts: list[list[Fragment]] = [[]]
    for f in path:
        place = context.places[f]
        least = STORY_HEADING * em
        if not place.adorned:
            alike = 0.0 if place.ruled else ALIKE * top
            least = min(least, max(alike, RULED_HEADING * em))
        if f in context.headings and f.em >= least and parts[-1]:
            parts.append([])
        parts[-1].append(f)
    return parts


def _headline_em(first: Fragment, context: order.Context) -> float:
    """The em of the headline of a story that starts with ``first``; infinite without one."""
    place = context.places[first]
    if place.head is not None and place.first:
        return place.head.main.em
    return first.em if first in context.headings else float("inf")


def cross_fragments(cross: Sequence[Row]) -> list[Fragment]:
    """Rows at right angles to the page, each for itself."""
    return [Fragment((row,)) for row in cross]
