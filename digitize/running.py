"""What ``digitize run`` and ``digitize preview`` do, apart from parsing and printing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize import atomic, batch, formats
from digitize.errors import (
    ExitCode,
    InputError,
    NothingUsableError,
    OutputError,
    UsageError,
)
from digitize.model import PageResult, PageStatus, Source
from digitize.options import OcrOptions, PreprocessOptions, RunOptions
from digitize.source import Discovered, discover, output_names

Say = Callable[[str], None]
DEFAULT_FORMATS = ("txt", "json")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``out`` is a folder, "-" for stdout, or None."""

    inputs: tuple[str, ...]
    out: str | None
    formats: tuple[str, ...]
    options: RunOptions
    jobs: int = 0
    overlay: bool = False
    quiet: bool = False


def options_of(engine: str, languages: Sequence[str], steps: dict[str, bool]) -> RunOptions:
    """The options of a run from what the command line gives."""
    return RunOptions(
        preprocess=PreprocessOptions(**steps),
        ocr=OcrOptions(engine=engine, languages=tuple(languages)),
    )


def run(plan: Plan, show: Say, tell: Say) -> int:
    """Read all pages of ``plan``; text for stdout goes to ``show``, the rest to ``tell``.

    Returns the exit code; raises what makes the whole run impossible before any page is read.
    """
    names = plan.formats or (DEFAULT_FORMATS if plan.out != "-" else ("txt",))
    for name in names:
        formats.writer(name)
    jobs = batch.job_count(plan.jobs)
    found = discover(plan.inputs)
    for _, error in found.errors:
        tell(f"digitize: {error}")
    to_stdout = _to_stdout(plan, found)
    if not found.sources:
        raise NothingUsableError("no page to digitize; name a scan, a PDF, a folder or a glob")
    if not to_stdout:
        atomic.check_folder(Path(plan.out or "."))
    options = _with_threads(plan.options, min(jobs, len(found.sources)))
    batch.engine_of(options.ocr)  # a missing engine or language is told before page 1
    sink = _Sink(plan, found, names if not to_stdout else (plan.formats or ("txt",)), show)
    counts = dict.fromkeys(PageStatus, 0)
    for i, result in enumerate(batch.run(found.sources, options, jobs), 1):
        counts[result.status] += 1
        for reason in result.errors:
            tell(f"digitize: {reason}")
        if result.status is not PageStatus.FAILED:
            sink.take(result, to_stdout)
        if not plan.quiet and not to_stdout:
            tell(_progress(i, len(found.sources), result))
    sink.flush()
    bad = counts[PageStatus.FAILED] + len(found.errors)
    if not plan.quiet and not to_stdout:
        tell(_counts(counts, len(found.errors)))
    if bad and counts[PageStatus.FAILED] == len(found.sources):
        return ExitCode.NOTHING_USABLE
    return ExitCode.SOME_FAILED if bad else ExitCode.OK


def _to_stdout(plan: Plan, found: Discovered) -> bool:
    if plan.out is not None:
        return plan.out == "-"
    if len(found.sources) > 1:
        raise UsageError("more than one page: say where the results go with -o FOLDER (or -o -)")
    return True


def _with_threads(options: RunOptions, jobs: int) -> RunOptions:
    """One thread a worker, or all cores where there is a single one."""
    threads = 1 if jobs > 1 else max(1, len(os.sched_getaffinity(0)))
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": threads})})


def _progress(done: int, total: int, result: PageResult) -> str:
    articles = f"{len(result.articles)} articles, " if result.articles else ""
    return f"[{done}/{total}] {result.source.label}: {result.status.value}, {articles}{result.seconds:.1f} s"


def _counts(counts: dict[PageStatus, int], unusable: int) -> str:
    parts = [f"{counts[status]} {status.value}" for status in PageStatus]
    return ", ".join([*parts, f"{unusable} unusable inputs"] if unusable else parts)


class _Sink:
    """Where results go: files in a folder, or stdout in the order of the inputs."""

    def __init__(self, plan: Plan, found: Discovered, names: Sequence[str], show: Say) -> None:
        self._plan, self._names, self._show = plan, names, show
        self._order = list(found.sources)
        self._files = output_names(found.sources)
        self._held: dict[Source, PageResult] = {}

    def take(self, result: PageResult, to_stdout: bool) -> None:
        """Write the result, or keep it until those before it have come."""
        if to_stdout:
            self._held[result.source] = result
            return
        folder = Path(self._plan.out or ".")
        base = self._files[result.source]
        for name in self._names:
            suffix, writer = formats.writer(name)
            atomic.write(folder / f"{base}{suffix}", writer(result).encode("utf-8"))
        if self._plan.overlay:
            atomic.write(folder / f"{base}.overlay.png", overlay_png(result))

    def flush(self) -> None:
        """Print what was kept."""
        for source in self._order:
            if source in self._held:
                for name in self._names:
                    self._show(formats.writer(name)[1](self._held[source]).rstrip("\n"))


def overlay_png(result: PageResult) -> bytes:
    """The overlay of a result as PNG bytes."""
    from digitize import overlay  # noqa: PLC0415 - heavy
    from digitize.preprocess.load import load  # noqa: PLC0415

    return _png(overlay.draw(load(result.source).pixels, result))


def _png(pixels: Any) -> bytes:
    import cv2  # noqa: PLC0415 - heavy

    done, data = cv2.imencode(".png", pixels[..., ::-1] if pixels.ndim == 3 else pixels)
    if not done:
        raise OutputError("the picture cannot be encoded as PNG")
    return bytes(data)


def preview(scan: str, out: Path | None, steps: dict[str, bool]) -> str:
    """Write the preview of the first page of ``scan``; the path that was written."""
    from functools import partial  # noqa: PLC0415

    from digitize import preview as picture  # noqa: PLC0415 - heavy
    from digitize.ocr.glyphs import legibility  # noqa: PLC0415
    from digitize.preprocess.flatten import stages  # noqa: PLC0415
    from digitize.preprocess.load import load  # noqa: PLC0415

    found = discover([scan])
    if not found.sources:
        raise found.errors[0][1] if found.errors else InputError(f"no page in {scan}")
    source = found.sources[0]
    judge = partial(legibility, threads=2)
    shown = list(stages(load(source), PreprocessOptions(**steps), judge))
    path = out or Path(f"{output_names([source])[source]}.preview.png")
    atomic.write(path, _png(picture.preview(shown)))
    return str(path)
