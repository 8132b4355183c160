"""What ``digitize run`` and ``digitize preview`` do, apart from parsing and printing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from digitize import atomic, batch, explain, formats, language, uncertain
from digitize.config import Settings
from digitize.errors import (
    DigitizeError,
    ExitCode,
    InputError,
    NothingUsableError,
    OutputError,
    PageOutputError,
    UsageError,
    internal,
    shown,
)
from digitize.image import PageImage
from digitize.linking import Linking, Reread
from digitize.model import PageResult, PageStatus, Source
from digitize.options import OutputOptions, PreprocessOptions, RunOptions
from digitize.sinks import Folder, Sink, Stream, Wanted, png
from digitize.source import Discovered, discover, output_names
from digitize.stitching import Links

Say = Callable[[str], None]
STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``out`` is a folder, "-" for stdout, or None."""

    inputs: tuple[str, ...]
    out: str | None
    settings: Settings
    explain: bool = False
    quiet: bool = False

    @property
    def output(self) -> OutputOptions:
        """What is written."""
        return self.settings.output


def run(plan: Plan, show: Say, tell: Say) -> int:
    """Read all pages of ``plan``; text for stdout goes to ``show``, the rest to ``tell``.

    Returns the exit code; raises what makes the whole run impossible before any page is read.
    """
    names = _formats(plan)
    found = _found(plan.inputs, tell)
    sink = _sink(plan, names, found, show)
    jobs = min(batch.job_count(plan.settings.batch.jobs), len(found.sources))
    options = {s: _with_threads(plan.settings.for_page(s), jobs) for s in found.sources}
    for ocr in {o.ocr: None for o in options.values()}:
        batch.engine_of(ocr)  # a missing engine or language is told before page 1
    low = plan.output.low_confidence
    if plan.explain:
        _tell(tell, [f"settings: {plan.settings.config.path or 'no digitize.toml'}"], "")
    quiet = plan.quiet or isinstance(sink, Stream)
    progress = _Progress(tell, quiet, len(found.sources), len(found.errors), low)
    linking = Linking(found.sources, plan.output.stitch, _reread(sink, names))
    for result in batch.run(found.sources, options.__getitem__, jobs):
        progress.add(result, _kept(linking, sink, result))
        if plan.explain:
            _tell(tell, explain.lines(result), "")
            _tell(tell, uncertain.told(result, low), "")
    _finish(linking, sink, progress)
    _tell_links(plan, linking.links, tell)
    progress.close()
    return progress.exit_code


def _reread(sink: Sink, names: Sequence[str]) -> Reread | None:
    """How to have a page again that was written, where all of it was."""
    return sink.reread if isinstance(sink, Folder) and "json" in names else None


def _kept(linking: Linking, sink: Sink, result: PageResult) -> DigitizeError | None:
    """Write a page and keep what others may need of it; the error where it cannot be written."""

    def take(result: PageResult) -> None:
        sink.take(result, waits=linking.add(result))

    error = _put(take, result)
    if error is not None:
        linking.forget(result.source)
    return error


def _finish(linking: Linking, sink: Sink, progress: _Progress) -> None:
    """Write the pages again whose stories turned out to go on elsewhere."""
    try:
        for result in linking.close(language.signal(())):
            progress.note(_put(sink.again, result))
    except InputError as error:  # what was written is gone already
        progress.note(error)
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - reported; the pages stay as they were written
        progress.note(internal("linking the pages", error))
    sink.close()


def _tell_links(plan: Plan, links: Links, tell: Say) -> None:
    if plan.explain:
        found = (f"{x.before} goes on in {x.after} ({x.why}; {x.value})" for x in links.links)
        _tell(tell, found, "")
    if not plan.quiet:
        _tell(tell, links.unresolved)


def _formats(plan: Plan) -> tuple[str, ...]:
    """The formats to write, each known and named once."""
    usual = ("txt",) if _to_stdout(plan) else ("txt", "json")
    names = tuple(dict.fromkeys(plan.output.formats or usual))
    for name in names:
        formats.writer(name)
    return names


def _to_stdout(plan: Plan) -> bool:
    return plan.out is None or plan.out == STDOUT


def _found(inputs: Sequence[str], tell: Say) -> Discovered:
    """The pages in ``inputs``, of which there is at least one; what is no scan is told."""
    found = discover(inputs)
    reasons = [str(error) for _, error in found.errors]
    if not found.sources and len(reasons) == 1:
        raise NothingUsableError(reasons[0])
    _tell(tell, reasons)
    if not found.sources:
        raise NothingUsableError("nothing to digitize; name a scan, a PDF, a folder or a glob")
    return found


def _tell(tell: Say, reasons: Iterable[str], prefix: str = "digitize: ") -> None:
    for reason in reasons:
        tell(f"{prefix}{reason}")


