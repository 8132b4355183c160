"""What ``digitize run`` and ``digitize preview`` do, apart from parsing and printing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from digitize import atomic, batch, foretelling, formats, known_names, language, ledger, spreads
from digitize.batch import Job, Outcome, Tolerance, Unwritten, Way
from digitize.config import Settings
from digitize.errors import (
    DigitizeError,
    ExitCode,
    InputError,
    NothingUsableError,
    OutputError,
    UsageError,
    WorkerError,
    internal,
)
from digitize.image import PageImage
from digitize.journal import Journal, Making, making_of
from digitize.ledger import Ledger
from digitize.model import Source
from digitize.ocr import EngineSettings, told
from digitize.options import OcrOptions, OutputOptions, PreprocessOptions, RunOptions
from digitize.page_files import Wanted, png
from digitize.progress import Display, Progress
from digitize.run_report import RunReport
from digitize.shard import Shard
from digitize.sinks import Sink, Stream
from digitize.source import Discovered, discover, output_names
from digitize.storage import store_at
from digitize.survey import Ground, survey
from digitize.versions import versions

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
    force: bool = False  # read all pages, whatever is there
    dry_run: bool = False  # tell what would be done
    shard: Shard | None = None  # the part of the pages to read

    @property
    def output(self) -> OutputOptions:
        """What is written."""
        return self.settings.output


def run(plan: Plan, show: Say, tell: Say, display: Display | None = None) -> int:
    """Read all pages of ``plan``; text for stdout goes to ``show``, the rest to ``tell``.

    Returns the exit code; raises what makes the whole run impossible before any page is read.
    """
    known_names.check(plan.settings)
    wanted = _wanted(plan)
    found = _found(plan.inputs, tell, plan.settings)
    known_names.check(plan.settings, found.sources)
    if plan.out is None and len(found.sources) > 1:
        raise UsageError("more than one page: say where the results go with -o FOLDER (or -o -)")
    found = plan.shard.part(found) if plan.shard else found
    if not found.sources:
        _tell(tell, [f"nothing to do: {len(found.others)} pages have no part {plan.shard}"])
        return ExitCode.OK
    if plan.dry_run:
        return _foretold(plan, wanted, found, show)
    if plan.explain:
        _tell(tell, [f"settings: {plan.settings.config.path or 'no digitize.toml'}"], "")
    with _place(plan, tell) as (book, ground):
        found = _parted(plan, found, ground, tell)
        wanted = _with_json(wanted, found.sources)
        sink = _sink(plan, wanted, found, (book, ground, show))
        return _through(plan, wanted, found, sink, (tell, display))


def _through(
    plan: Plan,
    wanted: Wanted,
    found: Discovered,
    sink: Sink,
    more: tuple[Say, Display | None],
) -> int:
    """Read what was found; the exit code."""
    tell, display = more
    progress = Progress(
        tell,
        plan.quiet or _to_stdout(plan),
        len(found.sources),
        len(found.errors),
        plan.output.low_confidence,
        display,
        skipped=sink.kept,
    )
    todo = max(1, len(found.sources) - sink.kept)
    how = plan.settings.batch
    threads = batch.threads_each(how, batch.worker_count(how, todo), alone=len(found.sources) == 1)
    every = (batch.with_threads(plan.settings.for_page(s), threads) for s in found.sources)
    engines = dict.fromkeys(options.ocr for options in every)
    way = _way(plan, engines, found.sources, (todo, tell))
    return _Run(plan, sink, progress).through(_jobs(plan, wanted, sink, threads), way)


def _way(
    plan: Plan, engines: Collection[OcrOptions], sources: Sequence[Source], more: tuple[int, Say]
) -> Way:
    """By whom so many pages are read: processes of this machine, or those of a cluster."""
    options, (todo, tell) = plan.settings.batch, more
    if not options.cluster:
        return batch.way(options, engines, todo, alone=len(sources) == 1)
    places = ((source.path for source in sources), None if _to_stdout(plan) else plan.out)
    return batch.by_cluster(options, engines, places, lambda line: tell(f"digitize: {line}"))


def _wanted(plan: Plan) -> Wanted:
    """What is written of every page; UsageError where the user must say where it goes."""
    output = plan.output
    if _to_stdout(plan) and output.overlay:
        raise UsageError("--overlay writes a picture; say into which folder with -o FOLDER")
    if _to_stdout(plan) and output.split_articles:
        raise UsageError("--split-articles writes a file an article; say where with -o FOLDER")
    return Wanted(_formats(plan), output.overlay, output.split_articles)


def _foretold(plan: Plan, wanted: Wanted, found: Discovered, show: Say) -> int:
    """Tell what would be done, and do nothing."""
    if _to_stdout(plan):
        raise UsageError("--dry-run looks into a folder; name it with -o FOLDER")
    ground = ledger.looked_at(store_at(plan.out or ""))
    found = _parted(plan, found, ground, lambda line: None)
    makings = _makings(plan, _with_json(wanted, found.sources), found.sources)
    for line in foretelling.lines(survey(found, ground, makings.__getitem__, plan.force)):
        show(line)
    return ExitCode.OK


@contextmanager
def _place(plan: Plan, tell: Say) -> Iterator[tuple[Journal | None, Ground]]:
    """The output folder with its journal, and what is there; neither where there is no folder."""
    if _to_stdout(plan):
        yield None, Ground({}, {})
        return
    with ledger.opened(store_at(plan.out or ""), tell) as (book, ground):
        yield book, ground


def _sink(
    plan: Plan, wanted: Wanted, found: Discovered, place: tuple[Journal | None, Ground, Say]
) -> Sink:
    """Where the results go, ready to take them."""
    (book, ground, show), stitch = place, plan.output.stitch
    if book is None:
        names = output_names((*found.sources, *found.others))
        linked = stitch or "json" in wanted.formats
        return Stream(show, {source: names[source] for source in found.sources}, linked, stitch)
    makings = _makings(plan, wanted, found.sources)
    steps = survey(found, ground, makings.__getitem__, plan.force)
    return Ledger(book, store_at(plan.out or ""), steps, wanted.formats, plan.output)


def _parted(plan: Plan, found: Discovered, ground: Ground, tell: Say) -> Discovered:
    """What was found, with scans of two pages as two."""
    options = plan.settings.for_page
    known: dict[Source, tuple[Source, ...]] = {}
    if not plan.force and ground.rows:
        makings = _makings(plan, Wanted(), found.sources)
        known = spreads.known(found.sources, ground.rows, makings.__getitem__)
    workers = batch.worker_count(plan.settings.batch, len(found.sources))
    parted = spreads.parted(found.sources, options, workers, known)
    if not plan.quiet:
        _tell(tell, parted.told)
    return replace(found, sources=parted.sources)


def _makings(plan: Plan, wanted: Wanted, sources: Sequence[Source]) -> dict[Source, Making]:
    """What decides how each page comes out; an engine that is missing is told here."""
    made: dict[RunOptions, Making] = {}
    makings = {}
    for source in sources:
        options = plan.settings.for_page(source)
        if options not in made:
            ocr = options.ocr
            now = versions(told(ocr.engine, EngineSettings(ocr.languages)))
            made[options] = making_of(options.model_dump(mode="json"), now, wanted.forms)
        makings[source] = made[options]
    return makings


def _jobs(plan: Plan, wanted: Wanted, sink: Sink, threads: int) -> Iterator[Job]:
    """What is to be done, with so many threads a page."""
    first = Job(
        Source(""),
        RunOptions(),
        folder=None if _to_stdout(plan) else plan.out,
        wanted=wanted,
        stitch=plan.output.stitch,
        explain=plan.explain,
        low_confidence=plan.output.low_confidence,
    )
    for job in sink.jobs(first):
        options = plan.settings.for_page(job.source)
        yield replace(job, options=batch.with_threads(options, threads))


class _TooManyFailedError(DigitizeError):
    """More pages failed than the user wants to see."""


@dataclass(slots=True)
class _Run:
    """A run on its way: all that takes note of a page."""

    plan: Plan
    sink: Sink
    progress: Progress
    report: RunReport = field(default_factory=RunReport)

    def through(self, todo: Iterable[Job], way: Way) -> int:
        """Read all pages, link them, tell what came of it; the exit code."""
        ended = "done"
        try:
            with batch.sigterm_as_ctrl_c():
                try:
                    for outcome in batch.outcomes(todo, way, self._put_off):
                        self._take(outcome)
                except (_TooManyFailedError, WorkerError) as error:
                    if isinstance(error, WorkerError) and not any(self.progress.counts.values()):
                        raise
                    self.progress.tell(f"digitize: {error}")
                    ended = "stopped"
                self._link()
                self._bind()
        except KeyboardInterrupt:
            with suppress(OutputError):
                self._close("interrupted")
            raise
        self._close(ended)
        return self.progress.exit_code

    def _take(self, outcome: Outcome) -> None:
        if outcome.unwritten is not None and outcome.unwritten.every:
            raise OutputError(outcome.unwritten.reason)
        self.progress.add(outcome)
        self.report.add(outcome)
        self.sink.take(outcome)
        self._check()

    def _put_off(self, outcome: Outcome) -> None:
        self.progress.later(outcome)
        self._check()

    def _check(self) -> None:
        """Stop the run where too many pages failed, unless it has come to its end anyway."""
        limit, progress = self.plan.settings.batch.max_failed, self.progress
        tried = progress.done - progress.skipped + len(progress.put_off)
        if progress.left and Tolerance.of(limit).exhausted(progress.failed, tried):
            raise _TooManyFailedError(
                f"stopped: {progress.failed} of {tried} pages failed (--max-failed {limit});"
                f" {progress.total - progress.skipped - tried} pages were not read"
            )

    def _link(self) -> None:
        """Write the pages again whose stories turned out to go on elsewhere."""
        try:
            for unwritten in self.sink.link(language.Deferred()):
                self.progress.note(unwritten)
        except OutputError:
            raise
        except Exception as error:  # noqa: BLE001 - reported; the pages stay as they were written
            reason = str(internal("linking the pages", error))
            self.progress.note(Unwritten(reason, output=False))
        self.sink.close()
        self._tell_links()

    def _bind(self) -> None:
        """Write the files that hold many pages."""
        try:
            for unwritten in self.sink.bind():
                self.progress.note(unwritten)
        except Exception as error:  # noqa: BLE001 - reported; the pages stay as they were written
            reason = str(internal("the files of all pages", error))
            self.progress.note(Unwritten(reason, output=False))

    def _tell_links(self) -> None:
        links = self.sink.links
        if self.plan.explain:
            found = (f"{x.before} goes on in {x.after} ({x.why}; {x.value})" for x in links.links)
            _tell(self.progress.tell, found, "")
        if not self.plan.quiet:
            _tell(self.progress.tell, (loose.message for loose in links.unresolved))

    def _close(self, ended: str) -> None:
        """Tell the sums, and write the report."""
        if ended == "stopped":
            for outcome in list(self.progress.put_off.values()):
                self.report.add(outcome)
                self.progress.give_up(outcome)
        self.progress.close()
        self.sink.report(self.report.data(self.progress, ended, _in_force(self.plan)))


def _in_force(plan: Plan) -> dict[str, Any]:
    """All settings by their keys, as they are for pages that no rule is meant for."""
    return {key: setting.value for key, setting in plan.settings.in_force().items()}


def _formats(plan: Plan) -> tuple[str, ...]:
    """The formats to write, each known and named once."""
    usual = ("txt",) if _to_stdout(plan) else ("txt", "json")
    names = tuple(dict.fromkeys(plan.output.formats or usual))
    for name in names:
        formats.writer(name) if _to_stdout(plan) else formats.named(name)
    return names


def _with_json(wanted: Wanted, sources: Sequence[Source]) -> Wanted:
    """The same with JSON where files of many pages are to be made: they are made from that."""
    several = any(not source.alone for source in sources)
    scopes = {formats.named(name).scope for name in wanted.formats}
    if formats.Scope.RUN in scopes or (several and formats.Scope.INPUT in scopes):
        return replace(wanted, formats=tuple(dict.fromkeys((*wanted.formats, "json"))))
    return wanted


def _to_stdout(plan: Plan) -> bool:
    return plan.out is None or plan.out == STDOUT


def _found(inputs: Sequence[str], tell: Say, settings: Settings) -> Discovered:
    """The pages in ``inputs``, of which there is at least one; what is no scan is told."""
    found = discover(inputs, settings.file_group)
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


def preview(scan: str, out: Path | None, settings: Settings) -> str:
    """Write the preview of the first page of ``scan``; the path that was written."""
    from digitize import preview as picture  # noqa: PLC0415 - heavy

    source = _found([scan], lambda line: None, Settings()).sources[0]
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

    return list(stages(load(source), options, legibility))
