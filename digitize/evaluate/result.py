"""What a comparison of two pages says: figures, differences, blocks, lines. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from digitize.evaluate.figures import Figures


class Kind(StrEnum):
    """What sort of difference."""

    SUBSTITUTED = "substituted"
    OMITTED = "omitted"
    INSERTED = "inserted"
    MOVED = "moved"


class ParagraphState(StrEnum):
    """What became of a paragraph of the reference."""

    EXACT = "exact"  # it is one paragraph, no more and no less, with few wrong characters
    SPLIT = "split"  # it is in pieces
    MERGED = "merged"  # it shares a paragraph with another
    RECUT = "recut"  # both
    ALTERED = "altered"  # it is one paragraph with many wrong characters or other text in it
    MISSING = "missing"  # most of it is not there


@dataclass(frozen=True, slots=True)
class Confusion:
    """A character of the reference, what was read for it, and how often; original forms."""

    expected: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` of a paragraph of a :class:`ComparedText`."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph as it was compared; ``lines`` are (line id, start, end).

    ``state`` is told of the reference's paragraphs, ``invented`` of the hypothesis'.
    """

    article: str
    role: str
    text: str
    lines: tuple[tuple[str, int, int], ...] = ()
    state: ParagraphState | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One side: where it came from, and its paragraphs in reading order."""

    path: str
    kind: str
    paragraphs: tuple[ComparedParagraph, ...]
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Texts are as they were before normalisation.

    ``reference`` or ``hypothesis`` is None where that side has no place for it; an empty place
    tells where something is missing. ``line_ids`` are lines of the hypothesis, or of the
    reference where only that has lines; ``confidence`` is the least of these lines.
    """

    kind: Kind
    expected: str
    found: str
    reference: Place | None
    hypothesis: Place | None
    line_ids: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class AlignedBlock:
    """Text that stands for text, in the order of the reference."""

    reference: Place
    hypothesis: Place
    errors: int
    move: int | None = None  # which of the moves it belongs to, from 0


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A recognised line and the reference's text for it.

    ``expected`` is None where the reference has no text for the line. ``polygon`` is in pixels of
    the scan.
    """

    id: str
    text: str
    expected: str | None
    errors: int
    confidence: float | None
    polygon: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PageComparison:
    """All that was found when one page was set against its reference."""

    name: str
    profile: str
    figures: Figures
    reference: ComparedText
    hypothesis: ComparedText
    differences: tuple[Difference, ...] = ()
    blocks: tuple[AlignedBlock, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    leaked: tuple[str, ...] = ()
    lines: tuple[ComparedLine, ...] = ()
