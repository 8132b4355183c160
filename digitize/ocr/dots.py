"""Dots that are worn commas and stops.

In small and worn print a comma loses its tail and a full stop its ring, and the recogniser takes
them for · or a Latin dot. Between Chinese characters either is rare beside a comma: where it was in
doubt, the likeliest mark that it may have seen stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.model import Glyph, Line
from digitize.text import is_one_han

DOTS = frozenset("·•・.．")
MARKS = frozenset("，。、")
LEAST = 0.05  # share of a mark that may stand for a dot; 0.01 spoils more of the dots in names


def without_dots(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with doubtful dots as the marks that they may be by their ``others``."""
    return tuple(map(_line, lines))


def _line(line: Line) -> Line:
    """The line itself where nothing is changed."""
    if not any(glyph.others and glyph.text in DOTS for glyph in line.glyphs):
        return line
    if not line.is_spelled:
        return line
    texts = [glyph.text for glyph in line.glyphs]
    beside = zip(["", *texts[:-1]], [*texts[1:], ""], strict=True)
    glyphs = tuple(
        _mark(glyph) if _within_chinese(*pair) else glyph
        for glyph, pair in zip(line.glyphs, beside, strict=True)
    )
    return replace(line, text="".join(glyph.text for glyph in glyphs), glyphs=glyphs)


def _mark(glyph: Glyph) -> Glyph:
    """A dot as the likeliest mark; anything else and a dot that is none of them stays."""
    marks = [(text, share) for text, share in glyph.others if text in MARKS and share >= LEAST]
    if glyph.text not in DOTS or not marks:
        return glyph
    text, share = max(marks, key=lambda mark: mark[1])
    return replace(glyph, text=text, confidence=share, others=())


def _within_chinese(before: str, after: str) -> bool:
    """Whether there is a Chinese character before, and after it another or the line's end."""
    return is_one_han(before) and (not after or is_one_han(after))
