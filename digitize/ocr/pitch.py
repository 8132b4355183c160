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

from digitize.geometry import WritingMode
from digitize.model import Line
from digitize.text import ends_in_blank, is_one_han

STEPS = 4  # between Han characters; fewer say little
EVEN = 0.25  # by which a step may differ from the median: beyond it is a mark or a gap
MOSTLY = 0.7  # of the steps that are even; PP-OCR's are in 9 of 10, Tesseract's in 5
ENDS = 0.2  # em that the outline of a line is longer than its glyphs
BLANK = 0.5  # em that it is shorter after a stop, which fills half of its square
ALIKE = 0.25  # by which the outlines of lines of one size differ
BESIDE = 16.0  # em from a line to those of its column that are asked
FEW = 2  # of them: one may be spaced out as well
SAME_STEP = 0.08  # by which a line is driven out more than its neighbours to fill the column
LOWEST, HIGHEST = 0.72, 1.2  # times the measured size; beyond this the type is spaced out


def sized(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their em taken from their glyphs where there are enough of them.

    A step much wider than the outline says is that of type that is spaced out, unless it is the
    step of the next line and of others in the column: Kai fills less of its square than Song. The
    sizes of lines without one are scaled by as much as those changed, so that all are comparable.
    """
    steps = [_by_steps(line) for line in lines]
    pairs = list(zip(lines, steps, strict=True))
    known = [(line, step) for line, step in pairs if step and _solid(step, line)]
    usual = statistics.median([step / line.em for line, step in known] or [1.0])
    return tuple(
        replace(line, em=step if step and _is_size(step, line, known) else usual * line.em)
        for line, step in pairs
    )


def _is_size(step: float, line: Line, known: Sequence[tuple[Line, float]]) -> bool:
    """Whether the step from glyph to glyph is the size of the type."""
    if _solid(step, line):
        return True
    near = [(other, theirs) for other, theirs in known if _in_column(line, other)]
    if len(near) < FEW:
        return False
    _, next_step = min(near, key=lambda pair: _apart(line, pair[0]))
    usual = statistics.median(theirs for _, theirs in near)
    return all(abs(step / other - 1) <= SAME_STEP for other in (next_step, usual))


def _solid(step: float, line: Line) -> bool:
    """Whether a step is about the size that was measured."""
    return LOWEST * line.em <= step <= HIGHEST * line.em


def _in_column(line: Line, other: Line) -> bool:
    """Whether two lines stand near each other in one column, alike in their outlines."""
    if other.writing_mode is not line.writing_mode or abs(other.em / line.em - 1) > ALIKE:
        return False
    a, b = line.polygon.box, other.polygon.box
    level = line.writing_mode is WritingMode.HORIZONTAL
    shared = a.overlap_x(b) if level else a.overlap_y(b)
    return shared > 0.5 * min(line.length, other.length) and _apart(line, other) < BESIDE * line.em


def _apart(line: Line, other: Line) -> float:
    """From the middle of one line to that of another, across the text."""
    across = 1 if line.writing_mode is WritingMode.HORIZONTAL else 0
    return abs(line.polygon.box.center[across] - other.polygon.box.center[across])


def _by_steps(line: Line) -> float | None:
    """The mean step from glyph to glyph; None where there are few."""
    steps = [
        a.step_to(b) for a, b in pairwise(line.glyphs) if is_one_han(a.text) and is_one_han(b.text)
    ]
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
