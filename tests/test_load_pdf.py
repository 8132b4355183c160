from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_pdf import CATALOG, blank, encrypted, page, page_tree, pdf, picture, stream
from made_scan import NOISE, close, failure, saved, wrote
from PIL import Image

from digitize.errors import InputError
from digitize.image import PageImage
from digitize.model import Source
from digitize.preprocess.load import load

SCAN = np.kron(NOISE[:60, :40], np.ones((5, 5), np.uint8))  # 300 × 200 pixels, soft enough
PLACED = b"q 144 0 0 216 0 0 cm /X Do Q"


def scanned(tmp_path: Path, content: bytes, *more: bytes, **options: Any) -> PageImage:
    """A page of 144 × 216 points with SCAN as object 5, drawn by ``content``."""
    objects = [CATALOG, page_tree(1), page(4, 5, **options), stream(content), picture(SCAN)]
    return load(wrote(tmp_path / "a.pdf", pdf([*objects, *more])))


def test_scanned_page_keeps_its_pixels(tmp_path: Path) -> None:
    got = scanned(tmp_path, PLACED)
    assert close(got.pixels, SCAN, 2)
    assert got.dpi == pytest.approx(100, rel=1e-3)
    assert got.steps == ("render 100 dpi",)


def test_scanned_page_in_colour(tmp_path: Path) -> None:
    color = np.stack([SCAN, 255 - SCAN, np.full_like(SCAN, 20)], axis=-1)
    data = pdf([CATALOG, page_tree(1), page(4, 5), stream(PLACED), picture(color)])
    assert close(load(wrote(tmp_path / "a.pdf", data)).pixels, color, 2)


@pytest.mark.parametrize("dpi", [72, 150, 203.7, 400])
def test_pdf_by_pillow_keeps_size_and_dpi(tmp_path: Path, dpi: float) -> None:
    got = load(saved(tmp_path / "a.pdf", Image.fromarray(SCAN), resolution=dpi))
    assert got.pixels.shape == SCAN.shape
    assert got.dpi == pytest.approx(dpi, rel=1e-3)


def test_turned_page(tmp_path: Path) -> None:
    got = scanned(tmp_path, PLACED, extra=b"/Rotate 90")
    assert close(got.pixels, np.rot90(SCAN, -1), 2)


def test_picture_placed_on_its_side(tmp_path: Path) -> None:
    got = scanned(tmp_path, b"q 0 216 -144 0 144 0 cm /X Do Q")
    assert got.pixels.shape == (450, 300)  # 300 pixels lie across 144 points
    assert got.dpi == pytest.approx(150, rel=1e-3)


def test_picture_in_a_form(tmp_path: Path) -> None:
    form = stream(
        b"q 72 0 0 108 0 0 cm /X Do Q",
        b"/Type/XObject/Subtype/Form/BBox[0 0 72 108]/Resources<</XObject<</X 6 0 R>>>>",
    )
    objects = [CATALOG, page_tree(1), page(4, 5), stream(b"q 2 0 0 2 0 0 cm /X Do Q"), form]
    got = load(wrote(tmp_path / "a.pdf", pdf([*objects, picture(SCAN)])))
    assert close(got.pixels, SCAN, 2)


def test_scan_in_strips(tmp_path: Path) -> None:
    halves = b"q 144 0 0 108 0 108 cm /X Do Q q 144 0 0 108 0 0 cm /X Do Q"
    assert scanned(tmp_path, halves).pixels.shape == (600, 400)


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (b"q 72 0 0 108 0 0 cm /X Do Q", (900, 600)),  # a picture on a quarter of the page
        (b"BT /F 12 Tf 20 20 Td (drawn) Tj ET", (900, 600)),
        (PLACED + b" BT 3 Tr /F 12 Tf 20 20 Td (hidden) Tj ET", (300, 200)),
        (PLACED + b" BT /F 12 Tf 20 20 Td (stamp) Tj ET", (300, 200)),
    ],
)
def test_resolution_is_that_of_the_scan_or_300(
    tmp_path: Path, content: bytes, shape: tuple[int, int]
) -> None:
    got = scanned(tmp_path, content)
    assert got.pixels.shape == shape


def test_coarse_backdrop_behind_drawn_type_is_no_scan(tmp_path: Path) -> None:
    content = stream(PLACED + b" BT /F 12 Tf 20 20 Td (drawn) Tj ET")
    data = pdf([CATALOG, page_tree(1), page(4, 5), content, picture(SCAN[:2, :2])])
    assert load(wrote(tmp_path / "a.pdf", data)).dpi == pytest.approx(300, rel=1e-3)


def test_drawn_page_is_fitted_to_the_limit(tmp_path: Path) -> None:
    source = wrote(tmp_path / "a.pdf", blank(1))
    assert load(source).pixels.shape == (900, 600)
    got = load(source, max_pixels=100_000)
    assert 95_000 < got.pixels.size <= 100_000
    assert got.dpi is not None
    assert got.dpi == pytest.approx(got.width / 2, abs=0.5)
    assert (got.pixels == 255).all()


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pages = [page(), page(box="0 0 72 72")]
    path.write_bytes(pdf([CATALOG, page_tree(2), *pages]))
    assert load(Source(str(path), 1, 2)).pixels.shape == (300, 300)
    assert "no page 3" in failure(Source(str(path), 2, 3))


def test_pdf_with_an_empty_password_loads(tmp_path: Path) -> None:
    assert load(wrote(tmp_path / "a.pdf", encrypted(""))).pixels.shape == (900, 600)


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 0.001 0.001", "144 216 0 0", "0 0 1e30 1e30"])
def test_odd_page_sizes_load_or_are_input_errors(tmp_path: Path, box: str) -> None:
    data = pdf([CATALOG, page_tree(1), page(4, 5, box=box), stream(PLACED), picture(SCAN)])
    source = wrote(tmp_path / "a.pdf", data)
    try:
        assert 1 <= load(source, max_pixels=10**6).pixels.size <= 3 * 10**6
    except InputError as error:
        assert "a.pdf" in str(error)  # noqa: PT017 - either outcome will do


@pytest.mark.parametrize("content", [b"q 0 0 0 0 0 0 cm /X Do Q", b"q 144 0 0 0 0 0 cm /X Do Q"])
def test_picture_without_extent_is_no_scan(tmp_path: Path, content: bytes) -> None:
    assert scanned(tmp_path, content).dpi == pytest.approx(300, rel=1e-3)


def test_threads_take_turns(tmp_path: Path) -> None:
    data = pdf([CATALOG, page_tree(1), page(4, 5), stream(PLACED), picture(SCAN)])
    sources = [wrote(tmp_path / "a.pdf", data), saved(tmp_path / "a.png", Image.fromarray(SCAN))]
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(load, sources * 20))
    assert all(close(one.pixels, SCAN, 2) for one in loaded)
    assert Image.MAX_IMAGE_PIXELS is not None
