"""Runs that meet a full disk: a real one, mounted for the test (as root, as .ci/run is)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import many_scans as many
import pytest
from command import digitize

from digitize.errors import ExitCode

PAGES = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a few pages only."""
    where = tmp_path / "disk"
    where.mkdir()
    mount("-t", "tmpfs", "-o", "size=600k", "digitize-test", str(where))
    yield where
    subprocess.run(["umount", str(where)], check=True)


def mount(*args: str) -> None:
    subprocess.run(["mount", *args], check=True)


def fill(disk: Path) -> Path:
    """Take all the room that is left; the file that has it."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))
    return disk / "filler"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_goes_on_when_there_is_room_again(tmp_path: Path, disk: Path, jobs: str) -> None:
    scans, out = tmp_path / "in", disk / "out"
    many.white(scans, PAGES)
    recording = many.issues(scans, 1)
    options = ("--stitch", "-j", jobs)
    assert many.finished(recording, scans, "-o", tmp_path / "roomy", *options)[0] == ExitCode.OK
    roomy = many.results(tmp_path / "roomy")
    code, told = many.finished(recording, scans, "-o", out, *options)
    assert code == ExitCode.OUTPUT_NOT_WRITABLE
    assert "Traceback" not in told
    assert any(words in told.splitlines()[-1] for words in ("No space left", "is full"))
    some = many.results(out)
    assert 0 < len(some) < len(roomy)
    assert many.remains(out) == []
    for name in some:
        if name.endswith(".json"):
            json.loads(some[name])
    mount("-o", "remount,size=64m", str(disk))
    assert many.finished(recording, scans, "-o", out, *options)[0] == ExitCode.OK
    assert many.results(out) == roomy
    done = json.loads((out / "report.json").read_text("utf-8"))["pages"]["skipped"]
    assert done >= sum(name.endswith(".json") for name in some) - int(jobs) - 1


def test_a_disk_that_is_full_before_the_run(tmp_path: Path, disk: Path) -> None:
    many.white(tmp_path / "in", 3)
    filler = fill(disk)
    options = ("--engine", "null", "-j", 1)
    for out in (disk, disk / "out"):
        result = digitize("run", tmp_path / "in", "-o", out, *options)
        assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
        (line,) = result.stderr.splitlines()
        assert "No space left on device" in line
    filler.unlink()
    assert digitize("run", tmp_path / "in", "-o", disk / "out", *options).exit_code == ExitCode.OK
    filler = fill(disk)
    status = digitize("status", disk / "out")
    assert (status.exit_code, status.stderr) == (ExitCode.OK, "")
