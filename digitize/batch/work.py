"""The work of one job: a page is read and its files are written, here and nowhere else."""

from __future__ import annotations

import hashlib
import resource
import sys
import time
import zlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from digitize import explain, formats, page_files, stitching, uncertain
from digitize.batch.job import Job, Outcome, Unwritten, failed
from digitize.batch.remaking import remade
from digitize.batch.threads import limit_threads
from digitize.errors import (
    DigitizeError,
    EngineError,
    InputError,
    OutputError,
    PageOutputError,
    internal,
    shown,
)
from digitize.model import PageResult, Provenance
from digitize.ocr import Engine, EngineSettings, make
from digitize.options import OcrOptions
from digitize.page_files import Written
from digitize.storage import store_at

MB = 1 << 20


@cache
def engine_of(options: OcrOptions) -> Engine:
    """The engine of this process, made when first asked for and kept."""
    return make(options.engine, EngineSettings(options.languages, options.threads))


def warm_up(engines: Collection[OcrOptions]) -> None:
    """Load what every page needs, so that no page waits for it, and keep to the threads given.

    Raises MissingEngineError or MissingLanguageError where one of the engines cannot read.
    """
    import scipy.optimize  # noqa: F401, PLC0415 - as the next: heavy, loaded to be there

    from digitize import pipeline  # noqa: F401, PLC0415

    limit_threads(max(options.threads for options in engines))
    for options in engines:
        engine_of(options)


def perform(job: Job) -> Outcome:
    """Read a page and write its files.

    Whatever is wrong, a fault in our own code too, stands in the outcome; but MemoryError passes,
    since the process may be good for nothing more.
    """
    start = time.perf_counter()
    try:
        outcome = _delivered(job, _made(job), start)
    except EngineError as error:
        reason = f"{shown(job.source.label)}: {error}"
        outcome = failed(job, reason, time.perf_counter() - start)
    except DigitizeError as error:
        outcome = failed(job, str(error), time.perf_counter() - start)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        outcome = failed(job, str(internal(shown(job.source.label), error)))
    return replace(outcome, peak=peak_memory(children=True))


def peak_memory(children: bool = False) -> float:
    """The most memory this process has used so far, in MB; with the largest of its ``children``."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if children:
        peak += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(peak / MB if sys.platform == "darwin" else peak / 1024, 1)


def _made(job: Job) -> PageResult:
    """The page, from what is kept of it or else from its scan."""
    result = remade(job, job.kept) if job.kept is not None else None
    return result if result is not None else _read(job)


def _read(job: Job) -> PageResult:
    from digitize.pipeline import digitize_page  # noqa: PLC0415 - OpenCV, not wanted for --help

    return digitize_page(job.source, engine_of(job.options.ocr), job.options)


def _delivered(job: Job, result: PageResult, start: float) -> Outcome:
    """The outcome of a page that was read, its files written."""
    stub = stitching.stub_of(result, job.name, job.index)
    waits = stub.turns or (job.stitch and stitching.may_be_cut(stub))
    outcome = Outcome(
        result.source,
        job.name,
        job.index,
        result.status,
        articles=len(result.articles),
        lines=sum(bool(line.text.strip()) for line in result.page.lines) if result.page else 0,
        doubtful=len(uncertain.uncertain(result, job.low_confidence)),
        confidence=uncertain.mean_confidence(result),
        explained=_explained(job, result),
        stub=stub,
        aside=formats.packed(result) if waits else b"",
    )
    begin = time.perf_counter()
    outcome = _written(job, outcome, result)
    end = time.perf_counter()
    made = result.page.provenance if result.page is not None else Provenance()
    seconds = {**made.seconds, "write": round(end - begin, 3), "total": round(end - start, 3)}
    return replace(outcome, seconds=seconds, engine=made.versions.get("engine", ""))


def _written(job: Job, outcome: Outcome, result: PageResult) -> Outcome:
    """The outcome with the files that were written, or the text, or why there is neither."""
    if job.folder is None:
        return replace(outcome, text=page_files.text(job.name, result, job.wanted.formats))
    try:
        files = page_files.write(store_at(job.folder), job.name, result, job.wanted)
    except InputError as error:  # the overlay's scan has gone
        return replace(outcome, unwritten=Unwritten(str(error), output=False))
    except OutputError as error:
        every = not isinstance(error, PageOutputError)
        return replace(outcome, unwritten=Unwritten(str(error), every=every))
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        reason = str(internal(shown(result.source.label), error))
        return replace(outcome, unwritten=Unwritten(reason, output=False))
    return replace(outcome, files=files, record=_record(outcome, files))


def _record(outcome: Outcome, files: Sequence[Written]) -> str:
    """The hash of the page's own JSON, written or laid aside; "" where it was not made."""
    if outcome.aside:
        return hashlib.sha256(zlib.decompress(outcome.aside)).hexdigest()
    return next((file.sha256 for file in files if file.form == "json"), "")


def _explained(job: Job, result: PageResult) -> tuple[str, ...]:
    if not job.explain:
        return ()
    return (*explain.lines(result), *uncertain.told(result, job.low_confidence))
