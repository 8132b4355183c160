"""Linked articles marked as such, and put together where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digitize.model import Article, Join, PageResult, Paragraph, Role
from digitize.stitching.model import Link, Links, page_of, ref
from digitize.text import join, without_cjk_spaces

REASON = "page break"
HEAD = frozenset({Role.HEADLINE, Role.KICKER, Role.SUBTITLE})
AFTER = frozenset({Role.CAPTION, Role.BYLINE, Role.QUOTE})


def marked(result: PageResult, name: str, links: Links) -> PageResult:
    """``result``, the page called ``name``, with both ends of every link named in its articles."""
    on = {link.before: link.after for link in links.links}
    back = {link.after: link.before for link in links.links}
    articles = (
        replace(a, continued_on=on.get(ref(name, a.id)), continued_from=back.get(ref(name, a.id)))
        for a in result.articles
    )
    return replace(result, articles=tuple(articles))


def stitched(
    result: PageResult, name: str, links: Links, parts: Mapping[str, Article]
) -> PageResult:
    """``result`` marked, with whole stories in it; ``parts`` are all linked articles of the run.

    The first part is given the text of the others. Those stay as they are, since they belong to
    their page, but ``stitched_to`` says where their text is written instead.
    """
    page = marked(result, name, links)
    wholes = {chain[0].before: chain for chain in links.chains()}
    firsts = {link.after: first for first, chain in wholes.items() for link in chain}
    articles = tuple(
        replace(_whole(a, wholes[own], parts), stitched_to=None)
        if (own := ref(name, a.id)) in wholes
        else replace(a, stitched_to=firsts.get(own))
        for a in page.articles
    )
    return replace(page, articles=articles)


def _whole(article: Article, chain: Sequence[Link], parts: Mapping[str, Article]) -> Article:
    """The first part of a story with the text of all others."""
    paragraphs = article.paragraphs
    at = _turning_point(paragraphs)
    text, after = list(paragraphs[:at]), list(paragraphs[at:])
    for link in chain:
        rest = _named(parts[link.after], page_of(link.after))
        text = _joined(text, _without_head(rest, text), link.joined)
        end = _turning_point(text)
        text, after = text[:end], [*text[end:], *after]
    kept = [p for p in (*text, *after) if p.role is not Role.TURN]
    numbered = (replace(p, id=f"{article.id}p{n}") for n, p in enumerate(kept, 1))
    return replace(article, paragraphs=tuple(numbered))


def _turning_point(paragraphs: Sequence[Paragraph]) -> int:
    """Where the rest belongs: at the turn line after the text, else at the text's end.

    Captions and bylines behind it stay behind the whole text.
    """
    body = [i for i, p in enumerate(paragraphs) if p.role is Role.BODY]
    turns = [i for i, p in enumerate(paragraphs) if p.role is Role.TURN]
    if body and turns and turns[-1] > body[0]:
        return turns[-1]
    text = [i for i, p in enumerate(paragraphs) if p.role not in AFTER]
    return text[-1] + 1 if text else 0


def _named(article: Article, name: str) -> list[Paragraph]:
    """The paragraphs of an article of another page, its lines called NAME#id."""
    return [
        replace(
            p,
            line_ids=tuple(ref(name, i) for i in p.line_ids),
            joins=tuple(
                replace(j, before=ref(name, j.before), after=ref(name, j.after)) for j in p.joins
            ),
        )
        for p in article.paragraphs
    ]


def _without_head(rest: Sequence[Paragraph], text: Sequence[Paragraph]) -> list[Paragraph]:
    """The rest without "continued from", its headline, and a byline that was there before."""
    known = {p.text for p in text}
    start = next((i for i, p in enumerate(rest) if p.role is Role.BODY), len(rest))
    head = [
        p
        for p in rest[:start]
        if p.role not in HEAD and p.role is not Role.TURN and p.text not in known
    ]
    return [*head, *rest[start:]]


def _joined(
    text: Sequence[Paragraph], rest: Sequence[Paragraph], score: float | None
) -> list[Paragraph]:
    """``text`` and ``rest`` in a row; with a ``score``, the paragraph between them is one again."""
    last = next((i for i, p in reversed(list(enumerate(text))) if p.role is Role.BODY), None)
    first = next((i for i, p in enumerate(rest) if p.role is Role.BODY), None)
    if score is None or last is None or first is None:
        return [*text, *rest]
    a, b = text[last], rest[first]
    seam = Join("".join(a.line_ids[-1:]), "".join(b.line_ids[:1]), REASON, score)
    whole = replace(
        a,
        text=without_cjk_spaces(join([a.text, b.text])),
        line_ids=a.line_ids + b.line_ids,
        joins=(*a.joins, seam, *b.joins),
    )
    return [*text[:last], whole, *text[last + 1 :], *rest[:first], *rest[first + 1 :]]
