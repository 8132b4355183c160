"""``digitize run --cluster``: several machines write what one writes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command import digitize, files, process
from dask_processes import Machines, machines, until
from drawn import STORY_TEXT
from fsspec.implementations.memory import MemoryFileSystem

from digitize.batch.away import MARK, Ready
from digitize.errors import ClusterError, ExitCode
from digitize.formats import read_page
from digitize.options import OcrOptions

pytest_plugins = ("store_fixtures",)
pytestmark = pytest.mark.xdist_group("cluster")

PAGES = 6
QUICKLY = ("--engine", "null", "--skip-step", "orient")


@pytest.fixture
def several(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path / "dask") as made:
        yield made


@pytest.fixture
def scans(tmp_path: Path, scan: Path) -> Path:
    """The drawn story several times over."""
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"第{number}版.png").write_bytes(scan.read_bytes())
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    """The files of a run, but for the seconds it took."""
    seconds = re.compile(rb'"seconds": (\{[^}]*\}|[\d.]+)')
    found = (folder / name for name in files(folder) if name.endswith((".txt", ".json")))
    return {path.name: seconds.sub(b"", path.read_bytes()) for path in found}


def test_workers_that_come_and_die_write_what_one_machine_writes(
    several: Machines, scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here, there = tmp_path / "here", tmp_path / "there"
    args = ("run", "scans", *QUICKLY)
    assert digitize(*args, "-o", "here").exit_code == ExitCode.OK
    first = several.worker()

    def come_and_go() -> None:
        until(lambda: there.exists() and len(files(there)) > 2)
        several.worker()
        first.kill()

    threading.Thread(target=come_and_go).start()
    done = process(*args, "-o", "there", "--cluster", several.address)
    assert done.returncode == ExitCode.OK, done.stderr
    told = done.stderr.splitlines()
    assert told[-1] == f"0 ok, {PAGES} empty, 0 failed"
    assert len({line.split(":")[0] for line in told if line.startswith("[")}) == PAGES
    assert len(texts(here)) == 2 * PAGES
    assert texts(there) == texts(here)
    assert first.wait() == -signal.SIGKILL
    assert not (there / MARK).exists()


@pytest.mark.usefixtures("replay_story")
def test_machines_that_share_no_disk_go_by_a_store(several: Machines, s3: Any, scan: Path) -> None:
    for name in ("a", "b"):
        s3.pipe_file(f"paper/in/{name}.png", scan.read_bytes())
    several.worker()
    args = ("run", "s3://paper/in", "-o", "s3://paper/out", "--engine", "replay", "--overlay")
    done = process(*args, "--cluster", several.address)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "2 ok, 0 empty, 0 failed")
    names = {path.removeprefix("paper/out/") for path in s3.find("paper/out")}
    assert {f"{page}.{end}" for page in "ab" for end in ("txt", "json", "overlay.png")} <= names
    assert s3.cat_file("paper/out/b.txt").decode() == STORY_TEXT


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_whole_files_and_goes_on(
    several: Machines, scans: Path, tmp_path: Path, end: signal.Signals
) -> None:
    several.worker()
    out = tmp_path / "out"
    args = ["run", scans, "-o", out, *QUICKLY, "--cluster", several.address]
    command = [sys.executable, "-m", "digitize", *map(str, args)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        until(lambda: out.exists() and any(out.glob("*.txt")))
        running.send_signal(end)
        assert running.stderr is not None
        told = running.stderr.read()
        code = running.wait()
    if end is signal.SIGINT:
        assert (code, "digitize: interrupted; " in told) == (ExitCode.INTERRUPTED, True)
    for name in files(out):
        assert not name.startswith(".digitize-")
        if name.endswith(".json"):
            assert read_page(out / name).page is not None
    again = process(*map(str, args))
    assert again.returncode == ExitCode.OK, again.stderr
    sums = re.findall(r"\d+", again.stderr.splitlines()[-1])
    assert sum(map(int, sums)) == PAGES
    assert len(texts(out)) == 2 * PAGES


def test_without_scheduler_and_with_what_no_other_machine_sees(
    scans: Path, tmp_path: Path, memory: MemoryFileSystem
) -> None:
    args = ("run", scans, "-o", tmp_path / "out", "--engine", "null")
    result = digitize(*args, "--cluster", "nonsense")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert result.stderr.splitlines()[-1].startswith("digitize: no dask scheduler answers at nons")
    memory.pipe_file("/in/a.png", (scans / "第0版.png").read_bytes())
    result = digitize("run", "memory://in", "-o", "memory://out", "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == ExitCode.USAGE
    assert "memory:///in/a.png is in this process alone; name another" in result.stderr


def test_another_machine_must_be_as_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = OcrOptions(engine="null")
    ready = Ready((engine,), ({"engine": "none"},))
    with pytest.raises(ClusterError, match=r"digitize is 0\.1\.0 there and missing here; install"):
        ready()
    with pytest.raises(ClusterError, match=r"there is no folder .*gone; let all machines share"):
        replace(ready, folder=str(tmp_path / "gone"))()
    with pytest.raises(ClusterError, match=r"out is another folder there; let all machines share"):
        replace(ready, folder=str(tmp_path), out="out", mark="m")()
    assert os.getcwd() == str(tmp_path)
