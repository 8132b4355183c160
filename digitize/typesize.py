"""The type size of a page, measured from its glyphs, and ink masks.

Han characters fill a square, so the connected components of a page of Chinese text have a sharp
mode at the size of the em box, whatever the fonts; preprocess and layout measure in that unit.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitize.image import Pixels

# Components outside these sizes are specks or pictures, at any resolution that can be read.
MIN_GLYPH_PX = 5
MAX_GLYPH_PX = 400
# A printed Han character's ink covers about this much of its em box.
INK_PER_EM = 0.92
# Body type is the smallest size that carries a fair share of the page's ink; the mode alone may
# be a headline on a page of few words.
BODY_SHARE = 0.35
# A photograph printed with a screen has more dots than its page has characters. Up to this size
# (px) components may be dots; they are if most have no gap in them (98 of 100 dots, 8 of 100
# glyphs even at an em of 6 px).
DOT = 16
MOST = 0.6
NEAR = 0.2  # by which sizes of one run differ from its mode
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
    _, marked, numbers, _ = cv2.connectedComponentsWithStats(mask)
    labels, stats = np.asarray(marked, dtype=np.int32), np.asarray(numbers, dtype=np.int32)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    size = np.maximum(width, height)
    typical = (size < 2 * np.minimum(width, height)) & (size >= MIN_GLYPH_PX)
    typical &= size < MAX_GLYPH_PX
    typical[0] = False  # the paper
    found = _usual(size[typical])
    if 0 < found <= DOT:
        near = typical & (np.abs(size - found) <= NEAR * found)
        full = _gapless(labels, stats)
        if near.any() and full[near].mean() > MOST:
            found = _usual(size[typical & ~full]) or found
    return found / INK_PER_EM


def _gapless(labels: npt.NDArray[np.int32], stats: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Which components have one run of ink in each of their rows and columns, as dots have."""
    full = np.ones(len(stats), dtype=bool)
    for along, side in ((labels, cv2.CC_STAT_HEIGHT), (labels.T, cv2.CC_STAT_WIDTH)):
        first = along[:, 1:][along[:, 1:] != along[:, :-1]]  # where a run of ink or paper starts
        runs = np.bincount(np.concatenate([first, along[:, 0]]), minlength=len(stats))
        full &= runs <= stats[:, side]
    return full


def _usual(size: npt.NDArray[np.int32]) -> float:
    """The mode of the sizes of components, averaged over the sizes around it; 0 without any."""
    if size.size == 0:
        return 0.0
    # Weighted by size: a broken glyph leaves several small components, a whole one a large one.
    weight = np.bincount(size, minlength=MAX_GLYPH_PX + 1) * np.arange(MAX_GLYPH_PX + 1)
    smooth = np.convolve(weight, np.ones(3), "same")
    peaks = np.flatnonzero(smooth >= BODY_SHARE * smooth.max())
    mode = int(smooth.argmax())
    # Stay in the run of sizes around the mode, so that a second peak of radicals is not taken.
    run = [s for s in peaks if (1 - NEAR) * mode <= s <= (1 + NEAR) * mode]
    return float(np.average(run, weights=smooth[run]))


def body_em(gray: Pixels) -> float:
    """The em of the body type of a page as scanned, whatever its light; 0 without type."""
    return glyph_em(local_ink(gray))


def resized(pixels: Pixels, factor: float) -> Pixels:
    """``pixels`` scaled by ``factor``; by area when shrinking, cubic when growing."""
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=how), dtype=np.uint8)
