"""The size of type from the step between glyphs: Han is set solid, one em from glyph to glyph.

The detector's outline of a line is off by up to a quarter of its height; the mean step of several
glyphs is not, nor, where an engine places its glyphs badly, the line's length over their number.
Reflow tells headings from text by size, so this matters.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.model import Glyph, Line
from digitize.text import ends_in_blank, is_han

STEPS = 4  # between Han characters; fewer say little
EVEN = 0.25  # by which a step may differ from the median: beyond it is a mark or a gap
MOSTLY = 0.7  # of the steps that are even; PP-OCR's are in 9 of 10, Tesseract's in 5
ENDS = 0.2  # em that the outline of a line is longer than its glyphs
BLANK = 0.5  # em that it is shorter after a stop, which fills half of its square
LOWEST, HIGHEST = 0.72, 1.2  # times the measured size; beyond this the type is spaced out


def sized(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their em taken from their glyphs where there are enough of them.

    The others are scaled by as much as those changed, so that all sizes stay comparable.
    """
    pitches = [_pitch(line) for line in lines]
    ratios = [p / line.em for p, line in zip(pitches, lines, strict=True) if p]
    usual = statistics.median(ratios) if ratios else 1.0
    return tuple(
        replace(line, em=pitch or usual * line.em)
        for pitch, line in zip(pitches, lines, strict=True)
    )


def _pitch(line: Line) -> float | None:
    """The mean step from glyph to glyph; None where there are few, or they are spaced out."""
    found = _by_steps(line)
    return found if found and LOWEST * line.em <= found <= HIGHEST * line.em else None


def _by_steps(line: Line) -> float | None:
    steps = [a.step_to(b) for a, b in pairwise(line.glyphs) if _han(a) and _han(b)]
    if len(steps) < STEPS:
        return None
    middle = statistics.median(steps)
    even = [step for step in steps if abs(step - middle) <= EVEN * middle]
    return statistics.mean(even) if len(even) >= MOSTLY * len(steps) else _by_length(line)


def _by_length(line: Line) -> float | None:
    """The length of a line over its glyphs; None where letters, set closer, are among them."""
    text = "".join(line.text.split())
    if any(c.isascii() and c.isalnum() for c in text):
        return None
    return line.length / (len(text) + ENDS - BLANK * ends_in_blank(text))


def _han(glyph: Glyph) -> bool:
    return len(glyph.text) == 1 and is_han(glyph.text)
