"""The type size of a page, measured from its glyphs, and ink masks.

Han characters fill a square, so the connected components of a page of Chinese text have a sharp
mode at the size of the em box, whatever the fonts; preprocess and layout measure in that unit.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize.image import Pixels

# Components outside these sizes are specks or pictures, at any resolution that can be read.
MIN_GLYPH_PX = 5
MAX_GLYPH_PX = 400
# A printed Han character's ink covers about this much of its em box.
INK_PER_EM = 0.92
# Body type is the smallest size that carries a fair share of the page's ink; the mode alone may
# be a headline on a page of few words.
BODY_SHARE = 0.35
# Side (px) of the window of the local threshold: larger than a glyph that is small enough for
# Otsu's threshold to fail on it (pale 8 px strokes beside black headlines), and odd.
WINDOW = 51
CONTRAST = 20  # grey levels by which ink is darker than the mean around it


def ink(gray: Pixels) -> Pixels:
    """A mask of shape (H, W), 255 where there is ink (Otsu; the paper is taken to be even)."""
    _, mask = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(mask, dtype=np.uint8)


def local_ink(gray: Pixels) -> Pixels:
    """The same by a local mean (Bradley and Roth 2007): for uneven light and pale small type."""
    how, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(gray, 255, how, kind, WINDOW, CONTRAST), dtype=np.uint8)


def glyph_em(mask: Pixels) -> float:
    """The em of the body type in pixels of ``mask``; 0 where there is no type at all."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    size = np.maximum(width, height)
    squarish = (size < 2 * np.minimum(width, height)) & (size >= MIN_GLYPH_PX)
    size = size[squarish & (size < MAX_GLYPH_PX)]
    if size.size == 0:
        return 0.0
    # Weighted by size: a broken glyph leaves several small components, a whole one a large one.
    weight = np.bincount(size, minlength=MAX_GLYPH_PX + 1) * np.arange(MAX_GLYPH_PX + 1)
    smooth = np.convolve(weight, np.ones(3), "same")
    peaks = np.flatnonzero(smooth >= BODY_SHARE * smooth.max())
    mode = int(smooth.argmax())
    # Stay in the run of sizes around the mode, so that a second peak of radicals is not taken.
    run = [s for s in peaks if 0.8 * mode <= s <= 1.2 * mode]
    return float(np.average(run, weights=smooth[run])) / INK_PER_EM


def body_em(gray: Pixels) -> float:
    """The em of the body type of a page as scanned, whatever its light; 0 without type."""
    return glyph_em(local_ink(gray))


def resized(pixels: Pixels, factor: float) -> Pixels:
    """``pixels`` scaled by ``factor``; by area when shrinking, cubic when growing."""
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=how), dtype=np.uint8)
