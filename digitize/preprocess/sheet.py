"""A scan of two pages, or of one, as it is looked at: reduced, levelled, without a dark border."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Box, Projective
from digitize.image import PageImage, Pixels
from digitize.preprocess.border import border_move
from digitize.preprocess.deskew import WINDOW, deskew_move, ink_of
from digitize.preprocess.moves import moved, paper_color, view, warp

INK = 0.25  # of full darkness: fainter marks are dirt and show-through
STRIPES = 64  # parts of the height that are looked at each for itself: two lines of body type
PAPER = 0.9  # of the pixels in a part are darker than its paper, whatever is printed there
SIGNS = 0.02  # of a row or column of pixels is inked at least where there is type
EDGE = 0.01  # of the width: what stands alone and is no wider is the edge of a sheet, no column
LEAN = 0.035  # of the height: 2°, by which lines and gutter may be askew, each page for itself
MARGIN = WINDOW / 2  # px of the picture at the scan's edge where ink cannot be told from shade
STEP = 4.0  # px of the picture: leans that differ by less are one

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Grey values and ink, both (H, W). ``back`` leads to the scan."""

    gray: Pixels
    ink: Mask
    back: Projective

    @staticmethod
    def of(image: PageImage) -> Sheet:
        """The scan as it is looked at."""
        seen = view(image)
        flat = moved(PageImage(seen.gray), [border_move, deskew_move])
        height, width = seen.gray.shape
        outline = flat.to_scan.inverse().polygon(Box(0, 0, width, height).grown(-MARGIN).polygon())
        inside = np.zeros(flat.pixels.shape, np.uint8)  # beyond it, paper is made up
        cv2.fillConvexPoly(inside, np.round(outline.points).astype(np.int32), 1)
        ink = (ink_of(flat.pixels) > INK) & (inside > 0)
        return Sheet(flat.pixels, ink, flat.to_scan.then(Projective.scale(*[1 / seen.factor] * 2)))

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.ink.shape[1])

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.ink.shape[0])

    def upright(self, lean: float) -> Sheet:
        """The sheet with what leans so many pixels to the right, top to bottom, standing."""
        if lean == 0:
            return self
        slope = lean / self.height
        back = Projective.of([[1, slope, -lean / 2], [0, 1, 0]])
        size = (self.width, self.height)
        gray = warp(self.gray, back, size, paper_color(self.gray))
        ink = warp(self.ink.astype(np.uint8) * 255, back, size, (0,)) > 127
        return Sheet(gray, ink, back.then(self.back))

    def type_area(self) -> Box | None:
        """What is printed; None where hardly anything is."""
        return type_area(self.ink)

    def leaning(self, area: Box) -> tuple[tuple[float, Floats], ...]:
        """Leans that are possible, each with the ink of ``area`` along it: (STRIPES, W), 0 to 1."""
        rows = self.ink[int(area.y0) : int(area.y1)].astype(np.float32)
        stripes = cv2.resize(rows, (self.width, STRIPES), interpolation=cv2.INTER_AREA)
        middles = area.y0 + (np.arange(STRIPES) + 0.5) * area.height / STRIPES
        high = (middles / self.height - 0.5)[:, None]
        count = int(LEAN * self.height / STEP)
        leans = sorted((STEP * i for i in range(-count, count + 1)), key=abs)
        columns = np.arange(self.width)
        found = []
        for lean in leans:
            places = np.clip(columns + np.round(lean * high).astype(int), 0, self.width - 1)
            found.append((lean, np.take_along_axis(stripes, places, axis=1).astype(np.float64)))
        return tuple(found)

    def paper(self) -> Floats:
        """Grey values of the paper in every stripe, at least STRIPES of them: (N, W)."""
        high = max(1, self.height // STRIPES)
        parts = self.gray[: self.height // high * high].reshape(-1, high, self.width)
        place = min(high - 1, int(PAPER * high))
        return np.partition(parts, place, axis=1)[:, place].astype(np.float64)


def type_area(ink: Mask) -> Box | None:
    """Where type stands in ``ink``; None where hardly any does."""
    rows = np.flatnonzero(ink.mean(axis=1) > SIGNS / 2)
    printed = (ink.mean(axis=0) > SIGNS).astype(np.uint8)
    edge = np.ones((1, max(1, int(EDGE * len(printed)))), np.uint8)
    columns = np.flatnonzero(cv2.morphologyEx(printed[None, :], cv2.MORPH_OPEN, edge)[0])
    if rows.size < 2 or columns.size < 2:
        return None
    return Box(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