def _sink(plan: Plan, names: Sequence[str], found: Discovered, show: Say) -> Sink:
    """Where the results go, ready to take them; UsageError where the user must decide."""
    if not _to_stdout(plan):
        wanted = Wanted(names, plan.output.overlay, plan.output.split_articles)
        return Folder(Path(plan.out or ""), found.sources, wanted)
    if plan.output.overlay:
        raise UsageError("--overlay writes a picture; say into which folder with -o FOLDER")
    if plan.output.split_articles:
        raise UsageError("--split-articles writes a file an article; say where with -o FOLDER")
    if plan.out is None and len(found.sources) > 1:
        raise UsageError("more than one page: say where the results go with -o FOLDER (or -o -)")
    return Stream(show, found.sources, names, linked=plan.output.stitch or "json" in names)


def _with_threads(options: RunOptions, jobs: int) -> RunOptions:
    """One thread a worker, or all cores where there is a single one."""
    threads = 1 if jobs > 1 else max(1, len(os.sched_getaffinity(0)))
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": threads})})


def _put(put: Callable[[PageResult], None], result: PageResult) -> DigitizeError | None:
    """Hand a result over; the error where this page cannot be written, others perhaps can."""
    try:
        put(result)
    except (PageOutputError, InputError) as error:  # InputError: the overlay's scan has gone
        return error
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        return internal(shown(result.source.label), error)
    return None


@dataclass(slots=True)
class _Progress:
    """Counts the results, tells of them, and knows the exit code."""

    tell: Say
    quiet: bool
    total: int
    unusable: int
    low_confidence: float = 0.0
    doubtful: int = 0
    counts: dict[PageStatus, int] = field(default_factory=lambda: dict.fromkeys(PageStatus, 0))
    unwritten: list[DigitizeError] = field(default_factory=list)

    def add(self, result: PageResult, error: DigitizeError | None) -> None:
        """Take note of a page that is done, and of the error where it could not be written."""
        self.counts[result.status] += 1
        _tell(self.tell, result.errors)
        if result.status is PageStatus.EMPTY:
            page = shown(result.source.label)
            _tell(self.tell, [f"no text found on {page}; look at it with: digitize preview"])
        self.note(error)
        if not self.quiet:
            doubts = self._doubts(len(uncertain.uncertain(result, self.low_confidence)))
            self.tell(f"[{sum(self.counts.values())}/{self.total}] {_summary(result)}{doubts}")

    def _doubts(self, count: int) -> str:
        self.doubtful += count
        return f", {uncertain.counted(count, self.low_confidence)}" if count else ""

    def note(self, error: DigitizeError | None) -> None:
        """Tell of what could not be written, if anything, and keep it in mind."""
        if error is not None:
            self.unwritten.append(error)
            _tell(self.tell, [str(error)])

    def close(self) -> None:
        """Tell the sums."""
        parts = [f"{self.counts[status]} {status.value}" for status in PageStatus]
        if self.unusable:
            parts.append(f"{self.unusable} unusable inputs")
        if self.doubtful:
            parts.append(uncertain.counted(self.doubtful, self.low_confidence))
        if not self.quiet:
            self.tell(", ".join(parts))

    @property
    def exit_code(self) -> ExitCode:
        """What the process returns."""
        if any(isinstance(error, OutputError) for error in self.unwritten):
            return ExitCode.OUTPUT_NOT_WRITABLE
        failed = self.counts[PageStatus.FAILED]
        if failed == self.total:
            return ExitCode.NOTHING_USABLE
        return ExitCode.SOME_FAILED if failed or self.unusable or self.unwritten else ExitCode.OK


def _summary(result: PageResult) -> str:
    articles = f"{len(result.articles)} articles, " if result.articles else ""
    page = shown(result.source.label)
    return f"{page}: {result.status.value}, {articles}{result.seconds:.1f} s"


def preview(scan: str, out: Path | None, settings: Settings) -> str:
    """Write the preview of the first page of ``scan``; the path that was written."""
    from digitize import preview as picture  # noqa: PLC0415 - heavy

    source = _found([scan], lambda line: None).sources[0]
    path = out or Path(f"{output_names([source])[source]}.preview.png")
    atomic.check_folder(path.parent)
    try:
        shown_stages = _stages(source, settings.for_page(source).preprocess)
    except InputError as error:
        raise NothingUsableError(str(error)) from error
    atomic.write(path, png(picture.preview(shown_stages)))
    return str(path)


def _stages(source: Source, options: PreprocessOptions) -> list[PageImage]:
    from digitize.ocr.glyphs import legibility  # noqa: PLC0415 - heavy
    from digitize.preprocess.flatten import stages  # noqa: PLC0415
    from digitize.preprocess.load import load  # noqa: PLC0415

    judge = partial(legibility, threads=max(1, len(os.sched_getaffinity(0))))
    return list(stages(load(source), options, judge))
