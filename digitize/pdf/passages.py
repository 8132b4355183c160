"""What is put on a page and in which order: articles, paragraph by paragraph, then furniture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digitize.formats.line_spans import line_spans
from digitize.model import Article, Line, Page, PageResult, Role, Source
from digitize.pdf.cells import track
from digitize.pdf.layer import Passage

# The standard structure types of PDF 1.4 and later (ISO 32000-1, 14.8.4).
_TAGS = {
    Role.HEADLINE: "H1",
    Role.SUBHEADING: "H2",
    Role.CAPTION: "Caption",
    Role.QUOTE: "BlockQuote",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An article as far as it stands on this page."""

    article: Article
    passages: tuple[Passage, ...]


def stories(result: PageResult) -> list[Told]:
    """The articles of a page whose lines stand on it, in reading order."""
    lines = _lines(result.page)
    told = []
    for article in result.articles:
        passages = (
            _passage(_TAGS.get(p.role, "P"), p.text, p.line_ids, lines) for p in article.paragraphs
        )
        kept = tuple(passage for passage in passages if passage.tracks)
        if kept:
            told.append(Told(article, kept))
    return told


def furniture(result: PageResult) -> list[Passage]:
    """What belongs to no article: it can be searched, and stands behind them."""
    lines = _lines(result.page)
    passages = (_passage("", piece.text, piece.line_ids, lines) for piece in result.furniture)
    return [passage for passage in passages if passage.tracks]


def scans(results: Iterable[PageResult]) -> Iterator[list[PageResult]]:
    """What belongs on each page of a PDF: a page's result, or those of the two on one scan."""
    together: list[PageResult] = []
    for result in results:
        if together and not _on_one_scan(together[-1].source, result.source):
            yield together
            together = []
        together.append(result)
    if together:
        yield together


def _on_one_scan(one: Source, other: Source) -> bool:
    twin = replace(one, half=one.half.twin, sha256=other.sha256)
    return bool(one.half) and twin == other


def everything(results: Sequence[PageResult]) -> list[Passage]:
    """All that is put on a page: of ``results``, which are one, or two on one scan."""
    told = [p for result in results for story in stories(result) for p in story.passages]
    return [*told, *(p for result in results for p in furniture(result))]


def _lines(page: Page | None) -> dict[str, Line]:
    return {line.id: line for line in page.lines} if page else {}


def _passage(tag: str, text: str, ids: Sequence[str], lines: dict[str, Line]) -> Passage:
    found = [lines[i] for i in ids if i in lines]
    tracks = (track(line, part) for line, part in _parts(text, found))
    return Passage(tag, tuple(made for made in tracks if made))


def _parts(text: str, lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with its part of the text; the line's own where the text does not have it."""
    spans = {span.line_id: text[span.start : span.end] for span in line_spans(text, lines)}
    for line in lines:
        part = spans.get(line.id, "")
        same = "".join(part.split()) == "".join(line.text.split())
        yield line, part if same else line.text
