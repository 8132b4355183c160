"""The lines of a page that its engine was least sure of, for someone to look at again."""

from __future__ import annotations

from collections.abc import Iterator

from digitize.errors import shown
from digitize.evaluate.confidence import low_confidence
from digitize.model import Line, PageResult


def uncertain(result: PageResult, below: float) -> tuple[Line, ...]:
    """Lines with a confidence under ``below`` (0–1), in reading order, furniture last.

    A line without text was not read at all and is none of them.
    """
    if result.page is None:
        return ()
    return tuple(line for line in low_confidence(result.page, below) if line.text.strip())


def mean_confidence(result: PageResult) -> float | None:
    """How surely the page was read (0–1), a character counting as one; None without text."""
    if result.page is None:
        return None
    lengths = [(len(line.text.strip()), line.confidence) for line in result.page.lines]
    characters = sum(length for length, _ in lengths)
    return round(sum(n * c for n, c in lengths) / characters, 4) if characters else None


def told(result: PageResult, below: float) -> Iterator[str]:
    """A line for each: page, line id, confidence, text."""
    page = shown(result.source.label)
    for line in uncertain(result, below):
        yield f"{page} {line.id}: read with confidence {line.confidence:.2f}: {shown(line.text)}"


def counted(count: int, below: float) -> str:
    """How many there are: "3 lines below 0.80"."""
    return f"{count} line{'' if count == 1 else 's'} below {below:.2f}"
