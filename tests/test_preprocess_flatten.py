from __future__ import annotations

import numpy as np
import pytest
from preprocess_pages import on_glass, text_page
from pydantic import ValidationError

from digitize.image import PageImage, Pixels
from digitize.options import PreprocessOptions
from digitize.preprocess import STEPS, preprocess, stages
from digitize.preprocess.deskew import skew
from digitize.preview import HEIGHT as PANEL
from digitize.preview import preview

SHEET = np.array([(75, 45), (1085, 78), (1050, 1475), (40, 1450)], np.float32)
NOTHING = PreprocessOptions(**dict.fromkeys(STEPS, False))


def worn(page: Pixels) -> Pixels:
    """The page turned on the glass, dimly lit, so that every step has something to do."""
    dim = np.clip(page.astype(float) * 0.6 + 60, 0, 215).astype(np.uint8)
    return on_glass(dim, SHEET, (1120, 1520))


def test_options_name_every_step_and_nothing_else() -> None:
    assert set(PreprocessOptions.model_fields) == set(STEPS)
    with pytest.raises(ValidationError):
        PreprocessOptions(rotate=True)  # type: ignore[call-arg]
    assert not PreprocessOptions().binarize


def test_a_flat_clean_page_is_left_as_it_is() -> None:
    image = PageImage(text_page())
    assert preprocess(image, PreprocessOptions()) is image


def test_the_result_is_left_as_it_is() -> None:
    once = preprocess(PageImage(worn(text_page())), PreprocessOptions())
    again = preprocess(once, PreprocessOptions())
    assert again.steps == once.steps


def test_every_step_can_be_switched_off() -> None:
    image = PageImage(worn(text_page(em=12)))
    done = set(preprocess(image, PreprocessOptions(binarize=True)).steps)
    assert {"border", "enlarge", "illumination", "binarize"} <= done
    for step in done:
        options = PreprocessOptions(**{"binarize": True, step: False})
        assert step not in preprocess(image, options).steps
    assert preprocess(image, NOTHING) is image


def test_a_worn_page_becomes_flat_and_white() -> None:
    result = preprocess(PageImage(worn(text_page())), PreprocessOptions())
    assert result.steps[0] == "border"
    assert abs(skew(result.gray)) < 0.1
    assert np.median(result.gray) > 250


def test_a_point_is_found_again_through_the_whole_chain() -> None:
    scan = worn(text_page(em=12))
    # A page printed askew on its sheet: border and deskew and enlarge all move it.
    tilted = on_glass(scan, np.array([(0, 40), (1118, 0), (1120, 1500), (2, 1540)]), (1120, 1540))
    y, x = 1200, 610
    tilted[y - 8 : y + 8, x - 30 : x + 30] = 215
    tilted[y - 5 : y + 5, x - 5 : x + 5] = 0
    result = preprocess(PageImage(tilted), PreprocessOptions())
    assert "enlarge" in result.steps
    u, v = result.to_scan.inverse().point((x, y))
    reach = 12
    part = result.gray[round(v) - reach : round(v) + reach, round(u) - reach : round(u) + reach]
    ys, xs = np.nonzero(part < 128)
    middle = (round(u) - reach + xs.mean() + 0.5, round(v) - reach + ys.mean() + 0.5)
    assert result.to_scan.point(middle) == pytest.approx((x, y), abs=1)


def test_stages_show_every_step() -> None:
    shown = list(stages(PageImage(worn(text_page())), PreprocessOptions(binarize=True)))
    assert shown[0].steps == ()
    assert shown[-1].steps[-1] == "binarize"
    assert len(shown) == 4  # as scanned, moved, in even light, in black and white


def test_the_preview_has_the_stages_side_by_side() -> None:
    shown = list(stages(PageImage(worn(text_page())), PreprocessOptions()))
    picture = preview(shown)
    assert picture.ndim == 3
    assert picture.shape[0] > PANEL
    assert picture.shape[1] > len(shown) * PANEL * 0.6
    assert preview([]).ndim == 3
