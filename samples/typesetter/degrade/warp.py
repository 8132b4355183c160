"""Geometry of a scan: a homography, and a bend where the paper does not lie flat."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Warp:
    """Clean page to image: homography first, then y += a·sin(2π·f·x/w + p).

    bend = (a, f, p, w); the sine is of the image's x, so both ways are exact.
    """

    matrix: Points = field(default_factory=lambda: np.eye(3))
    bend: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)

    def forward(self, points: Points) -> Points:
        """Clean-page points in the image."""
        ones = np.ones((len(points), 1))
        out = np.hstack([points, ones]) @ self.matrix.T
        flat: Points = out[:, :2] / out[:, 2:]
        flat[:, 1] += self._lift(flat[:, 0])
        return flat

    def _lift(self, x: Points) -> Points:
        amount, waves, phase, width = self.bend
        return np.asarray(amount * np.sin(2 * np.pi * waves * x / width + phase), np.float64)

    def apply(self, page: NDArray[np.uint8], ground: int) -> NDArray[np.uint8]:
        """The page seen through the warp; outside it the image is `ground`."""
        height, width = page.shape
        if not self.bend[0]:
            flags = cv2.INTER_LINEAR
            out = cv2.warpPerspective(
                page, self.matrix, (width, height), flags=flags, borderValue=ground
            )
            return np.asarray(out, np.uint8)
        x = np.arange(width, dtype=np.float64)
        lift = self._lift(x)
        inverse = np.asarray(np.linalg.inv(self.matrix), np.float64)
        return _remap(page, inverse, lift, ground)


def _remap(
    page: NDArray[np.uint8], inverse: Points, lift: Points, ground: int
) -> NDArray[np.uint8]:
    height, width = page.shape
    x = np.arange(width, dtype=np.float64)[None, :]
    y = np.arange(height, dtype=np.float64)[:, None] - lift[None, :]
    depth = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2]
    map_x = ((inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / depth).astype(np.float32)
    map_y = ((inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / depth).astype(np.float32)
    out = cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR, borderValue=ground)
    return np.asarray(out, np.uint8)


def tilt(width: int, height: int, degrees: float, scale: float) -> Points:
    """A rotation about the middle of the page."""
    top = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    return np.vstack([np.asarray(top, np.float64), [0.0, 0.0, 1.0]])


def perspective(width: int, height: int, rng: np.random.Generator, amount: float) -> Points:
    """A page whose corners have moved inwards by up to `amount` of its size."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    moves = rng.uniform(0.15, 1.0, (4, 2)) * amount * np.array([width, height])
    moved = (corners + inward * moves).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, moved), np.float64)
