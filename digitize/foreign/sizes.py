"""The size of type of lines that other programs have outlined, each in its own way.

An outline may hold a line with air or without it, two lines that were taken for one, or a whole
row of columns. Chinese is set solid, so the length of a line and the number of its characters say
how large they are; heights say which lines are alike.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digitize.geometry import WritingMode
from digitize.model import Line
from digitize.text import LATIN_WIDTH, is_cjk

SMALLEST = 1.0  # px: an outline may have no height at all
LONG = 8  # characters of a line whose length is asked
LEAST, MOST = 0.6, 1.4  # times its thickness that an em can be
TIGHT = 0.85  # of the em that its thickness tells: by then the outline is too thick
TOO_THICK = 1.25  # times its glyphs, and the air that lines of this file have
STEEPEST = 0.6  # of an outline's thickness that may be due to the slant


def sized(lines: Sequence[Line], slope: float = 0.0) -> tuple[Line, ...]:
    """The lines with the em of their type; ``slope`` is that of the page (down over along)."""
    thick = _thicknesses(lines, slope)
    steps = [_step(line) for line in lines]
    usual = _usual(s / t for s, t in zip(steps, thick, strict=True) if s is not None and t > 0)
    found = []
    for line, height, step in zip(lines, thick, steps, strict=True):
        em = usual * height
        if step is not None and (em <= 0 or step < TIGHT * em):
            em = step
        found.append(replace(line, em=max(em, SMALLEST)))
    return tuple(found)


def _usual(ratios: Iterable[float]) -> float:
    """The median of the plausible ones; 1 where there are none."""
    kept = [ratio for ratio in ratios if LEAST <= ratio <= MOST]
    return statistics.median(kept) if kept else 1.0


def _thicknesses(lines: Sequence[Line], slope: float) -> list[float]:
    """The size of every line across its text; that of its glyphs where it is drawn too thick."""
    outer = [_thickness(line, slope) for line in lines]
    inner = [_inner(line) for line in lines]
    air = _usual(o / i for o, i in zip(outer, inner, strict=True) if i > 0)
    return [
        air * i if i > 0 and o > TOO_THICK * air * i else o
        for o, i in zip(outer, inner, strict=True)
    ]


def _inner(line: Line) -> float:
    """The size of a line's glyphs across the text; 0 where too few have places."""
    boxes = [glyph.polygon.box for glyph in line.glyphs]
    vertical = line.writing_mode is WritingMode.VERTICAL
    sizes = [box.width if vertical else box.height for box in boxes]
    return statistics.median(sizes) if len(sizes) >= LONG else 0.0


def _thickness(line: Line, slope: float) -> float:
    """A line's size across its text, less what the slant adds to an upright box."""
    box = line.polygon.box
    long, thick = (box.width, box.height)
    if line.writing_mode is WritingMode.VERTICAL:
        long, thick = thick, long
    return max(thick - abs(slope) * long, (1 - STEEPEST) * thick)


def _step(line: Line) -> float | None:
    """The length that a Chinese character takes in a line; None where there are few."""
    shares = [1.0 if is_cjk(char) else LATIN_WIDTH for char in line.text if not char.isspace()]
    if shares.count(1.0) < LONG:
        return None
    box = line.polygon.box
    long = box.height if line.writing_mode is WritingMode.VERTICAL else box.width
    return long / sum(shares)
