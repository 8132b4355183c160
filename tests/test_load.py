from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from made_scan import close, failure, saved, wrote
from PIL import Image, ImageCms, ImageFile

from digitize.geometry import Projective
from digitize.model import Source
from digitize.preprocess.load import load

RAMP = np.tile(np.arange(256, dtype=np.uint8), (8, 1))
COLOR = np.stack([RAMP, RAMP[:, ::-1], np.full_like(RAMP, 90)], axis=-1)


@pytest.mark.parametrize(
    ("name", "options", "within"),
    [
        ("a.png", {}, 0),
        ("a.tif", {}, 0),
        ("a.tif", {"compression": "tiff_lzw"}, 0),
        ("a.tif", {"compression": "jpeg", "quality": 95}, 12),
        ("a.bmp", {}, 0),
        ("a.gif", {}, 0),
        ("a.webp", {"lossless": True}, 0),
        ("a.jpg", {"quality": 95}, 12),
    ],
)
def test_grey_in_every_format(
    tmp_path: Path, name: str, options: dict[str, Any], within: int
) -> None:
    got = load(saved(tmp_path / name, Image.fromarray(RAMP), **options))
    assert got.pixels.dtype == np.uint8
    assert got.pixels.flags.writeable
    assert got.pixels.flags.c_contiguous
    assert close(got.pixels, RAMP, within)
    assert got.to_scan == Projective.identity()
    assert got.steps == ("load",)


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp", "a.webp"])
def test_colour_in_every_format(tmp_path: Path, name: str) -> None:
    options = {"lossless": True} if name.endswith("webp") else {}
    assert close(load(saved(tmp_path / name, Image.fromarray(COLOR), **options)).pixels, COLOR, 0)


def test_grey_stored_as_colour_comes_as_grey(tmp_path: Path) -> None:
    image = Image.fromarray(RAMP).convert("RGB")
    assert load(saved(tmp_path / "a.png", image)).pixels.shape == RAMP.shape
    image.putpixel((1, 1), (9, 0, 0))  # off the sampled grid
    assert load(saved(tmp_path / "b.png", image)).pixels.shape == (*RAMP.shape, 3)


def test_one_bit(tmp_path: Path) -> None:
    bits = Image.fromarray(RAMP).point(lambda v: 255 if v > 100 else 0, mode="1")
    expected = np.where(RAMP > 100, 255, 0)
    for name, options in [("a.png", {}), ("a.tif", {"compression": "group4"})]:
        assert close(load(saved(tmp_path / name, bits, **options)).pixels, expected, 0)


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk(tmp_path: Path, name: str) -> None:
    image = Image.new("CMYK", (32, 32), (0, 255, 255, 0))  # printed red
    image.paste((0, 0, 0, 0), (16, 0, 32, 32))  # bare paper
    got = load(saved(tmp_path / name, image)).pixels.astype(int)
    assert np.abs(got[:, :12] - (255, 0, 0)).max() < 12
    assert got[:, 20:].min() > 243


def test_lab_and_ycbcr(tmp_path: Path) -> None:
    rgb = Image.fromarray(COLOR // 4 + 96)  # within what LAB's eight bits hold well
    lab = ImageCms.profileToProfile(
        rgb, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    for name, image in [("lab.tif", lab), ("ycbcr.tif", rgb.convert("YCbCr"))]:
        source = saved(tmp_path / name, image)
        with Image.open(source.path) as stored:
            assert stored.mode == image.mode
        assert close(load(source).pixels, np.asarray(rgb), 4)


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
@pytest.mark.parametrize("top", [255, 1023, 4095, 65535])
def test_sixteen_bits_use_their_real_range(tmp_path: Path, name: str, top: int) -> None:
    values = np.tile(np.linspace(0, top, 256).round().astype(np.uint16), (4, 1))
    got = load(saved(tmp_path / name, Image.fromarray(values))).pixels
    assert close(got, np.tile(np.arange(256), (4, 1)), 1)


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (65535, 255), (32768, 128)])
def test_even_sixteen_bit_page_keeps_its_tone(tmp_path: Path, value: int, expected: int) -> None:
    page = Image.fromarray(np.full((5, 7), value, np.uint16))
    assert (load(saved(tmp_path / "a.png", page)).pixels == expected).all()


