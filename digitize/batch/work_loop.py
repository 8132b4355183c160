"""What a worker process does: task after task, until the pool has no more or is gone."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from digitize.batch.messages import Begun, Done, Ready, Unfit
from digitize.batch.plan import Fault, FaultKind, warmed
from digitize.errors import one_line

MB = 1 << 20
KILLED_FIRST = "500"  # of 1000: where memory runs out the kernel takes a worker, not the run
# Private memory that a worker may ask for at once beyond its limit. What it asks for and does not
# use (stacks, arenas: some 400 MB in an idle worker) counts here and not in the limit.
RESERVED_MB = 1024
_PR_SET_PDEATHSIG = 1


class Stopped(BaseException):
    """The pool wants the worker to drop what it does; raised wherever that is."""


def main(
    link: Connection, work: Callable[[Any], object], warm: Callable[[], object], memory: int
) -> None:
    """Do the tasks that come over ``link`` until it is closed; ``memory`` is the limit in MB."""
    with suppress(EOFError, OSError, Stopped):  # the pool is gone, or wants no more
        _detach()
        _limit_memory(memory)
        error = warmed(warm)
        link.send(Ready() if error is None else Unfit(error))
        while error is None:
            number, task = link.recv()
            link.send(Begun(number))
            _send(link, _done(number, work, task))
    _leave()


def _detach() -> None:
    """Be a group of its own, which Ctrl-C does not reach and which can be ended as a whole."""
    parent = os.getppid()
    with suppress(OSError):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        # A worker must not outlive a run that was killed: it would write into the next one's files.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(KILLED_FIRST)
    if os.getppid() != parent:
        _leave()


def _stop(number: int, frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once: cleaning up must not be interrupted
    raise Stopped


def _limit_memory(memory: int) -> None:
    """Let a great leap fail at once; the pool, which looks now and then, sees what grows."""
    if memory:
        most = (memory + RESERVED_MB) * MB
        with suppress(OSError, ValueError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _done(number: int, work: Callable[[Any], object], task: object) -> Done:
    result, fault = None, None
    try:
        result = work(task)
    except MemoryError:
        fault = Fault(FaultKind.MEMORY, "there was not enough memory")
    except Exception as error:  # noqa: BLE001 - told with the task; the others go on
        fault = Fault(FaultKind.ERROR, one_line(error))
    return Done(number, result, fault, _in_use())


def _in_use() -> float:
    """Memory that this process has in use, in MB."""
    import psutil  # noqa: PLC0415 - not wanted by the pool, which imports this module too

    return round(float(psutil.Process().memory_info().rss) / MB, 1)


def _send(link: Connection, done: Done) -> None:
    try:
        link.send(done)
    except (OSError, Stopped):
        raise
    except Exception as error:  # noqa: BLE001 - the result cannot be pickled
        fault = Fault(FaultKind.ERROR, f"its result cannot be sent: {one_line(error)}")
        link.send(Done(done.number, None, fault, done.memory))


def _leave() -> NoReturn:
    """End at once: nothing is left to be written, and threads of libraries may hang."""
    sys.stderr.flush()
    os._exit(0)
