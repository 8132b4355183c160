"""A dask scheduler and dask workers as processes of their own, on the loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = str(Path(__file__).parent)
PATIENCE = 60.0  # seconds: the machine may be busy


def until(ready: Callable[[], bool]) -> None:
    """Wait until something is so."""
    latest = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < latest, "nothing happened"
        time.sleep(0.05)


class Machines:
    """The processes and the address of their scheduler; all end with the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = folder / "scheduler.json"
        self._all: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: bool(self._address()))

    @property
    def address(self) -> str:
        return self._address()

    def worker(self, **env: str) -> subprocess.Popen[bytes]:
        """One more machine, whose dask worker has no nanny: when it dies it stays dead."""
        return self._start("worker", "--nthreads", "1", "--no-nanny", **env)

    def end(self) -> None:
        for process in reversed(self._all):
            process.kill()
        for process in self._all:
            process.wait()

    def _start(self, what: str, *more: str, **env: str) -> subprocess.Popen[bytes]:
        folder = self._folder / f"{what}-{len(self._all)}"
        folder.mkdir()
        local = ["--local-directory", str(folder)] if what == "worker" else []
        args = [sys.executable, "-m", "dask", what, *more, *local]
        process = subprocess.Popen(
            [*args, "--no-dashboard", "--scheduler-file", str(self._known)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": HERE, **env},
            stdout=(folder / "log").open("wb"),
            stderr=subprocess.STDOUT,
        )
        self._all.append(process)
        return process

    def _address(self) -> str:
        try:
            return str(json.loads(self._known.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            return ""


@contextmanager
def machines(folder: Path) -> Iterator[Machines]:
    """A scheduler; workers as they are asked for."""
    folder.mkdir()
    made = Machines(folder)
    try:
        yield made
    finally:
        made.end()
