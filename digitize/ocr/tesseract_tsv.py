"""Tesseract's TSV: the words of every picture, and the glyphs in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digitize.text import is_cjk, spread

PAGE_LEVEL, WORD_LEVEL = 1, 5  # Tesseract's numbers for the rows of its TSV
COLUMNS = 12  # level page block par line word left top width height conf text


@dataclass(frozen=True, slots=True)
class Word:
    """One word as Tesseract found it: left edge and width in its picture, confidence 0–1."""

    left: float
    width: float
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One character, or a space (which has no width), and the columns it covers."""

    text: str
    start: float
    end: float
    confidence: float


def words(tsv: str, pictures: int) -> list[list[Word]]:
    """The words of each of ``pictures`` pictures, from left to right.

    Raises ValueError where the table is not about that many pictures.
    """
    rows = [row.split("\t", COLUMNS - 1) for row in tsv.splitlines()[1:] if row]
    seen = sum(row[0] == str(PAGE_LEVEL) for row in rows)
    if seen != pictures:
        raise ValueError(f"{seen} of {pictures} pictures were read")
    result: list[list[Word]] = [[] for _ in range(pictures)]
    for row in rows:
        if row[0] == str(WORD_LEVEL) and len(row) == COLUMNS and row[11].strip():
            confidence = min(1.0, max(0.0, float(row[10]) / 100))
            word = Word(float(row[6]), float(row[8]), row[11].strip(), confidence)
            result[int(row[1]) - 1].append(word)
    return [sorted(found, key=lambda word: word.left) for found in result]


def placed(found: list[Word]) -> list[Placed]:
    """The characters of a line's words; spaces stand between Latin words only."""
    result: list[Placed] = []
    for word in found:
        if result and not is_cjk(result[-1].text) and not is_cjk(word.text[0]):
            result.append(Placed(" ", word.left, word.left, word.confidence))
        result.extend(_characters(word))
    return result


def _characters(word: Word) -> Iterator[Placed]:
    """A word's box divided among its characters."""
    text = "".join(word.text.split())
    for char, start, end in spread(text, word.left, word.width):
        yield Placed(char, start, end, word.confidence)
