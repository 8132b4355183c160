"""From any of Pillow's modes to plain uint8 pixels, grey or RGB."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from digitize.image import Pixels

_WHITE = (255, 255, 255, 255)
_TAG_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_INT_TOPS = tuple((1 << bits) - 1 for bits in (8, 10, 12, 14, 16, 24, 32))
_SAMPLE_STEP = 16


def to_pixels(image: Image.Image) -> Pixels:
    """Turn a picture into uint8: (H, W) where it has no colour, else (H, W, 3) RGB.

    Transparent parts become white. More than 8 bits are scaled by the range that is in use (a
    12-bit scan in a 16-bit file is not left dark), never clipped.
    """
    if image.mode.startswith("I") or image.mode == "F":
        return _from_deep(image)
    return colourless(np.array(_flat(image), dtype=np.uint8))


def _flat(image: Image.Image) -> Image.Image:
    """Give the same picture in mode L or RGB."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, _WHITE)
        return Image.alpha_composite(paper, layer).convert("RGB")
    if image.mode == "LAB":
        return _from_lab(image)
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _from_lab(image: Image.Image) -> Image.Image:
    # Image.convert() does not know LAB.
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    turned = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
    if turned is None:
        raise ValueError("no conversion from LAB")
    return turned


def _from_deep(image: Image.Image) -> Pixels:
    values = np.asarray(image)
    grey = _from_floats(values) if image.mode == "F" else _from_ints(values)
    # Pillow turns WhiteIsZero around for 8 bits and fewer only.
    tags = getattr(image, "tag_v2", {})
    return 255 - grey if tags.get(_TAG_PHOTOMETRIC) == _WHITE_IS_ZERO else grey


def _from_ints(values: npt.NDArray[Any]) -> Pixels:
    low, high = min(0, int(values.min())), int(values.max())
    top = next(t for t in _INT_TOPS if t >= high - low)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        # A table costs 64 KB; floats would cost four times the picture.
        table = np.minimum(np.arange(1 << 16) * 255.0 / top, 255).round().astype(np.uint8)
        return np.asarray(table[values], dtype=np.uint8)
    return _stretched(values, low, top)


def _from_floats(values: npt.NDArray[Any]) -> Pixels:
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = min(0.0, float(finite.min())), float(finite.max())
    top = next((float(t) for t in (1, *_INT_TOPS) if t >= high - low), high - low)
    return _stretched(finite, low, top)


def _stretched(values: npt.NDArray[Any], low: float, top: float) -> Pixels:
    scaled = (values.astype(np.float64) - low) * (255.0 / top)
    return np.asarray(scaled.round().clip(0, 255), dtype=np.uint8)


def colourless(pixels: Pixels) -> Pixels:
    """Reduce to grey if all channels agree: a third of the memory for every later step."""
    if pixels.ndim == 2:
        return pixels
    sample = pixels[::_SAMPLE_STEP, ::_SAMPLE_STEP]
    if _channels_agree(sample) and _channels_agree(pixels):
        return np.ascontiguousarray(pixels[..., 0])
    return pixels


def _channels_agree(pixels: Pixels) -> bool:
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return np.array_equal(red, green) and np.array_equal(green, blue)
