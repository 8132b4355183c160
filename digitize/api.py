"""What the library offers to programs, in few words: pages in, results out.

Everything here is a short way to what the command line does; ``digitize.__all__`` names what will
stay.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from digitize import batch, formats, source, spreads
from digitize.errors import DigitizeError, InputError, OutputError, UsageError, shown
from digitize.model import PageResult, PageStatus, Source
from digitize.ocr import Engine
from digitize.options import RunOptions
from digitize.reflow.plain import Repaired
from digitize.repairing.texts import repaired

Scan = str | os.PathLike[str] | Source


def digitize_page(
    scan: Scan,
    engine: str | Engine = "",
    options: RunOptions | None = None,
    *,
    page: int = 1,
) -> PageResult:
    """Read one page of a scan.

    ``scan`` is a path, a URL or a :class:`Source`; of a PDF or TIFF with several pages, ``page``
    says which, from 1. ``engine`` is a name (see ``digitize engines``) or an engine that is ready;
    without one, that of ``options`` reads. A page without text has the status EMPTY.

    Raises InputError for a scan that cannot be read, MissingEngineError for an engine that is not
    installed, UsageError for one that does not exist, EngineError where it breaks.
    """
    from digitize.pipeline import digitize_page as read  # noqa: PLC0415 - OpenCV

    chosen = batch.with_threads(options or RunOptions(), 1)
    if isinstance(engine, str) and engine:
        chosen = chosen.model_copy(update={"ocr": chosen.ocr.model_copy(update={"engine": engine})})
    reader = batch.engine_of(chosen.ocr) if isinstance(engine, str) else engine
    return read(_source(scan, page), reader, chosen)


def digitize_pages(
    *inputs: str | os.PathLike[str],
    engine: str | Engine = "",
    options: RunOptions | None = None,
) -> Iterator[PageResult]:
    """Read all pages of files, folders, globs and URLs, one after the other, in this process.

    A page that cannot be read does not stop the others: its result has the status FAILED and says
    why in ``errors``. Raises InputError where an input cannot be used at all, before any page.
    """
    found = source.discover([os.fspath(one) for one in inputs])
    if found.errors:
        raise found.errors[0][1]
    asked = options or RunOptions()
    for one in spreads.parted(found.sources, lambda source: asked, workers=1).sources:
        try:
            yield digitize_page(one, engine, options)
        except InputError as error:
            yield PageResult(one, PageStatus.FAILED, errors=(str(error),))
        except (UsageError, OutputError):
            raise
        except DigitizeError as error:
            yield PageResult(one, PageStatus.FAILED, errors=(str(error),))


def reflow_text(text: str, *, keep_furniture: bool = False) -> Repaired:
    """Put text in order that another program has read: as ``digitize reflow`` does.

    Paragraphs that were cut are joined, misplaced blocks moved, page furniture taken out (left in
    with ``keep_furniture``); the record says what was done. Clean text comes back as it was.
    """
    return repaired(text, keep_furniture)


def render(result: PageResult, form: str, name: str = "") -> bytes:
    """A page in a format, as the bytes of a file: ``render(result, "alto")``.

    ``name`` is what the page's files are called; ids of articles begin with it. Raises UsageError
    for a format that does not exist, or that holds more than one page.
    """
    if not formats.named(form).page:
        raise UsageError(f"{form} holds all pages of a run; write it with: digitize export")
    return formats.encoded(form, result, name)


def _source(scan: Scan, page: int) -> Source:
    if isinstance(scan, Source):
        return scan
    path = os.fspath(scan)
    found = source.discover([path])
    if found.errors:
        raise found.errors[0][1]
    if not 1 <= page <= len(found.sources):
        raise InputError(f"{shown(path)} has no page {page}; it has {len(found.sources)}")
    return found.sources[page - 1]
