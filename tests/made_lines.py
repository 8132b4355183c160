"""Pictures of Chinese text lines, set with the installed Noto face, and their outlines."""

from __future__ import annotations

import subprocess
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.geometry import Box, WritingMode
from digitize.image import PageImage
from digitize.model import Line

EM = 40
AIR = 3  # px around the glyphs, as layout leaves it
LEVEL = ("天气晴朗，正在下乡的演员", "很快搭起了舞台。", "村里来了三百多人，", "二〇二四年十月")
UPRIGHT = ("本市米價自上月底以來，", "逐日上漲。市民盼望甚殷，", "新校舍落成。")
LONG = "经过多年的探索他研究出以针灸为辅的疗法使不同年龄的听众恢复了听力" * 3


@cache
def font_file() -> tuple[str, int]:
    """The file and the index in it of a Chinese serif face."""
    command = ["fc-match", "-f", "%{family}|%{file}|%{index}", "Noto Serif CJK SC"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except OSError:
        pytest.skip("needs fontconfig")
    family, file, index = found.split("|")
    if "CJK" not in family:
        pytest.skip("needs fonts-noto-cjk")
    return file, int(index)


def page(
    level: tuple[str, ...] = (), upright: tuple[str, ...] = (), em: int = EM
) -> tuple[PageImage, tuple[Line, ...]]:
    """A white page: ``level`` lines under each other, below them ``upright`` ones from the right.

    The lines are given without text, as layout finds them.
    """
    file, index = font_file()
    font = ImageFont.truetype(file, em, index=index)
    wide = em * (2 + max(map(len, level), default=0) + 2 * len(upright))
    tall = em * (3 + 2 * len(level) + max(map(len, upright), default=0))
    image = Image.new("L", (wide, tall), 255)
    pen = ImageDraw.Draw(image)
    lines = []
    for row, text in enumerate(level):
        y = em * (1 + 2 * row)
        box = _glyphs(pen, font, text, [(em * (1 + i), y) for i in range(len(text))])
        lines.append(_line(f"h{row}", box, em, WritingMode.HORIZONTAL))
    top = em * (1 + 2 * len(level))
    for column, text in enumerate(upright):
        x = wide - em * 2 * (1 + column)
        box = _glyphs(pen, font, text, [(x, top + em * i) for i in range(len(text))])
        lines.append(_line(f"v{column}", box, em, WritingMode.VERTICAL))
    return PageImage(np.asarray(image, dtype=np.uint8)), tuple(lines)


def _glyphs(
    pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, text: str, places: list[tuple[int, int]]
) -> Box:
    """The em boxes around all glyphs drawn at ``places`` (their top left corners)."""
    em = int(font.size)
    for char, (x, y) in zip(text, places, strict=True):
        pen.text((x, y + round(0.88 * em)), char, fill=20, font=font, anchor="ls")
    return Box.around(Box(x, y, x + em, y + em) for x, y in places)


def _line(name: str, box: Box, em: int, mode: WritingMode) -> Line:
    return Line(name, box.grown(AIR).polygon(), "", 0.0, float(em), mode)
