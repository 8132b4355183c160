"""JPEG 2000, as archives scan, and HEIC, as telephones do."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from command import digitize
from drawn import STORY_TEXT, recorded, story
from made_scan import NOISE, close, failure, saved, wrote
from PIL import Image

from digitize.errors import ExitCode
from digitize.filetype import FileType
from digitize.model import Source
from digitize.opening import identify
from digitize.preprocess.load import load

RAMP = np.tile(np.arange(256, dtype=np.uint8), (64, 1))
COLOR = np.stack([RAMP, RAMP[:, ::-1], np.full_like(RAMP, 90)], axis=-1)


@pytest.mark.parametrize("name", ["a.jp2", "a.j2k"])
@pytest.mark.parametrize("values", [RAMP, COLOR], ids=["grey", "colour"])
def test_jpeg_2000(tmp_path: Path, name: str, values: np.ndarray) -> None:
    source = saved(tmp_path / name, Image.fromarray(values))
    assert identify(source.path) is FileType.JPEG2000
    got = load(source)
    assert close(got.pixels, values, 0)
    assert got.steps == ("load",)


def test_jpeg_2000_by_content_and_not_by_name(tmp_path: Path) -> None:
    saved(tmp_path / "a.jp2", Image.fromarray(RAMP))
    source = wrote(tmp_path / "a.tif", (tmp_path / "a.jp2").read_bytes())
    assert close(load(source).pixels, RAMP, 0)


def test_large_and_tiled(tmp_path: Path) -> None:
    grey = np.repeat(np.repeat(NOISE, 5, axis=0), 7, axis=1)
    tiles = {"tile_size": (512, 256), "num_resolutions": 4}
    got = load(saved(tmp_path / "a.jp2", Image.fromarray(grey), **tiles))
    assert close(got.pixels, grey, 0)


def test_lossy_in_layers(tmp_path: Path) -> None:
    soft = np.asarray(Image.fromarray(NOISE).resize((1200, 900), Image.Resampling.BICUBIC))
    layers = {"quality_mode": "dB", "quality_layers": [30, 40], "irreversible": True}
    assert close(load(saved(tmp_path / "a.jp2", Image.fromarray(soft), **layers)).pixels, soft, 30)


def test_sixteen_bits(tmp_path: Path) -> None:
    deep = RAMP.astype(np.uint16) * 257
    got = load(saved(tmp_path / "a.jp2", Image.fromarray(deep)))
    assert close(got.pixels, RAMP, 1)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    layer = np.dstack([COLOR, np.full(RAMP.shape, 255, np.uint8)])
    layer[:8, :, 3] = 0
    got = load(saved(tmp_path / "a.jp2", Image.fromarray(layer)))
    assert (got.pixels[:8] == 255).all()
    assert close(got.pixels[8:], COLOR[8:], 0)


def test_the_resolution_of_the_capture(tmp_path: Path) -> None:
    """The box that tells it stands within the header box, which Pillow does not write."""
    saved(tmp_path / "a.jp2", Image.fromarray(RAMP))
    data = (tmp_path / "a.jp2").read_bytes()
    at = data.index(b"jp2h") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    per_metre = round(300 / 0.0254)
    numbers = [per_metre, 1, per_metre, 1]
    inner = b"resc" + b"".join(n.to_bytes(2, "big") for n in numbers) + bytes([0, 0])
    box = len(inner) + 4
    res = (box + 8).to_bytes(4, "big") + b"res " + box.to_bytes(4, "big") + inner
    head = (length + len(res)).to_bytes(4, "big") + data[at + 4 : at + length] + res
    source = wrote(tmp_path / "b.jp2", data[:at] + head + data[at + length :])
    assert load(source).dpi == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_cut_short(tmp_path: Path, share: float) -> None:
    saved(tmp_path / "a.jp2", Image.fromarray(NOISE))
    data = (tmp_path / "a.jp2").read_bytes()
    failure(wrote(tmp_path / "b.jp2", data[: int(share * len(data))]))


def test_too_large(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.jp2", Image.fromarray(NOISE))
    assert "megapixels" in failure(source, max_pixels=1000)


# --- HEIC


def heic(path: Path, values: np.ndarray, **options: object) -> Source:
    pillow_heif.from_pillow(Image.fromarray(values)).save(path, quality=-1, **options)
    return Source(str(path))


@pytest.mark.parametrize("values", [RAMP, COLOR], ids=["grey", "colour"])
def test_heic(tmp_path: Path, values: np.ndarray) -> None:
    source = heic(tmp_path / "a.heic", values)
    assert identify(source.path) is FileType.HEIF
    assert close(load(source).pixels, values, 12)


def test_heic_that_a_telephone_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = heic(tmp_path / "a.heic", COLOR, exif=exif.tobytes())
    assert load(source).pixels.shape[:2] == (256, 64)


def test_a_broken_heic(tmp_path: Path) -> None:
    data = Path(heic(tmp_path / "a.heic", NOISE).path).read_bytes()
    for share in (0.05, 0.5, 0.95):
        failure(wrote(tmp_path / "b.heic", data[: int(share * len(data))]))


def test_heic_without_the_package_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = heic(tmp_path / "a.heic", RAMP)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert 'pip install "digitize[heic]"' in failure(source)
    done = digitize("run", tmp_path, "--engine", "null")
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert "digitize[heic]" in done.stderr


@pytest.mark.parametrize("suffix", ["jp2", "heic"])
def test_a_page_is_read_from_them(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIZE_REPLAY", str(recorded(tmp_path / "recording.json", story())))
    (tmp_path / "in").mkdir()
    if suffix == "jp2":
        story().image.save(tmp_path / "in" / "page.jp2")
    else:
        heic(tmp_path / "in" / "page.heic", story().pixels)
    done = digitize("run", tmp_path / "in", "--engine", "replay", "-q")
    assert (done.exit_code, done.stdout) == (ExitCode.OK, STORY_TEXT)
