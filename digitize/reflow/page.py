"""Reflow of one page: lines to fragments to columns to articles. Pure: no images, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digitize import text as chars
from digitize.model import (
    Article,
    ArticleKind,
    Furniture,
    Join,
    Line,
    Masthead,
    Page,
    Paragraph,
    Role,
)
from digitize.reflow import (
    adverts,
    articles,
    flow,
    furniture,
    insets,
    rows,
    scene_text,
    spaces,
    story_order,
    tables,
    turns,
)
from digitize.reflow.articles import Story
from digitize.reflow.continuity import Continuity, Means, Mode, Silent
from digitize.reflow.paper import ANY, Paper
from digitize.reflow.paragraphs import Draft
from digitize.reflow.rows import Scene


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


def reflow(
    page: Page, mode: Mode = "full", continuity: Continuity | None = None, paper: Paper = ANY
) -> Reflowed:
    """Put the lines of ``page`` in reading order and rebuild articles and paragraphs.

    Every line that has text ends up in exactly one article or piece of furniture. ``mode``
    "geometry" orders columns by where they stand and joins nothing across a cut; "none" leaves
    the lines from top to bottom: both are there to compare with. ``continuity`` is a language
    signal for the cuts, ``paper`` what is known of the paper beforehand.
    """
    if mode == "none":
        return _as_it_stands(page, paper)
    rest, written = scene_text.parted(page)
    scene = rows.scene_of(rest, paper.mode)
    if not scene.rows:
        return Reflowed(page, (), written)
    means = Means(mode == "full", continuity if continuity and mode == "full" else Silent())
    found = furniture.find(rest, paper)
    kept = _without(scene, found.line_ids)
    lattices = tables.find(kept)
    kept = _without(kept, frozenset(i for table in lattices for i in table.line_ids))
    stories = [*lattices, *_stories(kept, means)]
    found = replace(found, pieces=(*found.pieces, *written))
    return _numbered(page, story_order.in_page_order(stories, scene), found)


def _as_it_stands(page: Page, paper: Paper) -> Reflowed:
    scene = rows.scene_of(page, paper.mode)
    if not scene.rows:
        return Reflowed(page, (), ())
    return _numbered(page, [articles.as_it_stands(scene)], furniture.Found())


def _without(scene: Scene, gone: frozenset[str]) -> Scene:
    """The scene without the rows that are lines of ``gone``."""
    return replace(scene, rows=tuple(r for r in scene.rows if gone.isdisjoint(r.ids)))


def _stories(scene: Scene, means: Means) -> list[Story]:
    """The stories of a page, those that run at right angles to it included."""
    inside = insets.find(scene)
    outside = insets.without(scene, inside)
    stories = flow.stories_of(rows.merge_pieces(outside), means) if outside.rows else []
    for inset in inside:
        turned = flow.stories_of(inset, means)
        stories += [insets.brought_back(story, scene.mode) for story in turned]
    return stories


def _numbered(page: Page, stories: Sequence[Story], found: furniture.Found) -> Reflowed:
    """The outcome with the stories in the order given."""
    lines = {line.id: line for line in page.lines}
    made = [_article(i, story, lines) for i, story in enumerate(stories, 1)]
    numbered = tuple(turns.taken_out(article, lines) for article in made)
    ids = tuple(i for a in numbered for p in a.paragraphs for i in p.line_ids)
    doubts = tuple(doubt for story in stories for d in story.drafts for doubt in d.doubts)
    read = replace(page, order=ids)
    return Reflowed(read, numbered, found.pieces, found.masthead, doubts)


def _article(number: int, story: Story, lines: Mapping[str, Line]) -> Article:
    paragraphs = tuple(
        Paragraph(f"a{number}p{n}", draft.role, _text(draft, lines), draft.line_ids, draft.joins)
        for n, draft in enumerate(story.drafts, 1)
    )
    return Article(f"a{number}", paragraphs, kind=_kind(paragraphs))


def _kind(paragraphs: Sequence[Paragraph]) -> ArticleKind:
    if all(p.role is Role.TABLE for p in paragraphs):
        return ArticleKind.TABLE
    return ArticleKind.ADVERT if adverts.is_advert(paragraphs) else ArticleKind.STORY


def _text(draft: Draft, lines: Mapping[str, Line]) -> str:
    """The text of a paragraph; headings and bylines keep the gaps between their parts."""
    if draft.role in {Role.BODY, Role.CAPTION, Role.TABLE}:
        return draft.text
    return chars.join([spaces.spaced([lines[i] for i in row.ids]) for row in draft.rows])
