"""One input read under watch: what may come out, how long it may take, what memory it may use."""

from __future__ import annotations

import faulthandler
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from digitize.errors import DigitizeError, InputError

SECONDS = 5.0  # of processor time that a small input may take
HUNG = 120  # seconds after which the process gives up: a loop in C hears no signal
GROWTH = 700  # MB that one input may add to the most that was ever in use
TRIES = 300  # inputs that are tried to find a smaller one with the same fault
PATIENCE = 30.0  # seconds of processor time for all of them

Read = Callable[[bytes, Path], None]


class TooSlowError(BaseException):
    """An input took too long; no ``except Exception`` may swallow it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What an input brought about: ``kind`` is the same for inputs that fail in one place."""

    kind: str
    told: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input ended: read, refused with an expected error, or with a fault."""

    refused: bool = False
    fault: Fault | None = None


@contextmanager
def limits() -> Iterator[None]:
    """Keep watch inside the block, and the network away: nothing may be fetched."""
    before = signal.signal(signal.SIGPROF, _too_slow)
    away = InputError("nothing is fetched here")
    with (
        patch("digitize.remote.open_copy", side_effect=away),
        patch("digitize.remote.open_parts", side_effect=away),
    ):
        try:
            yield
        finally:
            signal.signal(signal.SIGPROF, before)


def watched(read: Read, data: bytes, folder: Path, seconds: float = SECONDS) -> Outcome:
    """Read ``data`` inside :func:`limits`."""
    before = _peak()
    refused = False
    signal.setitimer(signal.ITIMER_PROF, seconds)
    faulthandler.dump_traceback_later(HUNG, exit=True)
    try:
        read(data, folder)
    except DigitizeError as error:
        refused = True
        if "internal error" in str(error) or "\n" in str(error):
            return Outcome(fault=_fault(error))
    except (Exception, TooSlowError) as error:  # noqa: BLE001 - that is what is looked for
        return Outcome(fault=_fault(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
    grown = (_peak() - before) >> 10
    if grown > GROWTH:
        return Outcome(fault=Fault(f"{grown >> 8} x 256 MB", f"{grown} MB more in use"))
    return Outcome(refused)


def _too_slow(signum: int, frame: FrameType | None) -> None:
    raise TooSlowError("it takes too long")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _fault(error: BaseException) -> Fault:
    """Where our own code failed, and how."""
    root = error.__cause__ if isinstance(error, DigitizeError) and error.__cause__ else error
    frames = traceback.extract_tb(root.__traceback__)
    ours = [f for f in frames if "/digitize/" in f.filename] or list(frames)
    # Where time is up says little: the outermost functions say who was at work.
    place = ours[:4] if isinstance(error, TooSlowError) else ours[-1:]
    where = " ".join(f"{Path(f.filename).name}:{f.name}" for f in place)
    told = "".join(traceback.format_exception(error))
    return Fault(f"{type(root).__name__} in {where}", told)


def smaller(read: Read, data: bytes, folder: Path, kind: str) -> bytes:
    """A shorter input with the same fault, found by leaving out pieces."""
    tries, step = 0, max(1, len(data) // 2)
    end = time.process_time() + PATIENCE
    while step and tries < TRIES:
        at = 0
        while at < len(data) and tries < TRIES and time.process_time() < end:
            shorter = data[:at] + data[at + step :]
            tries += 1
            fault = watched(read, shorter, folder).fault
            if fault is not None and fault.kind == kind:
                data = shorter
            else:
                at += step
        step //= 2
    return data
