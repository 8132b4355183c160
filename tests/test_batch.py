from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import story_recording
from drawn import HEADLINE, story

from digitize import batch
from digitize.errors import InputError
from digitize.model import PageResult, PageStatus, Source
from digitize.options import OcrOptions, PreprocessOptions, RunOptions

NULL = RunOptions(ocr=OcrOptions(engine="null"))


def sources(*names: str) -> list[Source]:
    return [Source(name) for name in names]


def null(source: Source) -> RunOptions:
    """Options for a page that no engine reads."""
    return NULL


def pretend(job: batch.Job) -> PageResult:
    """Work whose outcome the page's name tells."""
    name = job.source.path
    if name.startswith("wrong"):
        raise ValueError("two\nlines")
    if name.startswith("dead"):
        time.sleep(0.3)  # so that another worker can finish something
        os._exit(9)
    return PageResult(job.source, PageStatus.OK, errors=(str(os.getpid()),))


def outcome(names: list[str], jobs: int) -> dict[str, PageResult]:
    results = list(batch.run(sources(*names), null, jobs, pretend))
    assert sorted(r.source.path for r in results) == sorted(names)  # each page once
    return {result.source.path: result for result in results}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_raises_does_not_stop_the_others(jobs: int) -> None:
    results = outcome(["a", "wrong", "b"], jobs)
    assert [results[name].status for name in ("a", "wrong", "b")] == [
        PageStatus.OK,
        PageStatus.FAILED,
        PageStatus.OK,
    ]
    (reason,) = results["wrong"].errors
    assert reason.startswith("wrong: internal error: ValueError: two lines")


def test_two_jobs_are_two_processes() -> None:
    results = outcome([f"page{i}" for i in range(8)], 2)
    workers = {result.errors[0] for result in results.values()}
    assert str(os.getpid()) not in workers
    assert 1 <= len(workers) <= 2


def test_one_job_is_this_process_in_order() -> None:
    results = list(batch.run(sources("b", "a", "c"), null, 1, pretend))
    assert [result.source.path for result in results] == ["b", "a", "c"]
    assert {result.errors[0] for result in results} == {str(os.getpid())}


def test_a_single_page_needs_no_pool() -> None:
    (result,) = batch.run(sources("a"), null, 4, pretend)
    assert result.errors == (str(os.getpid()),)


def test_a_worker_that_dies_takes_only_its_page_with_it() -> None:
    results = outcome(["a", "dead1", "b", "dead2", "c"], 2)
    failed = {name for name, result in results.items() if result.status is PageStatus.FAILED}
    assert failed == {"dead1", "dead2"}
    assert "the process that read it died; free some memory" in results["dead1"].errors[0]


def test_a_reader_that_stops_leaves_no_worker_behind() -> None:
    results = batch.run(sources(*[f"page{i}" for i in range(50)]), null, 2, pretend)
    assert isinstance(results, Iterator)
    worker = int(next(results).errors[0])
    del results
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_an_expected_error_fails_the_page(tmp_path: Path) -> None:
    result = batch.read(batch.Job(Source(str(tmp_path / "gone.png")), NULL))
    assert result.status is PageStatus.FAILED
    assert result.errors == (f"no such file: {tmp_path}/gone.png; check the path",)


def test_too_little_memory_fails_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*args: object) -> PageResult:
        raise MemoryError

    monkeypatch.setattr("digitize.pipeline.digitize_page", greedy)
    result = batch.read(batch.Job(Source("page.png"), NULL))
    assert result.status is PageStatus.FAILED
    assert result.errors == ("page.png: not enough memory for this page; try --jobs 1",)


def test_real_pages_in_a_pool(tmp_path: Path) -> None:
    scans = [tmp_path / f"{i}.png" for i in range(2)]
    for scan in scans:
        story().image.save(scan)
    steps = PreprocessOptions(orient=False)
    options = RunOptions(preprocess=steps, ocr=OcrOptions(engine="replay"))
    with story_recording(tmp_path):
        found = list(batch.run([Source(str(scan)) for scan in scans], lambda _: options, 2))
    assert {result.articles[0].headline for result in found} == {HEADLINE}
    assert pickle.loads(pickle.dumps(found)) == found


def test_job_count() -> None:
    assert batch.job_count(3) == 3
    assert batch.job_count(0) == batch.job_count(None) == len(os.sched_getaffinity(0))


def test_engine_is_made_once() -> None:
    assert batch.engine_of(NULL.ocr) is batch.engine_of(OcrOptions(engine="null"))


def test_failed_keeps_the_reason() -> None:
    result = batch.failed(Source("a"), str(InputError("gone")), 1.23456)
    assert (result.errors, result.seconds) == (("gone",), 1.235)
