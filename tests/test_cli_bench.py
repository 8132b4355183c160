"""``digitize bench``: the command, and (slow) that nobody who reads as well is faster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import digitize

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "pages"
PAGE = SAMPLES / "front-clean.png"


def test_measures_and_prints(scan: Path) -> None:
    result = digitize("bench", scan, "--engine", "null", "--jobs", 1, "--rounds", 1, "--json")
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)["ours"]
    assert found["name"] == "digitize --engine null --jobs 1"
    assert found["start"] > 0
    assert found["whole"] > max(0, found["seconds"])  # less than the start on a busy machine
    assert found["memory"]["parent"] > 50
    assert set(found["stages"]) >= {"load", "preprocess", "layout", "ocr", "reflow", "write"}
    assert found["figures"] is None
    assert "round 1 of 1: digitize --engine null --jobs 1: " in result.stderr


def test_an_engine_that_is_not_there(scan: Path) -> None:
    result = digitize("bench", scan, "--engine", "nobody")
    assert result.exit_code == 2
    assert "nobody" in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_scan(tmp_path: Path) -> None:
    result = digitize("bench", tmp_path / "none.png", "--rounds", 1)
    assert result.exit_code == 4
    assert "none.png" in result.stderr


def test_one_page_keeps_one_process_busy(scan: Path) -> None:
    result = digitize("bench", scan, "--engine", "null", "--jobs", 3, "--rounds", 1)
    assert "1 page does not keep 3 processes busy; see --copies" in result.stderr


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """A sample page, read by both engines and by those whose recogniser they have."""
    engines = ("--engine", "rapidocr", "--engine", "tesseract")
    peers = ("--against", "rapidocr", "--against", "tesseract")
    result = digitize("bench", PAGE, *engines, *peers, "--jobs", 1, "--rounds", 1, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    return {one["name"]: one for one in (*found["ours"], *found["peers"])}


def cpu(found: dict[str, Any], name: str) -> float:
    return next(float(one["cpu"]) for key, one in found.items() if key.startswith(name))


def free(found: dict[str, Any], name: str) -> float:
    (one,) = (one for key, one in found.items() if key.startswith(name))
    return float(one["figures"]["characters"]["rates"]["order_free_cer"])


# CPU time and not wall time, and wide margins: the machine may be busy with other things.


@pytest.mark.slow
@pytest.mark.xdist_group("bench")
def test_reads_better_than_rapidocr_in_less_time(measured: dict[str, Any]) -> None:
    assert cpu(measured, "digitize --engine rapidocr") < 0.9 * cpu(measured, "RapidOCR")
    assert free(measured, "digitize --engine rapidocr") <= free(measured, "RapidOCR")


@pytest.mark.slow
@pytest.mark.xdist_group("bench")
def test_reads_better_than_tesseract_in_little_more(measured: dict[str, Any]) -> None:
    assert cpu(measured, "digitize --engine tesseract") < 2 * cpu(measured, "Tesseract")
    assert free(measured, "digitize --engine tesseract") <= free(measured, "Tesseract")


@pytest.mark.slow
@pytest.mark.xdist_group("bench")
def test_keeps_within_its_memory(measured: dict[str, Any]) -> None:
    ours = [one["memory"] for name, one in measured.items() if name.startswith("digitize")]
    assert len(ours) == 2
    assert all(memory["together"] < 1100 for memory in ours)
