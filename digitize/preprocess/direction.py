"""How the lines of a page run, told without finding them.

The glyphs of a line stand closer together than lines do. So closing small gaps joins more of them
along the lines than across (after the run-length smearing of Wong et al. 1982).
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize import typesize
from digitize.geometry import WritingMode
from digitize.image import PageImage, Pixels
from digitize.preprocess.deskew import deskew

EM = 16.0  # px of the body type in the picture that is looked at
PART = 3  # px: parts of a glyph are no further apart
NEXT = 5  # px: nor most glyphs of a line; lines are, with 6 px and more
LEAST, MOST = 0.4, 1.6  # em: what is smaller or thicker is no glyph, nor glyphs that touch


def direction(image: PageImage) -> WritingMode:
    """The direction of most type on a page; horizontal without any."""
    gray = deskew(image).gray
    em = typesize.body_em(gray)
    if em == 0:
        return WritingMode.HORIZONTAL
    glyphs = _glyphs(typesize.local_ink(typesize.resized(gray, EM / em)))
    across, down = _parts(glyphs, (1, NEXT)), _parts(glyphs, (NEXT, 1))
    return WritingMode.VERTICAL if down < across else WritingMode.HORIZONTAL


def _glyphs(mask: Pixels) -> Pixels:
    """A mask, 0 or 1, of glyphs and of rows of them that touch."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((PART, PART), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fit = (np.maximum(width, height) >= LEAST * EM) & (np.minimum(width, height) < MOST * EM)
    fit[0] = False  # the paper
    return np.asarray(fit[labels], dtype=np.uint8)


def _parts(glyphs: Pixels, gap: tuple[int, int]) -> int:
    """How many pieces are left when gaps of so many rows and columns are closed."""
    closed = cv2.morphologyEx(glyphs, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
    return int(cv2.connectedComponents(closed)[0])
