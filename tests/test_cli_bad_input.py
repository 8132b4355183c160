from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from command import digitize, files, process, read_json
from drawn import STORY_TEXT, story
from made_pdf import CATALOG, encrypted, page_tree, pdf
from made_scan import NOISE
from PIL import Image

from digitize.errors import ExitCode

BLANK = Image.new("L", (60, 40), 255)


def jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def bare_png(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds no rows."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    bodies = [header, b"IDAT" + zlib.compress(b""), b"IEND"]
    chunks = [struct.pack(">I", len(b) - 4) + b + struct.pack(">I", zlib.crc32(b)) for b in bodies]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


# name: (content or None for no file, what the message says is wrong, what it says to do)
UNUSABLE: dict[str, tuple[bytes | None, str, str]] = {
    "missing.png": (None, "no such file", "check the path"),
    "empty.png": (b"", "empty file", "copy or scan it again"),
    "text.jpg": (b"only words\n", "named like a JPEG but is none", "the types read are"),
    "cut.jpg": (jpeg(Image.fromarray(NOISE))[:9000], "cut short", "copy it again"),
    "nothing.png": (bare_png(0, 40), "damaged", "copy or scan it again"),
    "huge.png": (bare_png(60_000, 60_000), "more than the limit", "scan it at a lower"),
    "locked.pdf": (encrypted("secret"), "encrypted", "save a copy without"),
    "pageless.pdf": (pdf([CATALOG, page_tree(0)]), "0 pages", "export it again"),
    "half.pdf": (b"%PDF-1.4\n1 0 obj\n", "damaged", "copy or scan it again"),
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.png"
    BLANK.save(path)
    return path


@pytest.fixture(params=sorted(UNUSABLE))
def unusable(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str, str]:
    data, wrong, advice = UNUSABLE[request.param]
    path = tmp_path / str(request.param)
    if data is not None:
        path.write_bytes(data)
    return path, wrong, advice


def assert_told(stderr: str, unusable: tuple[Path, str, str]) -> None:
    """Exactly one line speaks of the file; it says what is wrong and what to do."""
    path, wrong, advice = unusable
    (line,) = [line for line in stderr.splitlines() if path.name in line and "[" not in line]
    assert line.startswith("digitize: ")
    assert wrong in line
    assert advice in line
    assert "Traceback" not in stderr


def test_the_rest_of_the_batch_goes_on(
    unusable: tuple[Path, str, str], good: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = digitize("run", unusable[0], good, "-o", out, "--engine", "null", "-j", 1)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert_told(result.stderr, unusable)
    assert result.stdout == ""
    assert files(out) == ["good.json", "good.txt"]


def test_alone_it_is_nothing_usable(unusable: tuple[Path, str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = digitize("run", unusable[0], "-o", out, "--engine", "null", "-q")
    assert result.exit_code == ExitCode.NOTHING_USABLE
    assert len(result.stderr.splitlines()) == 1
    assert_told(result.stderr, unusable)
    assert not out.exists() or files(out) == []


def test_preview_of_it_is_nothing_usable(unusable: tuple[Path, str, str], tmp_path: Path) -> None:
    picture = tmp_path / "preview.png"
    result = digitize("preview", unusable[0], "-o", picture)
    assert result.exit_code == ExitCode.NOTHING_USABLE
    assert len(result.stderr.splitlines()) == 1
    assert_told(result.stderr, unusable)
    assert not picture.exists()


def test_several_unusable_inputs_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("words")
    result = digitize("run", tmp_path / "gone.png", tmp_path, tmp_path / "*.tif", "-o", tmp_path)
    assert result.exit_code == ExitCode.NOTHING_USABLE
    lines = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in lines[:3]] == [
        "no such file",
        "no scans in the folder",
        "no scans match",
    ]
    assert "nothing to digitize" in lines[3]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_as_a_process(good: Path, tmp_path: Path, jobs: str) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(UNUSABLE["cut.jpg"][0] or b"")
    out = tmp_path / "out"
    done = process("run", cut, good, "-o", out, "--engine", "null", "-j", jobs)
    assert done.returncode == ExitCode.SOME_FAILED
    assert_told(done.stderr, (cut, "cut short", "copy it again"))
    assert files(out) == ["good.json", "good.txt"]


def test_missing_file_as_a_process(tmp_path: Path) -> None:
    done = process("run", tmp_path / "gone.png")
    assert (done.returncode, done.stdout) == (ExitCode.NOTHING_USABLE, "")
    assert done.stderr == f"digitize: no such file: {tmp_path}/gone.png; check the path\n"


# Pages without text are no errors: the result is empty, and a line says so.
WITHOUT_TEXT: dict[str, Image.Image] = {
    "one-pixel.png": Image.new("L", (1, 1), 255),
    "black-pixel.png": Image.new("L", (1, 1), 0),
    "white.png": Image.new("L", (900, 1200), 255),
    "black.png": Image.new("L", (900, 1200), 0),
    "white.jpg": Image.new("RGB", (900, 1200), (255, 250, 240)),
    "wide.png": Image.new("L", (30_000, 40), 255),
    "thread.png": Image.new("L", (30_000, 1), 0),
    "tall.png": Image.new("1", (3, 30_000), 1),
}


@pytest.mark.parametrize("name", sorted(WITHOUT_TEXT))
def test_a_page_without_text_gives_an_empty_result(tmp_path: Path, name: str) -> None:
    scan, out = tmp_path / name, tmp_path / "out"
    WITHOUT_TEXT[name].save(scan)
    result = digitize("run", scan, "-o", out, "--overlay", "-q")
    assert result.exit_code == ExitCode.OK
    (line,) = result.stderr.splitlines()
    assert f"no text found on {scan}; look at it" in line
    stem = scan.stem
    assert files(out) == [f"{stem}.json", f"{stem}.overlay.png", f"{stem}.txt"]
    assert (out / f"{stem}.txt").read_bytes() == b""
    data = read_json(out / f"{stem}.json")
    assert (data["status"], data["articles"]) == ("empty", [])
    assert data["page"]["size"] == list(WITHOUT_TEXT[name].size)


@pytest.mark.parametrize("name", ["one-pixel.png", "thread.png", "tall.png", "black.png"])
def test_any_size_can_be_previewed(tmp_path: Path, name: str) -> None:
    scan, picture = tmp_path / name, tmp_path / "preview.png"
    WITHOUT_TEXT[name].save(scan)
    result = digitize("preview", scan, "-o", picture)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, f"{picture}\n")
    with Image.open(picture) as shown:
        assert shown.width * shown.height < 10_000_000


def sixteen_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image).astype(np.uint16) * 257)


def transparent(image: Image.Image) -> Image.Image:
    ink = Image.new("RGBA", image.size, (0, 0, 0, 0))
    ink.putalpha(image.point(lambda v: 255 - v))
    return ink


def stretched(image: Image.Image) -> Image.Image:
    wide = Image.new("L", (30_000, image.height), 255)
    wide.paste(image, (0, 0))
    return wide


ODD: dict[str, Callable[[Image.Image], Image.Image]] = {
    "cmyk.tif": lambda image: image.convert("RGB").convert("CMYK"),
    "cmyk.jpg": lambda image: image.convert("RGB").convert("CMYK"),
    "deep.png": sixteen_bits,
    "deep.tif": sixteen_bits,
    "alpha.png": transparent,
    "palette.png": lambda image: image.convert("RGB").quantize(9),
    "palette.gif": lambda image: image.convert("P"),
    "bits.tif": lambda image: image.convert("1", dither=Image.Dither.NONE),
    "wide.png": stretched,
}


@pytest.mark.usefixtures("replay_story")
@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_pixels_are_read_like_any_others(tmp_path: Path, name: str) -> None:
    scan = tmp_path / name
    ODD[name](story().image).save(scan)
    result = digitize("run", scan, "--engine", "replay")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    assert result.stdout == STORY_TEXT


# EXIF orientation: how the pixels are stored under that tag.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.usefixtures("replay_story")
@pytest.mark.parametrize("tag", sorted(STORED))
def test_exif_rotation_is_undone(tmp_path: Path, tag: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    scan = tmp_path / "turned.jpg"
    story().image.transpose(STORED[tag]).save(scan, exif=exif, quality=95)
    result = digitize("run", scan, "--engine", "replay", "--skip-step", "orient")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, STORY_TEXT)


def test_output_below_a_file_cannot_be_written(good: Path, tmp_path: Path) -> None:
    for out in (good / "out", good):
        result = digitize("run", good, "-o", out, "--engine", "null")
        assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"digitize: cannot write {out}: ")
        assert line.endswith("name another folder with -o")
    assert files(tmp_path) == ["good.png"]


