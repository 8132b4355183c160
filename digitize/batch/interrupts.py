"""Ctrl-C and its like while a pool is at work: noted, so that it can end in order."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Any, Self

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def sigterm_as_ctrl_c() -> Iterator[None]:
    """Inside the block SIGTERM and a closed terminal raise KeyboardInterrupt, as Ctrl-C does."""
    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in STOPPING[1:]:
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Interrupts:
    """Inside the block the first of these signals is only noted; the second is KeyboardInterrupt.

    ``fileno`` is ready to be read once one has come, so that it can be waited for. Signals that the
    process ignores, as a shell's background jobs do, stay ignored; in a thread nothing is changed.
    """

    def __init__(self) -> None:
        self.pending = False
        self._before: dict[int, Any] = {}
        self._ends: tuple[int, int] = (-1, -1)
        self._woken_before = -1

    def __enter__(self) -> Self:
        self._ends = os.pipe()
        if threading.current_thread() is not threading.main_thread():
            return self
        os.set_blocking(self._ends[1], False)
        self._woken_before = signal.set_wakeup_fd(self._ends[1], warn_on_full_buffer=False)
        for number in STOPPING:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if threading.current_thread() is threading.main_thread():
            signal.set_wakeup_fd(self._woken_before)
        for end in self._ends:
            with suppress(OSError):
                os.close(end)

    def fileno(self) -> int:
        """The end of a pipe into which every signal writes."""
        return self._ends[0]

    def drain(self) -> None:
        """Forget what was written, so that waiting waits."""
        os.set_blocking(self._ends[0], False)
        with suppress(BlockingIOError):
            while os.read(self._ends[0], 64):
                pass

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.pending:
            raise KeyboardInterrupt
        self.pending = True
