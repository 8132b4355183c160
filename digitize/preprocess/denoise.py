"""Take away specks, salt and pepper, and strong grain; only where they are measured.

Single pixels: an impulse differs by far from all its neighbours, while these are alike; no part
of a stroke is like that, however thin. Dust: a component smaller than a full stop with nothing
near it. Grain: bilateral filter (Tomasi and Manduchi 1998), the noise estimated after Immerkær
(1996).
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from digitize.image import PageImage, Pixels
from digitize.typesize import glyph_em, local_ink

NAME = "denoise"
TILE = 256  # px: noise is measured on a grid of such squares
TILES = 4  # a side: 16 squares see enough of a page
IMPULSE = 60  # grey levels that set an impulse apart from all its neighbours
MANY = 0.0004  # share of impulses that is no accident (scans and clean type from 8 px up: 0.0000)
PASSES = 2  # impulses beside each other hide each other once
STRONG = 9.0  # grey levels of grain: below it a recogniser does not mind (JPEG scans: 2 to 5)
REACH = 5  # px: window of the bilateral filter; larger ones round corners
TONE = 2.5  # times the grain: what differs by more is a stroke's edge
DUST = 0.18  # em: a full stop is 0.3; the smaller dots of · and … have ink nearer than ALONE
ALONE = 0.6  # em around dust without any ink; punctuation stands nearer to its glyph
DARK = 45  # grey levels by which dust is darker than what lies around it
MIN_EM = 20.0  # px: below it dust and punctuation cannot be told apart
MANY_DUST = 5  # grains on the measured squares that are no accident (clean pages: 0)

Mask = npt.NDArray[np.bool_]
NEAR, FAR = 3, 5  # px: sides of the neighbourhoods that an impulse stands out from


def denoise(image: PageImage) -> PageImage:
    """The page without specks and strong grain; the same image where there are none."""
    tiles = _tiles(image.gray)
    pixels = image.pixels
    if np.mean([impulses(tile, FAR).mean() for tile in tiles]) >= MANY:
        # In small type a dot or a counter stands out from its eight neighbours as an impulse does.
        small = glyph_em(local_ink(image.gray)) < MIN_EM
        pixels = _without_impulses(pixels, FAR if small else NEAR)
        tiles = _tiles(_gray(pixels))
    level = float(np.median([grain(tile) for tile in tiles]))
    if level >= STRONG:
        pixels = np.asarray(cv2.bilateralFilter(pixels, REACH, TONE * level, REACH / 2), np.uint8)
    if sum(_dust_count(tile) for tile in tiles) >= MANY_DUST:
        pixels = _without_dust(pixels)
    return image if pixels is image.pixels else image.changed(pixels, NAME)


def impulses(plane: Pixels, side: int) -> Mask:
    """Pixels that differ by far from all others in a square around them, which are alike."""
    hollow = np.ones((side, side), np.uint8)
    hollow[side // 2, side // 2] = 0
    darkest = cv2.erode(plane, hollow, borderType=cv2.BORDER_REFLECT)
    brightest = cv2.dilate(plane, hollow, borderType=cv2.BORDER_REFLECT)
    alone = (cv2.subtract(darkest, plane) > IMPULSE) | (cv2.subtract(plane, brightest) > IMPULSE)
    return np.asarray(alone & (cv2.subtract(brightest, darkest) < IMPULSE), dtype=np.bool_)


def grain(plane: Pixels) -> float:
    """The standard deviation of noise on the paper of ``plane``."""
    level, _ = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
    detail = np.abs(cv2.filter2D(plane, cv2.CV_32F, kernel))
    dark = (plane <= level).astype(np.uint8)
    paper = cv2.dilate(dark, np.ones((7, 7), np.uint8)) == 0
    if paper.mean() < 0.05:
        return 0.0
    return float(math.sqrt(math.pi / 2) * detail[paper].mean() / 6)


def _tiles(gray: Pixels) -> list[Pixels]:
    """Squares on a grid inside the page."""
    height, width = gray.shape
    side = min(TILE, height, width)
    tops = np.linspace(0, height - side, TILES + 2)[1:-1].astype(int)
    lefts = np.linspace(0, width - side, TILES + 2)[1:-1].astype(int)
    return [gray[y : y + side, x : x + side] for y in tops for x in lefts]


def _gray(pixels: Pixels) -> Pixels:
    return PageImage(pixels).gray


def _without_impulses(pixels: Pixels, side: int) -> Pixels:
    """Impulses replaced by the median of their neighbourhood."""
    for _ in range(PASSES):
        found = impulses(_gray(pixels), side)
        pixels = np.where(
            found if pixels.ndim == 2 else found[:, :, None], cv2.medianBlur(pixels, 3), pixels
        ).astype(np.uint8)
    return pixels


def _dust_count(tile: Pixels) -> int:
    mask = local_ink(tile)
    em = glyph_em(mask)
    return len(_grains(tile, mask, em)[1]) if em >= MIN_EM else 0


def _without_dust(pixels: Pixels) -> Pixels:
    """Grains of dust painted with the paper around them."""
    gray = _gray(pixels)
    mask = local_ink(gray)
    em = glyph_em(mask)
    labels, numbers = _grains(gray, mask, em)
    if em < MIN_EM or len(numbers) == 0:
        return pixels
    lone = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    lone[numbers] = 255
    # The blurred rim of a grain is brighter than the threshold.
    spots = cv2.dilate(lone[labels], np.ones((3, 3), np.uint8), iterations=2)
    side = round(2 * ALONE * em) | 1
    paper = cv2.blur(pixels, (side, side))
    result = pixels.copy()
    result[spots > 0] = paper[spots > 0]
    return result


def _grains(
    gray: Pixels, mask: Pixels, em: float
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Labels of the components of ``mask`` and the numbers of those that are dust."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    x, y, w, h, area = stats[1:].T
    small = np.flatnonzero(np.maximum(w, h) <= DUST * em)
    total = cv2.integral(np.minimum(mask, 1))
    reach = round(ALONE * em)
    x0, y0 = x[small] - reach, y[small] - reach
    x1, y1 = x[small] + w[small] + reach, y[small] + h[small] + reach
    # What is near an edge of the picture may belong to something outside it.
    inside = (x0 >= 0) & (y0 >= 0) & (x1 <= mask.shape[1]) & (y1 <= mask.shape[0])
    small, x0, y0, x1, y1 = small[inside], x0[inside], y0[inside], x1[inside], y1[inside]
    around = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    alone = around == area[small]
    # The texture of a photograph is made of spots as small, but paler.
    middle = (y[small] + h[small] // 2, x[small] + w[small] // 2)
    alone &= cv2.subtract(cv2.blur(gray, (15, 15)), gray)[middle] >= DARK
    return np.asarray(labels, dtype=np.int32), np.asarray(small[alone] + 1, dtype=np.int64)
