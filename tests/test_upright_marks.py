"""Brackets of vertical setting, turned back for a reader of level text."""

from __future__ import annotations

import numpy as np
import pytest
from made_lines import EM, font_file
from PIL import Image, ImageDraw, ImageFont

from digitize.image import Pixels
from digitize.ocr.upright_marks import levelled


def cell(glyph: str, lying: bool) -> Pixels:
    """The glyph in its square; ``lying`` as it stands in a vertical line."""
    file, index = font_file()
    image = Image.new("L", (EM, EM), 255)
    font = ImageFont.truetype(file, EM, index=index)
    ImageDraw.Draw(image).text((0, EM / 2), glyph, font=font, fill=0, anchor="lm")
    return np.asarray(image.rotate(-90) if lying else image, np.uint8)


def level(pixels: Pixels) -> Pixels:
    return levelled(pixels, pixels < 180, EM, 255)


def sides(pixels: Pixels) -> tuple[int, int]:
    """Width and height of the ink."""
    dark = pixels < 180
    return int(dark.any(axis=0).sum()), int(dark.any(axis=1).sum())


@pytest.mark.parametrize("bracket", "（）《》〈〉")
def test_round_and_angled_brackets_are_turned_back(bracket: str) -> None:
    made, printed = level(cell(bracket, lying=True)), cell(bracket, lying=False)
    assert sides(made) == sides(printed)
    side = np.flatnonzero((made < 180).any(axis=0)).mean()
    assert bool(side > EM / 2) is (bracket in "（《〈")


@pytest.mark.parametrize("glyph", "一八人入六公穴宀个大太二三")
def test_characters_stay_as_they_are(glyph: str) -> None:
    pixels = cell(glyph, lying=False)
    assert (level(pixels) == pixels).all()
