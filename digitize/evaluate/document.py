"""Text to be compared: articles and paragraphs, with the lines that they were read from."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.formats.line_spans import LineSpan
from digitize.model import Page, Source


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """One paragraph. ``cut``: in print it runs over the end of a column, a frame or a page."""

    text: str
    role: str = "body"
    lines: tuple[LineSpan, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TextArticle:
    """One story, headline first."""

    id: str
    paragraphs: tuple[TextParagraph, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one page, from whatever file.

    ``aside`` is text of a reference that may stand in the other text and need not (captions,
    advertisements): where it is found it does not count. ``furniture`` is text of a reference
    that should not. Without ``divided`` nothing is known of articles. ``page`` has the lines'
    outlines and confidences where the file had them.
    """

    name: str
    kind: str  # of the file: txt, md, json, truth, alto, page, hocr
    articles: tuple[TextArticle, ...] = ()
    divided: bool = False
    aside: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    page: Page | None = None
    source: Source | None = None  # the scan, where the file names it

    @property
    def paragraphs(self) -> tuple[TextParagraph, ...]:
        """All paragraphs in reading order."""
        return tuple(p for article in self.articles for p in article.paragraphs)
