"""How the pages of a run are read: by whom, how often, and when it is given up."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import pytest

from digitize import batch
from digitize.batch import Job, Outcome, Tolerance, Way, pool, serial
from digitize.batch.pages import Work
from digitize.batch.plan import Fault, FaultKind, Finished, Plan
from digitize.model import PageStatus, Source
from digitize.options import BatchOptions, OcrOptions, RunOptions

CORES = len(os.sched_getaffinity(0))
NULL = OcrOptions(engine="null")


@pytest.mark.parametrize(
    ("options", "pages", "guarded"),
    [
        (BatchOptions(), 1, False),
        (BatchOptions(jobs=1), 1, False),
        (BatchOptions(jobs=1), 2, True),
        (BatchOptions(memory=2000), 1, True),
        (BatchOptions(timeout=60), 1, True),
        (BatchOptions(timeout=0), 2, True),
    ],
)
def test_only_a_single_page_without_limits_is_read_here(
    options: BatchOptions, pages: int, guarded: bool
) -> None:
    way = batch.way(options, [NULL], pages, alone=pages == 1)
    assert way.runner is (pool.run if guarded else serial.run)
    assert batch.way(options, [NULL], 1).runner is pool.run  # the last of several
    assert way.plan.timeout == options.timeout
    assert way.plan.memory == options.memory


@pytest.mark.parametrize(
    ("jobs", "pages", "workers"),
    [(3, 9, 3), (3, 2, 2), (0, 99, CORES), ("auto", 99, CORES), ("auto", 0, 1)],
)
def test_as_many_workers_as_asked_for_or_needed(jobs: int | str, pages: int, workers: int) -> None:
    assert batch.worker_count(BatchOptions.model_validate({"jobs": jobs}), pages) == workers


@pytest.mark.parametrize(
    ("jobs", "workers", "alone", "threads"),
    [
        ("auto", CORES, False, 1),
        ("auto", 1, False, CORES),  # one page is left of several
        (1, 1, False, 1),
        (1, 1, True, CORES),
        (CORES + 5, CORES + 5, False, 1),
    ],
)
def test_workers_share_the_cores(jobs: int | str, workers: int, alone: bool, threads: int) -> None:
    options = BatchOptions.model_validate({"jobs": jobs})
    assert batch.threads_each(options, workers, alone) == threads
    assert batch.with_threads(RunOptions(), threads).ocr.threads == threads


def test_threads_are_limited_in_all_libraries() -> None:
    import cv2  # noqa: PLC0415 - with threadpoolctl
    from threadpoolctl import threadpool_info  # noqa: PLC0415

    before = cv2.getNumThreads()
    try:
        batch.way(BatchOptions(jobs=1), [NULL], 2).plan.warm()
        assert cv2.getNumThreads() == 1
        assert {one["num_threads"] for one in threadpool_info()} == {1}
        assert os.environ["OMP_THREAD_LIMIT"] == "1"
    finally:
        batch.way(BatchOptions(), [OcrOptions(engine="null", threads=before)], 2).plan.warm()


@pytest.mark.parametrize(
    ("given", "failed", "done", "stops"),
    [
        (0, 99, 99, False),
        (3, 2, 2, False),
        (3, 3, 50, True),
        ("20%", 19, 19, False),  # too few to tell
        ("20%", 4, 20, True),
        ("20%", 4, 21, False),
        ("0%", 20, 20, False),
    ],
)
def test_how_many_may_fail(given: int | str, failed: int, done: int, stops: bool) -> None:
    assert Tolerance.of(given).exhausted(failed, done) is stops


def read(job: Job) -> Outcome:
    """The outcome of a page that is well."""
    return Outcome(job.source, job.name, job.index, PageStatus.OK)


class Unlucky:
    """A runner with which the pages named come to harm so many times."""

    def __init__(self, **times: int) -> None:
        self.times, self.workers = times, list[int]()

    def __call__(
        self, tasks: Iterable[Job], work: Work, plan: Plan
    ) -> Iterator[Finished[Job, Outcome]]:
        self.workers.append(plan.workers)
        for job in tasks:
            left = self.times.get(job.name, 0)
            self.times[job.name] = left - 1
            fault = Fault(FaultKind.TIMEOUT, "it took more than 9 s") if left > 0 else None
            yield Finished(job, None if fault else work(job), fault)


@pytest.mark.parametrize("retries", [0, 1, 2])
def test_what_comes_to_harm_is_tried_again_at_the_end(retries: int) -> None:
    unlucky, waiting = Unlucky(b=1, c=2, d=9), list[str]()
    todo = [Job(Source(f"{name}.png"), RunOptions(), name) for name in "abcde"]
    way = Way(unlucky, Plan(2), retries)
    found = list(batch.outcomes(todo, way, lambda one: waiting.append(one.name), read))
    well = {one.name for one in found if one.status is PageStatus.OK}
    assert well == set(["ae", "abe", "abce"][retries])
    assert waiting == list(["", "bcd", "bcdcd"][retries])
    assert unlucky.workers == [2, 1, 1][: retries + 1]
    assert [one.name for one in found[:2]] == (["a", "b"] if retries == 0 else ["a", "e"])
    (lost,) = (one for one in found if one.name == "d")
    assert lost.errors == ("d.png: it took more than 9 s; give it longer with --timeout",)
