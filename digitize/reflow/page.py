"""Reflow of one page: lines to fragments to columns to articles. Pure: no images, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digitize import text as chars
from digitize.model import Article, Furniture, Join, Line, Masthead, Page, Paragraph, Role
from digitize.reflow import (
    articles,
    columns,
    fragments,
    furniture,
    heads,
    initials,
    insets,
    kinds,
    order,
    quotes,
    rows,
    spaces,
    story_order,
    turns,
)
from digitize.reflow.articles import Story
from digitize.reflow.breaks import Column, breaks_off, has_marks
from digitize.reflow.columns import Place
from digitize.reflow.continuity import Continuity, Means, Mode, Silent
from digitize.reflow.edges import edges_of
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.kinds import Kind
from digitize.reflow.paragraphs import Draft
from digitize.reflow.rows import Row, Scene

STORY_HEADING = 1.45  # of the body em; a smaller head within a column is a subheading
RULED_HEADING = 1.1  # the same under a rule: briefs are divided so
INDENT_SHARE = 0.04  # of body rows that are indented on a page whose paragraphs are


@dataclass(frozen=True, slots=True)
class Reflowed:
    """The outcome: the page with its reading order, its articles and its furniture.

    ``doubts`` are the breaks, joined or left, of which reflow is not sure.
    """

    page: Page
    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...]
    masthead: Masthead = field(default_factory=Masthead)
    doubts: tuple[Join, ...] = ()


def reflow(page: Page, mode: Mode = "full", continuity: Continuity | None = None) -> Reflowed:
    """Put the lines of ``page`` in reading order and rebuild articles and paragraphs.

    Every line that has text ends up in exactly one article or piece of furniture. ``mode``
    "geometry" orders columns by where they stand and joins nothing across a cut; "none" leaves
    the lines from top to bottom: both are there to compare with. ``continuity`` is a language
    signal for the cuts.
    """
    scene = rows.scene_of(page)
    if not scene.rows:
        return Reflowed(page, (), ())
    if mode == "none":
        return _numbered(page, [articles.as_it_stands(scene)], furniture.Found())
    means = Means(mode == "full", continuity if continuity and mode == "full" else Silent())
    found = furniture.find(page)
    gone = found.line_ids
    kept = replace(scene, rows=tuple(r for r in scene.rows if gone.isdisjoint(r.ids)))
    inside = insets.find(kept)
    outside = insets.without(kept, inside)
    stories = _stories(rows.merge_pieces(outside), means) if outside.rows else []
    for inset in inside:
        stories += [insets.brought_back(story, kept.mode) for story in _stories(inset, means)]
    return _numbered(page, story_order.in_page_order(stories, scene), found)


def _numbered(page: Page, stories: Sequence[Story], found: furniture.Found) -> Reflowed:
    """The outcome with the stories in the order given."""
    lines = {line.id: line for line in page.lines}
    made = [_article(i, story, lines) for i, story in enumerate(stories, 1)]
    numbered = tuple(turns.taken_out(article, lines) for article in made)
    ids = tuple(i for a in numbered for p in a.paragraphs for i in p.line_ids)
    doubts = tuple(doubt for story in stories for d in story.drafts for doubt in d.doubts)
    read = replace(page, order=ids)
    return Reflowed(read, numbered, found.pieces, found.masthead, doubts)


def _stories(scene: Scene, means: Means) -> list[Story]:
    scene = initials.restore(scene)
    every = [
        *fragments.stack(scene, [r for r in scene.rows if not r.cross]),
        *_cross_fragments([r for r in scene.rows if r.cross]),
    ]
    quoted = quotes.find(every, scene)
    scene = quotes.without_rules(scene, quoted)
    pieces = [f for f in every if f not in quoted]
    sorts = kinds.classify(pieces, scene)
    tops = heads.group(sorts, scene)
    tops += _loose(pieces, sorts, tops)
    in_heads = {part for head in tops for part in head.parts}
    bodies = [f for f in pieces if f not in in_heads and sorts[f] is not Kind.CAPTION]
    places = columns.place(bodies, tops, scene)
    edges = edges_of([f.rows for f in bodies], scene.frames)
    body_rows = [row for f in bodies for row in f.rows]
    indents = sum(edges[r.ids].indented for r in body_rows) >= INDENT_SHARE * len(body_rows)
    marks = has_marks(body_rows)
    plain = order.Context(scene, places, edges, indents, means=means, marks=marks)
    headings = frozenset(
        f
        for f in bodies
        if sorts[f] in {Kind.HEADING, Kind.BYLINE}
        or order.reads_as_heading(f, plain)
        or order.leads_on(f, places[f].under, plain)
    )
    context = replace(plain, headings=headings)
    paths = [
        part for p in order.chain(bodies, context) for part in _split(p, headings, places, scene)
    ]
    heading_rows = frozenset(row.ids for f in headings for row in f.rows)
    ends = tuple((edges[row.ids], breaks_off(row.text)) for row in body_rows)
    column = Column(edges, scene.em, indents, heading_rows, ends, means, marks)
    stories = articles.assemble(tops, paths, places, column)
    stories = articles.with_quotes(stories, quoted)
    return articles.with_captions(stories, articles.captions_of(sorts))


def _loose(
    pieces: Sequence[Fragment], sorts: Mapping[Fragment, Kind], tops: Sequence[Head]
) -> list[Head]:
    """Rows at right angles to the page that belong to no head: no column may run through them."""
    used = {part for head in tops for part in head.parts}
    return [
        Head((f,)) for f in pieces if f.cross and f not in used and sorts[f] is not Kind.CAPTION
    ]


def _split(
    path: Sequence[Fragment],
    headings: frozenset[Fragment],
    places: Mapping[Fragment, Place],
    scene: Scene,
) -> list[list[Fragment]]:
    """A path cut where a heading within it starts a story of its own.

    It does if it is large, or set larger than the text right under a rule; with a rule below it
    as well it is a subheading between ornaments.
    """
    parts: list[list[Fragment]] = [[]]
    for f in path:
        under = places[f].under
        ruled = places[f].ruled and not (under is not None and places[under].ruled)
        least = RULED_HEADING if ruled else STORY_HEADING
        if f in headings and f.em >= least * scene.em and parts[-1]:
            parts.append([])
        parts[-1].append(f)
    return parts


def _cross_fragments(cross: Sequence[Row]) -> list[Fragment]:
    """Rows at right angles to the page, each for itself."""
    return [Fragment((row,)) for row in cross]


def _article(number: int, story: Story, lines: Mapping[str, Line]) -> Article:
    paragraphs = tuple(
        Paragraph(f"a{number}p{n}", draft.role, _text(draft, lines), draft.line_ids, draft.joins)
        for n, draft in enumerate(story.drafts, 1)
    )
    return Article(f"a{number}", paragraphs)


def _text(draft: Draft, lines: Mapping[str, Line]) -> str:
    """The text of a paragraph; headings and bylines keep the gaps between their parts."""
    if draft.role in {Role.BODY, Role.CAPTION}:
        return draft.text
    return chars.join([spaces.spaced([lines[i] for i in row.ids]) for row in draft.rows])
