"""Even light: paper becomes white everywhere, ink keeps its contrast, the reverse side fades.

The light on the paper is measured in blocks (a high percentile: type never covers a block), a
smooth surface is laid over the blocks by asymmetric least squares (Eilers and Boelens 2005), blocks
far below it are pictures and do not count, and the page is divided by the result (flat-field
correction). Then a white point is chosen below what shines through in the blank parts.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitize.image import PageImage, Pixels
from digitize.preprocess.moves import view
from digitize.typesize import local_ink

NAME = "illumination"
BLOCK = 20  # px of the view (4 mm of a broadsheet): larger than a glyph, smaller than a shadow
PERCENTILE = 85  # of a block's grey values: paper, as type covers about a third of it
PICTURE = 0.62  # of the surface: a darker block is a picture or reversed type, not a shadow
PAPER = 0.93  # of the surface: a brighter block is paper
STEP = 0.05  # of the surface: light and stains change by less from block to block, pictures' edges
# by more; so what is reached from paper in small steps is paper too
EDGE = 2  # blocks along the sheet's edges, where the light falls off in a larger step
ASYMMETRY = 0.85  # weight of blocks above the surface; it lies on the paper, not amid pictures
ITERATIONS = 12
RIDGE = 1e-6 * np.eye(10)  # a sheet of one row of blocks leaves terms without a value
SPREADS = (16.0, 5.0, 1.2)  # blocks: from coarse to fine, so that holes are filled from afar
TRUST = 0.05  # weight of the coarser estimate where there are hardly any blocks
MIN_PAPER = 64  # grey: a page whose paper is darker has been inverted or is a picture
WHITE = 246  # grey: paper at least this bright is left alone
MOSTLY = 0.5  # of the blocks that are white: the rest are tints and pictures of a clean page
SHARP = 24  # grey levels between neighbours in the view: print; what shines through is softer
BLANK = 15  # px of the view around print that is not looked at for the reverse side: an em
SHOWING = 3  # percentile of the blank parts that what shines through reaches down to
MAX_LIFT = 0.3  # of the way from paper to ink: pale print is no darker than that, ghosts are
DARKEST = 10  # percentile of the strokes' grey: bold type, whose strokes are not thinned by blur
BLACK = 40  # grey that bold type may have; a page of paler ink is darkened to it

Floats = npt.NDArray[np.float64]


def illumination(image: PageImage) -> PageImage:
    """The page in even light; the same image where the light is even and the paper white."""
    seen = view(image)
    if min(seen.gray.shape) < BLOCK:
        return image
    small = image.pixels if seen.factor == 1.0 else _reduced(image.pixels, seen.gray)
    planes = [small] if small.ndim == 2 else [small[:, :, i] for i in range(3)]
    blocks = [_blocks(np.ascontiguousarray(plane)) for plane in planes]
    if min(float(np.median(b)) for b in blocks) < MIN_PAPER or _is_even(blocks):
        return image
    lights = [paper_light(b) for b in blocks]
    light = lights[0] if len(lights) == 1 else np.dstack(lights)
    pixels = _divided(image.pixels, np.asarray(light, dtype=np.uint8))
    level = _levels(_divided(seen.gray, np.mean(lights, axis=0).astype(np.uint8)))
    return image.changed(pixels if level is None else _tones(pixels, level), NAME)


def _is_even(blocks: list[Floats]) -> bool:
    """Whether most of the paper is white as it is."""
    return bool(np.mean(np.min(blocks, axis=0) >= WHITE) >= MOSTLY)


def paper_light(blocks: Floats) -> Pixels:
    """How bright the paper is, per block, (rows, columns) of uint8."""
    surface = _surface(blocks)
    valid = _is_paper(blocks / surface).astype(np.float64)
    ratio = np.ones_like(blocks)
    for spread in SPREADS:
        weight = cv2.GaussianBlur(valid, (0, 0), spread, borderType=cv2.BORDER_REFLECT)
        value = cv2.GaussianBlur(
            valid * blocks / surface, (0, 0), spread, borderType=cv2.BORDER_REFLECT
        )
        ratio = (value + TRUST * ratio) / (weight + TRUST)
    return np.clip(np.round(surface * ratio), 1, 255).astype(np.uint8)


def _reduced(pixels: Pixels, gray: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return gray
    size = (gray.shape[1], gray.shape[0])
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _blocks(plane: Pixels) -> Floats:
    """The paper's percentile of every block; blocks fill the picture, none is cut."""
    rows, columns = (max(1, round(n / BLOCK)) for n in plane.shape)
    whole = cv2.resize(plane, (columns * BLOCK, rows * BLOCK), interpolation=cv2.INTER_AREA)
    tiles = whole.reshape(rows, BLOCK, columns, BLOCK).transpose(0, 2, 1, 3)
    flat = tiles.reshape(rows, columns, BLOCK * BLOCK)
    place = BLOCK * BLOCK * PERCENTILE // 100
    return np.partition(flat, place, axis=2)[:, :, place].astype(np.float64)


