"""The levels of wear: clean, scan and worn."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .paper import blurred, faded, field, grain, stains, toned
from .warp import Warp, perspective, tilt

LEVELS = ("clean", "scan", "worn")
Grey = NDArray[np.float32]


def degrade(page: Image.Image, level: str, seed: int, dpi: int) -> tuple[Image.Image, Warp]:
    """The page at a level of wear, and how its points moved."""
    if level not in LEVELS:
        raise ValueError(f"unknown level {level!r}; choose from {', '.join(LEVELS)}")
    if level == "clean":
        return page, Warp()
    rng = np.random.default_rng([seed, LEVELS.index(level)])
    return _scan(page, rng, dpi) if level == "scan" else _worn(page, rng, dpi)


def _scan(page: Image.Image, rng: np.random.Generator, dpi: int) -> tuple[Image.Image, Warp]:
    """A good scan: nearly straight, slightly soft, a little grey."""
    clean = np.asarray(page)
    height, width = clean.shape
    degrees = float(rng.uniform(0.25, 1.2) * rng.choice([-1, 1]))
    warp = Warp(tilt(width, height, degrees, 0.985))
    tone = toned(warp.apply(clean, 255))
    tone = blurred(tone, float(rng.uniform(0.5, 0.8)) * dpi / 200)
    paper, ink = rng.uniform(228, 246), rng.uniform(28, 55)
    light = 1 + 0.05 * (field(rng, height, width, 3) - 0.5)
    image = (ink + (paper - ink) * tone) * light
    return _saved(image + grain(rng, height, width, 3.0), 80), warp


def _worn(page: Image.Image, rng: np.random.Generator, dpi: int) -> tuple[Image.Image, Warp]:
    """An old sheet, badly scanned: bent, stained, see-through, unevenly lit."""
    clean = np.asarray(page)
    height, width = clean.shape
    matrix = perspective(width, height, rng, 0.014)
    turned = tilt(width, height, float(rng.uniform(-0.9, 0.9)), 0.992) @ matrix
    lift = float(rng.uniform(0.03, 0.07) * dpi)
    bend = (lift, float(rng.uniform(0.4, 0.9)), float(rng.uniform(0, 6.28)), float(width))
    warp = Warp(turned, bend)
    tone = faded(rng, toned(clean), dpi)
    tone -= _show_through(rng, clean, dpi)
    paper = rng.uniform(212, 238)
    ink = rng.uniform(48, 78)
    sheet = ink + (paper - ink) * np.clip(tone, 0, 1)
    sheet *= stains(rng, height, width)
    sheet *= 0.8 + 0.3 * field(rng, height, width, 3)
    sheet += 16 * (field(rng, height, width, 60) - 0.5)
    flat = np.clip(sheet, 1, 255).astype(np.uint8)
    seen = warp.apply(flat, 0).astype(np.float32)
    image = np.where(seen < 1, rng.uniform(18, 40), seen).astype(np.float32)
    image = blurred(image, rng.uniform(0.7, 1.0) * dpi / 200)
    return _saved(image + grain(rng, height, width, 4.5), 72), warp


def _show_through(rng: np.random.Generator, clean: NDArray[np.uint8], dpi: int) -> Grey:
    """The back of the sheet, mirrored, soft and faint."""
    back = 1 - toned(clean[:, ::-1])
    # The back is another page: the same one, shifted by a part of its height, stands for it.
    shift = (int(rng.uniform(0.3, 0.6) * len(clean)), int(rng.uniform(-60, 60)))
    back = np.roll(back, shift, (0, 1))
    height, width = back.shape
    strength = rng.uniform(0.08, 0.15) * (0.5 + field(rng, height, width, 4))
    return np.asarray(blurred(back, 1.6 * dpi / 200) * strength, np.float32)


def _saved(image: Grey, quality: int) -> Image.Image:
    """The image after one JPEG round, as scanners deliver it."""
    out = Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))
    store = io.BytesIO()
    out.save(store, "JPEG", quality=quality)
    store.seek(0)
    return Image.open(store).convert("L")
