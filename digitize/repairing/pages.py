"""Pages in files: those that digitize has written, and those that other programs have read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digitize import __version__, language
from digitize.config import Settings
from digitize.errors import InputError, shown
from digitize.filetype import HEAD_BYTES, by_name
from digitize.formats import from_json
from digitize.formats.json import SCHEMA
from digitize.formats.lines import ReadPage
from digitize.formats.reading import (
    KINDS,
    ReadFile,
    looks_like_json,
    parsed_json,
    read_ocr_json,
    read_table,
    read_xml,
)
from digitize.image import PageImage
from digitize.model import Join, Page, PageResult, PageStatus, Provenance, Source
from digitize.opening import count_pages, identify
from digitize.paper import paper_of
from digitize.reflow.continuity import Continuity
from digitize.repairing.output import PAGES
from digitize.repairing.plan import STREAM, Plan, Say, named
from digitize.repairing.texts import CONTEXT
from digitize.source import hashed


def xml_pages(data: bytes, name: str) -> ReadFile | None:
    """The pages of an XML or HTML file; None for a text, InputError for one that is broken."""
    try:
        return read_xml(data)
    except ValueError as error:
        if _named_as_page(name) or _mentions_page(data):
            raise _unreadable(name, error) from error
        return None  # a text that begins with a bracket


def text_pages(text: str, name: str) -> ReadFile | PageResult | None:
    """The pages of a table or of JSON; None for a text without geometry."""
    try:
        if table := read_table(text):
            return table
    except ValueError as error:
        raise _unreadable(name, error) from error
    own = f'"schema": "{SCHEMA}"' in text[:100]
    if not (own or _named_as_json(name) or looks_like_json(text)):
        return None
    try:
        if own:
            return from_json(text)
        data = parsed_json(text)
        if isinstance(data, dict) and "schema" in data:
            return from_json(text)
        return read_ocr_json(data)
    except ValueError as error:
        if own or _named_as_json(name):
            raise InputError(f"{named(name)} is no page written by digitize: {error}") from error
        return None


def put_in_order(result: PageResult, name: str, settings: Settings) -> PageResult:
    """A page that digitize has read before, reflowed from where its lines stand."""
    from digitize.reflow import reflow  # noqa: PLC0415 - scipy

    if result.page is None:
        reason = "; ".join(result.errors) or "it is empty"
        raise InputError(f"{named(name)} holds no page: {reason}")
    options = settings.for_page(result.source)
    known = paper_of(options)
    done = reflow(result.page, options.reflow.mode, _signal(result.page), known)
    return replace(
        result,
        page=done.page,
        articles=done.articles,
        furniture=done.furniture,
        masthead=done.masthead,
        doubts=done.doubts,
    )


def rebuilt(
    found: ReadFile, file: tuple[bytes, str, str], plan: Plan, tell: Say
) -> Iterator[PageResult]:
    """The pages of another program's file as articles; the scan helps where it can be found.

    ``file``: its bytes, what it is called, and its picture where that is known ("": it is not).
    """
    from digitize.foreign import adopted, is_of  # noqa: PLC0415 - OpenCV

    data, name, near = file
    digest = hashlib.sha256(data).hexdigest()
    for number, read in enumerate(found.pages):
        itself = Source(name, number, len(found.pages), digest)
        source = _picture(near or _beside(read, name), itself, plan)
        scan = None if source is None else _loaded(source, plan, tell)
        if source is not None and scan is not None and not is_of(scan, read):
            _set_aside(f"{shown(source.label)} has not the shape of {named(name)}", plan, tell)
            scan = None
        provenance = Provenance(
            versions={
                "digitize": __version__,
                "engine": f"{found.kind} file",
                "language": language.describe(),
            },
            sha256=digest,
        )
        page = replace(adopted(read, scan), provenance=provenance)
        result = PageResult(
            source if source is not None and scan is not None else itself, PageStatus.OK, page
        )
        made = put_in_order(result, name, plan.settings)
        yield made if made.articles or made.furniture else replace(made, status=PageStatus.EMPTY)


def joins_of(result: PageResult) -> Iterator[Join]:
    """The joins with the text at each seam in place of the lines' names."""
    lines = result.page.lines if result.page is not None else ()
    texts = {line.id: line.text.strip() for line in lines}
    for article in result.articles:
        for paragraph in article.paragraphs:
            for join in paragraph.joins:
                before, after = texts.get(join.before, ""), texts.get(join.after, "")
                yield replace(join, before=before[-2 * CONTEXT :], after=after[: 2 * CONTEXT])


def _signal(page: Page) -> Continuity:
    return language.signal([line.text for line in page.lines])


def _picture(near: str | None, itself: Source, plan: Plan) -> Source | None:
    """The scan of a page: as the user says, or ``near`` the file."""
    path = plan.image or near
    if path is None:
        return None
    try:
        count = count_pages(path, identify(path))
    except InputError:
        if plan.image:
            raise
        return None
    number = itself.page_no if count == itself.page_count else 0
    return hashed(Source(path, number, count))


def _beside(read: ReadPage, path: str) -> str | None:
    """The picture beside a file that has its name, or the one that the file names."""
    if path == STREAM:
        return None
    here = Path(path)
    named_in_file = here.parent / Path(read.picture.replace("\\", "/")).name
    # isfile bears names that are longer than any file's, which is_file does not.
    if read.picture and by_name(str(named_in_file)) and os.path.isfile(named_in_file):
        return str(named_in_file)
    alike = (p for p in here.parent.glob("*") if p.stem == here.stem and by_name(str(p)))
    return next((str(p) for p in sorted(alike) if p.is_file()), None)


def _loaded(source: Source, plan: Plan, tell: Say) -> PageImage | None:
    from digitize.preprocess.load import load  # noqa: PLC0415 - OpenCV

    try:
        return load(source)
    except InputError as error:
        _set_aside(str(error), plan, tell)
        return None


def _set_aside(why: str, plan: Plan, tell: Say) -> None:
    """Tell that the scan is not used; InputError where the user has named it."""
    if plan.image:
        raise InputError(f"{why}; name the picture that the page was read from")
    tell(f"digitize: {why}; the page is put in order without it")


def _named_as_page(name: str) -> bool:
    return Path(name).suffix.lower() in PAGES


def _named_as_json(name: str) -> bool:
    return name.lower().endswith(".json")


def _mentions_page(data: bytes) -> bool:
    head = data[: 4 * HEAD_BYTES].replace(b"\0", b"").lower()
    return any(word in head for word in (b"<alto", b":alto", b"pcgts", b"ocr_page", b"<mets"))


def _unreadable(name: str, error: ValueError) -> InputError:
    return InputError(f"cannot read {named(name)}: {error}; pages are read from {KINDS}")
