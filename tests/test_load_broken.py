from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from made_pdf import CATALOG, blank, encrypted, page_tree, pdf
from made_scan import NOISE, failure, saved, wrote
from PIL import Image, ImageFile

from digitize.errors import InputError
from digitize.model import Source
from digitize.preprocess.load import MAX_PIXELS, load
from digitize.source import discover


def test_too_many_pixels(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.png", Image.new("1", (30_000, 14_000)))
    assert MAX_PIXELS < 30_000 * 14_000
    message = failure(source)
    assert "30000 × 14000 pixels, more than the limit of 400 megapixels" in message
    assert "lower resolution" in message


def test_own_limit(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.png", Image.new("L", (40, 50)))
    assert load(source, max_pixels=2000).height == 50
    assert "limit of 0.001999 megapixels" in failure(source, max_pixels=1999)


@pytest.mark.parametrize("sloppy", [False, True])
@pytest.mark.parametrize("kept", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.bmp", "a.tif", "a.gif"])
def test_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: float, sloppy: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", sloppy)  # as another library may
    whole = Path(saved(tmp_path / name, Image.fromarray(NOISE)).path).read_bytes()
    message = failure(wrote(tmp_path / name, whole[: int(len(whole) * kept)]))
    assert "is cut short: about " in message
    assert message.endswith(" of its 400 rows can be read; copy it again")
    rows = int(message.split("about ")[1].split()[0])
    if name != "a.gif":  # whose rows are not of equal length in the file
        assert rows == pytest.approx(400 * kept, abs=24)


def test_cut_short_progressive_jpeg(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.jpg", Image.fromarray(NOISE), progressive=True)
    whole = Path(source.path).read_bytes()
    assert "none of its 400 rows" in failure(wrote(tmp_path / "a.jpg", whole[: len(whole) // 2]))


def zero_size_png() -> bytes:
    out = BytesIO()
    Image.new("L", (3, 5)).save(out, "PNG")
    return out.getvalue().replace(b"IHDR\0\0\0\3", b"IHDR\0\0\0\0")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("text.jpg", b"only text", "named like a JPEG but is none"),
        ("empty.png", b"", "empty file"),
        ("head.jpg", b"\xff\xd8\xff and text", "damaged"),
        ("zero.png", zero_size_png(), "damaged"),
        ("cut.webp", b"RIFF\xff\0\0\0WEBPVP8 ", "damaged"),
        ("locked.pdf", encrypted("secret"), "encrypted"),
        ("none.pdf", pdf([CATALOG, page_tree(0)]), "0 pages"),
        ("lost.pdf", pdf([CATALOG, page_tree(1)]), "damaged"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    assert says in failure(wrote(tmp_path / name, data))


def test_pdf_errors_do_not_leak_into_the_next(tmp_path: Path) -> None:
    for name, data, says in [
        ("locked.pdf", encrypted("secret"), "encrypted"),
        ("none.pdf", pdf([CATALOG, page_tree(0)]), "0 pages"),
        ("cut.pdf", blank(1)[:30], "damaged"),
        ("none.pdf", pdf([CATALOG, page_tree(0)]), "0 pages"),
    ]:
        assert says in failure(wrote(tmp_path / name, data))


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in failure(Source(str(tmp_path / "gone.png")))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.bmp", "a.gif", "a.webp", "a.pdf"])
def test_damage_anywhere_is_a_picture_or_an_input_error(tmp_path: Path, name: str) -> None:
    whole = Path(saved(tmp_path / name, Image.fromarray(NOISE[:60, :60])).path).read_bytes()
    chance = np.random.default_rng(3)
    outcomes = Counter[str]()
    for _ in range(60):
        broken = bytearray(whole)
        reach = 200 if chance.random() < 0.7 else len(broken)  # headers break most
        for at in chance.integers(8, min(reach, len(broken)), 4):
            broken[at] = int(chance.integers(256))
        try:
            got = load(wrote(tmp_path / name, bytes(broken)), max_pixels=10**6)
        except InputError as error:
            outcomes["error" if len(str(error).splitlines()) == 1 else "not one line"] += 1
        else:
            outcomes["picture" if got.pixels.dtype == np.uint8 else "not uint8"] += 1
    assert outcomes["error"] > 0
    assert set(outcomes) <= {"error", "picture"}


def lost_page_tiff() -> bytes:
    """A TIFF that points to a second page where there is none."""
    out = BytesIO()
    Image.new("L", (3, 5)).save(out, "TIFF")
    data = bytearray(out.getvalue())
    start = int.from_bytes(data[4:8], "little")
    end = start + 2 + 12 * int.from_bytes(data[start : start + 2], "little")
    data[end : end + 4] = (len(data) + 1000).to_bytes(4, "little")
    return bytes(data)


def test_tiff_with_a_lost_page(tmp_path: Path) -> None:
    source = wrote(tmp_path / "a.tif", lost_page_tiff())
    found = discover([source.path])
    assert [str(error) for _, error in found.errors] == [failure(source)]
    assert "list of pages is broken" in failure(source)
