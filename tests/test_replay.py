from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from drawn import FIRST, HEADLINE, SECOND, recorded, story

from digitize import layout
from digitize.errors import EngineError, MissingEngineError
from digitize.geometry import Box, Projective
from digitize.image import PageImage
from digitize.model import Line
from digitize.ocr import Engine, EngineSettings, make
from digitize.ocr.replay import VARIABLE, ReplayEngine, fingerprint, record

SETTINGS = EngineSettings()
PAGE = PageImage(np.full((100, 200), 255, np.uint8))


def line(box: Box, name: str = "l1") -> Line:
    return Line(name, box.polygon(), "", 0.5, 10.0)


def engine(folder: Path, *rows: tuple[Box, str]) -> ReplayEngine:
    """An engine with a recording of these lines."""
    lines = [Line(f"r{i}", box.polygon(), text, 0.75, 10.0) for i, (box, text) in enumerate(rows)]
    (folder / "a.json").write_text(record(lines), "utf-8")
    return ReplayEngine(SETTINGS, folder / "a.json")


def test_it_is_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "a.json"))
    made = make("replay", SETTINGS)
    assert isinstance(made, Engine)
    assert (made.name, made.version(), made.languages()) == ("replay", "a.json", ())


def test_a_line_takes_the_text_that_lies_over_it_most(tmp_path: Path) -> None:
    first, second = Box(0, 0, 100, 10), Box(0, 12, 100, 22)
    reader = engine(tmp_path, (first, "一"), (second, "二"))
    lines = [line(Box(0, 9, 100, 20), "b"), line(Box(2, 1, 90, 11), "a")]
    read = reader.recognize(PAGE, lines)
    assert [(got.id, got.text, got.confidence) for got in read] == [
        ("b", "二", 0.75),
        ("a", "一", 0.75),
    ]
    assert [got.polygon for got in read] == [old.polygon for old in lines]


def test_a_line_elsewhere_stays_without_text(tmp_path: Path) -> None:
    reader = engine(tmp_path, (Box(0, 0, 100, 10), "一"))
    for box in (Box(0, 8, 100, 18), Box(0, 50, 100, 60)):
        (got,) = reader.recognize(PAGE, [line(box)])
        assert (got.text, got.confidence) == ("", 0.0)


def test_a_recording_without_lines_reads_nothing(tmp_path: Path) -> None:
    (got,) = engine(tmp_path).recognize(PAGE, [line(Box(0, 0, 9, 9))])
    assert got.text == ""


def test_recordings_are_in_the_coordinates_of_the_scan(tmp_path: Path) -> None:
    image = PageImage(PAGE.pixels, to_scan=Projective.shift(1000, 500))
    reader = engine(tmp_path, (Box(1000, 500, 1100, 510), "一"))
    (got,) = reader.recognize(image, [line(Box(0, 0, 100, 10))])
    assert got.text == "一"


def test_a_folder_holds_a_recording_for_every_page(tmp_path: Path) -> None:
    name = f"{fingerprint(PAGE)}.json"
    (tmp_path / name).write_text(record([line(Box(0, 0, 9, 9))]), "utf-8")
    reader = ReplayEngine(SETTINGS, tmp_path)
    assert len(reader.recognize(PAGE, [line(Box(0, 0, 9, 9))])) == 1
    other = PageImage(np.zeros((100, 200), np.uint8))
    assert fingerprint(other) != fingerprint(PAGE)
    with pytest.raises(EngineError, match="no usable recording at"):
        reader.recognize(other, [])


BROKEN = ["", "[]", '{"lines": 3}', '{"lines": [{"text": "一"}]}', '{"lines": [{"box": [1]}]}']


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_recording_is_an_engine_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(EngineError, match=r"a\.json"):
        ReplayEngine(SETTINGS, path).recognize(PAGE, [])


def test_without_a_recording_there_is_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(MissingEngineError, match=VARIABLE):
        ReplayEngine(SETTINGS)
    with pytest.raises(MissingEngineError, match=VARIABLE):
        ReplayEngine(SETTINGS, tmp_path / "gone")


def test_record_is_what_replay_reads(tmp_path: Path) -> None:
    box = Box(1.04, 2, 30, 9)
    text = record([Line("l1", box.polygon(), "渠", 0.5, 7)])
    rows = json.loads(text)["lines"]
    assert rows == [{"box": [1.0, 2, 30, 9], "text": "渠", "confidence": 0.5}]


def test_a_drawn_page_is_read_by_its_recording(tmp_path: Path) -> None:
    page = story()
    image = PageImage(page.pixels)
    reader = ReplayEngine(SETTINGS, recorded(tmp_path / "story.json", page))
    read = reader.recognize(image, layout.analyze(image, 2).lines)
    assert [got.text for got in read] == [t.strip("　") for t in (HEADLINE, *FIRST, *SECOND)]
