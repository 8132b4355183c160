"""Whether to believe a text layer.

What was set by a program is exact, what another OCR program laid under a scan is not, and some
files do not say which characters they draw.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from digitize.model import Line
from digitize.pdf_text.chars import Char

DRAWN = 0.9  # of the characters, drawn and not invisible, where the page was set by a program
ODD = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})  # control, format, unassigned, private, surrogates
REPLACEMENT = "\ufffd"
LATIN_1 = 0.25  # of the characters, accented Latin and signs: Chinese bytes taken for Latin-1


class Layer(StrEnum):
    """What a page's text layer is."""

    NONE = "none"
    SET = "set"  # by the program that set the page
    READ = "read"  # by an OCR program, under a scan
    GARBLED = "garbled"


def judged(chars: Sequence[Char], *, scanned: bool) -> Layer:
    """What the layer is; ``scanned``: a picture covers the page, as a scan does."""
    if not chars:
        return Layer.NONE
    odd = sum("\u0080" <= char.text <= "\u00ff" for char in chars)
    if odd > LATIN_1 * len(chars):
        return Layer.GARBLED
    drawn = sum(char.shown for char in chars)
    return Layer.READ if scanned or drawn < DRAWN * len(chars) else Layer.SET


def is_doubtful(line: Line) -> bool:
    """Whether a line has a character that the file does not tell, or tells as none."""
    return any(glyph.confidence == 0 or is_odd(glyph.text) for glyph in line.glyphs)


def is_odd(char: str) -> bool:
    """Whether a character says nothing: private use, unassigned, a control character."""
    return char == REPLACEMENT or unicodedata.category(char) in ODD
