"""Each of the two pages on a scan, alone.

They part at a :class:`Gutter`. What lies over it (a picture, an advert, a line of type) is not cut:
the page that has more of it gets all of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Point, Polygon, Projective
from digitize.image import PageImage, Pixels
from digitize.model import Half
from digitize.preprocess.moves import paper_color

Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Gutter:
    """Where two pages part, in pixels of the scan: x at its top edge, and at its bottom edge.

    ``across`` is what lies over it. Not ``clear``: nothing shows where they part.
    """

    top: float
    bottom: float
    height: float
    across: tuple[Polygon, ...] = ()
    clear: bool = True

    def on_left(self, point: Point) -> bool:
        """Whether a place on the scan belongs to the left page."""
        for thing in self.across:
            if thing.box.contains(point):
                return self._left_of(thing.box.center)
        return self._left_of(point)

    def left_page(self, width: int, height: int) -> Mask:
        """255 where a scan of this size shows its left page."""
        mask = np.zeros((height, width), np.uint8)
        line = ((self.top, 0.0), (self.bottom, self.height))
        _fill(mask, Polygon(((0.0, 0.0), line[0], line[1], (0.0, self.height))), 255)
        for thing in self.across:
            _fill(mask, thing, 255 if self._left_of(thing.box.center) else 0)
        return mask

    def _left_of(self, point: Point) -> bool:
        x, y = point
        return x < self.top + (self.bottom - self.top) * y / self.height


def half(image: PageImage, gutter: Gutter, which: Half) -> PageImage:
    """One of the two pages on a scan; of the other, where it reaches over, paper is left."""
    mask = _mask(image, gutter, which)
    x, y, width, height = cv2.boundingRect(mask)
    if not width:  # the gutter is beside the scan
        return image
    cut = np.s_[y : y + height, x : x + width]
    pixels = _alone(image.pixels[cut], mask[cut], paper_color(image.pixels))
    how = "" if gutter.clear else ", cut in the middle: no gutter seen"
    return image.changed(pixels, f"{which.side} page{how}", Projective.shift(x, y))


def covered(image: PageImage, gutter: Gutter, which: Half) -> PageImage:
    """The whole scan with paper where its other page is."""
    mask = _mask(image, gutter, which)
    pixels = _alone(image.pixels, mask, paper_color(image.pixels))
    return image.changed(pixels, f"{which.side} page")


def _mask(image: PageImage, gutter: Gutter, which: Half) -> Mask:
    left = gutter.left_page(image.width, image.height)
    return left if which.side == "left" else np.bitwise_not(left)


def _alone(pixels: Pixels, mask: Mask, paper: tuple[int, ...]) -> Pixels:
    kept = np.array(pixels)
    kept[mask == 0] = paper if kept.ndim == 3 else paper[0]
    return kept


def _fill(mask: Mask, outline: Polygon, value: int) -> None:
    """Set the pixels whose centres lie inside."""
    sixteenths = [[math.floor((v - 0.5) * 16 + 0.5) for v in point] for point in outline.points]
    cv2.fillPoly(mask, [np.array(sixteenths, np.int32)], value, shift=4)
