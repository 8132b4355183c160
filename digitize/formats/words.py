"""The words of a line: what stands between its spaces, with an outline for each.

A line of Chinese is one word. Where an engine gave no glyphs, or others than the text has, a word
gets its share of the line by the width of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from digitize.formats.blocks import along
from digitize.geometry import Box, Polygon, WritingMode
from digitize.model import Glyph, Line
from digitize.text import is_cjk

_WORD = re.compile(r"[^ \t\n]+")
_NARROW = 0.5  # em: the width of a Latin letter beside a Chinese character's


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line without spaces; ``glyphs`` are its characters where they are known."""

    text: str
    polygon: Polygon
    confidence: float
    glyphs: tuple[Glyph, ...] = ()


def words(line: Line) -> tuple[Word, ...]:
    """The words of a line in order; put together with a space between them they are its text."""
    if line.is_spelled:
        return tuple(_of_glyphs(line))
    return tuple(_by_width(line))


def _of_glyphs(line: Line) -> Iterator[Word]:
    word: list[Glyph] = []
    for glyph in (*line.glyphs, None):
        if glyph is not None and glyph.text != " ":
            word.append(glyph)
        elif word:
            box = Box.around(g.polygon.box for g in word)
            outline = line.polygon if len(word) == len(line.glyphs) else box.polygon()
            text = "".join(g.text for g in word)
            yield Word(text, outline, fmean(g.confidence for g in word), tuple(word))
            word = []


def _by_width(line: Line) -> Iterator[Word]:
    ends = [0.0]
    for char in line.text:
        ends.append(ends[-1] + (1.0 if is_cjk(char) else _NARROW))
    for found in _WORD.finditer(line.text):
        start, end = ends[found.start()] / ends[-1], ends[found.end()] / ends[-1]
        yield Word(found[0], piece(line, start, end), line.confidence)


def piece(line: Line, start: float, end: float) -> Polygon:
    """The outline of a line from ``start`` to ``end``, shares of its length."""
    vertical = line.writing_mode is WritingMode.VERTICAL
    if start <= 0 and end >= 1:
        return line.polygon
    across = WritingMode.HORIZONTAL if vertical else WritingMode.VERTICAL
    (a, b), (c, d) = along(line.polygon, across, start), along(line.polygon, across, end)
    return Polygon((a, b, d, c)) if vertical else Polygon((a, c, d, b))