def _surface(blocks: Floats) -> Floats:
    """A cubic surface through the paper of the page."""
    rows, columns = blocks.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    powers = [(i, j) for i in range(4) for j in range(4 - i)]
    terms = np.stack([(x**i * y**j).ravel() for i, j in powers], axis=1)
    values, fit = blocks.ravel(), np.full(blocks.size, np.percentile(blocks, PERCENTILE))
    for _ in range(ITERATIONS):
        off = values - fit
        # Least absolute differences, but asymmetric: dark blocks hardly pull.
        weight = np.where(off > 0, ASYMMETRY, 1 - ASYMMETRY) / np.maximum(np.abs(off), 2.0)
        weighted = terms * weight[:, None]
        fit = terms @ np.linalg.solve(weighted.T @ terms + RIDGE, weighted.T @ values)
    return np.clip(fit, values.max() / 4, 255).reshape(blocks.shape)


def _is_paper(ratio: Floats) -> npt.NDArray[np.bool_]:
    """Which blocks are paper and not picture: those reached from bright ones in small steps."""
    reached = ratio >= PAPER
    able = ratio >= PICTURE
    reached[:EDGE], reached[-EDGE:], reached[:, :EDGE], reached[:, -EDGE:] = True, True, True, True
    reached &= able
    for _ in range(sum(ratio.shape)):
        before = int(reached.sum())
        for axis in (0, 1):
            near = np.abs(np.diff(ratio, axis=axis)) <= STEP
            first, last = _halves(reached, axis)
            one, two = first | (last & near), last | (first & near)
            first |= one & _halves(able, axis)[0]
            last |= two & _halves(able, axis)[1]
        if int(reached.sum()) == before:
            break
    return reached


def _halves(
    mask: npt.NDArray[np.bool_], axis: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Views of ``mask`` without its last and without its first row (or column)."""
    return (mask[:-1], mask[1:]) if axis == 0 else (mask[:, :-1], mask[:, 1:])


def _divided(pixels: Pixels, light: Pixels) -> Pixels:
    """``pixels`` divided by the ``light`` on them, paper at 255."""
    size = (pixels.shape[1], pixels.shape[0])
    full = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, full, scale=255), dtype=np.uint8)


def _levels(even: Pixels) -> tuple[float, float] | None:
    """The black and white points of a page in even light; None where both are at the ends."""
    edges = cv2.morphologyEx(even, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    print_ = (edges > SHARP).astype(np.uint8)
    strokes = even[(print_ > 0) & (local_ink(even) > 0)]
    if strokes.size == 0:
        return None
    bold = float(np.percentile(strokes, DARKEST))
    black = max(0.0, (bold - BLACK) * 255 / (255 - BLACK))
    blank = even[cv2.dilate(print_, np.ones((BLANK, BLANK), np.uint8)) == 0]
    white = 255.0
    if blank.size:
        floor = 255 - MAX_LIFT * (255 - float(np.median(strokes)))
        white = max(float(np.percentile(blank, SHOWING)), floor)
    return None if black == 0 and white >= WHITE else (black, white)


def _tones(pixels: Pixels, level: tuple[float, float]) -> Pixels:
    """``pixels`` stretched so that the two grey values become 0 and 255."""
    black, white = level
    table = np.clip((np.arange(256) - black) * 255 / (white - black), 0, 255)
    return np.asarray(cv2.LUT(pixels, np.round(table).astype(np.uint8)), dtype=np.uint8)
