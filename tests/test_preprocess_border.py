from __future__ import annotations

import cv2
import numpy as np
import pytest
from preprocess_pages import HEIGHT, WIDTH, Corners, on_glass, photo, text_page

from digitize.image import PageImage
from digitize.preprocess.border import border
from digitize.preprocess.deskew import skew

SIZE = (1120, 1520)


def corners(*points: tuple[float, float]) -> Corners:
    return np.array(points, np.float32)


SHEETS = {
    "straight": corners((40, 50), (1060, 50), (1060, 1470), (40, 1470)),
    "turned": corners((75, 45), (1085, 70), (1050, 1475), (40, 1450)),
    "perspective": corners((60, 40), (1070, 62), (1045, 1480), (35, 1452)),
    "keystone": corners((80, 60), (1035, 60), (1070, 1475), (45, 1475)),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheets_corners_are_found(name: str) -> None:
    result = border(PageImage(on_glass(text_page(), SHEETS[name], SIZE)))
    assert result.steps == ("border",)
    ends = ((0, 0), (result.width, 0), (result.width, result.height), (0, result.height))
    found = np.array([result.to_scan.point(end) for end in ends])
    off = np.linalg.norm(found - SHEETS[name], axis=1)
    assert off.max() < 6  # inside the sheet by the inset of the edge's blur


@pytest.mark.parametrize("name", SHEETS)
def test_lines_are_level_and_columns_stand_after_it(name: str) -> None:
    result = border(PageImage(on_glass(text_page(), SHEETS[name], SIZE)))
    assert abs(skew(result.gray)) < 0.1
    assert result.gray[:, :3].min() > 200
    # The page's rule, 3 px at y = 160: both its ends lie on one row again.
    first = round(150 * result.height / HEIGHT)
    left, right = (result.gray[first : first + 30, x].argmin() for x in (90, result.width - 90))
    assert result.gray[first + left, 90] < 128
    assert abs(int(left) - int(right)) <= 2


def test_a_point_is_found_again_on_the_scan() -> None:
    sheet = SHEETS["perspective"]
    page = np.full((HEIGHT, WIDTH), 240, np.uint8)
    page[700:721, 300:321] = 0
    scan = on_glass(page, sheet, SIZE)
    result = border(PageImage(scan))
    ys, xs = np.nonzero(result.gray[50:-50, 50:-50] < 120)
    x, y = result.to_scan.point((xs.mean() + 50.5, ys.mean() + 50.5))
    flat = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, sheet)
    truth = cv2.perspectiveTransform(np.array([[[310.5, 710.5]]]), matrix)[0, 0]
    assert (x, y) == pytest.approx(tuple(truth), abs=1)


def test_no_text_is_cut_off() -> None:
    page = text_page()
    page[:, :] = 255
    cv2.rectangle(page, (12, 12), (WIDTH - 13, HEIGHT - 13), 0, 3)
    result = border(PageImage(on_glass(page, SHEETS["turned"], SIZE)))
    middle_x, middle_y = result.width // 2, result.height // 2
    assert result.gray[:40, middle_x].min() < 120
    assert result.gray[-40:, middle_x].min() < 120
    assert result.gray[middle_y, :40].min() < 120
    assert result.gray[middle_y, -40:].min() < 120


def _clean() -> PageImage:
    return PageImage(text_page())


def _bleeding_picture() -> PageImage:
    page = text_page()
    page[300:1100, :400] = photo(800, 400) // 2
    return PageImage(page)


def _banner() -> PageImage:
    page = text_page()
    page[:120] = 60
    cv2.putText(page, "NEWS OF THE DAY 2024", (40, 90), cv2.FONT_HERSHEY_SIMPLEX, 2, 255, 6)
    return PageImage(page)


def _black() -> PageImage:
    return PageImage(np.full((HEIGHT, WIDTH), 12, np.uint8))


def _inverted() -> PageImage:
    return PageImage(255 - text_page())


@pytest.mark.parametrize("make", [_clean, _bleeding_picture, _banner, _black, _inverted])
def test_what_is_no_border_is_left_alone(make: object) -> None:
    assert callable(make)
    image = make()
    assert border(image) is image


def test_a_strip_on_one_side_is_painted_and_nothing_moves() -> None:
    page = text_page()
    page[:, :30] = 25
    result = border(PageImage(page))
    assert result.pixels.shape == page.shape
    assert result.gray[:, :30].min() > 200
    assert np.array_equal(result.gray[:, 45:], page[:, 45:])


def test_a_sheet_that_runs_out_of_the_picture_keeps_all_that_is_seen() -> None:
    page = text_page()
    scan = on_glass(page, SHEETS["turned"], SIZE)[:1300]
    result = border(PageImage(scan))
    height = scan.shape[0]
    for x in (200, 560, 900):
        inside = result.to_scan.inverse().point((x, height - 2))
        assert 0 <= inside[1] <= result.height
