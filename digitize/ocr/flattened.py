"""Vertical headlines in flattened type, stretched until their glyphs are square again.

Digital setting fits a headline into its place by pressing its glyphs flat, down to half their
height. Such a line is cut up wrongly, glyphs being sought about an em apart, and hardly read.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize.geometry import Projective, WritingMode
from digitize.model import Line
from digitize.ocr.crops import Crop

FACTORS = (1.35, 1.7, 2.1)  # times as tall: for glyphs of 0.35 to 1 times their width
DOUBT = 0.9  # lines read more surely are not flat
SPARSE = 0.75  # glyphs an em; a line in which more are read was cut well


def suspected(line: Line) -> bool:
    """Whether a vertical line was read with doubt, and as fewer glyphs than it has room for."""
    if line.writing_mode is not WritingMode.VERTICAL or line.confidence >= DOUBT:
        return False
    return len(line.glyphs) < SPARSE * line.length / line.em


def stretched(crop: Crop, factor: float) -> Crop:
    """The crop of a vertical line, ``factor`` times as tall."""
    height, width = crop.pixels.shape
    tall = max(1, round(height * factor))
    pixels = cv2.resize(crop.pixels, (width, tall), interpolation=cv2.INTER_CUBIC)
    back = Projective.scale(1.0, height / tall)
    return Crop(np.asarray(pixels, dtype=np.uint8), back.then(crop.to_page))


def better(first: Line, second: Line) -> Line:
    """The surer reading, if it holds no fewer glyphs."""
    gains = len(second.glyphs) >= len(first.glyphs) and second.confidence > first.confidence
    return second if gains else first
