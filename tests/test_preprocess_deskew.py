from __future__ import annotations

import numpy as np
import pytest
from preprocess_pages import photo, sunk, text_page

from digitize.image import PageImage
from digitize.preprocess.deskew import deskew, skew

ANGLES = (-5.0, -3.1, -1.4, -0.6, -0.17, 0.0, 0.12, 0.45, 1.1, 2.7, 4.2, 5.0)


@pytest.mark.parametrize("degrees", ANGLES)
@pytest.mark.parametrize("vertical", [False, True])
def test_skew_is_measured_to_a_tenth_of_a_degree(vertical: bool, degrees: float) -> None:
    assert skew(sunk(text_page(vertical), degrees)) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-4.0, -0.8, 0.5, 3.0])
def test_a_picture_does_not_disturb(degrees: float) -> None:
    assert skew(sunk(text_page(picture=True), degrees)) == pytest.approx(degrees, abs=0.1)


def test_the_result_is_level() -> None:
    result = deskew(PageImage(sunk(text_page(), 2.3)))
    assert result.steps == ("deskew",)
    assert abs(skew(result.gray)) < 0.05


def test_a_level_page_is_left_alone() -> None:
    image = PageImage(text_page())
    assert deskew(image) is image


@pytest.mark.parametrize("kind", ["blank", "noise", "photo"])
def test_a_page_without_lines_is_left_alone(kind: str) -> None:
    rng = np.random.default_rng(1)
    pixels = {
        "blank": np.full((900, 700), 255, np.uint8),
        "noise": rng.integers(0, 256, (900, 700)).astype(np.uint8),
        "photo": photo(900, 700),
    }[kind]
    image = PageImage(pixels)
    assert deskew(image) is image


def test_nothing_is_cut_and_the_ground_is_paper() -> None:
    tilted = np.minimum(sunk(text_page(), 3), 240)
    tilted[:12, :12] = 0
    result = deskew(PageImage(tilted))
    height, width = tilted.shape
    assert result.width > width
    assert result.height > height
    x, y = result.to_scan.inverse().point((6, 6))
    assert result.gray[round(y), round(x)] < 60
    assert result.gray[2, 2] == pytest.approx(240, abs=3)
    assert result.gray[-2, -2] == pytest.approx(240, abs=3)


def test_colour_stays() -> None:
    gray = sunk(text_page(), 1.5)
    color = np.dstack([gray, gray, np.minimum(gray, 200)])
    result = deskew(PageImage(color))
    assert result.pixels.shape[2] == 3
    assert np.median(result.pixels, axis=(0, 1)).tolist() == [255, 255, 200]


def test_columns_stand_on_a_bent_sheet() -> None:
    page = sunk(text_page(), 0)
    width = page.shape[1]
    lift = 6 * np.sin(2 * np.pi * 0.8 * np.arange(width) / width + 0.5)
    bent = np.stack([np.roll(page[:, x], round(lift[x])) for x in range(width)], axis=1)
    assert abs(skew(np.ascontiguousarray(bent))) < 0.25
