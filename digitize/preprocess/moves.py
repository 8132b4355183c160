"""Moves of a page's pixels: found on a reduced picture, composed, and carried out once.

Every resampling blurs the glyphs, so the steps that move pixels (border, deskew, enlarge) only say
where the pixels belong; one warp then does what they say together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Polygon, Projective
from digitize.image import PageImage, Pixels
from digitize.typesize import resized

# Longer side (px) of the picture that moves are found on: body type of a broadsheet is then 12 px
# high, enough for the pitch of its lines, and a pixel at its edge is 0.04°.
VIEW_SIDE = 1500
SHARPEST = cv2.INTER_CUBIC


@dataclass(frozen=True, slots=True)
class Move:
    """Where the pixels of a new picture of ``size`` (width, height) come from.

    ``back`` maps the new picture to the old one. Outside ``sheet``, an outline on the old picture,
    there is no paper: it is painted over.
    """

    name: str
    back: Projective
    size: tuple[int, int]
    sheet: Polygon | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A page reduced by ``factor`` (below 1), in grey; ``size`` is that of the full page."""

    gray: Pixels
    factor: float
    size: tuple[int, int]


Finder = Callable[[View], Move | None]


def view(image: PageImage) -> View:
    """The page as finders look at it."""
    factor = min(1.0, VIEW_SIDE / max(image.width, image.height))
    gray = image.gray
    # Reduced before it is made grey would be faster, but grey pages are the rule.
    small = gray if factor == 1.0 else resized(gray, factor)
    return View(small, factor, (image.width, image.height))


def moved(image: PageImage, finders: Sequence[Finder]) -> PageImage:
    """``image`` after the moves that the finders ask for, each seeing what the last one did."""
    start = view(image)
    moves, seen = [], start
    for find in finders:
        move = find(seen)
        if move is not None:
            moves.append(move)
            seen = _seen(start, moves)
    return image if not moves else resample(image, moves)


def resample(image: PageImage, moves: Sequence[Move]) -> PageImage:
    """All ``moves`` in one warp; each is recorded under its name."""
    back, sheets = _composed(moves)
    paper = paper_color(image.pixels)
    pixels = warp(image.pixels, back, moves[-1].size, paper)
    for sheet in sheets:
        _paint_outside(pixels, sheet, paper)
    result = image
    for move in moves:
        result = result.changed(pixels, move.name, move.back)
    return result


def _composed(moves: Sequence[Move]) -> tuple[Projective, list[Polygon]]:
    """The map from the last picture to the first, and the sheets' outlines on the last one."""
    back, sheets = Projective.identity(), []
    for move in reversed(moves):
        back = back.then(move.back)
        if move.sheet is not None:
            sheets.append(back.inverse().polygon(move.sheet))
    return back, sheets


def _seen(start: View, moves: Sequence[Move]) -> View:
    """The reduced picture as it looks after ``moves``."""
    back, sheets = _composed(moves)
    f, (width, height) = start.factor, moves[-1].size
    small = Projective.scale(1 / f, 1 / f).then(back).then(Projective.scale(f, f))
    paper = paper_color(start.gray)
    pixels = warp(start.gray, small, (max(1, round(width * f)), max(1, round(height * f))), paper)
    for sheet in sheets:
        _paint_outside(pixels, Projective.scale(f, f).polygon(sheet), paper)
    return View(pixels, f, (width, height))


def warp(pixels: Pixels, back: Projective, size: tuple[int, int], paper: tuple[int, ...]) -> Pixels:
    """``pixels`` seen through ``back`` (new to old); what has no source is ``paper``.

    Coordinates are those of pixel edges: the first pixel is the square from (0, 0) to (1, 1), while
    cv2 counts from the first pixel's centre.
    """
    centred = Projective.shift(0.5, 0.5).then(back).then(Projective.shift(-0.5, -0.5))
    matrix = np.array(centred.rows(), dtype=np.float64)
    flags = SHARPEST | cv2.WARP_INVERSE_MAP
    if matrix[2, 0] == 0 and matrix[2, 1] == 0:
        affine = matrix[:2] / matrix[2, 2]
        result = cv2.warpAffine(
            pixels, affine, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
        )
    else:
        result = cv2.warpPerspective(
            pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
        )
    return np.asarray(result, dtype=np.uint8)


def paper_color(pixels: Pixels) -> tuple[int, ...]:
    """The colour of the page's bright part: its paper, whatever lies around the sheet."""
    step = max(1, max(pixels.shape[:2]) // 500)
    sample: npt.NDArray[np.uint8] = pixels[::step, ::step].reshape(-1, *pixels.shape[2:])
    luma = sample if sample.ndim == 1 else sample.mean(axis=1).astype(np.uint8)
    level, _ = cv2.threshold(luma.reshape(1, -1), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright = sample[luma > level]
    if len(bright) == 0:  # a page of one grey
        bright = sample
    return tuple(int(v) for v in np.atleast_1d(np.median(bright, axis=0)))


def _paint_outside(pixels: Pixels, outline: Polygon, paper: tuple[int, ...]) -> None:
    """Fill all but the inside of ``outline`` with ``paper``, in place."""
    mask = np.full(pixels.shape[:2], 255, dtype=np.uint8)
    # The pixel's centre counts: edge coordinates less one half, in sixteenths of a pixel.
    corners = np.round((np.array(outline.points) - 0.5) * 16).astype(np.int32)
    cv2.fillConvexPoly(mask, corners, 0, shift=4)
    pixels[mask > 0] = paper if pixels.ndim == 3 else paper[0]
