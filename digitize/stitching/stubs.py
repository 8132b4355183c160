"""What of a page is kept while the others are read."""

from __future__ import annotations

from dataclasses import replace

from digitize.errors import shown
from digitize.model import Article, Page, PageResult, Role
from digitize.stitching.ends import ends_of
from digitize.stitching.model import Part, Stub
from digitize.stitching.places import place_of
from digitize.stitching.topics import topics_of


def stub_of(result: PageResult, name: str, index: int) -> Stub:
    """The stub of a page whose files are called ``name``, the ``index``-th of its run."""
    articles = result.articles
    with_text = [a for a in articles if any(p.role is Role.BODY for p in a.paragraphs)]
    outer = {a.id for a in (*with_text[:1], *with_text[-1:])}  # may be cut by the page's end
    return Stub(
        name,
        shown(result.source.label),
        place_of(result.source, index, result.masthead),
        tuple(_part(a, result.page, a.id in outer) for a in articles),
    )


def _part(article: Article, page: Page | None, outer: bool) -> Part:
    turns = article.turn_from is not None or article.turn_on is not None
    known = Part(article.id, article.headline, article.turn_from, article.turn_on)
    if page is None or not (outer or turns):
        return known
    body = [p.text for p in article.paragraphs if p.role is Role.BODY]
    return replace(known, ends=ends_of(article, page), topics=topics_of(body) if turns else ())
