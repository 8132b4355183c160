"""``digitize status``, ``--dry-run`` and ``--force``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import made_issue as made
import pytest
import told_scans as told
from command import digitize, files
from test_resume import at_the, content, run, state

from digitize import journal, page_files
from digitize.errors import ExitCode
from digitize.journal.lock import Lock

pytest_plugins = ("resume_fixtures",)


def data(out: Path) -> dict[str, Any]:
    found = json.loads(digitize("status", out, "--json").stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def out(scans: Path, tmp_path: Path) -> Path:
    """Where the three scans were written, the second without success."""
    told.scan(scans / "2.png", [told.SPOILED])
    assert run(scans, "-o", tmp_path / "out").exit_code == ExitCode.SOME_FAILED
    return tmp_path / "out"


def test_status_of_a_run_that_went_well(scans: Path, tmp_path: Path) -> None:
    run(scans, "-o", tmp_path / "out", "--low-confidence", "0")
    result = digitize("status", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, f"{tmp_path}/out: 3 done\n")


def test_status_tells_what_wants_looking_at(
    scans: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(scans.parent)
    (scans / "1.png").unlink()
    (out / "3.txt").unlink()
    result = digitize("status", "out")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert result.stdout.splitlines() == [
        "out: 2 done, 1 failed, 1 with files lost or changed,"
        " 2 with lines of low confidence, 1 whose scan is gone",
        "failed:",
        f"  {scans}/2.png is damaged; copy or scan it again",
        "files lost or changed:",
        "  in/3.png",
        "low confidence:",
        "  in/1.png: 1 line below 0.80 of 5, 0.81 in the mean",
        "  in/3.png: 1 line below 0.80 of 5, 0.81 in the mean",
        "scan gone, results kept:",
        "  in/1.png",
    ]


def test_status_for_programs(scans: Path, out: Path) -> None:
    found = data(out)
    assert found["counts"] == {"done": 2, "empty": 0, "failed": 1, "pending": 0, "lost": 0}
    reason = f"{scans}/2.png is damaged; copy or scan it again"
    assert found["failed"] == [{"page": f"{scans}/2.png", "name": "2", "reason": reason}]
    assert found["low_confidence"][0] == {
        "page": f"{scans}/1.png",
        "name": "1",
        "lines": 5,
        "doubtful": 1,
        "below": 0.8,
        "confidence": pytest.approx(0.82, abs=0.01),
    }
    assert (found["folder"], found["running"]) == (str(out), None)


def test_what_was_not_done_is_pending(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(page_files, "write", at_the(2, page_files.write))
        run(scans, "-o", out)
    result = digitize("status", out)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert result.stdout.splitlines()[0].startswith(f"{out}: 1 done, 2 pending, 1 with lines of")
    assert [page["name"] for page in data(out)["pending"]] == ["2", "3"]


def test_a_long_list_is_cut(tmp_path: Path, reads: list[str]) -> None:
    for number in range(25):
        told.scan(tmp_path / "in" / f"{number}.png", [told.SPOILED])
    run(tmp_path / "in", "-o", tmp_path / "out")
    lines = digitize("status", tmp_path / "out").stdout.splitlines()
    assert lines[0] == f"{tmp_path}/out: 0 done, 25 failed"
    assert lines[-1] == "  … and 5 more; --json names them all"
    assert len(data(tmp_path / "out")["failed"]) == len(reads) == 25


def test_links_that_lead_nowhere(issue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(issue / "p1.png", "-o", out)
    message = f"{issue}/p1.png: 《{made.CANAL}》（下转第四版）: no page 4 of this issue in the run"
    assert [row["message"] for row in data(out)["unresolved"]] == [message]
    assert f"links unresolved:\n  {message}\n" in digitize("status", out).stdout
    run(issue, "-o", out)
    assert data(out)["unresolved"] == []


def test_a_run_at_work_is_named(out: Path) -> None:
    with Lock(journal.room_of(str(out)), str(out)):
        result = digitize("status", out)
        assert "a run is at work: process " in result.stdout
        assert data(out)["running"].startswith("process ")


@pytest.mark.parametrize("what", ["nothing", "results", "file"])
def test_nothing_is_known(what: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if what == "results":
        out.mkdir()
        (out / "a.txt").write_text("text")
    if what == "file":
        out.write_text("text")
    result = digitize("status", out)
    assert result.exit_code == ExitCode.NOTHING_USABLE
    assert result.stderr == (f"digitize: no run is known in {out}; digitize run INPUT -o {out}\n")


def test_a_dry_run_tells_what_would_be_done(
    scans: Path, out: Path, tmp_path: Path, reads: list[str]
) -> None:
    before, known = state(out), data(out)
    book = (journal.room_of(str(out)) / "journal.sqlite").read_bytes()
    reads.clear()
    (scans / "1.png").touch()
    told.scan(scans / "4.png", told.story(4))
    result = run(scans, "-o", out, "--dry-run")
    failed = f"{scans}/2.png is damaged; copy or scan it again"
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    assert result.stdout.splitlines() == [
        f"read    {scans}/2.png: failed before: {failed}",
        f"read    {scans}/4.png: new",
        "2 to read, 2 done before",
    ]
    others = run(scans / "1.png", "-o", out, "--dry-run", "--reflow", "none", "-f", "md")
    assert others.stdout.splitlines() == [
        f"reflow  {scans}/1.png: reflow.mode: full → none",
        "1 to reflow, 2 more known from other runs",
    ]
    written = run(scans / "1.png", "-o", out, "--dry-run", "-f", "md")
    assert written.stdout.splitlines()[0] == f"write   {scans}/1.png: md wanted as well"
    assert run(scans / "1.png", "-o", out, "--dry-run").stdout == (
        "1 done before, 2 more known from other runs\n"
    )
    assert (reads, state(out), data(out)) == ([], before, known)
    assert (journal.room_of(str(out)) / "journal.sqlite").read_bytes() == book


def test_a_dry_run_makes_nothing(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    result = run(scans, "-o", tmp_path / "out", "--dry-run")
    assert result.stdout.splitlines()[-1] == "3 to read"
    assert (files(tmp_path), reads) == (["in"], [])


def test_a_dry_run_may_look_on(scans: Path, out: Path) -> None:
    with Lock(journal.room_of(str(out)), str(out)):
        assert run(scans, "-o", out, "--dry-run").exit_code == ExitCode.OK


def test_a_dry_run_without_its_journal(scans: Path, out: Path) -> None:
    shutil.rmtree(out / journal.ROOM)
    first, second, third, sums = run(scans, "-o", out, "--dry-run").stdout.splitlines()
    assert first == f"recover {scans}/1.png: 1.json is there, and not in the journal"
    assert second == f"read    {scans}/2.png: new"
    assert sums == "1 to read, 2 to recover"
    assert third.startswith("recover")


def test_a_dry_run_needs_a_folder(scans: Path) -> None:
    result = run(scans / "1.png", "--dry-run")
    assert result.exit_code == ExitCode.USAGE
    assert result.stderr == "digitize: --dry-run looks into a folder; name it with -o FOLDER\n"


def test_force_reads_everything(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out)
    before = content(out)
    reads.clear()
    foretold = run(scans, "-o", out, "--force", "--dry-run").stdout.splitlines()
    assert foretold[0] == f"read    {scans}/1.png: asked for"
    assert run(scans, "-o", out, "--force").exit_code == ExitCode.OK
    assert reads == ["1.png", "2.png", "3.png"]
    assert content(out) == before
