"""Tasks done in this process, one after the other: no start to wait for, and no protection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from digitize.batch.plan import Fault, FaultKind, Finished, Plan, R, T, warmed
from digitize.errors import one_line


def run(tasks: Iterable[T], work: Callable[[T], R], plan: Plan) -> Iterator[Finished[T, R]]:
    """As :func:`digitize.batch.pool.run`, without limits on time and memory."""
    for number, task in enumerate(tasks):
        if number == 0:  # where there is nothing to do, nothing is loaded
            _warm(plan)
        try:
            finished = Finished(task, work(task))
        except MemoryError:
            finished = Finished(task, fault=Fault(FaultKind.MEMORY, "there was not enough memory"))
        except Exception as error:  # noqa: BLE001 - told with the task; the others go on
            finished = Finished(task, fault=Fault(FaultKind.ERROR, one_line(error)))
        yield finished


def _warm(plan: Plan) -> None:
    unfit = warmed(plan.warm)
    if unfit is not None:
        raise unfit
