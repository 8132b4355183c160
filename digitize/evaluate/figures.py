"""Figures: counts of a page that can be added to those of others, and the rates told of them.

Every rate is None where it has nothing to be told of. How each is defined, and where it comes
from, stands in the README beside this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Self, TypeVar

Rates = dict[str, float | None]


def share(part: float, whole: float) -> float | None:
    """``part`` of ``whole``, or None where there is nothing to have a part of."""
    return part / whole if whole else None


class Script(StrEnum):
    """Groups of characters whose errors are counted apart."""

    HAN = "han"
    PUNCTUATION = "punctuation"
    DIGIT = "digit"
    LATIN = "latin"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Counts:
    """Base of figures: all fields are numbers that can be added."""

    def __add__(self, other: Self) -> Self:
        """Field by field."""
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def rates(self) -> Rates:
        """What is told of the counts."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class CharacterCounts(Counts):
    """Characters (grapheme clusters under the profile) and edits.

    ``errors``: edit distance of the whole texts in order. ``order_errors``: those of them that go
    when moved blocks are put back. ``order_free_errors``: edit distance when paragraphs may stand
    anywhere. ``moved``: characters in moved blocks.
    """

    reference: int = 0
    hypothesis: int = 0
    errors: int = 0
    order_errors: int = 0
    order_free_errors: int = 0
    moved: int = 0

    @property
    def rates(self) -> Rates:
        """Errors a character of the reference."""
        return {
            "cer": share(self.errors, self.reference),
            "order_free_cer": share(self.order_free_errors, self.reference),
            "order_cer": share(self.order_errors, self.reference),
            "moved": share(self.moved, self.reference),
        }


@dataclass(frozen=True, slots=True)
class ParagraphCounts(Counts):
    """Paragraphs of at least 15 characters, by what became of them.

    ``split`` and ``merged`` both count those that are both. ``cut``: printed across a column's or
    frame's end; ``rejoined``: those of them that are exact.
    """

    reference: int = 0
    hypothesis: int = 0
    exact: int = 0
    split: int = 0
    merged: int = 0
    altered: int = 0
    missing: int = 0
    invented: int = 0
    cut: int = 0
    rejoined: int = 0

    @property
    def rates(self) -> Rates:
        """Shares of the reference's paragraphs, ``invented`` of the hypothesis'."""
        ours = self.reference
        return {
            "exact": share(self.exact, ours),
            "split": share(self.split, ours),
            "merged": share(self.merged, ours),
            "altered": share(self.altered, ours),
            "missing": share(self.missing, ours),
            "invented": share(self.invented, self.hypothesis),
            "rejoined": share(self.rejoined, self.cut),
        }


@dataclass(frozen=True, slots=True)
class ArticleCounts(Counts):
    """Articles set against each other, in characters.

    ``shared``: characters that an article has in common with the one assigned to it; ``covered``:
    of each article's aligned characters those in the one article that has most of them; ``pure``:
    the same from the hypothesis' side; ``aligned``: all characters aligned.
    """

    reference: int = 0
    hypothesis: int = 0
    matched: int = 0
    shared: int = 0
    reference_characters: int = 0
    hypothesis_characters: int = 0
    covered: int = 0
    pure: int = 0
    aligned: int = 0

    @property
    def rates(self) -> Rates:
        """Precision and recall of the assignment, their harmonic mean, coverage and purity."""
        both = self.reference_characters + self.hypothesis_characters
        return {
            "precision": share(self.shared, self.hypothesis_characters),
            "recall": share(self.shared, self.reference_characters),
            "f1": share(2 * self.shared, both),
            "coverage": share(self.covered, self.reference_characters),
            "purity": share(self.pure, self.aligned),
        }


@dataclass(frozen=True, slots=True)
class OrderCounts(Counts):
    """Lines of the reference that were found, and their order.

    ``pairs`` of them, ``discordant`` the wrong way round; ``successors``: neighbours within an
    article, ``followed``: those that follow each other; ``moves``: blocks moved.
    """

    lines: int = 0
    matched: int = 0
    pairs: int = 0
    discordant: int = 0
    successors: int = 0
    followed: int = 0
    moves: int = 0

    @property
    def rates(self) -> Rates:
        """Kendall's tau (1 in order, −1 backwards) and the share of right successors."""
        wrong = share(self.discordant, self.pairs)
        return {
            "tau": None if wrong is None else 1 - 2 * wrong,
            "successors": share(self.followed, self.successors),
            "lines_found": share(self.matched, self.lines),
        }


@dataclass(frozen=True, slots=True)
class FurnitureCounts(Counts):
    """Texts of page furniture that are known, and those that stand among the articles."""

    known: int = 0
    leaked: int = 0

    @property
    def rates(self) -> Rates:
        """The share that leaked."""
        return {"leaked": share(self.leaked, self.known)}


@dataclass(frozen=True, slots=True)
class ScriptCounts(Counts):
    """Characters of one script in the reference, and what became of them, in aligned blocks.

    ``inserted`` are characters of this script that the reference has not.
    """

    characters: int = 0
    substituted: int = 0
    omitted: int = 0
    inserted: int = 0

    @property
    def rates(self) -> Rates:
        """Errors a character of this script."""
        errors = self.substituted + self.omitted + self.inserted
        return {"cer": share(errors, self.characters)}


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a page or of several. ``articles`` and ``furniture`` are None if unknown."""

    characters: CharacterCounts = CharacterCounts()
    order: OrderCounts = OrderCounts()
    paragraphs: ParagraphCounts = ParagraphCounts()
    articles: ArticleCounts | None = None
    furniture: FurnitureCounts | None = None
    scripts: dict[Script, ScriptCounts] = field(default_factory=dict)


def total(pages: Iterable[Figures]) -> Figures:
    """The figures of several pages added up, so that a page weighs what it has."""
    result = Figures()
    for page in pages:
        result = Figures(
            result.characters + page.characters,
            result.order + page.order,
            result.paragraphs + page.paragraphs,
            _sum(result.articles, page.articles),
            _sum(result.furniture, page.furniture),
            {
                script: result.scripts.get(script, ScriptCounts())
                + page.scripts.get(script, ScriptCounts())
                for script in Script
            },
        )
    return result


_Any = TypeVar("_Any", bound=Counts)


def _sum(a: _Any | None, b: _Any | None) -> _Any | None:
    if a is None or b is None:
        return b if a is None else a
    return a + b