def test_sixteen_bits_white_is_zero(tmp_path: Path) -> None:
    values = np.tile(np.linspace(0, 65535, 256).round().astype(np.uint16), (4, 1))
    source = saved(tmp_path / "a.tif", Image.fromarray(values), tiffinfo={262: 0})
    assert close(load(source).pixels, np.tile(255 - np.arange(256), (4, 1)), 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [[0, 128, 255]]),
        (np.array([[0.0, 127.5, 255.0]], np.float32), [[0, 128, 255]]),
        (np.array([[0.0, 5e9, 1e10]], np.float32), [[0, 128, 255]]),
        (np.array([[-0.5, 0.0, 0.5]], np.float32), [[0, 128, 255]]),
        (np.array([[np.nan, np.inf, 1.0]], np.float32), [[0, 0, 255]]),
        (np.array([[0, 2**30, 2**31 - 1]], np.int32), [[0, 64, 128]]),
        (np.array([[-(2**31), 0, 2**31 - 1]], np.int32), [[0, 128, 255]]),
        (np.array([[-32768, 0, 32767]], np.int16), [[0, 128, 255]]),
    ],
)
def test_floats_and_wide_integers(tmp_path: Path, values: Any, expected: list[list[int]]) -> None:
    if values.dtype == np.int16:
        source = wrote(tmp_path / "a.tif", signed_tiff(values))
    else:
        source = saved(tmp_path / "a.tif", Image.fromarray(values))
    assert close(load(source).pixels, np.array(expected), 1)


def signed_tiff(values: npt.NDArray[np.int16]) -> bytes:
    out = BytesIO()
    Image.fromarray(values.view(np.uint16)).save(out, "TIFF", tiffinfo={339: 2})
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P", "RGB", "L"])
def test_transparent_parts_are_white(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (8, 8), (10, 10, 10, 255))
    image.paste((0, 0, 0, 0), (4, 0, 8, 8))
    options: dict[str, Any] = {}
    if mode in ("RGB", "L"):  # one colour is declared transparent
        options["transparency"] = (0, 0, 0) if mode == "RGB" else 0
    if mode == "PA":
        path = tmp_path / "a.tif"
        alpha = image.getchannel("A")
        image = image.convert("RGB").quantize(8)
        image.putalpha(alpha)
        assert image.mode == "PA"
    else:
        path = tmp_path / "a.png"
        image = image.quantize(8) if mode == "P" else image.convert(mode)
    got = load(saved(path, image, **options)).pixels
    assert got.shape == (8, 8)
    assert (got[:, :4] == 10).all()
    assert (got[:, 4:] == 255).all()


def test_half_transparent_ink_is_mixed_with_paper(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.png", Image.new("RGBA", (3, 3), (0, 0, 0, 128)))
    assert (load(source).pixels == 127).all()


def test_palette(tmp_path: Path) -> None:
    image = Image.new("P", (4, 2), 1)
    image.putpalette([0, 0, 0, 200, 30, 30])
    assert (load(saved(tmp_path / "a.png", image)).pixels == (200, 30, 30)).all()


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [Image.new("L", (20, 10 + n), 50 * n) for n in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    for n in range(3):
        got = load(Source(str(path), n, 3)).pixels
        assert got.shape == (10 + n, 20)
        assert (got == 50 * n).all()
    assert "no page 4" in failure(Source(str(path), 3, 4))


def test_small_copies_in_a_tiff_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    small, second = Image.new("L", (2, 2), 9), Image.new("L", (20, 10), 99)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    Image.new("L", (20, 10), 0).save(path, save_all=True, append_images=[small, second])
    assert (load(Source(str(path), 1, 2)).pixels == np.full((10, 20), 99)).all()


@pytest.mark.parametrize("value", [0, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 500), (60, 40)])
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp", "a.webp"])
def test_black_white_and_tiny_pages(
    tmp_path: Path, name: str, size: tuple[int, int], value: int
) -> None:
    got = load(saved(tmp_path / name, Image.new("RGB", size, (value,) * 3)))
    assert (got.width, got.height) == size
    assert (got.pixels == value).all()


def test_thirty_thousand_pixels_wide(tmp_path: Path) -> None:
    image = Image.new("1", (30_000, 6_100), 1)  # Pillow alone refuses this many
    source = saved(tmp_path / "wide.png", image)
    with pytest.raises(Image.DecompressionBombError):
        Image.open(source.path)
    got = load(source)
    assert (got.width, got.height) == (30_000, 6_100)
    assert got.pixels.min() == 255


def test_thirty_thousand_pixels_wide_jpeg(tmp_path: Path) -> None:
    assert (
        load(saved(tmp_path / "a.jpg", Image.new("RGB", (30_000, 40), (90, 0, 0)))).width == 30_000
    )


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp", "a.webp", "a.gif"])
def test_pillow_limits_are_replaced_and_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source = saved(tmp_path / name, Image.fromarray(RAMP))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(source).width == 256
    assert Image.MAX_IMAGE_PIXELS == 10
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
