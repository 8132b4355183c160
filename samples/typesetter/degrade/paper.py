"""Paper and ink: smooth fields, grain, stains and faded print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]


def field(rng: np.random.Generator, height: int, width: int, cells: int) -> Grey:
    """A smooth field of about 0 to 1 with `cells` waves down the page."""
    small = rng.random((cells + 1, max(2, cells * width // height + 1))).astype(np.float32)
    big = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(big, np.float32)


def toned(page: NDArray[np.uint8]) -> Grey:
    """Grey values as 0 (ink) to 1 (paper)."""
    return np.asarray(page / np.float32(255), np.float32)


def blurred(image: Grey, sigma: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)


def grain(rng: np.random.Generator, height: int, width: int, sigma: float) -> Grey:
    """Sensor noise, a little soft so that it does not swell the JPEG."""
    raw = rng.standard_normal((height, width), dtype=np.float32) * sigma
    return blurred(raw, 0.55)


def faded(rng: np.random.Generator, tone: Grey, dpi: int) -> Grey:
    """Print that has lost ink in places, with specks of ink and of bare paper."""
    height, width = tone.shape
    loss = 0.22 * np.clip(field(rng, height, width, 7) - 0.35, 0, 1)
    loss = loss + 0.16 * np.clip(field(rng, height, width, 400) - 0.55, 0, 1)
    tone = tone + (1 - tone) * loss
    for shade, count in ((0.15, 260), (0.95, 420)):
        _specks(rng, tone, shade, count, dpi)
    return np.asarray(tone, np.float32)


def _specks(rng: np.random.Generator, tone: Grey, shade: float, count: int, dpi: int) -> None:
    height, width = tone.shape
    for _ in range(count):
        centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        radius = max(1, round(float(rng.exponential(0.9)) * dpi / 200))
        cv2.circle(tone, centre, min(radius, 5), shade, -1, cv2.LINE_AA)


def stains(rng: np.random.Generator, height: int, width: int) -> Grey:
    """Brown patches with darker rims, a fold, and dark edges: a factor of 0.5 to 1."""
    scale = 8
    h, w = height // scale + 1, width // scale + 1
    out = np.ones((h, w), np.float32)
    wobble = field(rng, h, w, 14)
    grid_y, grid_x = np.mgrid[0:h, 0:w].astype(np.float32)
    for _ in range(int(rng.integers(3, 6))):
        cx, cy = rng.uniform(0, w), rng.uniform(0, h)
        radius = rng.uniform(0.05, 0.17) * w
        far = np.hypot(grid_x - cx, (grid_y - cy) * rng.uniform(0.7, 1.3)) / radius
        far = far + 0.5 * (wobble - 0.5)
        out -= 0.10 * np.clip(1.05 - far, 0, 0.25) * 4
        out -= 0.10 * np.exp(-(((far - 1) / 0.06) ** 2))
    fold = h * rng.uniform(0.46, 0.54)
    out -= 0.14 * np.exp(-(((grid_y - fold - 2 * (wobble - 0.5)) / 1.2) ** 2))
    edge = np.minimum(np.minimum(grid_x, w - grid_x) / w, np.minimum(grid_y, h - grid_y) / h)
    out -= 0.22 * np.exp(-edge / 0.025)
    big = cv2.resize(np.clip(out, 0.45, 1), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(big, np.float32)
