from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import digitize
from drawn import FIRST, story
from evaluation import line

from digitize.errors import ExitCode
from digitize.model import Page, PageResult, PageStatus, Source
from digitize.uncertain import counted, told, uncertain


def result(*confidences: float, text: str = "水渠今日完工") -> PageResult:
    lines = tuple(line(i, text, c) for i, c in enumerate(confidences))
    order = tuple(item.id for item in reversed(lines))
    return PageResult(Source("a\nb.png"), PageStatus.OK, Page((9, 9), lines=lines, order=order))


def test_lines_below_in_reading_order() -> None:
    page = result(0.5, 0.8, 0.79, 0.1)
    assert [item.id for item in uncertain(page, 0.8)] == ["l0003", "l0002", "l0000"]
    assert uncertain(page, 0) == ()
    assert list(told(page, 0.2)) == [r"a\nb.png l0003: read with confidence 0.10: 水渠今日完工"]


def test_what_was_not_read_is_not_uncertain() -> None:
    assert uncertain(result(0.0, text=" "), 0.8) == ()
    assert uncertain(PageResult(Source("a"), PageStatus.FAILED), 0.8) == ()


@pytest.mark.parametrize(("count", "text"), [(1, "1 line below 0.80"), (3, "3 lines below 0.80")])
def test_counted(count: int, text: str) -> None:
    assert counted(count, 0.8) == text


@pytest.fixture
def doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The story as a scan, its second and third line read with less confidence."""
    page = story()
    data = json.loads(page.recording())
    data["lines"][1]["confidence"], data["lines"][2]["confidence"] = 0.55, 0.85
    recording = tmp_path / "recording.json"
    recording.write_text(json.dumps(data), "utf-8")
    monkeypatch.setenv("DIGITIZE_REPLAY", str(recording))
    page.image.save(tmp_path / "page.png")
    return tmp_path / "page.png"


def run(scan: Path, *args: str) -> list[str]:
    out = scan.parent / "out"
    done = digitize("run", scan, "--engine", "replay", "--force", "-o", out, *args)
    assert done.exit_code == ExitCode.OK
    return done.stderr.splitlines()


def test_run_counts_them(doubtful: Path) -> None:
    progress, sums = run(doubtful)
    assert progress.endswith(" s, 1 line below 0.80")
    assert sums == "1 ok, 0 empty, 0 failed, 1 line below 0.80"
    progress, sums = run(doubtful, "--low-confidence", "0.88")
    assert progress.endswith(" s, 2 lines below 0.88")
    progress, sums = run(doubtful, "--low-confidence", "0")
    assert progress.endswith(" s")
    assert sums == "1 ok, 0 empty, 0 failed"


def test_run_lists_them_with_explain(doubtful: Path) -> None:
    (found,) = [told for told in run(doubtful, "--explain") if "with confidence" in told]
    assert found.startswith(f"{doubtful} l000")
    assert found.endswith(f": read with confidence 0.55: {FIRST[0].strip('　')}")
    assert not [told for told in run(doubtful) if "with confidence" in told]
    quiet = run(doubtful, "-q", "--explain", "--low-confidence", "0.6")
    assert [told for told in quiet if "with confidence" in told] == [found]


def test_a_share_is_wanted(doubtful: Path) -> None:
    done = digitize("run", doubtful, "--low-confidence", "80")
    assert done.exit_code == ExitCode.USAGE
