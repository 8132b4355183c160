"""Made-up photographs: tones, shapes and screens that look like newspaper pictures."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.float32]
KINDS = ("landscape", "street", "crowd", "harvest")


def noise(rng: np.random.Generator, height: int, width: int, cells: int) -> Grey:
    """Smooth noise, 0 to 1, with about `cells` waves across the longer side."""
    longer = max(height, width)
    rows = max(2, round(cells * height / longer))
    cols = max(2, round(cells * width / longer))
    small = rng.random((rows, cols)).astype(np.float32)
    return np.asarray(
        cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32
    )


def cloudy(rng: np.random.Generator, height: int, width: int) -> Grey:
    """Noise of several scales."""
    out = np.zeros((height, width), np.float32)
    for power in range(2, 7):
        out += noise(rng, height, width, 2**power) / 2 ** (power - 1)
    return out


def photograph(width: int, height: int, kind: str, seed: int, dpi: int) -> Image.Image:
    """A picture of a kind; every third is screened with visible dots."""
    rng = np.random.default_rng(seed)
    tone = np.full((height, width), 200, np.float32)
    tone -= np.linspace(0, 60, height, dtype=np.float32)[:, None]
    tone += 50 * (cloudy(rng, height, width) - 1.0)
    {
        "landscape": _landscape,
        "street": _street,
        "crowd": _crowd,
        "harvest": _harvest,
    }[kind](tone, rng)
    tone += 26 * (cloudy(rng, height, width) - 1.0)
    tone[:] = cv2.GaussianBlur(tone, (0, 0), dpi / 110)
    tone += 18 * (noise(rng, height, width, 240) - 0.5)
    tone += 10 * rng.standard_normal((height, width), dtype=np.float32)
    tone *= _vignette(height, width)
    tone = np.clip((tone - 110) * 1.15 + 110, 12, 245)
    if seed % 3 == 0:
        tone = _screen(tone, dpi)
    # Few levels keep the committed PNG small and look like print.
    return Image.fromarray((np.round(tone / 17) * 17).astype(np.uint8))


def _vignette(height: int, width: int) -> Grey:
    """Lenses darken the corners."""
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    return np.asarray(1.05 - 0.18 * (x * x + y * y), np.float32)


def _landscape(tone: Grey, rng: np.random.Generator) -> None:
    height, width = tone.shape
    for layer in range(4):
        base = height * (0.4 + 0.15 * layer)
        crest = base - height * 0.3 * (noise(rng, 2, width, 5 + 4 * layer)[0] - 0.4)
        mask = np.arange(height)[:, None] > crest[None, :]
        grain = 40 * cloudy(rng, height, width)
        tone[mask] = (150 - 32 * layer + grain - 40)[mask]


def _street(tone: Grey, rng: np.random.Generator) -> None:
    height, width = tone.shape
    x = 0
    while x < width:
        step = int(width * rng.uniform(0.08, 0.2)) + 4
        top = int(height * rng.uniform(0.1, 0.55))
        shade = float(rng.uniform(50, 170))
        tone[top : int(height * 0.8), x : x + step] = shade
        _windows(tone, (x, top, x + step, int(height * 0.8)), shade, rng)
        x += step
    tone[int(height * 0.8) :] = 120 + 30 * cloudy(rng, height, width)[int(height * 0.8) :]
    _people(tone, rng, 6, 0.3)


def _windows(
    tone: Grey, area: tuple[int, int, int, int], shade: float, rng: np.random.Generator
) -> None:
    x0, y0, x1, y1 = area
    pitch = max(8, (x1 - x0) // 5)
    for y in range(y0 + pitch // 2, y1 - pitch, pitch):
        for x in range(x0 + pitch // 2, x1 - pitch // 2, pitch):
            tone[y : y + pitch // 2, x : x + pitch // 2] = shade + rng.uniform(-45, 70)


def _crowd(tone: Grey, rng: np.random.Generator) -> None:
    tone -= 20
    for row in range(4):
        _people(tone, rng, 9 + row * 2, 0.34 + 0.05 * row, base=0.62 + 0.14 * row)


def _harvest(tone: Grey, rng: np.random.Generator) -> None:
    height, width = tone.shape
    half = int(height * 0.4)
    tone[half:] = 110 + 70 * (noise(rng, height, width, 90)[half:] - 0.3)
    for _ in range(12):
        centre = (int(rng.uniform(0, width)), int(rng.uniform(half, height)))
        size = int(height * rng.uniform(0.04, 0.1)) + 2
        _blob(tone, centre, (size * 2, size), float(rng.uniform(60, 220)))
    _people(tone, rng, 4, 0.45, base=0.9)


def _people(
    tone: Grey, rng: np.random.Generator, count: int, scale: float, base: float = 0.95
) -> None:
    height, width = tone.shape
    for _ in range(count):
        x, tall = int(rng.uniform(0, width)), height * scale * rng.uniform(0.8, 1.15)
        foot = int(height * base)
        cloth, skin = float(rng.uniform(25, 190)), float(rng.uniform(150, 210))
        body = (max(2, int(tall * 0.16)), max(2, int(tall * 0.42)))
        _blob(tone, (x, int(foot - tall * 0.42)), body, cloth)
        head = max(2, int(tall * 0.1))
        _blob(tone, (x, int(foot - tall * 0.92)), (head, int(head * 1.25)), skin)
        _blob(tone, (x, int(foot - tall * 0.98)), (head, int(head * 0.8)), 45)


def _blob(tone: Grey, centre: tuple[int, int], axes: tuple[int, int], shade: float) -> None:
    cv2.ellipse(tone, centre, axes, 0, 0, 360, shade, -1, cv2.LINE_AA)


def _screen(tone: Grey, dpi: int) -> Grey:
    """A halftone screen at 45 degrees, about 50 lines an inch."""
    height, width = tone.shape
    pitch = dpi / 50
    grid: Any = np.mgrid[0:height, 0:width].astype(np.float32)
    u = (grid[0] + grid[1]) * (np.pi / pitch / np.sqrt(2)) * np.sqrt(2)
    v = (grid[0] - grid[1]) * (np.pi / pitch / np.sqrt(2)) * np.sqrt(2)
    threshold = 128 + 60 * (np.cos(u) + np.cos(v))
    dots = 128 + (tone - threshold) * 2.2
    return np.asarray(np.clip(0.75 * np.clip(dots, 0, 255) + 0.25 * tone, 12, 245), np.float32)
