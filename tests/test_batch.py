from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import NoReturn

import made_issue
import pytest
from command import story_recording
from drawn import story

from digitize import batch, page_files, stitching
from digitize.batch import Job, Outcome
from digitize.errors import InputError
from digitize.formats import to_json, unpacked
from digitize.model import PageStatus, Source
from digitize.options import BatchOptions, OcrOptions, PreprocessOptions, RunOptions
from digitize.page_files import Wanted

NULL = RunOptions(ocr=OcrOptions(engine="null"))


def jobs_of(*names: str) -> list[Job]:
    return [Job(Source(name), NULL, name, i) for i, name in enumerate(names)]


def put_off(outcome: Outcome) -> None:
    raise AssertionError(outcome.errors)


def two(options: RunOptions, pages: int) -> batch.Way:
    """Two workers, if there are so many pages."""
    return batch.way(BatchOptions(jobs=2), [options.ocr], pages)


def raising(error: Exception, patch: pytest.MonkeyPatch) -> Outcome:
    """The outcome of a page where reading raises."""

    def fail(*args: object) -> NoReturn:
        raise error

    patch.setattr("digitize.pipeline.digitize_page", fail)
    return batch.perform(Job(Source("page.png"), NULL))


def test_an_expected_error_fails_the_page(tmp_path: Path) -> None:
    result = batch.perform(Job(Source(str(tmp_path / "gone.png")), NULL))
    assert result.status is PageStatus.FAILED
    assert result.errors == (f"no such file: {tmp_path}/gone.png; check the path",)


def test_too_little_memory_is_for_the_worker_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MemoryError):
        raising(MemoryError(), monkeypatch)


def test_a_fault_of_ours_fails_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    result = raising(ValueError("two\nlines"), monkeypatch)
    assert result.status is PageStatus.FAILED
    (reason,) = result.errors
    assert reason.startswith("page.png: internal error: ValueError: two lines")


def test_real_pages_in_a_pool(tmp_path: Path) -> None:
    steps = PreprocessOptions(orient=False)
    options = RunOptions(preprocess=steps, ocr=OcrOptions(engine="replay"))
    todo, out = [], tmp_path / "out"
    for i in range(2):
        story().image.save(tmp_path / f"{i}.png")
        source = Source(str(tmp_path / f"{i}.png"))
        todo.append(Job(source, options, f"{i}", i, str(out), Wanted(("txt", "json"))))
    with story_recording(tmp_path):
        found = list(batch.outcomes(todo, two(options, 2), put_off))
    for done in found:
        assert (done.articles, done.aside, done.text, done.unwritten) == (1, b"", "", None)
        assert {file.name: file.size for file in done.files} == {
            f"{done.name}{suffix}": (out / f"{done.name}{suffix}").stat().st_size
            for suffix in (".txt", ".json")
        }
        digest = hashlib.sha256(Path(done.source.path).read_bytes()).hexdigest()
        assert done.source.sha256 == digest
        assert {"load", "ocr", "reflow", "write", "total"} <= set(done.seconds)
        assert done.peak > 20
        assert len(pickle.dumps(done)) < 2000
    assert pickle.loads(pickle.dumps(found)) == found


def test_text_comes_back_where_there_is_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitize.pipeline.digitize_page", lambda *args: made_issue.front())
    job = Job(Source("p1.png"), NULL, "p1", wanted=Wanted(("txt", "md")))
    done = batch.perform(job)
    assert done.text == page_files.text("p1", made_issue.front(), ("txt", "md"))
    assert done.files == ()


def test_a_page_that_others_may_change_comes_back_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitize.pipeline.digitize_page", lambda *args: made_issue.front())
    done = batch.perform(Job(Source("p1.png"), NULL, "p1", 3))
    assert done.stub == stitching.stub_of(made_issue.front(), "p1", 3)
    assert to_json(unpacked(done.aside)) == to_json(made_issue.front())


def test_engine_is_made_once() -> None:
    assert batch.engine_of(NULL.ocr) is batch.engine_of(OcrOptions(engine="null"))


def test_failed_keeps_the_reason() -> None:
    result = batch.failed(Job(Source("a"), NULL), str(InputError("gone")), 1.23456)
    assert (result.errors, result.seconds) == (("gone",), {"total": 1.235})
