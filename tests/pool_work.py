"""Work for a pool whose name says what becomes of it: functions of a module, as workers need."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digitize.errors import MissingEngineError

BLOCK = 16 << 20


def work(task: str) -> Any:
    """Do what the task's name says, as "sleep:0.5"; else give "PID name" of who did it."""
    name, _, argument = task.partition(":")
    special = SPECIAL.get(name)
    result = special(argument) if special is not None else None
    return f"{os.getpid()} {task}" if result is None else result


def _once(argument: str) -> Any:
    """Work that comes to harm when it is first tried: "once:MARKER:segfault"."""
    marker, _, fault = argument.partition(":")
    if Path(marker).exists():
        return None
    Path(marker).touch()
    return work(fault)


def _child(argument: str) -> None:
    """Wait for a program, as some engines do."""
    code = "import time; time.sleep(1000)"
    subprocess.run([sys.executable, "-c", code], check=True)


def _balloon(argument: str) -> None:
    kept = []
    while True:
        kept.append(b"x" * BLOCK)
        time.sleep(0.02)


def _native(argument: str) -> None:
    """Hang in C, with the interpreter's lock held: no handler of a signal is ever run."""
    mutex = ctypes.create_string_buffer(64)
    for _ in range(2):
        ctypes.PyDLL(None).pthread_mutex_lock(mutex)


def _burn(argument: str) -> None:
    """Keep a core busy for so many seconds of its time."""
    end = time.process_time() + float(argument)
    while time.process_time() < end:
        sum(range(1000))


def _wrong(argument: str) -> None:
    raise ValueError("two\nlines")


def _parent(argument: str) -> None:
    """Take along the process that waits for this one, on a cluster a dask worker."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1000)


def _mark(folder: str) -> None:
    """Say that it has begun, and hang."""
    Path(folder, str(os.getpid())).touch()
    time.sleep(1000)


SPECIAL: dict[str, Callable[[str], Any]] = {
    "segfault": lambda _: ctypes.string_at(0),
    "exit": lambda code: os._exit(int(code)),
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "once": _once,
    "hang": lambda _: time.sleep(1000),
    "native": _native,
    "child": _child,
    "balloon": _balloon,
    "leap": lambda _: len(bytes(64 << 30)),
    "raise": _wrong,
    "unsendable": lambda _: lambda: None,
    "parent": _parent,
    "mark": _mark,
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "burn": _burn,
    "big": lambda size: "x" * int(size),
}


def missing() -> None:
    """Warming up where the engine is not installed."""
    raise MissingEngineError("the engine is not installed; install it")


def broken() -> None:
    """Warming up where a library is broken."""
    raise ImportError("libGL.so.1: cannot open\nshared object file")


def deadly() -> None:
    """Warming up where a library crashes."""
    ctypes.string_at(0)


def grown(task: str) -> str:
    """Work that leaves memory behind."""
    if task.startswith("leak"):
        _LEAKED.append(bytearray(b"x" * (600 << 20)))
    return f"{os.getpid()} {task}"


_LEAKED: list[bytearray] = []
