"""An article as one record: what corpora and tables want to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean

from digitize.formats.text import written
from digitize.model import Article, ArticleKind, Line, Masthead, PageResult, Paragraph, Role, Source
from digitize.source import stem

# What the story tells. Heads and bylines have fields of their own; captions, quotes (which say
# again what stands in the story) and turn lines are found among the paragraphs.
TEXT = frozenset({Role.BODY, Role.SUBHEADING, Role.TABLE})


@dataclass(frozen=True, slots=True)
class Record:
    """One article. ``confidence`` is the mean over its characters, None where it has no lines."""

    id: str
    masthead: Masthead
    kind: ArticleKind
    paragraphs: tuple[Paragraph, ...]
    confidence: float | None
    continued_from: str | None
    continued_on: str | None
    source: Source
    versions: dict[str, str]

    def of(self, *roles: Role) -> str:
        """The text of the paragraphs with these roles, one a line."""
        return "\n".join(p.text for p in self.paragraphs if p.role in roles and p.text)


def records(result: PageResult, page_name: str = "") -> Iterator[Record]:
    """The articles whose text is written with this page; those without any text are left out.

    ``page_name`` is what the page's files are called; articles have the id "NAME#a1", as they are
    named in ``continued_on``.
    """
    for article in written(result):
        if any(p.text for p in article.paragraphs):
            yield record(result, article, page_name)


def record(result: PageResult, article: Article, page_name: str = "") -> Record:
    """One article of a page."""
    page = result.page
    ids = {i for p in article.paragraphs for i in p.line_ids}
    return Record(
        f"{page_name or stem(result.source)}#{article.id}",
        result.masthead,
        article.kind,
        article.paragraphs,
        _confidence(line for line in (page.lines if page else ()) if line.id in ids),
        article.continued_from,
        article.continued_on,
        result.source,
        page.provenance.versions if page else {},
    )


def _confidence(lines: Iterable[Line]) -> float | None:
    known = [(line.confidence, len(line.text)) for line in lines if line.text]
    return round(fmean(*zip(*known, strict=True)), 4) if known else None
