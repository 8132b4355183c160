"""How well single glyphs can be read: the judge of which way up a page is."""

from __future__ import annotations

import numpy as np

from digitize import text, weights
from digitize.image import Pixels
from digitize.ocr import ctc


def legibility(strip: Pixels) -> float:
    """How well a row of glyphs, (48, n · 48) in grey, can be read: 0 to 1.

    The mean over its squares; one in which no Han character is read counts 0.
    """
    output = weights.run("rec", strip)
    squares = max(1, round(strip.shape[1] / strip.shape[0]))
    best = np.zeros(squares)
    for glyph in ctc.decode(output, weights.alphabet()):
        i = min(squares - 1, int(glyph.center * squares))
        if text.is_han(glyph.text):
            best[i] = max(best[i], glyph.confidence)
    return float(best.mean())
