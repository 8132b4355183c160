"""Black and white by Sauvola's threshold (Sauvola and Pietikäinen 2000): for engines that want it.

Off by default: the networks read grey better than black and white.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize.image import PageImage, Pixels
from digitize.typesize import body_em

NAME = "binarize"
K = 0.2  # the authors' 0.5 loses pale strokes; 0.2 is what later comparisons settled on
RANGE = 128.0  # the largest standard deviation of 8-bit grey (theirs)
WINDOW = 2.0  # em: a window holds a glyph and paper around it
MIN_WINDOW = 15  # px, where no type was found


def binarize(image: PageImage) -> PageImage:
    """The page in black (0) and white (255), shape (H, W); the same image if it is that."""
    gray = image.gray
    if image.pixels.ndim == 2 and bool(np.isin(gray[::7, ::7], (0, 255)).all()):
        return image
    side = max(MIN_WINDOW, round(WINDOW * body_em(gray))) | 1
    return image.changed(sauvola(gray, side), NAME)


def sauvola(gray: Pixels, side: int) -> Pixels:
    """255 where ``gray`` is brighter than the threshold of the window of ``side`` around it."""
    mean = cv2.boxFilter(gray, cv2.CV_32F, (side, side))
    square = cv2.sqrBoxFilter(gray, cv2.CV_32F, (side, side))
    deviation = cv2.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + K * (deviation / RANGE - 1))
    return np.where(gray > threshold, 255, 0).astype(np.uint8)
