"""What is written in photographs is told from what is printed, whatever the ground."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn import EM, Drawn, font, sheet
from made_photograph import (
    PHOTO,
    Ground,
    banner,
    line,
    lines_of,
    page_with,
    scene,
    screened,
)
from PIL import Image, ImageDraw

from digitize import layout, typesize
from digitize.foreign.page import adopted
from digitize.formats.lines import ReadPage
from digitize.geometry import Box
from digitize.image import PageImage
from digitize.layout import scene_text, shade
from digitize.layout.detect import DETECT_EM
from digitize.model import Line, Page, RegionKind

AT = Box(160, 200, 440, 250)  # of the banner, in the photograph
WRITTEN = Box(PHOTO.x0 + 170, PHOTO.y0 + 207, PHOTO.x0 + 430, PHOTO.y0 + 243)


def found(page: Drawn, *more: Line) -> frozenset[str]:
    """The ids of the lines that are taken for scene text."""
    gray = page.pixels
    small = typesize.resized(gray, DETECT_EM / EM)
    shaded = shade.find_shaded(small, DETECT_EM)
    there = scene_text.Small(small, DETECT_EM, shaded)
    return scene_text.find(gray, there, [*lines_of(page), *more])


@pytest.mark.parametrize("lines_an_inch", [0, 50, 65, 85])
@pytest.mark.parametrize("seed", range(4))
def test_a_banner_in_a_photograph(seed: int, lines_an_inch: int) -> None:
    tones = scene(seed)
    banner(tones, AT)
    page = page_with(screened(tones, lines_an_inch) if lines_an_inch else tones)
    assert found(page, line("sign", WRITTEN)) == {"sign"}


def test_noise_in_a_photograph_that_was_taken_for_a_line() -> None:
    assert found(page_with(scene()), line("noise", Box(350, 300, 520, 330))) == {"noise"}


def test_captions_stay() -> None:
    page = page_with(scene())
    page.row(100, 572, "城北的新水渠完工")  # right below
    page.row(480, 572, "本报记者摄")
    assert found(page) == frozenset()


def test_a_page_without_pictures_or_lines() -> None:
    page = sheet(600, 400)
    assert found(page) == frozenset()
    page.row(60, 60, "城北的新水渠完工")
    assert found(page) == frozenset()


def ramp(low: float, high: float, width: int, height: int) -> Ground:
    return np.tile(np.linspace(low, high, width, dtype=np.float32), (height, 1))


def stripes(low: float, high: float, width: int, height: int) -> Ground:
    x = np.arange(width) + np.arange(height)[:, None]
    return np.where(x // 20 % 2, low, high).astype(np.float32)


def watermark(low: float, high: float, width: int, height: int) -> Ground:
    tones = cv2.resize(scene(), (width, height))
    return np.asarray(low + (high - low) * tones / 255, dtype=np.float32)


def dots(low: float, high: float, width: int, height: int) -> Ground:
    return screened(np.full((height, width), (low + high) / 2, dtype=np.float32), 65)


@pytest.mark.parametrize(
    ("ground", "low", "high"),
    [
        (ramp, 200, 200),  # a tint
        (ramp, 110, 110),
        (ramp, 90, 250),
        (stripes, 200, 235),
        (watermark, 210, 250),
        (dots, 160, 220),
    ],
)
def test_print_on_any_ground_stays(ground: object, low: float, high: float) -> None:
    assert callable(ground)
    page = sheet(1300, 900)
    tones = ground(low, high, round(PHOTO.width), round(PHOTO.height))
    page.image.paste(Image.fromarray(tones.astype(np.uint8)), (100, 100))
    page.row(200, 150, "水渠今日完工", em=60)
    page.row(200, 260, "一个副标题在这里", em=34)
    for i in range(2):
        page.row(150, 360 + 38 * i, "城北的新水渠昨日上午全线完工")
    assert found(page) == frozenset()


def reversed_row(page: Drawn, at: tuple[float, float], text: str, em: int, tone: int = 255) -> Box:
    """A row in the white of the paper, or in a light ink."""
    mask = sheet(*page.image.size)
    box = mask.row(*at, text, em)
    page.image.paste(tone, mask=Image.fromarray(255 - mask.pixels))
    page.lines.append((box, text))
    return box


@pytest.mark.parametrize("tone", [255, 212])
def test_headlines_over_photographs_stay(tone: int) -> None:
    tones = scene() * 0.7
    banner(tones, AT)
    page = page_with(tones)
    reversed_row(page, (180, 160), "水渠今日完工", 60, tone)
    assert found(page, line("sign", WRITTEN)) == {"sign"}


def test_a_reversed_headline_on_a_plate_in_a_photograph_stays() -> None:
    tones = scene()
    tones[60:160, 80:500] = 20
    page = page_with(tones)
    reversed_row(page, (210, 180), "水渠今日完工", 60)
    assert found(page) == frozenset()


@pytest.mark.parametrize(("tone", "ink"), [(255, 0), (215, 0), (40, 255)])
def test_captions_on_a_plate_in_a_photograph_stay(tone: int, ink: int) -> None:
    tones = scene()
    tones[340:440, 20:420] = tone
    page = page_with(tones)
    for i in range(2):
        row, x, y = "城北的新水渠昨日全线完工", 135, 452 + 38 * i
        if ink:
            reversed_row(page, (x, y), row, EM)
        else:
            page.row(x, y, row)
    assert found(page) == frozenset()


def test_print_in_bad_light_stays() -> None:
    """Paper in the dark is no photograph, though a sign stands in one beside it."""
    tones = scene()
    banner(tones, AT)
    page = page_with(tones)
    page.row(150, 580, "一只蜜蜂带富村", em=50)
    page.row(160, 645, "高山上的甜蜜事业")
    light = np.linspace(0.55, 1.0, page.image.width) + np.random.default_rng(1).normal(
        0, 0.03, (900, 1)
    )
    page.image = Image.fromarray(np.clip(page.pixels * light, 0, 255).astype(np.uint8))
    assert found(page, line("sign", WRITTEN)) <= {"sign"}


def test_a_block_of_rows_stays() -> None:
    tones = scene()
    rows = [Box(120, 120 + 50 * i, 420, 156 + 50 * i) for i in range(4)]
    for row in rows:
        banner(tones, row)
    there = [
        line(f"b{i}", Box(b.x0 + 100, b.y0 + 100, b.x1 + 100, b.y1 + 100))
        for i, b in enumerate(rows)
    ]
    assert found(page_with(tones), *there) == frozenset()


def test_pale_writing_beside_a_sign_goes_with_it() -> None:
    """A board in a photograph is even around most of what is written on it."""
    tones = scene()
    banner(tones, AT)
    image = Image.new("L", (300, 150), 80)
    ImageDraw.Draw(image).text((150, 75), "三年一班", 150, font(40), anchor="mm")
    grain = np.random.default_rng(1).normal(0, 8, (150, 300))
    tones[40:190, 260:560] = np.asarray(image) + grain
    page = page_with(tones)
    chalk = line("chalk", Box(425, 195, 595, 235))
    assert found(page, chalk) == frozenset()
    assert found(page, chalk, line("sign", WRITTEN)) == {"chalk", "sign"}


def test_a_sign_with_even_tones_on_two_sides_goes_with_one_that_is_sure() -> None:
    tones = scene()
    banner(tones, AT)
    tones[295:350, 40:400] = 75
    banner(tones, Box(160, 300, 320, 340), "出口西门")
    there = line("exit", Box(285, 402, 395, 438))
    page = page_with(tones)
    assert found(page, there) == frozenset()
    assert found(page, there, line("sign", WRITTEN)) == {"exit", "sign"}


def test_pieces_of_a_text_on_a_coarse_screen_stay() -> None:
    """A detector loses most of such a text; what it leaves looks like a photograph."""
    page = page_with(scene())
    pieces = [
        Box(200 + 90 * i, 200 + 38 * j, 250 + 90 * i, 224 + 38 * j)
        for i in (0, 2)
        for j in range(4)
    ]
    assert found(page, *(line(f"b{i}", box) for i, box in enumerate(pieces))) == frozenset()


def test_layout_marks_the_lines_and_keeps_the_picture() -> None:
    tones = scene()
    banner(tones, AT)
    page = layout.analyze(PageImage(page_with(tones).pixels), threads=2)
    signs = [r for r in page.regions if r.kind is RegionKind.SCENE_TEXT]
    assert len(signs) == 1
    there = {x.id: x.polygon.box for x in page.lines}
    assert there[signs[0].line_ids[0]].intersection(WRITTEN) > 0.6 * WRITTEN.area
    pictures = [r.polygon.box for r in page.regions if r.kind is RegionKind.PICTURE]
    assert [p.intersection(PHOTO) > 0.95 * PHOTO.area for p in pictures] == [True]


def test_what_a_program_has_set_is_print() -> None:
    tones = scene()
    banner(tones, AT)
    page = PageImage(page_with(tones).pixels)
    lines = [*lines_of(page_with(tones)), line("sign", WRITTEN)]
    kinds = {r.kind for r in layout.surroundings(page, lines).regions}
    assert RegionKind.SCENE_TEXT in kinds
    kinds = {r.kind for r in layout.surroundings(page, lines, printed=True).regions}
    assert RegionKind.SCENE_TEXT not in kinds


@pytest.mark.parametrize("drawn", [False, True])
def test_scene_text_is_looked_for_in_what_was_read_and_not_in_what_was_set(drawn: bool) -> None:
    tones = scene()
    banner(tones, AT)
    page = page_with(tones)
    lines = tuple(replace(x, text="字" * 8) for x in (*lines_of(page), line("sign", WRITTEN)))
    read = ReadPage(Page(page.image.size, lines=lines))
    adopted_page = adopted(read, PageImage(page.pixels), level=drawn)
    assert adopted_page.scene_text == (frozenset() if drawn else {"sign"})
