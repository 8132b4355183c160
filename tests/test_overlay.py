from __future__ import annotations

import numpy as np
import pytest

from digitize import overlay
from digitize.geometry import Box
from digitize.image import Pixels
from digitize.model import (
    Article,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Region,
    RegionKind,
    Role,
    Separator,
    Source,
)

WHITE = np.full((400, 300), 255, np.uint8)


def line(name: str, box: Box) -> Line:
    return Line(name, box.polygon(), "文", 0.9, 20.0)


def result(articles: list[list[str]], **page: tuple[object, ...]) -> PageResult:
    """A page whose articles are given as lists of line ids, a paragraph for each."""
    made = tuple(
        Article(
            f"a{i}",
            tuple(Paragraph(f"a{i}p{j}", Role.BODY, "文", (x,)) for j, x in enumerate(ids)),
        )
        for i, ids in enumerate(articles)
    )
    return PageResult(Source("a.png"), PageStatus.OK, Page((300, 400), **page), made)  # type: ignore[arg-type]


def colour_at(picture: Pixels, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(v) for v in picture[y, x])


def colourful(colour: tuple[int, ...]) -> bool:
    return max(colour) - min(colour) > 30


def test_articles_have_colours_of_their_own() -> None:
    boxes = {f"l{i}": Box(50, 40 + 60 * i, 250, 70 + 60 * i) for i in range(4)}
    lines = tuple(line(name, box) for name, box in boxes.items())
    drawn = overlay.draw(WHITE, result([["l0", "l1"], ["l2"]], lines=lines))
    assert drawn.shape == (400, 300, 3)
    first, second, other, none = (colour_at(drawn, 60, 55 + 60 * i) for i in range(4))
    assert colourful(first)
    assert first != second  # shades tell paragraphs
    assert colourful(other)
    hue = int(np.argmax(first)), int(np.argmax(other))
    assert hue[0] != hue[1]
    assert not colourful(none)  # a line of no article is grey
    assert none != colour_at(drawn, 10, 10)
    assert colour_at(drawn, 10, 10) == (255, 255, 255)


def test_arrows_follow_the_reading_order() -> None:
    lines = (line("l0", Box(100, 20, 200, 40)), line("l1", Box(100, 300, 200, 320)))
    with_arrow = overlay.draw(WHITE, result([["l0", "l1"]], lines=lines))
    assert colour_at(with_arrow, 150, 170) == overlay.ARROW
    without = overlay.draw(WHITE, result([["l0"], ["l1"]], lines=lines))
    assert colour_at(without, 150, 170) == (255, 255, 255)


def test_pictures_frames_and_rules() -> None:
    photo, frame, rule = Box(20, 20, 120, 120), Box(150, 20, 280, 120), Box(20, 200, 280, 203)
    regions = (
        Region("p", RegionKind.PICTURE, photo.polygon()),
        Region("f", RegionKind.FRAME, frame.polygon()),
    )
    rules = (Separator(rule.polygon(), False),)
    drawn = overlay.draw(WHITE, result([], regions=regions, separators=rules))
    assert colourful(colour_at(drawn, 70, 70))  # filled
    assert colourful(colour_at(drawn, 150, 70))  # its side
    assert colour_at(drawn, 215, 70) == (255, 255, 255)  # not filled
    assert colourful(colour_at(drawn, 150, 201))


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((400, 300), (400, 300)),
        ((400, 300, 3), (400, 300)),
        ((4800, 3000), (2400, 1500)),
        ((1, 1), (1, 1)),
        ((1, 30_000), (1, 2400)),
    ],
)
def test_size(shape: tuple[int, ...], size: tuple[int, int]) -> None:
    drawn = overlay.draw(np.full(shape, 255, np.uint8), result([]))
    assert drawn.shape == (*size, 3)
    assert drawn.dtype == np.uint8


def test_a_reduced_overlay_keeps_things_in_place() -> None:
    lines = (line("l0", Box(1000, 2000, 2000, 2400)),)
    drawn = overlay.draw(np.full((4800, 3000), 255, np.uint8), result([["l0"]], lines=lines))
    assert colourful(colour_at(drawn, 750, 1100))
    assert not colourful(colour_at(drawn, 750, 1300))


def test_the_scan_stays_visible_and_whole() -> None:
    scan = WHITE.copy()
    scan[100:200] = 0
    before = scan.copy()
    drawn = overlay.draw(scan, PageResult(Source("a.png"), PageStatus.FAILED))
    assert colour_at(drawn, 50, 150)[0] < colour_at(drawn, 50, 50)[0] - 100
    assert np.array_equal(scan, before)


def test_scene_text_has_a_colour_of_its_own() -> None:
    box = Box(50, 40, 250, 70)
    sign = Region("scene_text1", RegionKind.SCENE_TEXT, box.polygon(), line_ids=("l0",))
    picture = Region("picture1", RegionKind.PICTURE, Box(20, 20, 280, 200).polygon())
    drawn = overlay.draw(WHITE, result([], lines=(line("l0", box),), regions=(picture, sign)))
    plain = overlay.draw(WHITE, result([], lines=(line("l0", box),), regions=(picture,)))
    there = colour_at(drawn, 60, 55)
    assert there not in {colour_at(drawn, 30, 180), colour_at(plain, 60, 55)}
