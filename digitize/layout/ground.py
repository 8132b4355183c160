"""What a page is printed on, around and between its glyphs: paper, tints, photographs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Box
from digitize.image import Pixels
from digitize.layout.shade import PAPER, part

SOFT = 0.1  # em: blurred by this, a halftone screen of 50 lines an inch is a tone
PATCH = 0.45  # em: the side of the patch whose tones are compared
ROUGH = 3.0  # grey levels of deviation within a patch; paper, tints and gradients have less
BAND = 0.8  # em: what is rough over less is an edge, a rule or the fringe of a glyph
NO_PAPER = 25  # grey levels below the paper: darker is no paper, however worn
UNEVEN = 10  # grey levels by which it is darker here and there
FRINGE = 0.35  # em around lines of type that belong to the type
SAME = 7  # grey levels by which tones of one tint differ

NEAREST = 5  # lines that show the paper
OF_LINE = 90  # percentile of the tones around a line: paper

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ground:
    """A page without its screens, at a size at which its body type has ``em`` pixels.

    ``tones`` (H, W); ``rough``: where they differ within a patch; ``type``: where lines stand;
    ``paper``: the darkest tone of paper.
    """

    tones: Floats
    rough: Mask
    type: Mask
    paper: float
    em: float

    @property
    def white(self) -> float:
        """What is as light has not been printed on."""
        return self.paper + NO_PAPER - UNEVEN

    def near(self, box: Box, printed: Sequence[Box]) -> Ground:
        """The same with the paper of the lines nearest to ``box``, where that is darker.

        The light may be uneven. ``printed`` are boxes of lines that hardly stand in a photograph.
        """
        x, y = box.center
        nearest = nsmallest(NEAREST, printed, key=lambda b: math.dist((x, y), b.center))
        tones = [part(self.tones, b.grown(FRINGE * self.em)) for b in nearest]
        papers = [float(np.percentile(there, OF_LINE)) for there in tones if there.size]
        if not papers:
            return self
        return replace(self, paper=min(self.paper, median(papers) - NO_PAPER))


def ground_of(small: Pixels, boxes: Iterable[Box], em: float) -> Ground:
    """The ground of a grey page on which lines stand in ``boxes``."""
    tones = cv2.GaussianBlur(small, (0, 0), SOFT * em).astype(np.float32)
    patch = (round(PATCH * em), round(PATCH * em))
    mean = cv2.boxFilter(tones, -1, patch)
    variance = cv2.boxFilter(tones * tones, -1, patch) - mean * mean
    rough = (variance > ROUGH**2).astype(np.uint8)
    band = np.ones((round(BAND * em), round(BAND * em)), np.uint8)
    areas = cv2.morphologyEx(rough, cv2.MORPH_OPEN, band)
    kind = np.zeros(small.shape, dtype=np.bool_)
    for box in boxes:
        part(kind, box.grown(FRINGE * em))[:] = True
    paper = float(np.percentile(small, PAPER)) - NO_PAPER
    return Ground(np.asarray(tones, dtype=np.float32), np.asarray(areas > 0), kind, paper, em)


def commonest(tones: Floats) -> tuple[float, float]:
    """The commonest tone, and how many pixels are like it."""
    counts = np.bincount(tones.astype(np.int64).ravel(), minlength=256)
    sums = np.convolve(counts, np.ones(2 * SAME + 1), "same")
    return float(sums.argmax()), float(sums.max())
