from __future__ import annotations

import cv2
import numpy as np
import pytest
from preprocess_pages import HEIGHT, WIDTH, text_page

from digitize.image import PageImage, Pixels
from digitize.preprocess.illumination import illumination


def lit(page: Pixels, low: float = 0.6, high: float = 0.95) -> Pixels:
    """The page under a light that falls off from the top left to the bottom right."""
    y, x = np.mgrid[0 : 1 : page.shape[0] * 1j, 0 : 1 : page.shape[1] * 1j]
    light = high - (high - low) * (0.6 * x + 0.4 * y)
    return np.asarray(np.round(page * light), np.uint8)


def paper(page: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the clean page is blank, well away from ink."""
    ink = (page < 200).astype(np.uint8)
    return np.asarray(cv2.dilate(ink, np.ones((9, 9), np.uint8)) == 0, np.bool_)


def test_paper_is_white_and_ink_is_black_under_uneven_light() -> None:
    page = text_page()
    result = illumination(PageImage(lit(np.maximum(page, 50)))).gray
    assert np.percentile(result[paper(page)], 1) > 240
    assert np.percentile(result[page == 0], 90) < 80


def test_a_clean_page_is_left_alone() -> None:
    image = PageImage(text_page(picture=True))
    assert illumination(image) is image


def test_the_result_is_left_alone() -> None:
    once = illumination(PageImage(lit(np.maximum(text_page(), 50))))
    assert illumination(once) is once


def test_show_through_fades_and_print_does_not() -> None:
    page = text_page()
    back = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 5).astype(np.float64)
    scan = np.minimum(page * 0.85, 215 - 0.2 * (255 - back) * (page > 128)).astype(np.uint8)
    result = illumination(PageImage(scan)).gray
    ghost = paper(page) & (back < 200)
    contrast = 215 - float(np.mean(scan[ghost]))
    assert contrast > 12
    assert 255 - float(np.mean(result[ghost])) < contrast / 2
    assert np.percentile(result[page == 0], 90) < 60


def test_pale_small_print_is_not_taken_for_show_through() -> None:
    page = np.full((HEIGHT, WIDTH), 240, np.uint8)
    small = cv2.resize(text_page(), (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    pale = np.maximum(small, 150)
    page[: HEIGHT // 2, : WIDTH // 2] = np.minimum(pale, 240)
    page[900:1000, 100:900] = 0
    result = illumination(PageImage(page)).gray
    before = 240 - page[: HEIGHT // 2, : WIDTH // 2].astype(float)
    after = 255 - result[: HEIGHT // 2, : WIDTH // 2].astype(float)
    strokes = before > 60
    assert strokes.sum() > 1000
    assert after[strokes].mean() > 0.8 * before[strokes].mean()


def test_a_photograph_stays_dark_and_its_text_readable() -> None:
    page = text_page(picture=True)
    cv2.putText(page, "SIGN", (420, 700), cv2.FONT_HERSHEY_SIMPLEX, 3, (230,), 9)
    result = illumination(PageImage(lit(page))).gray
    inside = (slice(520, 880), slice(320, 780))
    words = page[inside] == 230
    assert np.median(result[inside][~words]) < 190
    assert result[inside][words].mean() - result[inside][~words].mean() > 60


def test_reversed_headlines_survive() -> None:
    page = text_page()
    page[:150, :] = 255
    page[20:150, 60:900] = 20
    cv2.putText(page, "HEAD", (100, 120), cv2.FONT_HERSHEY_SIMPLEX, 3, (250,), 10)
    result = illumination(PageImage(lit(page))).gray
    band = (slice(24, 146), slice(64, 896))
    assert np.percentile(result[band][page[band] == 20], 90) < 70
    assert result[band][page[band] == 250].mean() > 180


def test_a_dark_page_is_left_alone() -> None:
    image = PageImage(np.full((900, 700), 30, np.uint8))
    assert illumination(image) is image


@pytest.mark.parametrize("tint", [(250, 235, 200), (200, 220, 250)])
def test_tinted_paper_becomes_white(tint: tuple[int, int, int]) -> None:
    page = text_page()
    color = np.dstack([(page * (t / 255)).astype(np.uint8) for t in tint])
    result = illumination(PageImage(color))
    assert result.pixels.shape == color.shape
    assert np.median(result.pixels[paper(page)], axis=0).min() > 245
