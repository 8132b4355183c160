"""``digitize run`` from and to places behind URLs: the same files as between folders."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import made_issue as made
import pytest
import told_scans as told
from command import digitize, process
from drawn import STORY_TEXT
from fsspec.implementations.memory import MemoryFileSystem
from PIL import Image
from stores import Faulty

from digitize.errors import ExitCode
from digitize.model import PageResult, Source

pytest_plugins = ("store_fixtures",)

PAGES = {"p1": made.front(), "p4": made.fourth()}
LOCAL_ONLY = """
import sys
from digitize.cli import main
try:
    main(["run", *sys.argv[1:], "--engine", "null", "-q"])
except SystemExit as end:
    assert not end.code, end.code
print(sorted({name.split(".")[0] for name in sys.modules} & {"fsspec", "s3fs", "distributed"}))
"""


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages 1 and 4 of an issue, which are read as drawn in made_issue."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in PAGES:
        Image.new("L", (20, 20), 255).save(folder / f"{name}.png")

    def read(source: Source, engine: object, options: object) -> PageResult:
        del engine, options
        # The same name wherever the scan lies, so that files can be compared.
        return replace(PAGES[PurePath(source.path).stem], source=Source(PurePath(source.path).name))

    monkeypatch.setattr("digitize.pipeline.digitize_page", read)
    return folder


REPORT = "report.json"  # tells when and how long, and is never the same


def run(*args: str | Path) -> Any:
    return digitize("run", *args, "--engine", "null", "-j", 1)


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != REPORT)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def under(fs: MemoryFileSystem, folder: str) -> dict[str, bytes]:
    found = {path.removeprefix(folder): fs.cat_file(path) for path in fs.find(folder)}
    found.pop(REPORT, None)
    return {name: data for name, data in found.items() if "/.digitize" not in name}


@pytest.mark.parametrize("more", [[], ["--stitch"], ["--stitch", "--split-articles"]])
def test_a_store_gets_the_files_that_a_folder_gets(
    scans: Path, tmp_path: Path, memory: MemoryFileSystem, more: list[str]
) -> None:
    for path in scans.iterdir():
        memory.pipe_file(f"/in/{path.name}", path.read_bytes())
    assert run(scans, "-o", tmp_path / "out", *more).exit_code == ExitCode.OK
    result = run("memory://in", "-o", "memory://out", *more)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    assert result.stderr.splitlines()[0].startswith("[1/2] p1.png: ok, ")
    written = tree(tmp_path / "out").items()
    here = {name: data for name, data in written if "/.digitize" not in f"/{name}"}
    assert under(memory, "/out/") == here
    # Again over what is there: nothing is left of the first run, nothing doubled.
    assert run("memory://in", "-o", "memory://out", *more).exit_code == ExitCode.OK
    assert under(memory, "/out/") == here


def test_a_second_run_reads_what_has_changed(
    tmp_path: Path, memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []

    def read(source: Source, *args: Any) -> PageResult:
        reads.append(PurePath(source.path).name)
        return told.read(source, *args)

    monkeypatch.setattr("digitize.pipeline.digitize_page", read)
    for number in (1, 2, 3):
        scan = told.scan(tmp_path / f"{number}.png", told.story(number))
        memory.pipe_file(f"/in/{number}.png", scan.read_bytes())
    assert run("memory://in", "-o", "memory://out").exit_code == ExitCode.OK
    before = under(memory, "/out/")
    reads.clear()
    assert "3 done before" in run("memory://in", "-o", "memory://out").stderr
    memory.pipe_file("/in/1.png", memory.cat_file("/in/1.png"))  # newer, and the same
    memory.pipe_file("/in/2.png", memory.cat_file("/in/3.png"))
    memory.rm_file("/out/3.txt")
    result = run("memory://in", "-o", "memory://out")
    assert (result.exit_code, reads) == (ExitCode.OK, ["2.png"])
    after = under(memory, "/out/")
    assert after["2.txt"] == after["3.txt"] == before["3.txt"]
    assert {name for name in after if after[name] != before[name]} == {"2.txt", "2.json"}


@pytest.mark.usefixtures("replay_story")
def test_the_overlay_goes_to_the_store_as_well(scan: Path, memory: MemoryFileSystem) -> None:
    memory.pipe_file("/in/page.png", scan.read_bytes())
    args = ("memory://in", "-o", "memory://out", "--overlay", "--engine", "replay")
    assert digitize("run", *args).exit_code == ExitCode.OK
    made_files = under(memory, "/out/")
    assert made_files.keys() == {"page.json", "page.overlay.png", "page.txt"}
    assert made_files["page.txt"].decode() == STORY_TEXT
    assert made_files["page.overlay.png"].startswith(b"\x89PNG")
    # What a run wrote is no scan of the next one.
    assert digitize("run", "memory://out", "-o", "memory://again").exit_code == 4


def test_a_page_that_cannot_be_fetched_does_not_stop_the_others(faulty: type[Faulty]) -> None:
    for name in ("a", "b"):
        faulty().pipe_file(f"/in/{name}.png", b"\x89PNG\r\n\x1a\n no more")
    faulty.faults["open rb"] = [OSError("reset") for _ in range(4)]
    result = run("faulty://in", "-o", "faulty://out", "--spread", "no")
    assert result.exit_code == ExitCode.NOTHING_USABLE
    first, *_ = result.stderr.splitlines()
    assert re.fullmatch(
        r"digitize: cannot read faulty:///in/a\.png: reset; check the address, .*", first
    )
    assert "faulty:///in/b.png is damaged" in result.stderr


def test_a_store_that_takes_nothing_ends_the_run(
    scans: Path, faulty: type[Faulty], memory: MemoryFileSystem
) -> None:
    del memory
    faulty.faults["pipe_file"] = [PermissionError("Access Denied")]
    result = run(scans, "-o", "faulty://out")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert result.stderr.startswith("digitize: cannot write to faulty://out: Access Denied; check")
    # Half-way: the first page's files are written, then the store is full.
    faulty.faults["pipe_file"] = [None] * 3 + [OSError(28, "No space left on device")] * 9
    result = run(scans, "-o", "faulty://out")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert faulty.store.keys() == {"/out/p1.txt", "/out/p1.json"}


@pytest.mark.usefixtures("replay_story")
def test_two_workers_read_from_and_write_to_a_real_store(s3: Any, scan: Path) -> None:
    names = [f"第{i}版" for i in range(3)]
    for name in names:
        s3.pipe_file(f"paper/扫描/{name}.png", scan.read_bytes())
    done = process("run", "s3://paper/扫描", "-o", "s3://paper/out", "--engine", "replay", "-j2")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.splitlines()[-1] == "3 ok, 0 empty, 0 failed"
    written = {f"{name}.{form}" for name in names for form in ("txt", "json")}
    assert {PurePath(path).name for path in s3.find("paper/out")} == {*written, REPORT}
    assert {s3.cat_file(f"paper/out/{name}.txt").decode() for name in names} == {STORY_TEXT}


def test_a_local_run_wants_none_of_it(scan: Path, tmp_path: Path) -> None:
    args = [sys.executable, "-c", LOCAL_ONLY, str(scan), "-o", str(tmp_path / "out")]
    done = subprocess.run(args, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "[]\n"


def test_a_run_goes_on_where_the_last_one_was(scans: Path, memory: MemoryFileSystem) -> None:
    for path in scans.iterdir():
        memory.pipe_file(f"/in/{path.name}", path.read_bytes())
    assert run("memory://in", "-o", "memory://out").exit_code == ExitCode.OK
    before = under(memory, "/out/")
    kept = run("memory://in", "-o", "memory://out")
    assert kept.stderr.splitlines() == ["0 ok, 0 empty, 0 failed, 2 done before"]
    memory.pipe_file("/in/p4.png", memory.cat_file("/in/p4.png") + b"\n")
    again = run("memory://in", "-o", "memory://out")
    assert again.stderr.splitlines()[-1] == "1 ok, 0 empty, 0 failed, 1 done before"
    assert under(memory, "/out/") == before
