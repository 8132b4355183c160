"""A command run as a child process: its wall time, CPU time and memory, with all that it starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

import psutil

from digitize.bench.model import Call, Memory, Usage
from digitize.errors import PageError

SAMPLED = 0.2  # seconds from one look at the processes to the next: each costs some milliseconds
MB = 1 << 20
REASON = 200  # characters of a failed program's last line


class ContenderError(PageError):
    """A contender broke; the others go on."""


def measured(call: Call) -> Usage:
    """Run ``call`` to its end. Raises ContenderError where it fails or cannot be started.

    CPU time is that of the process and of every descendant that was waited for. Where we are
    interrupted it is ended with all that it started.
    """
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = _started(call, errors)
        try:
            with _Watch(process.pid) as watch:
                status, used = _waited(process)
        except BaseException:
            _end(process)
            raise
        wall = time.perf_counter() - begin
        if status:
            raise ContenderError(_failure(call, status, errors))
    return Usage(wall, used, watch.memory())


def _started(call: Call, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(
            call.arguments,
            stdin=nothing,
            stdout=nothing,
            stderr=errors,
            env={**os.environ, **call.environment},
        )
    except OSError as error:
        raise ContenderError(f"{call.arguments[0]}: {error.strerror}") from error


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """The exit code and the CPU seconds of a process, once it has ended."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # subprocess must not wait again
    return process.returncode, used.ru_utime + used.ru_stime


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(psutil.Error):
        for one in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.Error):
                one.kill()
    process.kill()
    process.wait()


def _failure(call: Call, status: int, errors: IO[bytes]) -> str:
    """What a failed program said last."""
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace").strip().splitlines()
    last = said[-1].strip()[:REASON] if said else "it said nothing"
    return f"{os.path.basename(call.arguments[0])} ended with code {status}: {last}"


class _Watch:
    """Looks at a process and its descendants until it is closed."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._most = Memory()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def memory(self) -> Memory:
        """The most that was seen."""
        return self._most

    def _look(self) -> None:
        while not self._done.wait(SAMPLED):
            with suppress(psutil.Error):  # it has just ended
                self._most = _larger(self._most, self._now())

    def _now(self) -> Memory:
        parent = self._root.memory_info().rss / MB
        program = self._root.exe()
        workers, programs = [0.0], [0.0]
        for one in self._root.children(recursive=True):
            with suppress(psutil.Error):
                group = workers if one.exe() == program else programs
                group.append(one.memory_info().rss / MB)
        return Memory(parent, max(workers), max(programs), parent + sum(workers) + sum(programs))


def _larger(a: Memory, b: Memory) -> Memory:
    return Memory(
        max(a.parent, b.parent),
        max(a.workers, b.workers),
        max(a.programs, b.programs),
        max(a.together, b.together),
    )
