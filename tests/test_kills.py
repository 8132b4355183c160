"""Runs that are killed at any moment, again and again, against one that nobody disturbs."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import many_scans as many
import pytest
from command import digitize

from digitize import journal
from digitize.errors import ExitCode
from digitize.run_report import FILE as REPORT

WHITE, ISSUES = 188, 6  # 200 pages
PAGES = WHITE + 2 * ISSUES
START, LINKING = 3.0, 0.3  # seconds that these may take, on a machine that is not too busy
PATIENCE = 120.0  # seconds without the pages that a kill waits for
LATE = 2  # runs that are killed when all pages are there
MOST = 60  # runs, each of which gets on
OPTIONS = ("--stitch", "--split-articles", "-j", "2")


def known_done(out: Path) -> set[str]:
    """The pages of which the journal says that they are done."""
    book = journal.to_read(str(out))
    if book is None:
        return set()
    rows = [row.name for row in book.rows().values() if row.finished and not row.links]
    book.close()
    return set(rows)


def written(out: Path) -> int:
    """How many pages have their last file."""
    return sum(path.name != REPORT for path in out.glob("*.json"))


def kill(process: subprocess.Popen[str], out: Path, chance: random.Random) -> None:
    """Kill the run after some pages more or, where all are there, while it starts or links."""
    goal, moment = written(out) + chance.randint(10, 90), 0.02
    if written(out) == PAGES:
        moment = START
    elif goal >= PAGES:
        moment = LINKING
    end = time.monotonic() + PATIENCE
    while written(out) < min(goal, PAGES) and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.002)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, moment))
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("seed", [4])
def test_a_run_that_is_killed_again_and_again(tmp_path: Path, seed: int) -> None:
    scans, out, late = tmp_path / "in", tmp_path / "out", 0
    many.white(scans, WHITE)
    recording = many.issues(scans, ISSUES)
    assert many.finished(recording, scans, "-o", tmp_path / "calm", *OPTIONS)[0] == ExitCode.OK
    calm = many.results(tmp_path / "calm")
    assert sum(name.endswith(".json") and "/" not in name for name in calm) == PAGES
    chance, kills, times = random.Random(seed), 0, dict[str, int]()
    for _ in range(MOST):
        late += written(out) == PAGES
        if late > LATE:
            break
        process = many.started(recording, scans, "-o", out, *OPTIONS)
        kill(process, out, chance)
        kills += process.returncode == -signal.SIGKILL
        # What stands there is whole, though a story may not be written to its end yet.
        whole = {n: d for n, d in many.results(out).items() if n.startswith("w")}
        assert {n: d for n, d in whole.items() if calm.get(n) != d and ".digitize-" not in n} == {}
        for name in known_done(out) - times.keys():
            times[name] = (out / f"{name}.json").stat().st_mtime_ns
    assert late > LATE
    assert kills >= 3
    assert many.finished(recording, scans, "-o", out, *OPTIONS)[0] == ExitCode.OK
    assert many.remains(out) == []
    assert many.results(out) == calm
    again = [n for n in times if (out / f"{n}.json").stat().st_mtime_ns != times[n]]
    assert [name for name in again if name.startswith("w")] == []
    status = digitize("status", out)
    assert (status.exit_code, status.stdout[: len(f"{out}: 200 done")]) == (0, f"{out}: 200 done")
    print(f" [{kills} kills]", end="")
