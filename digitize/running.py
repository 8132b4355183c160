"""What ``digitize run`` and ``digitize preview`` do, apart from parsing and printing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digitize import atomic, batch, formats, language
from digitize.batch import Job, Unwritten
from digitize.config import Settings
from digitize.errors import (
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
from digitize.model import PageResult, Source
from digitize.options import OutputOptions, PreprocessOptions, RunOptions
from digitize.page_files import Wanted, png
from digitize.progress import Progress
from digitize.sinks import Folder, Sink, Stream
from digitize.source import Discovered, discover, output_names
from digitize.stitching import Links
from digitize.storage import store_at

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
    output = plan.output
    wanted = Wanted(_formats(plan), output.overlay, output.split_articles)
    found = _found(plan.inputs, tell)
    names = output_names(found.sources)
    sink = _sink(plan, wanted, [names[source] for source in found.sources], show)
    count = min(batch.job_count(plan.settings.batch.jobs), len(found.sources))
    options = {s: _with_threads(plan.settings.for_page(s), count) for s in found.sources}
    for ocr in {o.ocr: None for o in options.values()}:
        batch.engine_of(ocr)  # a missing engine or language is told before page 1
    if plan.explain:
        _tell(tell, [f"settings: {plan.settings.config.path or 'no digitize.toml'}"], "")
    quiet = plan.quiet or isinstance(sink, Stream)
    low = output.low_confidence
    progress = Progress(tell, quiet, len(found.sources), len(found.errors), low)
    linking = Linking(output.stitch, _reread(sink, wanted.formats))
    first = _first_job(plan, wanted, found.sources[0], options[found.sources[0]])
    todo = [
        replace(first, source=source, options=options[source], name=names[source], index=index)
        for index, source in enumerate(found.sources)
    ]
    for outcome in batch.run(todo, count):
        if outcome.unwritten is not None and outcome.unwritten.every:
            raise OutputError(outcome.unwritten.reason)
        progress.add(outcome)
        _tell(tell, outcome.explained, "")
        if outcome.unwritten is None and outcome.stub is not None:
            linking.add(outcome.stub, outcome.aside)
        sink.take(outcome)
    _finish(linking, sink, progress)
    _tell_links(plan, linking.links, tell)
    progress.close()
    return progress.exit_code


def _first_job(plan: Plan, wanted: Wanted, source: Source, options: RunOptions) -> Job:
    """What is the same for all pages, with the first of them."""
    return Job(
        source,
        options,
        folder=None if _to_stdout(plan) else plan.out,
        wanted=wanted,
        stitch=plan.output.stitch,
        explain=plan.explain,
        low_confidence=plan.output.low_confidence,
    )


def _reread(sink: Sink, names: Sequence[str]) -> Reread | None:
    """How to have a page again that was written, where all of it was."""
    return sink.reread if isinstance(sink, Folder) and "json" in names else None


def _finish(linking: Linking, sink: Sink, progress: Progress) -> None:
    """Write the pages again whose stories turned out to go on elsewhere."""
    try:
        for name, result in linking.close(language.Deferred()):
            progress.note(_put(sink, name, result))
    except InputError as error:  # what was written is gone already
        progress.note(Unwritten(str(error), output=False))
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - reported; the pages stay as they were written
        progress.note(Unwritten(str(internal("linking the pages", error)), output=False))
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


def _sink(plan: Plan, wanted: Wanted, names: Sequence[str], show: Say) -> Sink:
    """Where the results go, ready to take them; UsageError where the user must decide."""
    if not _to_stdout(plan):
        return Folder(store_at(plan.out or ""), wanted)
    if plan.output.overlay:
        raise UsageError("--overlay writes a picture; say into which folder with -o FOLDER")
    if plan.output.split_articles:
        raise UsageError("--split-articles writes a file an article; say where with -o FOLDER")
    if plan.out is None and len(names) > 1:
        raise UsageError("more than one page: say where the results go with -o FOLDER (or -o -)")
    linked = plan.output.stitch or "json" in wanted.formats
    return Stream(show, names, wanted.formats, linked)


def _with_threads(options: RunOptions, jobs: int) -> RunOptions:
    """One thread a worker, or all cores where there is a single one."""
    threads = 1 if jobs > 1 else max(1, len(os.sched_getaffinity(0)))
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": threads})})


def _put(sink: Sink, name: str, result: PageResult) -> Unwritten | None:
    """Hand a linked page over; why it cannot be written, where others perhaps can."""
    try:
        sink.again(name, result)
    except PageOutputError as error:
        return Unwritten(str(error))
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - reported with the page; the batch goes on
        return Unwritten(str(internal(shown(result.source.label), error)), output=False)
    return None


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

    return list(stages(load(source), options, legibility))
