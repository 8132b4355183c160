"""Double pages: two pages of the typesetter on one scan, as in bound volumes and on sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import drawn
import numpy as np
from PIL import Image, ImageDraw
from typesetter import make_page

from digitize.image import Pixels

PAPER = 235
DPI = 100


@dataclass(frozen=True)
class Laid:
    """How two pages lie: degrees of slant (positive: lines sink to the right), the shade of the
    fold in grey levels, the inner margin of each in pixels (None: as set), the paper cut off at the
    left edge as a share of the left page's width."""

    slants: tuple[float, float] = (0.0, 0.0)
    shade: float = 90.0
    inner: int | None = None
    cut_off: float = 0.0


AS_SET = Laid()


@dataclass(frozen=True)
class Double:
    """The scan, and where its pages part: x at the top and at the bottom."""

    scan: Pixels
    gutter: float


@cache
def page(family: str, seed: int, dpi: int = DPI) -> Pixels:
    """A page in grey, not to be changed."""
    image, _ = make_page(family, seed, dpi=dpi)
    return np.minimum(np.asarray(image.convert("L"), np.uint8), PAPER)


def double(left: Pixels, right: Pixels, laid: Laid = AS_SET) -> Double:
    """Two pages side by side."""
    height = max(len(left), len(right))
    pages = [_of_height(one, height) for one in (left, right)]
    if laid.inner is not None:
        pages = [_narrowed(pages[0], laid.inner), _narrowed(pages[1][:, ::-1], laid.inner)[:, ::-1]]
    pages = [turned(one, angle) for one, angle in zip(pages, laid.slants, strict=True)]
    height = max(map(len, pages))
    pages = [_of_height(one, height) for one in pages]
    gutter = pages[0].shape[1]
    scan = shaded(np.hstack(pages), gutter, laid.shade)
    lost = int(laid.cut_off * gutter)
    return Double(np.ascontiguousarray(scan[:, lost:]), float(gutter - lost))


def turned(page: Pixels, degrees: float) -> Pixels:
    """The page lying askew, all of it."""
    if not degrees:
        return page
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    more = int(abs(np.sin(np.radians(degrees))) * max(height, width) / 2) + 1
    turn[:, 2] += more
    size = (width + 2 * more, height + 2 * more)
    done = cv2.warpAffine(page, turn, size, flags=cv2.INTER_CUBIC, borderValue=(PAPER,))
    return np.asarray(done, dtype=np.uint8)


def shaded(scan: Pixels, gutter: float, levels: float, wide: float = 0.03) -> Pixels:
    """The scan with the shade of a fold; ``wide`` is its reach as a share of the width."""
    away = (np.arange(scan.shape[1]) - gutter) / (wide * scan.shape[1])
    shade = levels / PAPER * np.exp(-(away**2))
    return np.asarray(scan * (1 - shade), dtype=np.uint8)


def _of_height(page: Pixels, height: int) -> Pixels:
    more = height - len(page)
    return np.pad(page, ((0, more), (0, 0)), constant_values=PAPER)


def _narrowed(page: Pixels, inner: int) -> Pixels:
    """The page with so narrow a margin at its right."""
    inked = np.flatnonzero((page < PAPER // 2).mean(axis=0) > 0.002)
    return page[:, : inked[-1] + inner]


def tall(page: Pixels, height: int) -> Pixels:
    """The page with paper below, for something that is put there."""
    return _of_height(page, height)


def framed(scan: Pixels, box: tuple[int, int, int, int], text: str) -> Pixels:
    """The scan with a framed advert on it, in which nothing but a line of type stands."""
    x0, y0, x1, y1 = box
    result = scan.copy()
    result[y0:y1, x0:x1] = PAPER
    cv2.rectangle(result, (x0, y0), (x1 - 1, y1 - 1), 20, 3)
    return written(result, (x0 + x1) // 2, (y0 + y1) // 2, (y1 - y0) // 4, text)


def written(scan: Pixels, x: int, y: int, em: int, text: str) -> Pixels:
    """The scan with a line of type around a place."""
    image = Image.fromarray(scan)
    ImageDraw.Draw(image).text((x, y), text, fill=20, font=drawn.font(em), anchor="mm")
    return np.asarray(image, dtype=np.uint8)
