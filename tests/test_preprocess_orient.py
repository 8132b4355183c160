from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from preprocess_pages import photo, text_page

from digitize.image import PageImage, Pixels
from digitize.preprocess.orient import CELL, glyph_cells, orient

Cell = npt.NDArray[np.float32]

KNOWN = [cell.astype(np.float32) for cell in glyph_cells(PageImage(text_page()))]
KNOWN += [cell.astype(np.float32) for cell in glyph_cells(PageImage(text_page(vertical=True)))]


def reads_upright(strip: Pixels) -> float:
    """A reader that knows the glyphs of the test pages, upright only."""
    cells = np.hsplit(strip.astype(np.float32), strip.shape[1] // CELL)
    return float(np.mean([max(_likeness(cell, known) for known in KNOWN) > 0.9 for cell in cells]))


def reads_laid_on_the_side_too(strip: Pixels) -> float:
    """A reader trained on vertical lines that were turned counter-clockwise, as PP-OCR is."""
    cells = np.hsplit(strip, strip.shape[1] // CELL)
    return max(reads_upright(strip), reads_upright(np.hstack([np.rot90(c, -1) for c in cells])))


def _likeness(a: Cell, b: Cell) -> float:
    return float(cv2.matchTemplate(a, b, cv2.TM_CCOEFF_NORMED)[0, 0])


@pytest.mark.parametrize("score", [reads_upright, reads_laid_on_the_side_too])
@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_page_is_turned_upright(turns: int, vertical: bool, score: object) -> None:
    page = text_page(vertical, picture=not vertical)
    scan = np.ascontiguousarray(np.rot90(page, turns))
    assert callable(score)
    result = orient(PageImage(scan), score)
    assert np.array_equal(result.gray, page)
    assert result.steps == (("orient",) if turns else ())


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_the_way_back_is_exact(turns: int) -> None:
    page = text_page()
    page[page == 99] = 98
    page[40:51, 20:31] = 99
    scan = np.ascontiguousarray(np.rot90(page, turns))
    result = orient(PageImage(scan), reads_upright)
    ys, xs = np.nonzero(scan == 99)
    assert result.to_scan.point((25.5, 45.5)) == pytest.approx((xs.mean() + 0.5, ys.mean() + 0.5))


def test_unsure_is_left_alone() -> None:
    image = PageImage(np.ascontiguousarray(np.rot90(text_page(), 2)))
    assert orient(image, lambda strip: 0.2) is image
    assert orient(image, lambda strip: 0.9) is image
    assert orient(image, None) is image


def test_a_page_without_type_is_not_read() -> None:
    def never(strip: Pixels) -> float:
        raise AssertionError("there is nothing to read")

    for pixels in (np.full((900, 700), 255, np.uint8), photo(900, 700)):
        image = PageImage(pixels)
        assert orient(image, never) is image
