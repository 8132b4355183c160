"""Simple pages for the tests of preprocess: columns of glyphs, rules, pictures, borders."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from digitize.image import Pixels

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
TEXT = (
    "本报讯记者昨日从市政府获悉今年我市将继续加大对农业基础设施建设的投入力度，"
    "新修水渠四十公里。改造低产田三千余亩，预计全年粮食总产量可望再创历史最高水平。"
)
EM = 24
WIDTH, HEIGHT = 1000, 1400
MARGIN = 60


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def text_page(vertical: bool = False, em: int = EM, picture: bool = False) -> Pixels:
    """A clean page of (HEIGHT, WIDTH): three columns (or tiers) of text and a headline."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    draw.text((MARGIN, MARGIN), "本市水渠新修完工", font=font(72), fill=0)
    draw.line((MARGIN, 160, WIDTH - MARGIN, 160), fill=0, width=3)
    pitch, step = round(em * 1.5), em + 1
    top, count = 200, 0
    tiers = 3
    if vertical:
        tall = (HEIGHT - top - MARGIN) // tiers
        for tier in range(tiers):
            for x in range(WIDTH - MARGIN - em, MARGIN, -pitch):
                for y in range(tall * tier, tall * (tier + 1) - 2 * em, step):
                    count = _glyph(draw, (x, top + y), em, count)
    else:
        wide = (WIDTH - 2 * MARGIN) // tiers
        for column in range(tiers):
            # Columns do not share a grid of lines.
            for y in range(top + 7 * column, HEIGHT - MARGIN - em, pitch):
                for x in range(wide * column, wide * (column + 1) - em - step, step):
                    count = _glyph(draw, (MARGIN + x, y), em, count)
    pixels = np.array(page)
    if picture:
        pixels[500:900, 300:800] = photo(400, 500)
    return pixels


def _glyph(draw: ImageDraw.ImageDraw, at: tuple[int, int], em: int, count: int) -> int:
    draw.text((at[0], at[1] - em * 0.3), TEXT[count * 7 % len(TEXT)], font=font(em), fill=0)
    return count + 1


def photo(height: int, width: int) -> Pixels:
    """Soft dark shapes: a photograph without any line in it."""
    rng = np.random.default_rng(7)
    small = rng.integers(20, 170, (height // 40 + 2, width // 40 + 2)).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def sunk(page: Pixels, degrees: float) -> Pixels:
    """The page turned so that its lines sink to the right by ``degrees``, on a larger sheet."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    pad = 80
    matrix[:, 2] += pad
    size = (width + 2 * pad, height + 2 * pad)
    return np.asarray(
        cv2.warpAffine(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255,)), np.uint8
    )


Corners = npt.NDArray[np.float32]


def on_glass(page: Pixels, corners: Corners, size: tuple[int, int], ground: int = 30) -> Pixels:
    """The page as a sheet with the given corners (pixel edges) on the scanner's dark ground."""
    height, width = page.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat - 0.5, corners.astype(np.float32) - 0.5)
    return np.asarray(
        cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(ground,)),
        np.uint8,
    )
