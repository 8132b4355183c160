"""One worker as the pool sees it: what it was given, what it says, how it is ended."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context, resource_tracker
from typing import Generic, cast

from digitize.batch import work_loop
from digitize.batch.messages import Begun, Done, Message, Ready
from digitize.batch.plan import Fault, FaultKind, Finished, Plan, R, T

GRACE = 2.0  # seconds to drop what it does and tidy up, after which a worker is killed
START = 300.0  # seconds to start and get warm: models may come from a slow disk
REAPED = 5.0  # seconds to be gone once killed; one that waits for a lost disk is left behind
# MB over what it used after its first tasks, when a worker is replaced. Pages differ by less in
# what they leave behind; more is a leak, or what an unusually large page has not given back.
GROWTH = 512.0
FIRST = 3  # tasks after which a worker's memory is taken for what it needs
_HELD_BACK = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Worker(Generic[T, R]):
    """A process and the tasks it was given; the first of them is the one it is at."""

    def __init__(self, work: Callable[[T], R], plan: Plan) -> None:
        self._plan = plan
        self.tasks: deque[tuple[int, T]] = deque()
        self.excuse = ""  # why it has ended, in words
        self._given = self._done = 0
        self._needs, self._leaks = 0.0, False  # MB
        self._ready, self._begun = False, False
        self._since = time.monotonic()  # when it was started, got ready or began
        self._kill_at: float | None = None
        self._verdict: tuple[int, Fault] | None = None
        # "spawn": a forked copy of a process with OpenCV's and onnxruntime's threads may hang.
        context = get_context("spawn")
        self.link, theirs = context.Pipe()
        arguments = (theirs, work, plan.warm, plan.memory)
        self._process = context.Process(target=work_loop.main, args=arguments, daemon=True)
        resource_tracker.ensure_running()  # later it would let the signals in again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
        try:
            self._process.start()  # its signals are blocked until it is a group of its own
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()

    @property
    def pid(self) -> int:
        """The number of its process, and of the group of all that it starts."""
        assert self._process.pid is not None, "it was started"
        return self._process.pid

    @property
    def at_work(self) -> bool:
        """Whether it has begun the first of its tasks."""
        return self._begun

    @property
    def ending(self) -> bool:
        """Whether it was told to end."""
        return self._kill_at is not None

    @property
    def spent(self) -> bool:
        """Whether it takes no more tasks."""
        most = self._plan.tasks_per_worker
        return self.ending or self._leaks or (most > 0 and self._given >= most)

    # Talking

    def give(self, number: int, task: T) -> None:
        """Send a task; a worker that has ended meanwhile is seen when it is heard."""
        self.tasks.append((number, task))
        self._given += 1
        with suppress(OSError):
            self.link.send((number, task))

    def messages(self) -> Iterator[Message | None]:
        """What it has said; None at the end where it is no more."""
        try:
            while self.link.poll():
                message: Message = self.link.recv()
                if isinstance(message, Ready | Begun):
                    self._since = time.monotonic()
                    self._ready, self._begun = True, isinstance(message, Begun)
                yield message
        except (EOFError, OSError):
            yield None

    def finished(self, done: Done) -> Finished[T, R]:
        """The task that it has done, with its result."""
        number, task = self.tasks.popleft()
        assert number == done.number, "tasks are done in their order"
        self._begun = False
        self._done += 1
        if self._done <= FIRST:
            self._needs = max(self._needs, done.memory)
        self._leaks = done.memory > self._needs + GROWTH
        return Finished(task, cast("R | None", done.result), done.fault)

    # Limits

    def deadline(self) -> float | None:
        """When to look after it, if it says nothing until then."""
        if self._kill_at is not None:
            return self._kill_at
        if not self._ready:
            return self._since + START
        if self._begun and self._plan.timeout:
            return self._since + self._plan.timeout
        return None

    def look_after(self) -> None:
        """Do what is due at its deadline."""
        due = self.deadline()
        if due is None or time.monotonic() < due:
            return
        if self._begun and not self.ending:
            self.end(Fault(FaultKind.TIMEOUT, f"it took more than {self._plan.timeout:g} s"))
        else:
            self.excuse = self.excuse or f"it was not ready after {START:g} s"
            self.kill()

    def end(self, verdict: Fault | None = None, at_once: bool = False) -> None:
        """Have it drop what it does, with this ``verdict``; it is killed if that takes too long."""
        if not self.ending:
            if verdict is not None and self._begun:
                self._verdict = (self.tasks[0][0], verdict)
            self._kill_at = time.monotonic() + (0.0 if at_once else GRACE)
            self._process.terminate()
        if at_once:
            self.kill()

    def kill(self) -> None:
        """End it at once, with all that it has started."""
        with suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()  # it may not be a group yet

    def bury(self) -> tuple[Finished[T, R] | None, list[T]]:
        """Take leave: the task that is finished by its end, if any, and those not begun."""
        self.kill()  # what it has started; before it is waited for, since its number is free then
        self._process.join(REAPED)
        self.link.close()
        fault = crash(self._process.exitcode)
        self.excuse = self.excuse or fault.reason
        if not self._begun:
            return None, [task for _, task in self.tasks]
        (number, first), *others = self.tasks
        left = [task for _, task in others]
        if not self.ending:
            return Finished(first, fault=fault), left
        if self._verdict is not None and self._verdict[0] == number:
            return Finished(first, fault=self._verdict[1]), left
        return None, [first, *left]


def crash(code: int | None) -> Fault:
    """The fault of a task whose worker ended with ``code``, a signal's number below zero."""
    if code == -signal.SIGKILL:  # nobody else kills it
        return Fault(FaultKind.MEMORY, "its process was killed, most likely for want of memory")
    if code is not None and code < 0:
        reason = f"its process died of {_named(-code)}"
    else:
        reason = f"its process ended with code {code}"
    return Fault(FaultKind.CRASHED, reason)


def _named(number: int) -> str:
    with suppress(ValueError):
        return f"{signal.Signals(number).name} ({(signal.strsignal(number) or '').lower()})"
    return f"signal {number}"
