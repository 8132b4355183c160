from __future__ import annotations

import cv2
import numpy as np
import pytest
from preprocess_pages import text_page

from digitize.image import PageImage
from digitize.preprocess.binarize import binarize
from digitize.preprocess.enlarge import enlarge
from digitize.typesize import body_em


@pytest.mark.parametrize("em", [12, 17, 24, 38])
def test_the_em_of_the_body_is_measured(em: int) -> None:
    assert body_em(text_page(em=em)) == pytest.approx(em, rel=0.12)


@pytest.mark.parametrize("pitch", [9, 13])
def test_the_dots_of_a_screened_picture_are_no_type(pitch: int) -> None:
    """There are more of them than of characters: a photograph printed at 65 lines, 600 dpi."""
    page = np.pad(text_page(em=38), ((0, 1200), (0, 0)), constant_values=255)
    for y in range(page.shape[0] - 1150, page.shape[0] - 50, pitch):
        for x in range(50, page.shape[1] - 50, pitch):
            cv2.circle(page, (x, y), pitch // 3, 40, -1)
    assert body_em(page) == pytest.approx(38, rel=0.12)


@pytest.mark.filterwarnings("error")
def test_specks_alone_raise_no_warning() -> None:
    page = np.full((400, 300), 255, np.uint8)
    page[10:15, 10:15] = page[40:45, 40:45] = 0
    assert body_em(page) < 6


def test_a_blank_page_has_no_em() -> None:
    assert body_em(np.full((400, 300), 250, np.uint8)) == 0


@pytest.mark.parametrize("em", [9, 12])
def test_small_type_is_enlarged(em: int) -> None:
    small = text_page(em=em)
    result = enlarge(PageImage(small))
    assert result.steps == ("enlarge",)
    assert 18 <= body_em(result.gray) <= 26
    assert result.to_scan.point((result.width, result.height)) == pytest.approx(
        (small.shape[1], small.shape[0])
    )


def test_large_and_blank_pages_are_left_alone() -> None:
    for pixels in (text_page(), np.full((900, 700), 250, np.uint8)):
        image = PageImage(pixels)
        assert enlarge(image) is image


def test_small_type_on_a_huge_page_is_seen() -> None:
    tiled = np.tile(text_page(em=11), (3, 3))
    assert enlarge(PageImage(tiled)).width > tiled.shape[1]


def test_binarize_is_black_and_white_under_uneven_light() -> None:
    page = text_page()
    light = np.linspace(0.4, 0.95, page.shape[1])
    result = binarize(PageImage((page * light).astype(np.uint8)))
    assert set(np.unique(result.gray)) == {0, 255}
    assert (result.gray[page == 0] == 0).mean() > 0.97
    far = cv2.dilate((page < 255).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (result.gray[far] == 255).mean() > 0.999
    assert binarize(result) is result
