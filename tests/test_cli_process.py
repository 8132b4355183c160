from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import pytest
from command import digitize, files, process, read_json
from drawn import STORY_TEXT, story

from digitize import atomic, batch
from digitize.errors import ExitCode, WorkerError

pytestmark = pytest.mark.usefixtures("replay_story")


def test_interrupt(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "outcomes", interrupted)
    result = digitize("run", scan, "-o", tmp_path, "--engine", "replay")
    assert result.exit_code == ExitCode.INTERRUPTED
    assert result.stderr.splitlines() == [
        "0 ok, 0 empty, 0 failed, 1 left",
        "digitize: interrupted; the pages that were done are kept",
    ]
    assert read_json(tmp_path / "report.json")["ended"] == "interrupted"


@pytest.mark.parametrize("read", [0, 1])
def test_workers_that_cannot_be_kept_alive(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: int
) -> None:
    (tmp_path / "b.png").write_bytes(scan.read_bytes())
    do = batch.outcomes

    def outcomes(*args: Any) -> Iterator[batch.Outcome]:
        yield from islice(do(*args), read)
        raise WorkerError("no process that reads pages stays alive")

    monkeypatch.setattr(batch, "outcomes", outcomes)
    out = tmp_path / "out"
    result = digitize("run", tmp_path, "-o", out, "--engine", "replay", "-j", 1)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "digitize: no process that reads pages stays alive" in result.stderr.splitlines()
    if read:  # what was done is told and kept
        assert result.stderr.splitlines()[-1] == "1 ok, 0 empty, 0 failed, 1 left"
        assert read_json(out / "report.json")["ended"] == "stopped"


def test_interrupt_when_a_file_has_just_got_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def interrupted(source: str, target: Path) -> NoReturn:
        replace(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(tmp_path / "a.txt", b"whole")
    assert files(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_of_a_real_run(scan: Path, tmp_path: Path, jobs: str) -> None:
    many = tmp_path / "many.tif"
    page = story().image
    page.save(many, save_all=True, append_images=[page] * 59)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "digitize", "run", str(many), "-o", str(out), "-j", jobs]
    running = subprocess.Popen(
        [*command, "--engine", "replay"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (out.exists() and [name for name in files(out) if name.endswith(".txt")]):
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does: to the workers too
    _, stderr = running.communicate(timeout=20)
    assert running.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in stderr
    assert stderr.splitlines()[-1].startswith("digitize: interrupted")
    assert len(files(out)) < 100
    assert not [name for name in files(out) if name.startswith(".")]


def test_a_reader_that_has_enough(scan: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "digitize", "run", scan, "--engine", "replay"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == ""
    assert running.wait(timeout=60) == ExitCode.OUTPUT_NOT_WRITABLE


def test_a_full_disk_behind_stdout(scan: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "digitize", "run", scan, "--engine", "replay"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == ExitCode.OUTPUT_NOT_WRITABLE
    assert done.stderr.startswith("digitize: cannot write to stdout: No space left")


def test_stdout_is_utf8_whatever_the_locale(scan: Path) -> None:
    done = process("run", scan, "--engine", "replay", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (ExitCode.OK, STORY_TEXT)
