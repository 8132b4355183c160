"""Many jobs in processes, each for itself, so that one that fails never stops the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context

from digitize.batch.job import Job, Outcome, failed
from digitize.batch.perform import perform
from digitize.errors import shown

Work = Callable[[Job], Outcome]


def job_count(asked: int | None) -> int:
    """How many processes to use: as asked, or as many as there are cores to run on."""
    return asked if asked else max(1, len(os.sched_getaffinity(0)))


def run(todo: Sequence[Job], jobs: int, work: Work = perform) -> Iterator[Outcome]:
    """Do all of ``todo``, yielding every outcome as it comes.

    With one job pages are read in this process, in order, on all cores that the options allow;
    with more, every worker has one thread, so that N workers on N cores do not fight. ``work``
    must then be a function of a module, and raise nothing.
    """
    if jobs <= 1 or len(todo) <= 1:
        for job in todo:
            yield work(job)
        return
    yield from _parallel(todo, min(jobs, len(todo)), work)


def _parallel(todo: Sequence[Job], jobs: int, work: Work) -> Iterator[Outcome]:
    """The outcomes of all jobs, in the order in which they are done.

    A worker that dies, most often for want of memory, takes its pool with it. What was left is
    then read by half as many workers; where there is one, the first job left was the fatal one.
    """
    while todo:
        left = {job.index for job in todo}
        for outcome in _pooled(todo, jobs, work):
            left.discard(outcome.index)
            yield outcome
        todo = [job for job in todo if job.index in left]
        if todo and jobs == 1:
            dead, *todo = todo
            reason = f"{shown(dead.source.label)}: the process that read it died; free some memory"
            yield failed(dead, reason)
        jobs = max(1, jobs // 2)


def _pooled(todo: Sequence[Job], jobs: int, work: Work) -> Iterator[Outcome]:
    """Outcomes from one pool of processes, until it breaks."""
    # "spawn": a forked copy of a process with OpenCV's and onnxruntime's threads may hang.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _finish_the_page)
    try:
        waiting: list[Future[Outcome]] = [pool.submit(work, job) for job in todo]
        for future in as_completed(waiting):
            with suppress(BrokenProcessPool):
                yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)  # after an interrupt: nothing new is begun


def _finish_the_page() -> None:
    """Leave Ctrl-C to the run, which begins nothing more: a worker may be writing its page."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
