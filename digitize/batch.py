"""Many pages: each read for itself, so that one that fails never stops the others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from digitize.errors import DigitizeError
from digitize.model import PageResult, PageStatus, Source
from digitize.ocr import Engine, EngineSettings, make
from digitize.options import OcrOptions, RunOptions

PageWork = Callable[[Source, PageResult], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One page and everything that decides what is made of it."""

    source: Source
    options: RunOptions


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
        reason = f"{job.source.label}: not enough memory for this page; try --jobs 1"
        return failed(job.source, reason, time.perf_counter() - start)


def failed(source: Source, reason: str, seconds: float = 0.0) -> PageResult:
    """The result of a page that could not be read."""
    status = PageStatus.FAILED
    return PageResult(source, status, errors=(reason,), seconds=round(seconds, 3))


def job_count(asked: int | None) -> int:
    """How many processes to use: as asked, or as many as there are cores to run on."""
    return asked if asked else max(1, len(os.sched_getaffinity(0)))


def run(sources: Sequence[Source], options: RunOptions, jobs: int) -> Iterator[PageResult]:
    """Read all ``sources``, yielding every result as it comes.

    With one job pages are read in this process, in order, on all cores that the options allow;
    with more, every worker has one thread, so that N workers on N cores do not fight.
    """
    work = [Job(source, options) for source in sources]
    if jobs <= 1 or len(work) <= 1:
        for job in work:
            yield _guarded(job)
        return
    yield from _parallel(work, min(jobs, len(work)))


def _guarded(job: Job) -> PageResult:
    """Like :func:`read`, but a fault in our own code fails the page, not the batch."""
    try:
        return read(job)
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        reason = f"{job.source.label}: internal error: {type(error).__name__}: {error}"
        return failed(job.source, reason)


def _parallel(work: Sequence[Job], jobs: int) -> Iterator[PageResult]:
    # "spawn": a forked copy of a process with OpenCV's and onnxruntime's threads may hang.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[PageResult], Job] = {pool.submit(_guarded, job): job for job in work}
        for future in as_completed(waiting):
            yield _outcome(future, waiting[future])


def _outcome(future: Future[PageResult], job: Job) -> PageResult:
    try:
        return future.result()
    except BrokenProcessPool:
        return failed(job.source, f"{job.source.label}: a worker process died; try --jobs 1")
