"""Vertical lines set anew: the glyphs of a column cut apart and put side by side, upright.

A recogniser that is trained on horizontal text reads the glyphs of a line that was turned on its
side, but loses nine in ten of its commas and stops. Side by side it reads them as any other line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Polygon
from digitize.image import Pixels
from digitize.ocr.crops import Crop

Floats = npt.NDArray[np.float64]

WORK_EM = 16.0  # px: an em while cuts are sought; finer does not cut better, only slower
PITCHES = np.arange(0.70, 1.42, 0.04)  # em from glyph to glyph that are tried: em is a rough guess
STEPS = (0.55, 1.5)  # pitches from one cut to the next: a half-width mark, a glyph and a gap
STIFFNESS = 2.8  # cost of a cut one pitch off its place; a cut through a full row of ink costs 1
EDGE = 0.5  # em of paper put before and after the line, so that its first cell is a whole one
ADVANCE = 1.08  # em: width of a cell in the new line; below 1.0 wide glyphs lose their edges
FAINT = 0.15  # of the ink's darkness: less is paper
DARK = 0.3  # of the ink's darkness: ink for certain
RULE_DARK = 0.1  # the same for a rule, which may be printed thin
RULE_COVER = 0.86  # of the width that a rule at an end of the line covers; 一 has space beside it
RULE_THICK = 0.2  # em, no thicker is a rule
RULE_DEPTH = 0.5  # em from an end within which such a rule begins
ALIKE = 1.25  # lines whose sizes differ by less than this factor are of one size
OFF_PITCH = 0.07  # of the usual pitch: a line that is further off was cut wrongly
CLEARLY = 0.03  # ink a cell by which its own pitch must be better to be kept
GIVE = (0.96, 1.0, 1.04)  # of the usual pitch that are tried when a line is cut again
MARK = 0.42  # em: ink smaller than this both ways is a point or a comma
HIGH = 0.45  # of the cell: a mark with its centre above this is one set in the upper right
MARK_EDGE = 0.06  # em of soft edge that is moved with a mark
MARK_FOOT = 0.12  # em from the cell's left and lower edge to where a comma stands in level text


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
        """Where the columns ``start`` to ``end`` lie on the page: within the cell of their middle."""
        cell = int((start + end) / 2 // self.advance)
        cell = min(max(cell, 0), len(self.cuts) - 2)
        offset = self.left - cell * self.advance
        height, width = self.crop.pixels.shape
        x0 = min(max(start + offset, float(max(0, self.left))), float(width))
        x1 = min(max(end + offset, x0), float(width), float(self.left + self.advance))
        y0, y1 = max(0.0, self.cuts[cell]), min(float(height), self.cuts[cell + 1])
        return self.crop.to_page.polygon(Polygon(((x0, y0), (x1, y0), (x1, y1), (x0, y1))))


def restacked(columns: Sequence[tuple[Crop, float]]) -> list[Restacked]:
    """The tall crops of a page's vertical lines, each with its em, as rows of upright glyphs.

    Lines of one size have one pitch; a line that seems to have another is cut again by theirs.
    """
    parts = [_Column.of(crop, em) for crop, em in columns]
    found = [cut_places(part.profile, part.em) for part in parts]
    pitches = [_pitch(own) for own in found]
    result = []
    for part, own, pitch in zip(parts, found, pitches, strict=True):
        alike = [
            p
            for p, other in zip(pitches, parts, strict=True)
            if 1 / ALIKE < other.em / part.em < ALIKE
        ]
        usual = float(np.median(alike))
        chosen = own
        if abs(pitch / usual - 1) > OFF_PITCH:
            again = cut_places(part.profile, part.em, usual)
            chosen = again if again.cost < own.cost + CLEARLY else own
        result.append(_row(part, chosen.places))
    return result


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a column is cut (pixels from its top, margins included) and at what cost a cell."""

    places: tuple[int, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Column:
    """A vertical line with the tones and the profile of its ink."""

    crop: Crop
    em: float
    pixels: Pixels
    tones: tuple[int, int]
    profile: Floats

    @staticmethod
    def of(crop: Crop, em: float) -> _Column:
        tones = _tones(crop.pixels)
        pixels = _without_rules(crop.pixels, em, tones)
        return _Column(crop, em, pixels, tones, _darkness(pixels, tones).mean(axis=1))


def _pitch(cuts: Cuts) -> float:
    """The usual distance between cuts."""
    return float(np.median(np.diff(cuts.places)))


def _row(column: _Column, cuts: Sequence[int]) -> Restacked:
    """The cells between ``cuts`` side by side."""
    pixels, paper = column.pixels, column.tones[0]
    width = pixels.shape[1]
    advance = max(1, min(width, round(column.em * ADVANCE)))
    left = (width - advance) // 2
    height = max(width, *np.diff(cuts).tolist())
    cells = []
    for a, b in pairwise(cuts):
        y0, y1 = max(0, a), min(pixels.shape[0], b)
        cell = np.full((height, advance), paper, np.uint8)
        top = (height - (b - a)) // 2 + y0 - a
        cell[top : top + y1 - y0] = pixels[y0:y1, left : left + advance]
        cells.append(_lowered(cell, column.em, column.tones))
    return Restacked(np.hstack(cells), column.crop, tuple(cuts), left, advance)


def _tones(pixels: Pixels) -> tuple[int, int]:
    """The grey of the paper and of the ink; they differ by a tenth of the scale at least."""
    paper, ink = np.percentile(pixels, (90, 2))
    return int(paper), int(min(ink, paper - 25))


def _darkness(pixels: Pixels, tones: tuple[int, int]) -> Floats:
    """Ink as 0 to 1."""
    paper, ink = tones
    dark = (paper - pixels.astype(np.float64)) / (paper - ink)
    return np.clip((dark - FAINT) / (1 - FAINT), 0, 1)


def _without_rules(pixels: Pixels, em: float, tones: tuple[int, int]) -> Pixels:
    """Without a rule that the line's outline reached at its top or foot: it would read as 一."""
    dark = _darkness(pixels, tones) > RULE_DARK
    result = pixels.copy()
    for view, ink in ((result, dark), (result[::-1], dark[::-1])):
        inked = ink.any(axis=1)
        if not inked.any():
            continue
        start = int(inked.argmax())
        end = start + int((~np.append(inked[start:], False)).argmax())
        thin = end - start <= max(2, RULE_THICK * em) and start <= RULE_DEPTH * em
        if thin and ink[start:end].any(axis=0).mean() >= RULE_COVER:
            view[: end + 1] = tones[0]  # and its soft edge
    return result


def _lowered(cell: Pixels, em: float, tones: tuple[int, int]) -> Pixels:
    """A comma or stop in a cell's upper right moved to the lower left, where level text has it."""
    dark = _darkness(cell, tones) > DARK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return cell
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    small = max(x1 - x0, y1 - y0) < MARK * em
    if not small or (y0 + y1) / 2 > HIGH * cell.shape[0]:
        return cell
    foot = round(MARK_FOOT * em)
    soft = max(1, round(MARK_EDGE * em))
    x0, x1, y0, y1 = max(0, x0 - soft), x1 + soft, max(0, y0 - soft), y1 + soft
    result = np.full_like(cell, tones[0])
    bottom = cell.shape[0] - foot - (cell.shape[0] - round(em)) // 2
    mark = cell[y0:y1, x0:x1]
    result[bottom - mark.shape[0] : bottom, foot : foot + mark.shape[1]] = mark
    return result


def cut_places(profile: Floats, em: float, pitch: float | None = None) -> Cuts:
    """Where to cut a column of glyphs with the ink ``profile`` (0–1 per row): edges of its cells.

    The cuts lie in white rows as nearly one pitch apart as can be. The pitch is about ``pitch``
    or, without it, the one of PITCHES whose cuts cost least.
    """
    scale = WORK_EM / em
    length = max(1, round(len(profile) * scale))
    small = cv2.resize(profile[:, None], (1, length), interpolation=cv2.INTER_AREA)[:, 0]
    pad = round(EDGE * WORK_EM)
    padded = np.concatenate([np.zeros(pad), small, np.zeros(pad)])
    tried = PITCHES * WORK_EM if pitch is None else np.array(GIVE) * pitch * scale
    path, cost = _best_path(padded, pad, tried)
    reach = max(1, round(1 / scale))
    return Cuts(tuple(_whitest(profile, round((y - pad) / scale), reach) for y in path), cost)


def _whitest(profile: Floats, place: int, reach: int) -> int:
    """The cut at ``place`` moved by up to ``reach`` to where it meets least ink, if it is inside."""
    if not reach < place < len(profile) - reach:
        return place
    near = np.arange(place - reach, place + reach + 1)
    ink = profile[near] + profile[near - 1]  # a cut runs between two rows
    return int(near[np.lexsort((abs(near - place), ink))[0]])


def _best_path(profile: Floats, pad: int, pitches: Floats) -> tuple[list[int], float]:
    """The cheapest cuts over all pitches (dynamic programming, all pitches at once)."""
    steps = np.arange(int(STEPS[0] * pitches[0]), int(STEPS[1] * pitches[-1]) + 1)
    ratio = steps[None, :] / pitches[:, None]
    allowed = (ratio >= STEPS[0]) & (ratio <= STEPS[1])
    bend = np.where(allowed, STIFFNESS * (ratio - 1) ** 2, np.inf)
    before = int(steps[-1])  # columns before the first row: they are never reached
    cost = np.full((len(pitches), before + len(profile)), np.inf)
    cells = np.zeros(cost.shape, dtype=np.int64)
    back = np.zeros(cost.shape, dtype=np.int64)
    cost[:, before : before + pad + 1] = profile[: pad + 1]
    rows = np.arange(len(pitches))
    for y in range(before + pad + 1, cost.shape[1]):
        options = cost[:, y - steps] + bend
        best = options.argmin(axis=1)
        cost[:, y] = options[rows, best] + profile[y - before]
        back[:, y] = steps[best]
        cells[:, y] = cells[rows, y - steps[best]] + 1
    return _traced(cost[:, before:], cells[:, before:], back[:, before:], pad)


def _traced(
    cost: Floats, cells: npt.NDArray[np.int64], back: npt.NDArray[np.int64], pad: int
) -> tuple[list[int], float]:
    """The path with the lowest cost per cell that ends in the margin, and that cost."""
    size = cost.shape[1]
    ends = cost[:, size - pad - 1 :] / np.maximum(1, cells[:, size - pad - 1 :])
    row, at = np.unravel_index(int(ends.argmin()), ends.shape)
    place = size - pad - 1 + int(at)
    places = [place]
    while back[row, place] > 0:
        place -= int(back[row, place])
        places.append(place)
    return places[::-1], float(ends[row, at])
