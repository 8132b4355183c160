"""``digitize reflow`` on pages that other programs have read."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import made_read
import pytest
import scoring
from click.testing import CliRunner
from command import digitize, files, read_json
from drawn import STORY_TEXT, sheet, story
from made_read import Row, Sheet, Word
from typesetter import make_page

from digitize.cli import main
from digitize.errors import ExitCode
from digitize.formats import read_page
from digitize.geometry import Box

FAMILY, SEED, DPI = "one", 3, 300  # of the page that the real Tesseract reads


def drawn_story() -> Sheet:
    page = story()
    rows = []
    for box, text in page.lines:
        plain = text.strip("　")
        em = box.width / len(plain)
        chars = enumerate(plain)
        words = (
            Word(c, Box(box.x0 + i * em, box.y0, box.x0 + (i + 1) * em, box.y1)) for i, c in chars
        )
        rows.append(Row(tuple(words)))
    return Sheet(page.image.size, tuple(rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "in"
    where.mkdir()
    return where


def written(folder: Path, form: str, name: str = "page") -> Path:
    suffix, write = made_read.FORMS[form]
    path = folder / f"{name}{suffix}"
    path.write_bytes(write(drawn_story()))
    return path


@pytest.mark.parametrize("form", made_read.FORMS)
def test_every_form_becomes_an_article(form: str, folder: Path, tmp_path: Path) -> None:
    path = written(folder, form)
    done = digitize("reflow", path)
    assert (done.exit_code, done.stdout, done.stderr) == (ExitCode.OK, STORY_TEXT, "")
    done = digitize("reflow", path, "-o", tmp_path / "out", "-f", "txt,json", "-f", "md")
    assert done.exit_code == ExitCode.OK
    assert files(tmp_path / "out") == ["page.json", "page.md", "page.txt"]
    assert (tmp_path / "out" / "page.txt").read_text("utf-8") == STORY_TEXT
    again = digitize("reflow", tmp_path / "out" / "page.json")
    assert again.stdout == STORY_TEXT


def test_from_stdin(folder: Path) -> None:
    for form in ("alto", "tsv", "paddleocr-3"):
        data = written(folder, form).read_bytes()
        done = CliRunner().invoke(main, ["reflow", "-"], input=data)
        assert (done.exit_code, done.stdout) == (ExitCode.OK, STORY_TEXT)


def test_the_scan_beside_the_file_is_used_and_named(folder: Path, tmp_path: Path) -> None:
    story().image.save(folder / "page.png")
    path = written(folder, "hocr")
    done = digitize("reflow", path, "-o", tmp_path, "-f", "json")
    assert done.exit_code == ExitCode.OK
    result = read_page(tmp_path / "page.json")
    assert result.source.path == str(folder / "page.png")
    assert result.page is not None
    assert result.page.provenance.versions["engine"] == "hocr file"
    path.rename(folder / "other.hocr")  # and now by what the file says
    text = (folder / "other.hocr").read_text("utf-8")
    text = text.replace('title="bbox', "title=\"image 'C:\\scans\\page.png'; bbox", 1)
    (folder / "other.hocr").write_text(text, "utf-8")
    digitize("reflow", folder / "other.hocr", "-o", tmp_path, "-f", "json")
    assert read_json(tmp_path / "other.json")["source"]["path"] == str(folder / "page.png")


def test_an_image_that_is_named(folder: Path, tmp_path: Path) -> None:
    story().image.save(tmp_path / "scan.png")
    path = written(folder, "tsv")
    done = digitize("reflow", path, "--image", tmp_path / "scan.png", "-o", tmp_path, "-f", "json")
    assert done.exit_code == ExitCode.OK
    assert read_json(tmp_path / "page.json")["source"]["path"] == str(tmp_path / "scan.png")
    missing = digitize("reflow", path, "--image", tmp_path / "none.png")
    assert missing.exit_code == ExitCode.NOTHING_USABLE
    assert "no such file" in missing.stderr
    sheet(500, 900).image.save(tmp_path / "other.png")
    other = digitize("reflow", path, "--image", tmp_path / "other.png")
    assert "has not the shape of" in other.stderr
    assert other.exit_code == ExitCode.NOTHING_USABLE
    both = digitize("reflow", path, path, "--image", tmp_path / "scan.png", "-o", tmp_path)
    assert both.exit_code == ExitCode.USAGE


def test_a_damaged_scan_beside_the_file_does_no_harm(folder: Path) -> None:
    story().image.save(folder / "page.png")
    whole = (folder / "page.png").read_bytes()
    (folder / "page.png").write_bytes(whole[: len(whole) // 2])
    done = digitize("reflow", written(folder, "tsv"))
    assert (done.exit_code, done.stdout) == (ExitCode.OK, STORY_TEXT)
    assert "without it" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_several_pages_in_one_file(folder: Path, tmp_path: Path) -> None:
    one = made_read.hocr(drawn_story()).decode()
    page = one[one.index("<div") : one.index("</body>")]
    (folder / "book.hocr").write_text(one.replace("</body>", page + "</body>"), "utf-8")
    done = digitize("reflow", folder / "book.hocr", "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.OK
    assert files(tmp_path / "out") == ["book-p0001.txt", "book-p0002.txt"]
    printed = digitize("reflow", folder / "book.hocr").stdout
    assert printed == f"{STORY_TEXT}\n\n{STORY_TEXT}"


def test_explain_and_record(folder: Path) -> None:
    done = digitize("reflow", written(folder, "alto"), "--json")
    data = json.loads(done.stdout)
    assert data["text"] == STORY_TEXT
    assert data["source"].endswith("page.xml")


def test_no_file_takes_the_place_of_another(folder: Path) -> None:
    alto, hocr = written(folder, "alto"), written(folder, "hocr")
    done = digitize("reflow", alto, hocr, "-o", folder / "out")
    assert done.exit_code == ExitCode.USAGE
    assert "would be one file" in done.stderr
    page = written(folder, "rapidocr")
    done = digitize("reflow", page, "-o", folder, "-f", "json")
    assert done.exit_code == ExitCode.USAGE
    assert "is an input" in done.stderr
    assert page.read_bytes() == made_read.rapidocr(drawn_story())
    table = folder / "page.txt"  # a table in a file that is not named as one
    table.write_bytes(made_read.tsv(drawn_story()))
    done = digitize("reflow", table, "-o", folder)
    assert done.exit_code == ExitCode.USAGE


def test_formats_are_for_pages_and_known(folder: Path, tmp_path: Path) -> None:
    text = folder / "plain.txt"
    text.write_text("水渠今日完工。\n", "utf-8")
    done = digitize("reflow", text, "-o", tmp_path / "out", "-f", "json")
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert "-f is for pages" in done.stderr
    done = digitize("reflow", text, "-f", "docx")
    assert done.exit_code == ExitCode.USAGE


BROKEN = {
    "cut.xml": b'<?xml version="1.0"?><alto><Layout><Page',
    "other.xml": b"<x/>",
    "empty.hocr": b"<html><body></body></html>",
    "bomb.xml": b'<!DOCTYPE alto [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><alto>&b;</alto>',
    "deep.json": b"[" * 100_000,
    "other.json": b'{"rec_texts": ["a"], "rec_polys": [[1, 2]]}',
    "page.xml": "<PcGts/>".encode("utf-16"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_files_that_cannot_be_read_are_told_of_in_one_line(name: str, folder: Path) -> None:
    (folder / name).write_bytes(BROKEN[name])
    done = digitize("reflow", folder / name)
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr
    assert "internal error" not in done.stderr


def test_a_page_on_which_nothing_was_read(folder: Path, tmp_path: Path) -> None:
    (folder / "page.hocr").write_bytes(made_read.hocr(Sheet((100, 100), ())))
    done = digitize("reflow", folder / "page.hocr", "-o", tmp_path, "-f", "txt,json")
    assert done.exit_code == ExitCode.OK
    assert read_json(tmp_path / "page.json")["status"] == "empty"


def test_text_that_begins_with_a_bracket_is_text(folder: Path) -> None:
    for start in ("<今日要闻>", "[本报讯]", "{一}"):
        (folder / "plain.txt").write_text(f"{start}水渠今日完工。\n", "utf-8")
        done = digitize("reflow", folder / "plain.txt")
        assert (done.exit_code, done.stdout) == (ExitCode.OK, f"{start}水渠今日完工。\n")


@pytest.mark.slow
def test_what_tesseract_has_read_of_a_scan_is_put_in_order_no_worse_than_our_own_run(
    tmp_path: Path,
) -> None:
    image, true = make_page(FAMILY, SEED, dpi=DPI, level="scan")
    scan = tmp_path / "page.png"
    image.save(scan)
    subprocess.run(
        ["tesseract", scan, tmp_path / "page", "-l", "chi_sim", "--psm", "3",
         "-c", "tessedit_create_alto=1", "-c", "tessedit_create_hocr=1"],
        check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    digitize("run", scan, "-o", tmp_path / "own", "-f", "json", "--engine", "tesseract", "-q")
    own = of_page(tmp_path / "own" / "page.json", true)
    for form in ("page.xml", "page.hocr"):
        digitize("reflow", tmp_path / form, "-o", tmp_path / "again", "-f", "json")
        found = of_page(tmp_path / "again" / "page.json", true)
        assert found.joined >= own.joined
        assert found.exact >= own.exact


def of_page(path: Path, true: scoring.Truth) -> scoring.Score:
    return scoring.score(true, scoring.text_of(read_page(path).articles))
