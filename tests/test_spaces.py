"""Gaps within headings and bylines."""

from __future__ import annotations

import pytest

from digitize.geometry import Box
from digitize.model import Glyph, Line
from digitize.reflow.spaces import spaced

EM = 30.0


def line(text: str, places: list[float], em: float = EM) -> Line:
    """A line whose glyphs, white space left out, have their centres at ``places`` (in em)."""
    glyphs = tuple(
        Glyph(c, Box(x * em - 5, 0, x * em + 5, em).polygon(), 0.9)
        for c, x in zip(text.replace(" ", ""), places, strict=True)
    )
    return Line("l", Box(0, 0, max(places) * em + em, em).polygon(), text, 0.9, em, glyphs=glyphs)


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("顶压前行交出答卷", [0, 1, 2, 3, 4.5, 5.5, 6.5, 7.5], "顶压前行 交出答卷"),
        ("通讯员刘雅丽", [0, 0.87, 1.87, 3.2, 4.03, 5.03], "通讯员 刘雅丽"),  # places are blurred
        ("谱写新篇章", [0, 2, 4, 6, 8], "谱写新篇章"),  # letters spaced out
        ("谱写新篇章", [0, 1.1, 1.95, 3.1, 4.0], "谱写新篇章"),
        ("谱写：新篇章", [0, 1, 1.7, 3.2, 4.2, 5.2], "谱写：新篇章"),  # half a square is blank
        ("国庆 70 周年", [0, 1, 2.2, 2.7, 3.9, 4.9], "国庆70周年"),
        ("APEC CEO峰会", [0, 0.5, 1, 1.5, 2.5, 3, 3.5, 4.5, 5.5], "APEC CEO峰会"),
        # Places as Tesseract finds them: uneven throughout, without a gap.
        (
            "老城区供水管网改造工程",
            [0, 1.37, 1.95, 2.78, 4.2, 5.54, 6.33, 7.05, 8.1, 9.51, 10.3],
            "老城区供水管网改造工程",
        ),
        ("春", [0], "春"),
    ],
)
def test_gap(text: str, places: list[float], expected: str) -> None:
    assert spaced([line(text, places)]) == expected


def test_two_pieces_of_a_row_are_measured_as_one() -> None:
    left = line("顶压前行", [0, 1, 2, 3])
    right = line("交出答卷", [5, 6, 7, 8])
    assert spaced([left, right]) == "顶压前行 交出答卷"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("顶压前行 交出稳中向好答卷", "顶压前行 交出稳中向好答卷"),
        ("顶 压 前 行 交 出 答 卷", "顶压前行交出答卷"),  # as Tesseract writes
    ],
)
def test_without_places_few_spaces_are_kept(text: str, expected: str) -> None:
    bare = Line("l", Box(0, 0, 300, 30).polygon(), text, 0.9, EM)
    assert spaced([bare]) == expected
