"""What lies on its side in a vertical line, put in from the line read turned."""

from __future__ import annotations

from digitize.geometry import Box, WritingMode
from digitize.model import Glyph, Line
from digitize.ocr.sideways import merged

EM = 20


def line(*glyphs: tuple[str, float, float]) -> Line:
    """Each glyph with its place (em from the top) and its confidence."""
    made = tuple(
        Glyph(text, Box(0, EM * at, EM, EM * at + EM * 0.6).polygon(), sure)
        for text, at, sure in glyphs
    )
    text = "".join(glyph.text for glyph in made)
    outline = Box(0, 0, EM, 6 * EM).polygon()
    return Line("l1", outline, text, 0.9, EM, WritingMode.VERTICAL, made)


UPRIGHT = (("西", 0, 0.99), ("宁", 1, 0.99), ("月", 3, 0.99))


def test_a_single_digit_fills_a_hole() -> None:
    turned = line(("西", 0, 0.9), ("1", 2, 0.95), ("月", 3, 0.9))
    assert merged(line(*UPRIGHT), turned).text == "西宁1月"


def test_a_single_digit_read_badly_does_not() -> None:
    assert merged(line(*UPRIGHT), line(("1", 2, 0.6))).text == "西宁月"


def test_an_upright_one_stays() -> None:
    """Turned, 一 is a stroke that is read as 1."""
    upright = line(*UPRIGHT[:2], ("一", 2, 0.8), UPRIGHT[2])
    assert merged(upright, line(("1", 2, 0.99))).text == "西宁一月"


def test_a_number_takes_the_place_of_what_was_read_with_less() -> None:
    upright = line(*UPRIGHT[:2], ("八", 2, 0.5), UPRIGHT[2])
    assert merged(upright, line(("1", 1.9, 0.95), ("5", 2.3, 0.95))).text == "西宁15月"
