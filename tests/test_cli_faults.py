"""Pages that come to harm, through the real command as a process of its own.

The engine of ``tests/faulty`` meets each harm on pages of one width; it is found as any package's.
"""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest
from command import digitize, files, read_json
from drawn import sheet

from digitize.errors import ExitCode

HERE = Path(__file__).resolve().parent
TEXT = "渠水绕村而过。渠水绕村而过。\n"
STEPS = ("orient", "denoise", "border", "deskew", "enlarge", "illumination")
PLAIN = [word for step in STEPS for word in ("--skip-step", step)]


@pytest.fixture(autouse=True)
def _faulty_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE / "faulty"), str(HERE)]))
    monkeypatch.setenv("FAULTY_ENGINE_MARKS", str(tmp_path))


def pages(folder: Path, widths: Sequence[int]) -> Path:
    """Scans of these widths, named by place and width, each with two lines."""
    folder.mkdir()
    for i, width in enumerate(widths):
        page = sheet(width, 160)
        page.row(30, 40, "水渠今日完工")
        page.row(30, 90, "水渠今日完工")
        page.image.save(folder / f"{i}-{width}.png")
    return folder


def start(*args: str | Path) -> subprocess.Popen[str]:
    """The command in a session of its own, reading with the engine that harms."""
    return subprocess.Popen(
        [sys.executable, "-m", "digitize", "run", *args, "--engine", "faulty", *PLAIN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def run(*args: str | Path) -> tuple[int, list[str]]:
    """Exit code and what was told."""
    running = start(*args)
    _, told = running.communicate(timeout=120)
    assert "Traceback" not in told
    assert_gone(running.pid)
    return running.returncode, told.splitlines()


def assert_gone(session: int) -> None:
    """Nothing of a session stays; Python's own tracker and the kernel may take a moment to end."""
    end = time.monotonic() + 10
    while left := everyone_of(session):
        assert time.monotonic() < end, left
        time.sleep(0.05)


def everyone_of(session: int) -> list[str]:
    """The processes of a session, and of groups begun in it, that still run."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except (OSError, psutil.Error):
            continue
    return found


def read(out: Path) -> set[str]:
    """The pages whose files are there, all of them whole."""
    names = {name.removesuffix(".txt") for name in files(out) if name.endswith(".txt")}
    assert files(out) == sorted(f"{name}.{form}" for name in names for form in ("txt", "json"))
    assert {(out / f"{name}.txt").read_text("utf-8") for name in names} <= {TEXT}
    for name in names:
        read_json(out / f"{name}.json")
    return names


def reasons(out: Path) -> dict[str, str]:
    """Why pages failed, by their names."""
    report = read_json(out / "report.json")
    return {Path(one["page"]).stem: one["reason"] for one in report["failures"]}


def test_one_job_is_guarded_as_several_are(tmp_path: Path) -> None:
    """And what a worker was writing when it died is not left lying there."""
    scans, out = pages(tmp_path / "in", [400, 315, 400]), tmp_path / "out"
    code, told = run(scans, "-o", out, "-j", "1", "--retries", "0")
    assert code == ExitCode.SOME_FAILED
    assert told[-1] == "2 ok, 0 empty, 1 failed"
    assert read(out) == {"0-400", "2-400"}


def test_crashes_and_hangs_fail_their_pages_only(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, 301, 304, 400, 306, 400]), tmp_path / "out"
    code, told = run(scans, "-o", out, "-j", "2", "--timeout", "5")
    assert code == ExitCode.SOME_FAILED
    assert told[-1] == "4 ok, 0 empty, 2 failed"
    assert read(out) == {"0-400", "3-400", "4-306", "5-400"}
    assert reasons(out) == {
        "1-301": f"{scans}/1-301.png: its process died of SIGSEGV (segmentation fault);"
        " look at the scan with: digitize preview",
        "2-304": f"{scans}/2-304.png: it took more than 5 s; give it longer with --timeout",
    }
    put_off = [line for line in told if line.endswith("it is tried again at the end")]
    assert len(put_off) == 3
    order = [line.split("]")[0] for line in told if line.startswith("[")]
    assert order == [f"[{n}/6" for n in range(1, 7)]


def test_a_page_that_eats_memory_fails_alone(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, 305, 400]), tmp_path / "out"
    code, _ = run(scans, "-o", out, "-j", "2", "--memory", "900", "--retries", "0")
    assert code == ExitCode.SOME_FAILED
    assert read(out) == {"0-400", "2-400"}
    ((name, reason),) = reasons(out).items()
    assert name == "1-305"
    assert "it needed more than 900 MB of memory; give it more with --memory" in reason


def test_a_single_page_with_a_limit_is_guarded_too(tmp_path: Path) -> None:
    scans = pages(tmp_path / "in", [303])
    code, told = run(scans, "-o", tmp_path / "out", "--timeout", "2", "--retries", "0")
    assert code == ExitCode.NOTHING_USABLE
    assert "it took more than 2 s" in told[0]


def test_what_an_engine_may_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = range(307, 315)
    scans, out = pages(tmp_path / "in", [*wrong, 400]), tmp_path / "out"
    for folder in (HERE, HERE / "faulty"):
        monkeypatch.syspath_prepend(folder)
    result = digitize("run", scans, "-o", out, "-j", 1, "--engine", "faulty", *PLAIN)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert read(out) == {"8-400"}
    found = {name.partition("-")[2]: why for name, why in reasons(out).items()}
    parts = {
        "307": "the engine faulty read bytes that are no UTF-8 (",
        "308": "the engine faulty gave text that is no UTF-8 for line ",
        "309": "the engine faulty gave 1 of 2 lines; read the page with another --engine",
        "310": "the engine faulty gave the confidence nan for line ",
        "311": "the engine faulty gave bytes as text for line ",
        "312": "the engine faulty gave str for line ",
        "313": "the engine faulty gave NoneType and no lines; ",
        "314": "internal error: ValueError: two lines; please report it with the scan",
    }
    assert found.keys() == parts.keys()
    for width, part in parts.items():
        assert part in found[width]
        assert f"-{width}.png: " in found[width]


def test_a_run_that_fails_everywhere_is_stopped(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, *[301] * 3, *[400] * 30]), tmp_path / "out"
    code, told = run(scans, "-o", out, "-j", "1", "--max-failed", "2")
    assert code == ExitCode.SOME_FAILED
    assert "digitize: stopped: 2 of 3 pages failed (--max-failed 2); 31 pages were not read" in told
    assert told[-1] == "1 ok, 0 empty, 2 failed, 31 left"
    report = read_json(out / "report.json")
    assert (report["ended"], report["pages"]["left"]) == ("stopped", 31)
    assert len(report["failures"]) == 2


@pytest.mark.parametrize(("jobs", "number"), [("1", signal.SIGTERM), ("2", signal.SIGINT)])
def test_an_interrupt_leaves_nothing_half_done(tmp_path: Path, jobs: str, number: int) -> None:
    widths = [400, 400, 400, 303, 304] + [400] * 20
    scans, out = pages(tmp_path / "in", widths), tmp_path / "out"
    running = start(scans, "-o", out, "-j", jobs)
    wait_for_pages(running, out, 3)
    os.kill(running.pid, number)
    begun = time.monotonic()
    _, told = running.communicate(timeout=60)
    assert time.monotonic() - begun < 20  # 2 s of grace, on a machine that has much to do
    assert running.returncode == ExitCode.INTERRUPTED
    assert told.splitlines()[-1] == "digitize: interrupted; the pages that were done are kept"
    assert_gone(running.pid)
    assert not [name for name in files(out) if name.startswith(".digitize-")]
    report = read_json(out / "report.json")
    assert report["ended"] == "interrupted"
    assert report["pages"]["ok"] + report["pages"]["left"] == len(widths)
    assert report["pages"]["ok"] >= 1


def test_a_run_that_is_killed_takes_its_workers_along(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, *[303] * 3]), tmp_path / "out"
    running = start(scans, "-o", out, "-j", "2")
    wait_for_pages(running, out, 1)
    running.kill()
    running.communicate(timeout=60)
    assert_gone(running.pid)


def wait_for_pages(running: subprocess.Popen[str], out: Path, count: int) -> None:
    end = time.monotonic() + 90
    while not out.exists() or sum(name.endswith(".json") for name in files(out)) < count:
        assert running.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_report_of_a_run(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, 401]), tmp_path / "out"
    (scans / "broken.png").write_bytes(b"no picture")
    code, _ = run(scans, "-o", out, "-j", "2", "-q")
    assert code == ExitCode.SOME_FAILED
    report = read_json(out / "report.json")
    assert report["schema"] == "digitize-report/1"
    assert report["ended"] == "done"
    assert report["pages"] == {
        "total": 2, "ok": 2, "empty": 0, "failed": 0, "skipped": 0, "left": 0,
        "unusable_inputs": 1, "unwritten": 0, "doubtful_lines": 0,
    }  # fmt: skip
    assert report["failures"] == []
    assert report["pages_per_minute"] > 0
    assert {"load", "layout", "ocr", "reflow", "write", "total"} <= report["stage_seconds"].keys()
    assert 50 < report["peak_mb"]["worker"] < 5000
    assert 20 < report["peak_mb"]["run"] < 5000
    assert report["versions"]["engine"] == "faulty 1.0"
    assert report["options"]["batch.jobs"] == 2
    assert report["options"]["ocr.engine"] == "faulty"


def test_an_engine_that_cannot_be_loaded(tmp_path: Path) -> None:
    scans = pages(tmp_path / "in", [400, 400])
    for inputs in (scans, scans / "0-400.png"):
        args = ["run", str(inputs), "-o", str(tmp_path / "out"), "--engine", "unloadable"]
        done = subprocess.run(
            [sys.executable, "-m", "digitize", *args],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == ExitCode.MISSING_ENGINE
        assert done.stderr.startswith("digitize: the engine unloadable cannot be loaded: ")
        assert done.stderr.count("\n") == 1


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    scans, out = pages(tmp_path / "in", [400, 301, 400]), tmp_path / "out"
    shown = "".join(
        on_terminal("run", scans, "-o", out, "-j", "1", "--retries", "0", "--engine", "faulty")
    )
    assert "3/3" in shown
    assert "1 failed" in shown
    assert "pages/min" in shown
    assert "1-301.png: its process died of SIGSEGV" in shown.replace("\r\n", "")
    assert "2 ok, 0 empty, 1 failed" in shown
    assert "[1/3]" not in shown


def on_terminal(*args: str | Path) -> Iterator[str]:
    """What the command shows on a terminal of 200 columns."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "digitize", *map(str, args), *PLAIN]
    env: dict[str, Any] = {**os.environ, "COLUMNS": "200", "TERM": "xterm"}
    running = subprocess.Popen(command, stderr=theirs, stdin=theirs, env=env)
    os.close(theirs)
    try:
        while part := os.read(ours, 4096):
            yield part.decode("utf-8", "replace")
    except OSError:  # the terminal is closed with its last process
        pass
    finally:
        os.close(ours)
        assert running.wait(60) == ExitCode.SOME_FAILED
