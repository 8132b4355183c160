from __future__ import annotations

import os
import shutil
import stat
import tempfile
from dataclasses import replace
from pathlib import Path

import made_lines
import numpy as np
import pytesseract
import pytest

from digitize.errors import EngineError, MissingEngineError, MissingLanguageError
from digitize.image import PageImage
from digitize.ocr import EngineSettings, make, tesseract_library, tesseract_run, tesseract_tsv
from digitize.ocr.engine import Engine
from digitize.ocr.tesseract import TesseractEngine
from digitize.text import plain

needs_program = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr")


def wrong(read: str, truth: str) -> float:
    """The share of the truth's characters that were not read in their order."""
    a, b = plain(read), plain(truth)
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] / len(b)


@pytest.fixture(scope="module")
def program() -> TesseractEngine:
    """The engine where tesserocr is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tesseract_library, "of", lambda folder, languages: None)
        return TesseractEngine(EngineSettings())


@pytest.fixture(scope="module")
def library() -> TesseractEngine:
    return TesseractEngine(EngineSettings())


@pytest.fixture(params=["program", "library"])
def engine(request: pytest.FixtureRequest) -> TesseractEngine:
    made: TesseractEngine = request.getfixturevalue(request.param)
    assert ("tesserocr" in made.version()) == (request.param == "library")
    return made


@pytest.fixture
def fake_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in Tesseract's place; write what it does into it."""
    file = tmp_path / "tesseract"
    file.write_text("#!/bin/sh\nexit 1\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(file))
    return file


def test_is_an_engine(engine: TesseractEngine) -> None:
    assert isinstance(engine, Engine)
    assert engine.name == "tesseract"
    assert engine.version()[0].isdigit()
    assert "chi_sim" in engine.languages()
    assert "osd" not in engine.languages()
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


def test_reads_level_lines_in_their_order(engine: TesseractEngine) -> None:
    image, lines = made_lines.page(made_lines.LEVEL)
    shuffled = (lines[2], lines[0], lines[3], lines[1])
    truth = [made_lines.LEVEL[i] for i in (2, 0, 3, 1)]
    read = engine.recognize(image, shuffled)
    assert [line.id for line in read] == [line.id for line in shuffled]
    assert [line.polygon for line in read] == [line.polygon for line in shuffled]
    assert wrong("".join(line.text for line in read), "".join(truth)) <= 0.12
    assert all(" " not in line.text for line in read)
    assert all(0.3 < line.confidence <= 1 for line in read)


@needs_program
def test_reads_vertical_lines() -> None:
    image, lines = made_lines.page(upright=made_lines.UPRIGHT)
    engine = make("tesseract", EngineSettings(languages=("chi_tra",)))
    read = engine.recognize(image, lines)
    assert wrong("".join(line.text for line in read), "".join(made_lines.UPRIGHT)) <= 0.1


@needs_program
def test_several_processes_give_the_same() -> None:
    image, lines = made_lines.page(made_lines.LEVEL, made_lines.UPRIGHT)
    one = TesseractEngine(EngineSettings()).recognize(image, lines)
    three = TesseractEngine(EngineSettings(threads=3)).recognize(image, lines)
    assert one == three


def test_glyphs_lie_inside_their_lines(engine: TesseractEngine) -> None:
    image, lines = made_lines.page(made_lines.LEVEL, made_lines.UPRIGHT)
    for line in engine.recognize(image, lines):
        assert "".join(g.text for g in line.glyphs) == line.text
        around = line.polygon.box.grown(made_lines.EM / 4)  # a crop has air at the line's end
        for glyph in line.glyphs:
            box = glyph.polygon.box
            assert around.contains((box.x0, box.y0))
            assert around.contains((box.x1, box.y1))


def test_glyphs_stand_where_they_were_set(engine: TesseractEngine) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    (line,) = engine.recognize(image, lines)
    i = line.text.index("乡")
    at = made_lines.EM * (1.5 + made_lines.LEVEL[0].index("乡"))
    assert abs(line.glyphs[i].polygon.box.center[0] - at) < made_lines.EM * 0.6


def test_nothing_to_read(engine: TesseractEngine) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    assert engine.recognize(image, ()) == ()
    white = PageImage(np.full_like(image.pixels, 255))
    (line,) = engine.recognize(white, lines)
    assert (line.text, line.glyphs, line.confidence) == ("", (), 0.0)


def test_a_line_beside_the_page_is_no_accident(engine: TesseractEngine) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    away = lines[0].polygon.box.grown(400).polygon()
    assert engine.recognize(image, [replace(lines[0], polygon=away)])[0].id == lines[0].id


def test_leaves_no_file(
    engine: TesseractEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    image, lines = made_lines.page(made_lines.LEVEL[:2])
    assert engine.recognize(image, lines)[0].text
    assert list(tmp_path.iterdir()) == []


def test_program_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(MissingEngineError, match="apt-get install tesseract-ocr"):
        make("tesseract", EngineSettings())


def test_program_lost_between_pages(
    program: TesseractEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(MissingEngineError, match="apt-get"):
        program.recognize(image, lines)


@needs_program
def test_language_missing() -> None:
    with pytest.raises(MissingLanguageError, match="apt-get install tesseract-ocr-tlh"):
        make("tesseract", EngineSettings(languages=("tlh",)))


@needs_program
def test_vertical_models_stand_for_their_languages() -> None:
    try:
        made = TesseractEngine(EngineSettings(languages=("chi_sim_vert", "chi_sim")))
    except MissingLanguageError:
        pytest.skip("needs tesseract-ocr-chi-sim-vert")
    assert made.version().endswith("(chi_sim)")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'out of\nmemory' >&2; exit 3", "code 3: out of memory"),
        ("kill -9 $$", "tesseract failed"),
        ("exit 0", "tesseract failed"),  # and wrote nothing
        (r"printf 'level\n' > $2.tsv", "0 of 1 pictures"),
        ("echo \"Failed loading language 'chi_sim'\" >&2; exit 1", "tesseract-ocr-chi-sim"),
    ],
)
def test_a_broken_program(
    program: TesseractEngine, fake_program: Path, script: str, message: str
) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    pytesseract.get_tesseract_version(cached=True)
    fake_program.write_text(f"#!/bin/sh\n{script}\n")
    with pytest.raises(EngineError, match=message) as caught:
        program.recognize(image, lines)
    assert "\n" not in str(caught.value)


def test_a_program_that_hangs(
    program: TesseractEngine, fake_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, lines = made_lines.page(made_lines.LEVEL[:1])
    fake_program.write_text("#!/bin/sh\nexec sleep 30\n")
    monkeypatch.setattr(tesseract_run, "START_SECONDS", 0.2)
    monkeypatch.setattr(tesseract_run, "PICTURE_SECONDS", 0.1)
    with pytest.raises(EngineError, match="timeout"):
        program.recognize(image, lines)


def test_the_library_reads_a_page_alike_whatever_came_before() -> None:
    image, lines = made_lines.page(made_lines.LEVEL, made_lines.UPRIGHT)
    first = TesseractEngine(EngineSettings()).recognize(image, lines)
    used = TesseractEngine(EngineSettings())
    used.recognize(*made_lines.page((made_lines.LONG,)))
    assert used.recognize(image, lines[::-1])[::-1] == first
    assert used.recognize(image, lines) == first


def test_the_library_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    made = tesseract_library.Library(tesseract_run.data_folder(), "chi_sim")
    assert made.read([np.full((60, 300), 255, np.uint8)], 7) == [[]]
    assert capfd.readouterr() == ("", "")


def test_a_library_without_the_language(tmp_path: Path) -> None:
    assert tesseract_library.of("", "chi_sim") is None
    assert tesseract_library.of(str(tmp_path), "chi_sim") is None
    assert tesseract_library.of(tesseract_run.data_folder(), "chi_sim+tlh") is None


def test_a_library_whose_data_is_broken(tmp_path: Path) -> None:
    (tmp_path / "chi_sim.traineddata").write_bytes(b"no model")
    broken = tesseract_library.of(str(tmp_path), "chi_sim")
    assert broken is not None
    with pytest.raises(EngineError, match="pip uninstall tesserocr"):
        broken.read([np.zeros((20, 20), np.uint8)], 7)


@pytest.mark.parametrize(
    ("said", "folder"),
    [
        ('List of available languages in "/a b/tessdata/" (2):\\neng', "/a b/tessdata/"),
        ("List of available languages (1):\\neng", ""),
        ("", ""),
    ],
)
def test_where_the_languages_are(fake_program: Path, said: str, folder: str) -> None:
    fake_program.write_text(f"#!/bin/sh\nprintf '{said}'\n")
    assert tesseract_run.data_folder() == folder


def test_words_become_characters() -> None:
    word = tesseract_tsv.Word
    found = [
        word(0, 20, "中国", 0.9),
        word(30, 20, "WTO", 0.8),
        word(60, 10, "in", 0.7),
        word(80, 10, "年", 1),
    ]
    placed = tesseract_tsv.placed(found)
    assert "".join(p.text for p in placed) == "中国WTO in年"
    assert [(p.start, p.end) for p in placed[:2]] == [(0, 10), (10, 20)]
    assert placed[1].confidence == 0.9
