"""Pages that are made from what is kept of them, against pages that are read."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from drawn import story

from digitize.batch import Job, Kept, Outcome, engine_of, perform
from digitize.journal import making_of
from digitize.model import PageStatus, Source
from digitize.ocr import identity
from digitize.options import OcrOptions, ReflowOptions, RunOptions
from digitize.page_files import Wanted
from digitize.versions import versions

pytestmark = pytest.mark.usefixtures("replay_story")

FULL = RunOptions(ocr=OcrOptions(engine="replay"))
NONE = RunOptions(ocr=OcrOptions(engine="replay"), reflow=ReflowOptions(mode="none"))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    scan = tmp_path / "page.png"
    story().image.rotate(1.5, expand=True, fillcolor=255).save(scan)
    return Job(Source(str(scan)), FULL, "page", 0, str(tmp_path / "out"), Wanted(("txt", "json")))


def reading(options: RunOptions = FULL) -> str:
    engine_of.cache_clear()
    dumped = options.model_dump(mode="json")
    return making_of(dumped, versions(identity(engine_of(options.ocr)))).reading


def files(job: Job) -> dict[str, bytes]:
    assert job.folder is not None
    return {p.name: p.read_bytes() for p in Path(job.folder).iterdir()}


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> NoReturn:
        raise AssertionError("it was read")

    monkeypatch.setattr("digitize.pipeline.digitize_page", fail)


def done(job: Job) -> Outcome:
    outcome = perform(job)
    assert (outcome.status, outcome.unwritten) == (PageStatus.OK, None)
    return outcome


def anew(job: Job) -> dict[str, bytes]:
    """The files of the job done from the start."""
    fresh = replace(job, folder=f"{job.folder}-fresh", kept=None)
    done(fresh)
    return files(fresh)


@pytest.mark.parametrize("options", [FULL, NONE])
@pytest.mark.parametrize("aside", [False, True])
def test_made_from_what_is_kept_is_the_same_to_the_byte(
    job: Job, options: RunOptions, aside: bool, request: pytest.FixtureRequest
) -> None:
    first = done(job)
    later = replace(job, options=options, wanted=Wanted(("txt", "json", "md"), overlay=True))
    expected = anew(later)
    request.getfixturevalue("no_reading")
    packed = zlib.compress(files(job)["page.json"]) if aside else b""
    kept = Kept(reading(), packed, first.record, reflow=options is NONE)
    source = replace(job.source, sha256=first.source.sha256)
    if aside:
        Path(job.folder or "", "page.json").unlink()
    outcome = done(replace(later, source=source, kept=kept))
    assert files(job) == expected
    assert outcome.lines == first.lines > 0
    assert outcome.confidence == first.confidence == 0.9
    assert outcome.record == hashlib.sha256(expected["page.json"]).hexdigest()
    assert {file.name: file.size for file in outcome.files} == {
        name: len(data) for name, data in expected.items()
    }


@pytest.mark.parametrize("how", ["record", "reading", "scan", "torn", "gone", "page"])
def test_what_does_not_hold_is_read_again(job: Job, how: str) -> None:
    first = done(job)
    path = Path(job.folder or "", "page.json")
    kept = Kept(reading(), record="" if how in {"torn", "page"} else first.record)
    if how == "record":
        path.write_bytes(path.read_bytes().replace("水渠".encode(), "水管".encode()))
    if how == "reading":
        kept = replace(kept, reading="{}")
    if how == "scan":
        story().image.save(job.source.path)
    if how == "torn":
        path.write_bytes(path.read_bytes()[:500])
    if how == "gone":
        path.unlink()
    if how == "page":
        text = path.read_text("utf-8")
        path.write_text(text.replace('"page_no": 0', '"page_no": 1'), "utf-8")
    expected = anew(job)
    assert "ocr" in done(replace(job, kept=kept)).seconds
    assert files(job) == expected


def test_a_json_that_nobody_knows_is_taken_up_if_it_is_of_this_scan(
    job: Job, request: pytest.FixtureRequest
) -> None:
    done(job)
    before = files(job)
    request.getfixturevalue("no_reading")
    assert done(replace(job, kept=Kept(reading(), reflow=True))).source.sha256
    assert files(job) == before
