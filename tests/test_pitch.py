"""The size of type from the places of glyphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digitize.geometry import Box, Polygon, WritingMode
from digitize.model import Glyph, Line
from digitize.ocr.pitch import sized

EM = 40.0
TEXT = "县图书馆把夜间开放的时间"
UNEVEN = [EM * step for step in (1, 0.5, 1.6, 0.7, 1.4, 0.4, 1.5, 1, 0.6, 1.3, 1)]


def line(
    text: str, steps: Sequence[float], measured: float = 1.15 * EM, vertical: bool = False
) -> Line:
    """A line of type EM whose glyphs are found ``steps`` apart, its em ``measured`` badly."""
    mode = WritingMode.VERTICAL if vertical else WritingMode.HORIZONTAL
    places = [sum(steps[:i]) for i in range(len(text))]
    glyphs = tuple(Glyph(c, _box(x, EM, vertical), 1.0) for c, x in zip(text, places, strict=True))
    outline = _box(-0.1 * EM, EM * (len(text) + 0.2), vertical)
    return Line("l1", outline, text, 1.0, measured, mode, glyphs)


def _box(start: float, length: float, vertical: bool) -> Polygon:
    end = start + length
    return (Box(0, start, EM, end) if vertical else Box(start, 0, end, EM)).polygon()


def size(one: Line) -> float:
    return sized([one])[0].em


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("steps", [[EM] * 11, UNEVEN], ids=["even", "uneven"])
def test_the_em_is_that_of_the_glyphs(steps: list[float], vertical: bool) -> None:
    assert size(line(TEXT, steps, vertical=vertical)) == pytest.approx(EM, rel=0.01)


def test_a_stop_at_the_end_fills_half_of_its_square() -> None:
    whole = line(TEXT[:-1] + "。", UNEVEN)
    short = _box(-0.1 * EM, EM * (len(TEXT) - 0.3), vertical=False)
    assert size(Line("l1", short, whole.text, 1, 46, whole.writing_mode, whole.glyphs)) == (
        pytest.approx(EM, rel=0.01)
    )


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("图书馆", [EM] * 2),  # too few
        ("县图书馆把ABCD开放的", UNEVEN[:10]),  # letters are set closer
        (TEXT, [2 * EM] * 11),  # spaced out
    ],
)
def test_elsewhere_it_stays_as_measured(text: str, steps: list[float]) -> None:
    assert size(line(text, steps)) == 1.15 * EM


def test_lines_that_say_nothing_are_scaled_as_the_others_are() -> None:
    first, second = sized([line(TEXT, [EM] * 11), line("图书馆", [EM] * 2)])
    assert second.em == pytest.approx(first.em)


def below(one: Line, rows: int) -> Line:
    """The line so many rows further down its column."""
    down = [(x, y + 2 * EM * rows) for x, y in one.polygon.points]
    return replace(one, polygon=Polygon(tuple(down)))


def test_what_fills_little_of_its_square_has_the_size_of_its_column() -> None:
    """Outlines of Kai say too little, and by how much differs from line to line."""
    steps = [EM] * 11
    column = [
        below(line(TEXT, steps, measured=EM / ratio), i) for i, ratio in enumerate([1.1, 1.15])
    ]
    column.append(below(line(TEXT, steps, measured=EM / 1.3), 2))
    assert [one.em for one in sized(column)] == pytest.approx([EM] * 3, rel=0.01)


@pytest.mark.parametrize(("step", "rows"), [(1.5 * EM, 2), (1.25 * EM, 2), (1.25 * EM, 40)])
def test_spaced_out_type_is_told_by_its_column(step: float, rows: int) -> None:
    column = [below(line(TEXT, [EM] * 11, measured=EM), i) for i in range(2)]
    spaced = below(line(TEXT, [step] * 11, measured=EM), rows)
    assert sized([*column, spaced])[2].em == pytest.approx(EM, rel=0.01)


def test_a_caption_driven_out_is_told_from_the_text_under_it() -> None:
    """Its next row has another step, whatever the column has further down."""
    caption = [
        below(line(TEXT, [step] * 11, measured=0.8 * EM), i) for i, step in enumerate((EM, 34))
    ]
    text = [below(line(TEXT, [EM] * 11, measured=0.95 * EM), i) for i in range(3, 7)]
    assert sized([*caption, *text])[0].em < 0.9 * EM
