"""Tasks done by the workers of a dask scheduler, on as many machines as there are.

What a worker makes of a task is in :mod:`digitize.batch.guarded`. Here tasks are handed out, no
more than the workers need to be busy, and what comes back is counted once: dask itself gives the
tasks of a worker that is gone to others, and does again what was done by it and not yet fetched.
"""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from time import monotonic
from typing import Any, Generic

from digitize.batch import guarded
from digitize.batch.guarded import Answer, Order
from digitize.batch.interrupts import Interrupts
from digitize.batch.plan import Fault, FaultKind, Finished, Plan, R, T
from digitize.errors import ClusterError, DigitizeError, one_line, shown

AHEAD = 2  # tasks for every thread of a worker: the one it does, and the next
FEWEST = 2  # tasks given out while there are no workers, so that the first has something to do
CONNECT = 20.0  # seconds to reach the scheduler, at the start or when the connection is lost
PAUSE = 0.05  # seconds between looks at what has come
COUNT = 2.0  # seconds between countings of the workers
TRIES = 3  # times that a task is given out anew because the connection was lost, not its worker


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers behind the dask scheduler at ``address``, such as ``tcp://HOST:8786``.

    Called as :func:`digitize.batch.pool.run` is, and raises the same; ClusterError as well, where
    the scheduler cannot be reached or a worker is no match. ``tell`` is told once if there are no
    workers. ``plan.workers`` counts only where it is 1: then a machine has one task at a time.
    """

    address: str
    tell: Callable[[str], None]

    def __call__(
        self, tasks: Iterable[T], work: Callable[[T], R], plan: Plan
    ) -> Iterator[Finished[T, R]]:
        """Do all ``tasks``, drawn as they are needed, and yield each as it is finished."""
        order = Order(uuid.uuid4().hex, work, plan, guarded.versions())
        with Interrupts() as interrupts, _connected(self.address) as client:
            flow: _Flow[T, R] = _Flow(client, order, iter(tasks), self)
            try:
                while flow.fill():
                    yield from flow.step(interrupts)
                    if interrupts.pending:
                        raise KeyboardInterrupt
            finally:
                flow.close()


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the scheduler; ClusterError where it does not answer."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        raise ClusterError(
            '--cluster needs dask; install it: pip install "digitize[cluster]"'
        ) from error
    # What it has to say is said here, in a line.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False, name="digitize")
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise ClusterError(
            f"no dask scheduler answers at {shown(address)} ({one_line(error)}); start one with:"
            " dask scheduler, and name it as tcp://HOST:8786"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):  # it is left in any case
            client.close(timeout=CONNECT)


@dataclass(slots=True)
class _Given(Generic[T]):
    """A task that was given out, and how often before."""

    task: T
    future: Any
    before: int = 0


class _Flow(Generic[T, R]):
    """The tasks on their way to the workers and back."""

    def __init__(self, client: Any, order: Order, tasks: Iterator[T], cluster: Cluster) -> None:
        from distributed import as_completed  # noqa: PLC0415 - an extra

        self._client, self._order, self._tasks, self._cluster = client, order, tasks, cluster
        self._back = as_completed(loop=client.loop, with_results=True, raise_errors=False)
        self._given: dict[str, _Given[T]] = {}
        self._again: deque[tuple[T, int]] = deque()
        self._number = 0
        self._most, self._counted, self._lonely = FEWEST, -COUNT, False

    def fill(self) -> bool:
        """Give out as many tasks as the workers can take; whether any are on their way."""
        self._count_workers()
        room = self._most - len(self._given)
        drawn = [(task, 0) for task in islice(self._tasks, max(0, room - len(self._again)))]
        again = [self._again.popleft() for _ in range(min(max(0, room), len(self._again)))]
        for task, before in [*again, *drawn]:
            self._give(task, before)
        return bool(self._given)

    def step(self, interrupts: Interrupts) -> Iterator[Finished[T, R]]:
        """Wait a moment for tasks to come back, and yield those that are finished."""
        back = self._back.next_batch(block=False)
        if not back:
            wait([interrupts.fileno()], PAUSE)
            interrupts.drain()
        for future, result in back:
            given = self._given.pop(future.key, None)  # None: it was taken up again meanwhile
            finished = self._finished(given, future, result) if given else None
            if finished is not None:
                yield finished
        if self._client.status not in ("running", "connecting"):
            raise ClusterError(
                f"the scheduler at {self._cluster.address} is gone; start it and its workers, and"
                " then this command again: pages that are done are kept"
            )

    def close(self) -> None:
        """Take back what is still out, and have the workers drop it."""
        with suppress(Exception):  # a scheduler that is gone has told the workers already
            if self._client.status == "running":
                self._client.cancel([given.future for given in self._given.values()])
                self._client.run(guarded.drop, self._order.run, on_error="ignore")

    def _give(self, task: T, before: int) -> None:
        key = f"digitize-{self._order.run}-{self._number}"
        self._number += 1
        future = self._client.submit(guarded.do, self._order, task, key=key, pure=False)
        self._given[key] = _Given(task, future, before)
        self._back.add(future)

    def _finished(self, given: _Given[T], future: Any, result: Any) -> Finished[T, R] | None:
        """The task with what came of it; None where it is given out again."""
        if isinstance(result, Answer) and not result.dropped:
            return Finished(given.task, result.result, result.fault)
        if future.status == "error":
            return Finished(given.task, fault=_fault(result[1]))
        if given.before >= TRIES:
            fault = Fault(FaultKind.CRASHED, "the connection to its worker was lost every time")
            return Finished(given.task, fault=fault)
        self._again.append((given.task, given.before + 1))
        return None

    def _count_workers(self) -> None:
        """See how many tasks can be out, now and then; take up those that were lost on the way."""
        if monotonic() - self._counted < COUNT:
            return
        self._counted = monotonic()
        for key in [k for k, given in self._given.items() if given.future.status == "cancelled"]:
            given = self._given.pop(key)
            self._again.append((given.task, given.before + 1))
        with suppress(OSError, TimeoutError):  # the connection is lost, perhaps to come again
            threads: dict[str, int] = self._client.nthreads()
            hosts = {address.rpartition(":")[0] for address in threads}
            alone = self._order.plan.workers == 1
            self._most = max(FEWEST, len(hosts) if alone else AHEAD * sum(threads.values()))
            if not threads and not self._lonely:
                self._lonely = True
                self._cluster.tell(
                    f"waiting for workers; start some with: dask worker {self._cluster.address}"
                    " --nworkers N --nthreads 1"
                )


def _fault(error: Exception) -> Fault:
    """What a task is to be blamed for; raises what no task is to be blamed for."""
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    if isinstance(error, DigitizeError):
        raise error
    if isinstance(error, KilledWorker):
        count = error.allowed_failures + 1
        return Fault(FaultKind.CRASHED, f"{count} workers were lost while they had it")
    if isinstance(error, ImportError) or "deserializ" in str(error):
        raise ClusterError(
            f"the scheduler or a worker cannot load digitize ({one_line(error)}); install the same"
            ' on all machines: pip install "digitize[cluster]"'
        )
    return Fault(FaultKind.ERROR, one_line(error))
