from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from preprocess_pages import EM, HEIGHT, WIDTH, font, text_page

from digitize.image import PageImage, Pixels
from digitize.preprocess.denoise import denoise, grain


def difference(a: Pixels, b: Pixels) -> float:
    return float(np.mean(np.abs(a.astype(float) - b.astype(float))))


def peppered(page: Pixels, share: float) -> Pixels:
    rng = np.random.default_rng(3)
    noise = rng.random(page.shape)
    result = page.copy()
    result[noise < share / 2] = 0
    result[noise > 1 - share / 2] = 255
    return result


@pytest.mark.parametrize("em", [8, 12, EM])
def test_clean_type_is_left_alone_however_small(em: int) -> None:
    image = PageImage(text_page(em=em))
    assert denoise(image) is image


@pytest.mark.parametrize("share", [0.01, 0.04])
def test_salt_and_pepper_goes(share: float) -> None:
    page = text_page()
    noisy = peppered(page, share)
    result = denoise(PageImage(noisy))
    assert result.steps == ("denoise",)
    assert difference(result.gray, page) < 0.4 * difference(noisy, page)


def test_thin_strokes_and_punctuation_are_not_eaten() -> None:
    page = text_page(em=10)
    result = denoise(PageImage(peppered(page, 0.01))).gray
    dark = page < 100
    assert (result[dark] < 128).mean() > 0.97


def test_strong_grain_is_smoothed_and_edges_stay() -> None:
    page = np.clip(text_page().astype(float), 40, 215)
    rng = np.random.default_rng(5)
    noisy = np.clip(page + rng.normal(0, 16, page.shape), 0, 255).astype(np.uint8)
    result = denoise(PageImage(noisy))
    assert result.steps == ("denoise",)
    assert grain(result.gray) < 0.6 * grain(noisy)
    assert (result.gray[page == 40] < 120).mean() > 0.99


def test_weak_grain_is_left_alone() -> None:
    page = np.clip(text_page().astype(float), 40, 225)
    rng = np.random.default_rng(5)
    image = PageImage(np.clip(page + rng.normal(0, 4, page.shape), 0, 255).astype(np.uint8))
    assert denoise(image) is image


def test_dust_goes_and_points_stay() -> None:
    page = text_page()
    page[300:1000, 400:] = 255
    image = Image.fromarray(page)
    draw = ImageDraw.Draw(image)
    for row in range(6):
        draw.text((450, 320 + 100 * row), "约翰·史密斯……说：“是。”", font=font(EM), fill=0)
    clean = np.array(image)
    dusty = clean.copy()
    rng = np.random.default_rng(11)
    for x, y in rng.integers(20, (WIDTH - 20, HEIGHT - 20), (260, 2)):
        cv2.circle(dusty, (int(x), int(y)), 1, (40,), -1)
    result = denoise(PageImage(dusty))
    assert result.steps == ("denoise",)
    blank = cv2.dilate((clean < 200).astype(np.uint8), np.ones((41, 41), np.uint8)) == 0
    assert (dusty[blank] < 200).sum() > 100
    assert (result.gray[blank] < 200).sum() < 0.4 * (dusty[blank] < 200).sum()
    assert (result.gray[clean < 100] < 128).all()


def test_colour_is_kept() -> None:
    page = peppered(text_page(), 0.01)
    color = np.dstack([page, page, np.maximum(page, 90)])
    assert denoise(PageImage(color)).pixels.shape == color.shape
