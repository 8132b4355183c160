"""Vertical lines set anew: the glyphs of a column cut apart and put side by side, upright.

A recogniser that is trained on horizontal text reads the Chinese characters of a line that was
turned on its side, but loses nine in ten of its commas and stops. Side by side it reads both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from digitize.geometry import Box, Polygon, WritingMode
from digitize.image import Pixels
from digitize.model import Line
from digitize.ocr import crops
from digitize.ocr.crops import Crop
from digitize.ocr.upright_cuts import Floats, cut_all
from digitize.ocr.upright_marks import Mask, levelled

ADVANCE = 1.08  # em: width of a cell in the new line; below 1.0 wide glyphs lose their edges
CONTRAST = 25  # grey levels between paper and ink at least; less is texture
FAINT = 0.15  # of the ink's darkness: less is paper
DARK = 0.3  # of the ink's darkness: ink for certain
RULE_DARK = 0.1  # the same for a rule, which may be printed thin
RULE_COVER = 0.86  # of the width that a rule at an end covers; 一 has more space beside it
RULE_THICK = 0.2  # em, no thicker is a rule
RULE_DEPTH = 0.5  # em from an end within which such a rule begins


class Strip(Protocol):
    """A line as the recogniser wants it: along the text is along the picture."""

    @property
    def pixels(self) -> Pixels:
        """Grey, (H, W)."""
        ...

    def outline(self, start: float, end: float) -> Polygon:
        """Where the columns ``start`` to ``end`` lie on the page."""
        ...


@dataclass(frozen=True, slots=True)
class Restacked:
    """A vertical line as a horizontal one, and the way back to the page.

    Every cell is ``advance`` wide; ``cuts`` are where the cells meet in the crop.
    """

    pixels: Pixels
    crop: Crop
    cuts: tuple[int, ...]
    left: int
    advance: int

    def outline(self, start: float, end: float) -> Polygon:
        """Where the columns ``start`` to ``end`` lie on the page, in the cell of their middle."""
        cell = int((start + end) / 2 // self.advance)
        cell = min(max(cell, 0), len(self.cuts) - 2)
        height, width = self.crop.pixels.shape
        offset = self.left - cell * self.advance
        low, high = float(self.left), float(min(width, self.left + self.advance))
        x0, x1 = (min(max(x + offset, low), high) for x in (start, end))
        y0, y1 = (float(min(max(y, 0), height)) for y in self.cuts[cell : cell + 2])
        return self.crop.to_page.polygon(Box(x0, y0, x1, y1).polygon())


@dataclass(frozen=True, slots=True)
class _Column:
    """A vertical line, its em and the grey of its paper and its ink."""

    crop: Crop
    em: float
    pixels: Pixels
    tones: tuple[int, int]


def reading_strips(gray: Pixels, lines: Sequence[Line]) -> list[Strip]:
    """Every line cut out for reading: as it stands, or set anew where it is vertical."""
    cuts = [crops.cut(gray, line) for line in lines]
    tall = [i for i, line in enumerate(lines) if line.writing_mode is WritingMode.VERTICAL]
    rows = restacked([(cuts[i], lines[i].em) for i in tall])
    result: list[Strip] = [*cuts]
    for i, row in zip(tall, rows, strict=True):
        result[i] = row
    return result


def restacked(columns: Sequence[tuple[Crop, float]]) -> list[Restacked]:
    """The tall crops of a page's vertical lines, each with its em, as rows of upright glyphs."""
    parts = [_column(crop, em) for crop, em in columns]
    profiles = [(_darkness(p.pixels, p.tones).mean(axis=1), p.em) for p in parts]
    return [_row(p, cuts.places) for p, cuts in zip(parts, cut_all(profiles), strict=True)]


def _column(crop: Crop, em: float) -> _Column:
    paper, ink = (int(v) for v in np.percentile(crop.pixels, (90, 2)))
    tones = (paper, min(ink, paper - CONTRAST))
    return _Column(crop, em, _without_rules(crop.pixels, em, tones), tones)


def _darkness(pixels: Pixels, tones: tuple[int, int]) -> Floats:
    """Ink as 0 to 1."""
    paper, ink = tones
    dark = (paper - pixels.astype(np.float64)) / (paper - ink)
    return np.clip((dark - FAINT) / (1 - FAINT), 0, 1)


def _without_rules(pixels: Pixels, em: float, tones: tuple[int, int]) -> Pixels:
    """Without a rule that the line's outline reached at its top or foot: it would read as 一."""
    dark: Mask = np.asarray(_darkness(pixels, tones) > RULE_DARK)
    result = pixels.copy()
    both_ends: tuple[tuple[Pixels, Mask], ...] = ((result, dark), (result[::-1], dark[::-1]))
    for view, ink in both_ends:
        inked: Mask = np.asarray(ink.any(axis=1))
        if not inked.any():
            continue
        start = int(inked.argmax())
        end = start + int(np.append(inked[start:], False).argmin())
        thin = end - start <= max(2, RULE_THICK * em) and start <= RULE_DEPTH * em
        if thin and ink[start:end].any(axis=0).mean() >= RULE_COVER:
            view[: end + 1] = tones[0]  # and its soft edge
    return result


def _row(column: _Column, cuts: tuple[int, ...]) -> Restacked:
    """The cells between ``cuts`` side by side."""
    pixels, paper = column.pixels, column.tones[0]
    width = pixels.shape[1]
    advance = max(1, min(width, round(column.em * ADVANCE)))
    left = (width - advance) // 2
    height = max(width, *(b - a for a, b in pairwise(cuts)))
    cells = []
    for a, b in pairwise(cuts):
        y0, y1 = max(0, a), min(pixels.shape[0], b)
        cell = np.full((height, advance), paper, np.uint8)
        top = (height - (b - a)) // 2 + y0 - a
        cell[top : top + y1 - y0] = pixels[y0:y1, left : left + advance]
        dark = _darkness(cell, column.tones) > DARK
        cells.append(levelled(cell, dark, column.em, paper))
    return Restacked(np.hstack(cells), column.crop, cuts, left, advance)
