from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from made_scan import close, saved
from PIL import Image

from digitize.geometry import Projective
from digitize.preprocess.load import load, upright

Gray = npt.NDArray[np.uint8]

# No two corners alike, so that every turn and mirror shows.
CORNERS = np.repeat(np.repeat(np.array([[0, 80], [160, 240], [40, 200]], np.uint8), 16, 0), 16, 1)


STORED = {1: "", 2: "h", 3: "hv", 4: "v", 5: "t", 6: "tv", 7: "thv", 8: "th"}


def stored_as(orientation: int) -> Gray:
    """The pixels that a camera must store so that ``orientation`` makes them CORNERS."""
    pixels = CORNERS
    for move in STORED[orientation]:
        pixels = {"h": pixels[:, ::-1], "v": pixels[::-1], "t": pixels.T}[move]
    return np.ascontiguousarray(pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_exif_orientation(tmp_path: Path, name: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(stored_as(orientation))
    got = load(saved(tmp_path / name, image, exif=exif, quality=95))
    assert close(got.pixels, CORNERS, 20)
    assert got.pixels.flags.c_contiguous
    assert got.to_scan == Projective.identity()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_turns_colour_alike(orientation: int) -> None:
    stored = np.stack([stored_as(orientation)] * 3, axis=-1)
    assert close(upright(stored, orientation), np.stack([CORNERS] * 3, axis=-1), 0)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_senseless_orientation_is_ignored(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert close(
        load(saved(tmp_path / "a.png", Image.fromarray(CORNERS), exif=exif)).pixels, CORNERS, 0
    )


def test_broken_exif_is_ignored(tmp_path: Path) -> None:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01"
    source = saved(tmp_path / "a.jpg", Image.fromarray(CORNERS), exif=exif, quality=95)
    got = load(source)
    assert close(got.pixels, CORNERS, 20)
    assert got.dpi is None


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.bmp"])
@pytest.mark.parametrize(
    ("dpi", "expected"),
    [
        ((300, 300), 300),
        ((30, 30), 30),
        ((1200, 1200), 1200),
        ((1, 1), None),
        ((4800, 4800), None),
        ((204, 98), None),
    ],
)
def test_dpi(tmp_path: Path, name: str, dpi: tuple[int, int], expected: float | None) -> None:
    got = load(saved(tmp_path / name, Image.fromarray(CORNERS), dpi=dpi)).dpi
    assert got == (None if expected is None else pytest.approx(expected, rel=0.001))


@pytest.mark.parametrize(("tags", "expected"), [({}, None), ({0x011A: 200.0, 0x0128: 2}, 200)])
def test_jpeg_without_stated_dpi_has_none(
    tmp_path: Path, tags: dict[int, float], expected: float | None
) -> None:
    exif = Image.Exif()
    exif.update({0x010F: "maker", **tags})
    source = saved(tmp_path / "a.jpg", Image.fromarray(CORNERS), exif=exif)
    with Image.open(source.path) as stored:
        assert "dpi" in stored.info  # Pillow makes up 72 where nothing is stated
    assert load(source).dpi == expected
