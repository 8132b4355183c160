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
