"""Tasks done by worker processes, each for itself: what goes wrong with one harms no other.

A pool knows nothing of pages. Every worker has a pipe of its own and says when it begins a task, so
that it is known which one it was at when it died, hung or took too much memory. (The pools of the
standard library break as a whole with one worker.)
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, Generic

from digitize.batch import memory
from digitize.batch.interrupts import Interrupts
from digitize.batch.messages import Done, Unfit
from digitize.batch.plan import Fault, FaultKind, Finished, Plan, R, T
from digitize.batch.worker import Worker
from digitize.errors import WorkerError

DEPTH = 2  # tasks at a worker: the one it does, and the next, so that it never waits for the pool
LOOK = 0.5  # seconds between looks at the memory in use
# Workers in a row that may end before they begin anything: one may be bad luck; and where some
# could work before, memory may be short for a while.
STARTS, LOSSES = 3, 12


def run(tasks: Iterable[T], work: Callable[[T], R], plan: Plan) -> Iterator[Finished[T, R]]:
    """Do all ``tasks``, which are drawn as they are needed, and yield each as it is finished.

    ``work`` and ``plan.warm`` must be functions of a module; tasks and results are pickled. The
    first Ctrl-C (or SIGTERM) ends the run in order: workers drop what they do, no process stays,
    and KeyboardInterrupt is raised; a second one does so without waiting. Raises what ``plan.warm``
    raises, and WorkerError where no worker can be started.
    """
    pool = Pool(tasks, work, plan)
    with Interrupts() as interrupts:
        try:
            while pool.fill():
                yield from pool.step(interrupts)
                if interrupts.pending:
                    yield from pool.wind_up()
                    raise KeyboardInterrupt
        finally:
            pool.close(at_once=interrupts.pending)


class Pool(Generic[T, R]):
    """The workers and what is left to do."""

    def __init__(self, tasks: Iterable[T], work: Callable[[T], R], plan: Plan) -> None:
        self._tasks, self._work, self._plan = iter(tasks), work, plan
        self._most = max(1, plan.workers)
        self._ahead: deque[T] = deque()  # drawn and not given
        self._number = 0
        self._workers: list[Worker[T, R]] = []
        self._lost = 0  # workers in a row that ended before they began anything
        self._bearable = STARTS
        self._look_at = 0.0

    def more(self, tasks: Iterable[T]) -> None:
        """Take these tasks when all others are done, by the workers that are there."""
        self._tasks = iter(tasks)

    def fill(self) -> bool:
        """Give tasks to whoever can take one; whether there is anything left to wait for."""
        for worker in [w for w in self._workers if w.spent and not w.tasks]:
            self._dismiss(worker)
        for worker in self._workers:
            if not worker.tasks:
                self._give(worker)
        while len(self._workers) < self._most and self._drawn(1):
            self._workers.append(Worker(self._work, self._plan))
            self._give(self._workers[-1])
        for worker in self._workers:
            # The last tasks are not given in advance, so that none waits behind a long one.
            if len(worker.tasks) < DEPTH and self._drawn(self._most):
                self._give(worker)
        return any(worker.tasks for worker in self._workers)

    def _drawn(self, count: int) -> bool:
        """Whether there are ``count`` tasks more."""
        self._ahead.extend(islice(self._tasks, max(0, count - len(self._ahead))))
        return len(self._ahead) >= count

    def _give(self, worker: Worker[T, R]) -> None:
        if not worker.spent and self._drawn(1):
            worker.give(self._number, self._ahead.popleft())
            self._number += 1

    def step(self, interrupts: Interrupts, most: float | None = None) -> Iterator[Finished[T, R]]:
        """Wait until something happens, for ``most`` seconds; yield what is finished by it."""
        patience = self._patience()
        if most is not None:
            patience = most if patience is None else min(patience, most)
        yield from self._heard([interrupts], patience)
        interrupts.drain()
        for worker in self._workers:
            worker.look_after()
        self._look_at_memory()

    def _heard(self, others: Sequence[Any], patience: float | None) -> Iterator[Finished[T, R]]:
        links = {worker.link: worker for worker in self._workers}
        for link in wait([*links, *others], patience):
            if link in links:
                yield from self._said(links[link])

    def _said(self, worker: Worker[T, R]) -> Iterator[Finished[T, R]]:
        for message in worker.messages():
            match message:
                case None:
                    yield from self._ended(worker)
                case Unfit(error):
                    raise error
                case Done():
                    self._lost, self._bearable = 0, LOSSES
                    yield worker.finished(message)

    def _ended(self, worker: Worker[T, R]) -> Iterator[Finished[T, R]]:
        """Take leave of a worker that is no more; what is finished by that."""
        finished = self._dismiss(worker)
        if finished is not None:
            self._lost = 0
            yield finished
        elif not worker.ending:
            self._lost += 1
            if self._lost >= self._bearable:
                self._go_on_with_fewer(worker.excuse)

    def _dismiss(self, worker: Worker[T, R]) -> Finished[T, R] | None:
        self._workers.remove(worker)
        finished, left = worker.bury()
        self._ahead.extendleft(reversed(left))
        return finished

    def _go_on_with_fewer(self, excuse: str) -> None:
        if not any(worker.at_work for worker in self._workers):
            raise WorkerError(
                f"no process that reads pages stays alive: {excuse};"
                " look at the messages above, and whether there is enough memory"
            )
        self._most, self._lost = len(self._workers), 0

    def _patience(self) -> float | None:
        """Seconds to wait for messages before something else is due; None: for ever."""
        times = [t for w in self._workers if (t := w.deadline()) is not None]
        if self._plan.memory:
            times.append(self._look_at)
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _look_at_memory(self) -> None:
        """End workers that use more memory than they may."""
        if not self._plan.memory or time.monotonic() < self._look_at:
            return
        used = memory.in_use([worker.pid for worker in self._workers])
        for worker in self._workers:
            if used[worker.pid] > self._plan.memory and worker.at_work:
                reason = f"it needed more than {self._plan.memory} MB of memory"
                worker.end(Fault(FaultKind.MEMORY, reason), at_once=True)
        self._look_at = time.monotonic() + LOOK

    def wind_up(self) -> Iterator[Finished[T, R]]:
        """Have all workers drop what they do; yield what is finished even so."""
        for worker in self._workers:
            worker.end(at_once=not worker.at_work)
        while self._workers:
            yield from self._heard([], self._patience())
            for worker in self._workers:
                worker.look_after()

    def close(self, at_once: bool) -> None:
        """Leave no process behind."""
        try:
            if not at_once:
                deque(self.wind_up(), maxlen=0)
        finally:
            for worker in list(self._workers):
                worker.end(at_once=True)
            for worker in list(self._workers):
                self._dismiss(worker)
