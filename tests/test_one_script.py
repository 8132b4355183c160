"""Characters of the other script on a traditional page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digitize.geometry import Box, WritingMode
from digitize.model import Glyph, Line
from digitize.ocr.one_script import in_one_script

TRADITIONAL = "本埠電車公司自下月一日起改訂行車時刻，早班提前至五時半，以便各廠工友上工。" * 3
SIMPLIFIED = "本埠电车公司自下月一日起改订行车时刻，早班提前至五时半，以便各厂工友上工。" * 3


def line(text: str, confidence: Sequence[float] | float = 0.99) -> Line:
    sure = [confidence] * len(text) if isinstance(confidence, float) else confidence
    boxes = [Box(20 * i, 0, 20 * i + 20, 20).polygon() for i in range(len(text))]
    glyphs = tuple(Glyph(c, b, s) for c, b, s in zip(text, boxes, sure, strict=True))
    outline = Box(0, 0, 20 * len(text), 20).polygon()
    return Line("l1", outline, text, min(sure), 20.0, WritingMode.VERTICAL, glyphs)


def read(page: str, text: str, confidence: Sequence[float] | float) -> str:
    made = in_one_script([line(page), line(text, confidence)])[1]
    assert "".join(g.text for g in made.glyphs) == made.text
    assert [g.polygon for g in made.glyphs] == [g.polygon for g in line(text).glyphs]
    return made.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("伤，均经送往医院医治，闻無性", "傷，均經送往醫院醫治，聞無性"),
        ("其惨狀有非筆墨所能", "其慘狀有非筆墨所能"),
        ("头发发展", "頭髮發展"),  # by the phrase
        ("后台体万与着", "后台体万与着"),  # all of them stood in traditional print too
        ("为众卫", "為眾衛"),
        ("三，『甲』。A", "三，『甲』。A"),
    ],
)
def test_doubtful_characters_on_a_traditional_page(text: str, expected: str) -> None:
    assert read(TRADITIONAL, text, 0.6) == expected


def test_one_that_is_doubtful_takes_the_others_along() -> None:
    assert read(TRADITIONAL, "伤均经送往", (0.99, 0.99, 0.5, 0.99, 0.99)) == "傷均經送往"


def test_what_is_read_surely_is_printed_so() -> None:
    assert read(TRADITIONAL, "国会开幕", 0.99) == "国会开幕"


def test_a_simplified_page_is_left_alone() -> None:
    assert read(SIMPLIFIED, "伤均经送往", 0.3) == "伤均经送往"
    assert read(SIMPLIFIED, "傷均經送往", 0.3) == "傷均經送往"


def test_too_little_text_tells_no_script() -> None:
    assert read("電車時刻", "伤均经送往", 0.3) == "伤均经送往"
