"""Many pages: each read for itself, so that one that fails never stops the others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from digitize.errors import DigitizeError, internal, shown
from digitize.model import PageResult, PageStatus, Source
from digitize.ocr import Engine, EngineSettings, make
from digitize.options import OcrOptions, RunOptions


@dataclass(frozen=True, slots=True)
class Job:
    """One page and everything that decides what is made of it."""

    source: Source
    options: RunOptions


Work = Callable[[Job], PageResult]


@cache
def engine_of(options: OcrOptions) -> Engine:
    """The engine of this process, made when first asked for and kept."""
    return make(options.engine, EngineSettings(options.languages, options.threads))


def read(job: Job) -> PageResult:
    """Read one page; an expected error becomes a failed result, others are passed on."""
    from digitize.pipeline import digitize_page  # noqa: PLC0415 - OpenCV, not wanted for --help

    start = time.perf_counter()
    try:
        return digitize_page(job.source, engine_of(job.options.ocr), job.options)
    except DigitizeError as error:
        return failed(job.source, str(error), time.perf_counter() - start)
    except MemoryError:
        reason = f"{shown(job.source.label)}: not enough memory for this page; try --jobs 1"
        return failed(job.source, reason, time.perf_counter() - start)


def failed(source: Source, reason: str, seconds: float = 0.0) -> PageResult:
    """The result of a page that could not be read."""
    status = PageStatus.FAILED
    return PageResult(source, status, errors=(reason,), seconds=round(seconds, 3))


def job_count(asked: int | None) -> int:
    """How many processes to use: as asked, or as many as there are cores to run on."""
    return asked if asked else max(1, len(os.sched_getaffinity(0)))


def run(
    sources: Sequence[Source],
    options: Callable[[Source], RunOptions],
    jobs: int,
    work: Work = read,
) -> Iterator[PageResult]:
    """Read all ``sources``, each with its ``options``, yielding every result as it comes.

    With one job pages are read in this process, in order, on all cores that the options allow;
    with more, every worker has one thread, so that N workers on N cores do not fight. ``work``
    must then be a function of a module.
    """
    todo = [Job(source, options(source)) for source in sources]
    if jobs <= 1 or len(todo) <= 1:
        for job in todo:
            yield guarded(job, work)
        return
    yield from _parallel(todo, min(jobs, len(todo)), work)


def guarded(job: Job, work: Work = read) -> PageResult:
    """``work(job)``, but a fault in our own code fails the page, not the batch."""
    try:
        return work(job)
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        return failed(job.source, str(internal(shown(job.source.label), error)))


def _parallel(todo: Sequence[Job], jobs: int, work: Work) -> Iterator[PageResult]:
    """The results of all jobs, in the order in which they are done.

    A worker that dies, most often for want of memory, takes its pool with it. What was left is
    then read by half as many workers; where there is one, the first job left was the fatal one.
    """
    while todo:
        left: set[Job] = set(todo)
        for result, job in _pooled(todo, jobs, work):
            left.discard(job)
            yield result
        todo = [job for job in todo if job in left]
        if todo and jobs == 1:
            dead, *todo = todo
            reason = f"{shown(dead.source.label)}: the process that read it died; free some memory"
            yield failed(dead.source, reason)
        jobs = max(1, jobs // 2)


def _pooled(todo: Sequence[Job], jobs: int, work: Work) -> Iterator[tuple[PageResult, Job]]:
    """Results with their jobs from one pool of processes, until it breaks."""
    # "spawn": a forked copy of a process with OpenCV's and onnxruntime's threads may hang.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _die_on_interrupt)
    try:
        waiting: dict[Future[PageResult], Job] = {
            pool.submit(guarded, job, work): job for job in todo
        }
        for future in as_completed(waiting):
            with suppress(BrokenProcessPool):
                yield future.result(), waiting[future]
    finally:
        pool.shutdown(cancel_futures=True)  # after an interrupt: nothing new is begun


def _die_on_interrupt() -> None:
    """Let Ctrl-C end a worker at once and without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
