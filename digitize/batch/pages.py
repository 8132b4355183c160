"""All pages of a run, and once more at the end those whose worker came to harm."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from digitize.batch import pool, serial
from digitize.batch.job import Job, Outcome, failed
from digitize.batch.plan import Fault, FaultKind, Finished, Plan
from digitize.batch.work import perform, warm_up
from digitize.errors import shown
from digitize.options import BatchOptions, OcrOptions, RunOptions

# What to do about a page whose worker came to harm.
ADVICE = {
    FaultKind.CRASHED: "look at the scan with: digitize preview",
    FaultKind.TIMEOUT: "give it longer with --timeout",
    FaultKind.MEMORY: "give it more with --memory, or have fewer --jobs",
    FaultKind.ERROR: "please report it with the scan",
}

Work = Callable[[Job], Outcome]


class Runner(Protocol):
    """A way to have jobs done: here, by processes of this machine, or by those of others."""

    def __call__(
        self, tasks: Iterable[Job], work: Work, plan: Plan
    ) -> Iterator[Finished[Job, Outcome]]:
        """Do all ``tasks``; see :func:`digitize.batch.pool.run`."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """How the pages of a run are read: by whom, how, and how often those that come to harm."""

    runner: Runner
    plan: Plan
    retries: int = 0


def worker_count(options: BatchOptions, pages: int) -> int:
    """How many workers so many pages have here: as asked, or one a core."""
    cores = max(1, len(os.sched_getaffinity(0)))
    asked = cores if options.jobs in (0, "auto") else int(options.jobs)
    return max(1, min(asked, pages))


def threads_each(options: BatchOptions, workers: int, alone: bool = False) -> int:
    """Threads a page: ``--jobs N`` takes N cores; "auto", and a page ``alone``, all there are."""
    shared = (options.jobs in (0, "auto") or alone) and not options.cluster
    return max(1, len(os.sched_getaffinity(0)) // workers) if shared else 1


def with_threads(options: RunOptions, threads: int) -> RunOptions:
    """``options`` with so many threads a page."""
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": threads})})


def way(
    options: BatchOptions, engines: Collection[OcrOptions], pages: int, alone: bool = False
) -> Way:
    """How to read so many ``pages``, which need these ``engines``.

    A page that is ``alone`` in its run is read in this process, at once and on all cores, unless
    limits are set for it; of several, none must harm the others, so even one job at a time is a
    process of its own.
    """
    plan = Plan(
        worker_count(options, pages),
        partial(warm_up, tuple(engines)),
        options.timeout,
        options.memory,
        options.pages_per_worker,
    )
    limited = options.memory > 0 or options.timeout != BatchOptions().timeout
    return Way(serial.run if alone and not limited else pool.run, plan, options.retries)


def outcomes(
    todo: Iterable[Job],
    way: Way,
    put_off: Callable[[Outcome], None],
    work: Work = perform,
) -> Iterator[Outcome]:
    """Every job's outcome, as it comes.

    A page whose worker died, took too long or too much memory is read again at the end, by one
    worker alone; ``put_off`` is told what would be its outcome without that.
    """
    plan = way.plan
    for left in range(way.retries, -1, -1):
        again: list[Job] = []
        for finished in way.runner(todo, work, plan):
            if finished.fault is None:
                assert finished.result is not None, "work gives an outcome"
                yield finished.result
            elif left:
                again.append(finished.task)
                put_off(lost(finished.task, finished.fault))
            else:
                yield lost(finished.task, finished.fault)
        if not again:
            return
        todo, plan = again, replace(plan, workers=1)


def lost(job: Job, fault: Fault) -> Outcome:
    """The outcome of a page that its worker could not bring to an end."""
    return failed(job, f"{shown(job.source.label)}: {fault.reason}; {ADVICE[fault.kind]}")
