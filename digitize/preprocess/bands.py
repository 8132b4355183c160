"""Bands without type from top to bottom of a page: gutters, between columns or between pages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LINE = 0.6  # of the height that a fold or a rule down a band is inked
FOLD = 0.025  # of the width: such a line is no wider
SLIT = 0.004  # of the width: no gutter is narrower

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """A band from ``x0`` to ``x1``."""

    x0: float
    x1: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        """Half way between the sides."""
        return (self.x0 + self.x1) / 2

    def apart(self, other: Band) -> float:
        """How much there is between two bands."""
        return max(self.x0, other.x0) - min(self.x1, other.x1)


def bands(share: Floats, most: float) -> list[Band]:
    """Where no more than ``most`` is inked; ``share`` of the height is, in each column of pixels.

    A thin line down a band, as of a rule, a page's frame or a fold, belongs to it.
    """
    width = len(share)
    found: list[Band] = []
    for band in runs(share <= most):
        between = share[int(found[-1].x1) : int(band.x0)] if found else share
        if len(between) <= FOLD * width and between.max() >= LINE:
            found[-1] = Band(found[-1].x0, band.x1)
        else:
            found.append(band)
    return [band for band in found if band.width >= max(2.0, SLIT * width)]


def runs(mask: npt.NDArray[np.bool_]) -> list[Band]:
    """Where ``mask``, of shape (N,), is true without a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [Band(float(a), float(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
