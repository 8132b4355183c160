"""Whether a line in a photograph is printed over it.

Print stands level, and is in one ink or in the white of the paper; what was photographed is lit
unevenly, and seldom level.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from digitize.image import Pixels
from digitize.layout.ground import SOFT
from digitize.layout.shade import part
from digitize.model import Line

LEVEL = 1.5  # degrees from level at most
CORE = 3  # px from side to side of what is inside of a stroke
SCREEN = 0.2  # em: wider than the dots of a screen
DOTTED = 16  # grey levels by which half of a screened photograph differs from its tones
WHITE_TYPE = 0.02  # of the line's box that the insides of white strokes cover
ONE_INK = 12.0  # grey levels between the darkest and the lightest tenth of glyphs of one ink
ONE_LIGHT = 8.0  # grey levels by which light glyphs of one ink, as yellow ones, differ
LIGHT_TYPE = 0.06  # of the line's box that the insides of such strokes cover
LEAST = 50  # pixels that say something of an ink
PALE_TYPE = 225  # grey: reversed type is lighter in places, writing on a board is not

Mask = npt.NDArray[np.bool_]


def is_overprint(gray: Pixels, line: Line, em: float, white: float) -> bool:
    """Whether a level line is in the white of the paper or all in one ink.

    The insides of strokes are looked at, in a screened photograph none that dots may have. ``em``
    is that of the page's body type; where nothing is printed, it is as light as ``white``.
    """
    if not _level(line):
        return False
    there = part(gray, line.polygon.box)
    core = round(SCREEN * em) if _screened(part(gray, line.polygon.box.grown(em)), em) else CORE
    lightest = float(np.percentile(there, 98)) - ONE_LIGHT
    if np.mean(_eroded(there >= white, core)) > WHITE_TYPE:
        return True
    if np.mean(_eroded(there >= lightest, core)) > LIGHT_TYPE:
        return True
    inside = there[_eroded(_glyphs(there)[0], core)]
    return inside.size >= LEAST and float(np.ptp(np.percentile(inside, [10, 90]))) <= ONE_INK


def is_pale(gray: Pixels, line: Line) -> bool:
    """Whether glyphs are lighter than their ground: dark ones may stand on dark paper."""
    return _glyphs(part(gray, line.polygon.box))[1]


def is_askew_or_grey(gray: Pixels, line: Line) -> bool:
    """Whether a line is not level or nowhere white."""
    there = part(gray, line.polygon.box)
    return not _level(line) or float(np.percentile(there, 99)) < PALE_TYPE


def _level(line: Line) -> bool:
    (ax, ay), (bx, by) = line.polygon.points[:2]
    return abs(math.degrees(math.atan2(by - ay, bx - ax))) <= LEVEL


def _screened(there: Pixels, em: float) -> bool:
    tones = cv2.GaussianBlur(there, (0, 0), SOFT * em)
    return float(np.median(cv2.absdiff(there, tones))) > DOTTED


def _eroded(mask: Mask, size: int) -> Mask:
    inner = cv2.erode(mask.astype(np.uint8), np.ones((size, size), np.uint8))
    return np.asarray(inner > 0)


def _glyphs(there: Pixels) -> tuple[Mask, bool]:
    """Where the glyphs of a line are, and whether they are lighter than its ground."""
    _, light = cv2.threshold(there, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    edge = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    lighter = bool(np.mean(edge) < 0.5)
    return np.asarray(light > 0) if lighter else np.asarray(light == 0), lighter
