from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from command import digitize, files
from drawn import EM, FIRST, HEADLINE, STORY_TEXT, story
from PIL import Image

from digitize import atomic, digitize_page, page_files
from digitize.errors import ExitCode, OutputError
from digitize.formats import from_json, read_page, to_json, to_text
from digitize.language import signal
from digitize.model import PageStatus, Source
from digitize.ocr import EngineSettings, make
from digitize.options import RunOptions
from digitize.reflow import reflow

pytestmark = pytest.mark.usefixtures("replay_story")


def white() -> Image.Image:
    return Image.new("L", (300, 200), 255)


def test_text_and_json_stand_side_by_side(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    result = digitize("run", scan, "-o", out, "--engine", "replay")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    progress, sums = result.stderr.splitlines()
    assert progress.startswith(f"[1/1] {scan}: ok, 1 articles, ")
    assert sums == "1 ok, 0 empty, 0 failed"
    assert files(out) == ["page.json", "page.txt"]
    assert (out / "page.txt").read_text("utf-8") == STORY_TEXT
    assert to_text(read_page(out / "page.json")) == STORY_TEXT


def test_json_says_how_the_page_came_to_be(scan: Path, tmp_path: Path) -> None:
    digitize("run", scan, "-o", tmp_path, "--engine", "replay", "--skip-step", "denoise", "-q")
    result = read_page(tmp_path / "page.json")
    assert result.page is not None
    assert result.page.size == (840, 420)
    made = result.page.provenance
    assert made.options["preprocess"]["denoise"] is False
    assert made.options["preprocess"]["deskew"] is True
    assert made.versions["engine"].startswith("replay ")
    assert {"numpy", "opencv-python", "onnxruntime", "rapidocr"} <= set(made.versions)
    assert "threads" not in made.options["ocr"]
    assert len(made.sha256) == 64
    first = result.page.lines[0]
    assert first.text == HEADLINE
    assert first.em == pytest.approx(60, rel=0.2)
    assert result.page.order[0] == first.id


def test_a_single_page_goes_to_stdout(scan: Path, tmp_path: Path) -> None:
    result = digitize("run", scan, "--engine", "replay")
    assert (result.exit_code, result.stdout, result.stderr) == (ExitCode.OK, STORY_TEXT, "")
    assert files(tmp_path) == ["page.png"]


def test_stdout_takes_pages_in_the_order_of_the_inputs(scan: Path, tmp_path: Path) -> None:
    white().save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(scan.read_bytes())
    inputs = [scan, tmp_path / "a.png", tmp_path / "b.png"]
    result = digitize("run", *inputs, "-o", "-", "--engine", "replay", "-j", 2)
    assert result.exit_code == ExitCode.OK
    assert result.stdout == f"{STORY_TEXT}\n\n{STORY_TEXT}"


def test_other_formats_to_stdout(scan: Path) -> None:
    result = digitize("run", scan, "-f", "json", "--engine", "replay")
    assert json.loads(result.stdout)["articles"][0]["paragraphs"][0]["text"] == HEADLINE
    result = digitize("run", scan, "-f", "md", "--engine", "replay")
    assert result.stdout.startswith(f"## {HEADLINE}\n\n本报讯")


@pytest.mark.parametrize("formats", [["-f", "md", "-f", "txt"], ["-f", "md, txt,md"]])
def test_formats_are_chosen(scan: Path, tmp_path: Path, formats: list[str]) -> None:
    out = tmp_path / "out"
    result = digitize("run", scan, "-o", out, "--engine", "replay", *formats)
    assert result.exit_code == ExitCode.OK
    assert files(out) == ["page.md", "page.txt"]


def test_overlay_is_the_scan_with_coloured_lines(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    digitize("run", scan, "-o", out, "--engine", "replay", "--overlay")
    with Image.open(out / "page.overlay.png") as picture:
        assert picture.size == (840, 420)
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    colour = pixels.max(axis=2) - pixels.min(axis=2)
    headline = colour[55:105, 65:415]
    body = colour[200:216, 65 : 60 + len(FIRST[1]) * EM - 10]
    assert np.median(headline) > 40
    assert np.median(body) > 40
    assert colour[:30].max() == 0
    assert colour[360:].max() == 0


def test_two_workers_write_what_one_writes(scan: Path, tmp_path: Path) -> None:
    story().image.rotate(2, expand=True, fillcolor=255).save(tmp_path / "turned.png")
    white().save(tmp_path / "white.png")
    one, two = tmp_path / "one", tmp_path / "two"
    scans = [scan, tmp_path / "turned.png", tmp_path / "white.png"]
    for out, jobs in ((one, 1), (two, 2)):
        result = digitize("run", *scans, "-o", out, "-j", jobs, "--engine", "replay", "--overlay")
        assert result.exit_code == ExitCode.OK
    assert files(one) == files(two)
    assert len(files(one)) == 9
    for name in files(one):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_reflow_of_what_was_written_is_what_was_written(tmp_path: Path) -> None:
    scan = tmp_path / "turned.png"
    story().image.rotate(2, expand=True, fillcolor=255).save(scan)
    result = digitize_page(Source(str(scan)), make("replay", EngineSettings()), RunOptions())
    written = from_json(to_json(result))
    assert result.page is not None
    assert result.page.provenance.seconds.keys() >= {"load", "ocr", "reflow", "total"}
    assert written.page is not None
    assert written.page.lines == result.page.lines
    assert written.page.regions == result.page.regions
    again = reflow(written.page, continuity=signal(line.text for line in written.page.lines))
    assert (again.articles, again.furniture) == (written.articles, written.furniture)
    assert again.page == written.page


def test_pages_of_a_tiff_and_a_pdf(tmp_path: Path) -> None:
    page = story().image
    page.save(tmp_path / "scans.tif", save_all=True, append_images=[white(), page])
    page.save(tmp_path / "scans.pdf", save_all=True, append_images=[white()], resolution=150)
    inputs = [tmp_path / "scans.tif", tmp_path / "scans.pdf"]
    out = tmp_path / "out"
    result = digitize("run", *inputs, "-o", out, "-f", "txt", "--engine", "replay", "-j", 1)
    assert result.exit_code == ExitCode.OK
    texts = {name: (out / name).read_text("utf-8") for name in files(out)}
    # Both files have a first page, so all names of the one that comes second get a counter.
    assert texts == {
        "scans-p0001.txt": STORY_TEXT,
        "scans-p0002.txt": "",
        "scans-2-p0001.txt": STORY_TEXT,
        "scans-2-p0002.txt": "",
        "scans-2-p0003.txt": STORY_TEXT,
    }
    assert f"[5/5] {tmp_path}/scans.pdf[2]: empty" in result.stderr


def test_scans_with_the_same_name_do_not_overwrite_each_other(scan: Path, tmp_path: Path) -> None:
    for paper in ("daily", "weekly"):
        (tmp_path / paper).mkdir()
        (tmp_path / paper / "page.png").write_bytes(scan.read_bytes())
    out = tmp_path / "out"
    inputs = [tmp_path / "daily", tmp_path / "weekly"]
    assert digitize("run", *inputs, "-o", out, "--engine", "replay").exit_code == ExitCode.OK
    expected = ["page-daily.json", "page-daily.txt", "page-weekly.json", "page-weekly.txt"]
    assert files(out) == expected


def test_a_name_as_long_as_a_file_system_takes(scan: Path, tmp_path: Path) -> None:
    name = "版" * 83  # 249 bytes, and 254 with the longest suffix
    scan.rename(tmp_path / f"{name}.png")
    out = tmp_path / "out"
    assert digitize("run", tmp_path, "-o", out, "--engine", "replay").exit_code == ExitCode.OK
    assert files(out) == [f"{name}.json", f"{name}.txt"]


def test_the_umask_decides_who_may_read(scan: Path, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        digitize("run", scan, "-o", tmp_path, "--engine", "replay", "-f", "txt")
    finally:
        os.umask(before)
    assert (tmp_path / "page.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "page.txt"
    path.write_text("old")

    def fail(*args: object) -> NoReturn:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        atomic.write(path, b"new")
    assert files(tmp_path) == ["page.txt"]
    assert path.read_text() == "old"


def test_a_page_whose_result_cannot_be_made_stops_nothing(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(result: object) -> NoReturn:
        raise ValueError("no picture\nof this")

    monkeypatch.setattr(page_files, "overlay_png", fail)
    (tmp_path / "b.png").write_bytes(scan.read_bytes())
    out = tmp_path / "out"
    result = digitize("run", tmp_path, "-o", out, "--engine", "replay", "--overlay", "-q", "-j", 1)
    assert result.exit_code == ExitCode.SOME_FAILED
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert all("internal error: ValueError: no picture of this" in line for line in lines)
    assert files(out) == []


def test_a_folder_that_is_lost_stops_the_run(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.png").write_bytes(scan.read_bytes())
    out = tmp_path / "out"
    really_write = atomic.write

    def lose_it(path: Path, data: bytes) -> None:
        shutil.rmtree(out)
        out.write_text("a file now")
        really_write(path, data)

    monkeypatch.setattr(atomic, "write", lose_it)
    inputs = [scan, tmp_path / "b.png"]
    result = digitize("run", *inputs, "-o", out, "--engine", "replay", "-q", "-j", 1)
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: cannot write {out}: ")


def test_a_fault_in_our_own_code_fails_the_page_alone(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> NoReturn:
        raise RuntimeError("unexpected")

    monkeypatch.setattr("digitize.pipeline.digitize_page", fail)
    result = digitize("run", scan, "-o", tmp_path / "out", "--engine", "replay", "-q")
    assert result.exit_code == ExitCode.NOTHING_USABLE
    (line,) = result.stderr.splitlines()
    assert "internal error: RuntimeError: unexpected" in line


def test_the_library_in_a_few_lines(scan: Path) -> None:
    result = digitize_page(Source(str(scan)), make("replay", EngineSettings()), RunOptions())
    assert result.status is PageStatus.OK
    assert result.articles[0].headline == HEADLINE
