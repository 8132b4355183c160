"""Many pages: the run's own memory stays as it is, and a second process doubles the speed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from PIL import Image
from pool_work import work

from digitize.batch import pool
from digitize.batch.plan import Plan

FEW, MANY = 50, 300  # pages
PIECES, PIECE = 16, 0.2  # seconds of CPU time


def test_memory_stays_as_it_is(tmp_path: Path) -> None:
    scans = tmp_path / "in"
    scans.mkdir()
    for i in range(MANY):
        Image.new("L", (60, 40), 255).save(scans / f"{i}.png")
    command = [sys.executable, "-m", "digitize", "run", str(scans), "-o", str(tmp_path / "out")]
    running = subprocess.Popen(
        [*command, "--engine", "null", "-j", "2", "--skip-step", "orient"],
        stderr=subprocess.PIPE,
        text=True,
    )
    used: dict[int, int] = {}
    assert running.stderr is not None
    for line in running.stderr:
        for count in (FEW, MANY):
            if line.startswith(f"[{count}/"):
                used[count] = psutil.Process(running.pid).memory_info().rss
    assert running.wait(60) == 0
    assert used[MANY] == pytest.approx(used[FEW], rel=0.1)


@pytest.mark.alone
def test_a_second_process_doubles_the_speed() -> None:
    """Two workers against one, or, on a machine that has other things to do, two bare processes."""
    found = []
    for _ in range(3):  # what else the machine does only harms it
        one, two, bare = pooled(1), pooled(2), two_processes()
        found.append((one / two, bare / two))
        if one / two >= 1.7 or bare / two >= 0.85:
            return
    raise AssertionError(found)


def pooled(jobs: int) -> float:
    """Seconds for PIECES of work that keep a core busy, the workers warm."""
    found = pool.run(["sleep:0.5"] * jobs + [f"burn:{PIECE}"] * PIECES, work, Plan(jobs))
    for _ in range(jobs):
        next(found)
    start = time.monotonic()
    assert len(list(found)) == PIECES
    return time.monotonic() - start


def two_processes() -> float:
    """Seconds for the same work, a half of it in each of two processes that no pool leads."""
    code = f"""if True:
        import time, pool_work
        start = time.monotonic()
        pool_work.work("burn:{PIECE * PIECES / 2}")
        print(time.monotonic() - start)
    """
    command, here = [sys.executable, "-c", code], Path(__file__).parent
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=here) for _ in "ab"]
    return max(float(one.communicate(timeout=120)[0]) for one in both)