def test_preview_below_a_file_cannot_be_written(good: Path) -> None:
    result = digitize("preview", good, "-o", good / "p.png")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert len(result.stderr.splitlines()) == 1


def test_an_output_name_that_is_taken_spoils_one_page(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    BLANK.save(other)
    out = tmp_path / "out"
    (out / "good.txt").mkdir(parents=True)
    result = digitize("run", good, other, "-o", out, "--engine", "null", "-q", "-j", 1)
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert f"cannot write {out}/good.txt: Is a directory" in result.stderr
    assert {"other.txt", "other.json"} <= set(files(out))
    assert not [name for name in files(out) if name.startswith(".")]


def test_unknown_language(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = digitize("run", good, "-o", out, "--lang", "klingon")
    assert result.exit_code == ExitCode.MISSING_ENGINE
    (line,) = result.stderr.splitlines()
    assert "rapidocr has no language klingon; it has chi_sim" in line
    assert files(out) == []


def test_replay_without_recording(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITIZE_REPLAY", raising=False)
    result = digitize("run", good, "--engine", "replay")
    assert result.exit_code == ExitCode.MISSING_ENGINE
    (line,) = result.stderr.splitlines()
    assert "set DIGITIZE_REPLAY" in line


USAGE: list[tuple[list[str], str]] = [
    (["--engine", "oracle"], "no engine is called 'oracle'; the engines are rapidocr"),
    (["--format", "docx"], "no format is called 'docx'; the formats are txt"),
    (["--format", "txt,"], "no format is called ''; the formats are txt"),
    (["--overlay"], "say into which folder with -o"),
]


@pytest.mark.parametrize(("options", "says"), USAGE)
def test_wrong_usage_is_one_line(good: Path, options: list[str], says: str) -> None:
    result = digitize("run", good, *options)
    assert result.exit_code == ExitCode.USAGE
    (line,) = result.stderr.splitlines()
    assert line.startswith("digitize: ")
    assert says in line


def test_two_pages_need_a_place_to_go(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    BLANK.save(other)
    result = digitize("run", good, other, "--engine", "null")
    assert result.exit_code == ExitCode.USAGE
    assert "-o FOLDER" in result.stderr


@pytest.mark.parametrize(
    "args",
    [["run"], ["run", "x.png", "--jobs", "-1"], ["run", "x.png", "--skip-step", "iron"], ["fold"]],
)
def test_what_click_finds_wrong_has_the_same_code(args: list[str]) -> None:
    assert digitize(*args).exit_code == ExitCode.USAGE


def test_unknown_engine_as_a_process(good: Path) -> None:
    done = process("run", good, "--engine", "oracle")
    assert done.returncode == ExitCode.USAGE
    assert len(done.stderr.splitlines()) == 1


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    scan = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc8\xcb\xc3\xf1.png"))
    BLANK.save(scan)
    out = tmp_path / "out"
    result = digitize("run", scan, "-o", out, "--engine", "null")
    assert result.exit_code == ExitCode.OK
    assert sorted(set(os.listdir(os.fsencode(out))) - {b"report.json", b".digitize"}) == [
        b"\xc8\xcb\xc3\xf1.json",
        b"\xc8\xcb\xc3\xf1.txt",
    ]
