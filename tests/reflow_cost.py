"""What reflow costs, measured in a process of its own: coverage would slow it down in ours.

    python tests/reflow_cost.py 420 840

prints for every page its lines and the least seconds of several tries, and the seconds of a fixed
piece of Python that was timed between them: CI machines differ, their ratio hardly does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sketch

from digitize import language
from digitize.model import Page
from digitize.reflow import reflow

STORY = 60  # lines: three columns of twenty
FEW = 1000  # lines of a page that is read several times
TRIES = 7
TEXT = "山河春秋日月星辰花木"


@dataclass(frozen=True, slots=True)
class Cost:
    """Lines of a page, seconds to reflow it, and seconds of the unit of work."""

    lines: int
    seconds: float
    unit: float

    @property
    def units(self) -> float:
        """The cost in units of work."""
        return self.seconds / self.unit


def full_page(lines: int) -> Page:
    """Stories of three columns under each other."""
    bands = []
    for _ in range(lines // STORY):
        rows = [["　" * 2 + TEXT[:8] if r % 7 == 0 else TEXT for r in range(20)] for _ in range(3)]
        bands += ["＃" + "城乡桥路" * 2, "", ""]
        bands += ["　　".join(row) for row in zip(*rows, strict=True)]
        bands += ["　"]
    return sketch.page_of(bands)


def unit() -> None:
    """A fixed piece of work of the kind that reflow does: numbers, tuples, dicts, sorting."""
    total, places = 0.0, {}
    for i in range(100_000):
        places[i % 997] = (total, i)
        total = min(total + i * 0.5, 1e9)
    sorted((k * 7919) % 100_003 for k in range(60_000))


def measure(sizes: Sequence[int]) -> list[Cost]:
    """The costs of pages of about ``sizes`` lines, in a process of its own."""
    command = [sys.executable, __file__, *map(str, sizes)]
    folders = [Path(__file__).parent, *map(Path, sys.path)]
    path = os.pathsep.join(str(folder) for folder in folders if folder.is_dir())
    env = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return [Cost(*found) for found in json.loads(done.stdout)]


def _main() -> None:
    print(json.dumps([_cost(full_page(int(size))) for size in sys.argv[1:]]))


def _cost(page: Page) -> tuple[int, float, float]:
    spoken = language.signal([line.text for line in page.lines])
    tries = TRIES if len(page.lines) <= FEW else 1
    times: list[float] = []
    units: list[float] = []
    for _ in range(TRIES):
        units.append(_seconds(unit))
        if len(times) < tries:
            times.append(_seconds(lambda: reflow(page, continuity=spoken)))
    return len(page.lines), min(times), min(units)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    _main()
