"""Where a column of glyphs is cut into single glyphs: white rows, about one pitch apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

WORK_EM = 16.0  # px: an em while cuts are sought; finer does not cut better, only slower
PITCHES = np.arange(0.70, 1.42, 0.04)  # em from glyph to glyph that are tried: em is a guess
STEPS = (0.55, 1.5)  # pitches from one cut to the next: a half-width mark, a glyph and a gap
STIFFNESS = 2.8  # cost of a cut one pitch off its place; a cut through a full row of ink costs 1
EDGE = 0.5  # em of paper put before and after the line, so that its first cell is a whole one
BLANK = 0.15  # em of paper kept at an end of the line; with more a blank cell would be cut there
ALIKE = 1.25  # lines whose sizes differ by less than this factor are of one size
OFF_PITCH = 0.07  # of the usual pitch: a line that is further off may have been cut wrongly
CLEARLY = 0.03  # ink a cell by which its own pitch must be better to be kept
GIVE = (0.96, 1.0, 1.04)  # of the usual pitch that are tried when a line is cut again

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a column is cut (rows from its top, margins included) and at what cost a cell."""

    places: tuple[int, ...]
    cost: float

    @property
    def pitch(self) -> float:
        """The usual distance from cut to cut."""
        return float(np.median(np.diff(self.places)))


def cut_all(columns: Sequence[tuple[Floats, float]]) -> list[Cuts]:
    """The cuts of all columns of a page, each given by its ink profile (0–1 per row) and its em.

    Columns of one size have one pitch; one that seems to have another is cut again by theirs.
    """
    found = [cut_places(profile, em) for profile, em in columns]
    result = []
    for (profile, em), own in zip(columns, found, strict=True):
        pairs = zip(found, columns, strict=True)
        alike = [cuts.pitch for cuts, (_, other) in pairs if 1 / ALIKE < other / em < ALIKE]
        usual = float(np.median(alike))
        chosen = own
        if abs(own.pitch / usual - 1) > OFF_PITCH:
            again = cut_places(profile, em, usual)
            chosen = again if again.cost < own.cost + CLEARLY else own
        result.append(chosen)
    return result


def cut_places(profile: Floats, em: float, pitch: float | None = None) -> Cuts:
    """The cuts of one column: the edges of its cells.

    The pitch is about ``pitch`` or, without it, the one of PITCHES whose cuts cost least.
    """
    scale = WORK_EM / em
    first, last = _inked(profile, round(BLANK * em))
    length = max(1, round((last - first) * scale))
    inked = profile[first:last, None]
    small = cv2.resize(inked, (1, length), interpolation=cv2.INTER_AREA)[:, 0]
    pad = round(EDGE * WORK_EM)
    padded = np.concatenate([np.zeros(pad), small, np.zeros(pad)])
    tried = PITCHES * WORK_EM if pitch is None else np.array(GIVE) * pitch * scale
    path, cost = _best_path(padded, pad, tried)
    reach = max(1, round(1 / scale))
    rows = [first + round((y - pad) / scale) for y in path]
    return Cuts(tuple(_whitest(profile, row, reach) for row in rows), cost)


def _inked(profile: Floats, blank: int) -> tuple[int, int]:
    """From where to where there is ink, with up to ``blank`` rows of paper before and after."""
    rows = np.flatnonzero(profile > 0)
    if not rows.size:
        return 0, len(profile)
    return max(0, int(rows[0]) - blank), min(len(profile), int(rows[-1]) + 1 + blank)


def _whitest(profile: Floats, place: int, reach: int) -> int:
    """The cut at ``place``, moved by up to ``reach`` to where it meets least ink."""
    if not reach < place < len(profile) - reach:
        return place
    near = np.arange(place - reach, place + reach + 1)
    ink = profile[near] + profile[near - 1]  # a cut runs between two rows
    return int(near[np.lexsort((abs(near - place), ink))[0]])


def _best_path(profile: Floats, pad: int, pitches: Floats) -> tuple[list[int], float]:
    """The cheapest cuts over all pitches (dynamic programming, all pitches at once)."""
    steps = np.arange(max(1, int(STEPS[0] * pitches[0])), int(STEPS[1] * pitches[-1]) + 1)
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
        back[:, y] = np.where(np.isfinite(cost[:, y]), steps[best], 0)
        cells[:, y] = cells[rows, y - steps[best]] + 1
    return _traced(cost[:, before:], cells[:, before:], back[:, before:], pad)


def _traced(cost: Floats, cells: Ints, back: Ints, pad: int) -> tuple[list[int], float]:
    """The path with the lowest cost per cell that ends in the margin, and that cost.

    A column too short for any path is one cell.
    """
    size = cost.shape[1]
    first = size - pad - 1
    ends = cost[:, first:] / np.maximum(1, cells[:, first:])
    ends[cells[:, first:] == 0] = np.inf
    row, at = np.unravel_index(int(ends.argmin()), ends.shape)
    if not np.isfinite(ends[row, at]):
        return [pad, size - pad], 0.0
    places = [first + int(at)]
    while back[row, places[-1]] > 0:
        places.append(places[-1] - int(back[row, places[-1]]))
    return places[::-1], float(ends[row, at])
