"""A task on a machine of a cluster, done there by a process of its own as in a pool.

A dask worker gives every task a thread, and what kills the thread's process kills the worker. So
the thread only watches: the work is done by a process of :mod:`digitize.batch.pool`, under all its
limits, and that process is kept for the next task. This module runs inside dask workers.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import platform
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from digitize import __version__
from digitize.batch.interrupts import Interrupts
from digitize.batch.plan import Fault, Plan
from digitize.batch.pool import Pool
from digitize.errors import ClusterError, DigitizeError

LOOK = 0.5  # seconds between looks whether the task is still wanted
IDLE = 60.0  # seconds that a process is kept where nothing more comes, as when the client died
DROPPED = 5.0  # seconds for all tasks of a run to be dropped, their processes killed


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for all tasks of a run; ``run`` names it, ``versions`` are the client's."""

    run: str
    work: Callable[[Any], Any]
    plan: Plan
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task; neither result nor fault: nobody waited for it any more."""

    result: Any = None
    fault: Fault | None = None
    dropped: bool = False


def versions() -> tuple[tuple[str, str], ...]:
    """What must be the same here and at the client for tasks and answers to be understood."""
    return (("digitize", __version__), ("Python", ".".join(platform.python_version_tuple()[:2])))


def do(order: Order, task: Any) -> Answer:
    """Do ``task`` in a process of its own.

    Raises what makes every task impossible here, with this worker's name.
    """
    from distributed import get_worker  # noqa: PLC0415 - an extra

    worker = get_worker()
    key = worker.get_current_task()

    def wanted() -> bool:
        known = worker.state.tasks.get(key)
        return known is not None and known.state != "cancelled"

    _check(order, worker.address)
    try:
        return _watched(order, task, wanted)
    except DigitizeError as error:
        raise type(error)(f"{error} (on the worker {worker.address})") from None


async def drop(run: str) -> None:
    """Drop all tasks of a run in this worker and end its processes."""
    _kept.drop(run)
    latest = time.monotonic() + DROPPED
    while _kept.busy(run) and time.monotonic() < latest:
        await asyncio.sleep(0.05)


def _check(order: Order, address: str) -> None:
    for (what, theirs), (_, ours) in zip(order.versions, versions(), strict=True):
        if theirs != ours:
            raise ClusterError(
                f"the worker {address} has {what} {ours}, this machine {theirs};"
                " install the same on both"
            )


def _watched(order: Order, task: Any, wanted: Callable[[], bool]) -> Answer:
    pool, done = _kept.take(order), None
    try:
        pool.more((task,))
        with Interrupts() as none:
            while done is None and wanted() and not _kept.dropped(order.run) and pool.fill():
                done = next(pool.step(none, LOOK), None)
    finally:
        _kept.give_back(order.run, pool, reusable=done is not None)
    return Answer(dropped=True) if done is None else Answer(done.result, done.fault)


class _Kept:
    """The pools of this dask worker, a process each: one for every thread that has a task."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[str, Pool[Any, Any], threading.Timer]] = []
        self._busy: Counter[str] = Counter()
        self._dropped: set[str] = set()

    def take(self, order: Order) -> Pool[Any, Any]:
        """A pool for the run, one that is warm if there is any."""
        with self._lock:
            self._busy[order.run] += 1
            for place, (run, pool, timer) in enumerate(self._idle):
                if run == order.run:
                    timer.cancel()
                    del self._idle[place]
                    return pool
        process = multiprocessing.current_process()
        if process.daemon:  # as dask's nanny starts its workers: they might have no children
            process.daemon = False
        return Pool((), order.work, replace(order.plan, workers=1))

    def give_back(self, run: str, pool: Pool[Any, Any], *, reusable: bool) -> None:
        """Keep a pool for the next task, or end it."""
        with self._lock:
            self._busy[run] -= 1
            if reusable and run not in self._dropped:
                timer = threading.Timer(IDLE, self._end, (pool,))
                timer.daemon = True
                timer.start()
                self._idle.append((run, pool, timer))
                return
        pool.close(at_once=True)

    def drop(self, run: str) -> None:
        """Take no more tasks of a run, and end its pools that are idle."""
        with self._lock:
            self._dropped.add(run)
            idle = [pool for of, pool, _ in self._idle if of == run]
        for pool in idle:
            self._end(pool)

    def dropped(self, run: str) -> bool:
        """Whether the run is over."""
        return run in self._dropped

    def busy(self, run: str) -> bool:
        """Whether a thread is at a task of the run."""
        return self._busy[run] > 0

    def _end(self, pool: Pool[Any, Any]) -> None:
        with self._lock:
            places = [i for i, (_, idle, _) in enumerate(self._idle) if idle is pool]
            if not places:
                return  # taken meanwhile
            _, _, timer = self._idle.pop(places[0])
        timer.cancel()
        pool.close(at_once=True)


_kept = _Kept()
