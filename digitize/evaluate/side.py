"""One side of a comparison: its paragraphs under a profile, and the way back to the originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digitize.evaluate.document import Document, TextParagraph
from digitize.evaluate.normalise import Normalised, normalise
from digitize.evaluate.profiles import Profile
from digitize.evaluate.result import Place
from digitize.evaluate.strand import Stretch


@dataclass(frozen=True, slots=True)
class Side:
    """A document as it is compared. ``article_of`` gives the article of every paragraph."""

    document: Document
    paragraphs: tuple[TextParagraph, ...]
    article_of: tuple[int, ...]
    forms: tuple[Normalised, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The normalised paragraphs."""
        return tuple(form.text for form in self.forms)

    @property
    def length(self) -> int:
        """Characters that count."""
        return sum(len(form.text) for form in self.forms)

    def place(self, stretch: Stretch) -> Place:
        """A stretch of a normalised paragraph in its original text."""
        start, end = self.forms[stretch.paragraph].span(stretch.start, stretch.end)
        return Place(stretch.paragraph, start, end)

    def original(self, place: Place) -> str:
        """The text at a place."""
        return self.forms[place.paragraph].original[place.start : place.end]

    def without(self, spans: Mapping[int, Iterable[tuple[int, int]]]) -> Side:
        """The side with the given spans of normalised paragraphs left out of the comparison."""
        forms = tuple(
            form.without(list(spans[i])) if i in spans else form
            for i, form in enumerate(self.forms)
        )
        return Side(self.document, self.paragraphs, self.article_of, forms)


def side(document: Document, profile: Profile) -> Side:
    """``document`` under ``profile``."""
    paragraphs = document.paragraphs
    article_of = tuple(
        number for number, article in enumerate(document.articles) for _ in article.paragraphs
    )
    forms = tuple(normalise(paragraph.text, profile) for paragraph in paragraphs)
    return Side(document, paragraphs, article_of, forms)
