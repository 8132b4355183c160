"""The formats by name: what writes them, and what their files are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from digitize.errors import UsageError, meant
from digitize.model import Article, PageResult

ArticleWriter = Callable[[PageResult, Article], str]


class Scope(StrEnum):
    """What one file holds."""

    PAGE = "page"
    # All pages of one input; where it has several, when the run has come to its end.
    INPUT = "input"
    RUN = "run"  # all pages of a run, when it has come to its end


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a page down.

    ``page`` and ``article`` say where the writers are found ("module:function"); they are loaded
    when they are needed. A format without an ``article`` writer describes whole pages only. The
    writer of one that ``names`` its page takes what the page's files are called as well. One that
    is no ``text`` cannot be printed; of one that consists of rows, ``head`` are those that are said
    once when pages are printed one behind the other. One whose text is ``chosen`` has it in the
    form that the user asked for, others as it was read. ``volume`` writes many pages into one
    file, from what the run has written of each (:mod:`digitize.volume`).
    """

    suffix: str
    about: str
    page: str = ""
    article: str = ""
    names: bool = False
    text: bool = True
    head: int | None = None
    chosen: bool = False
    scope: Scope = Scope.PAGE
    volume: str = ""


FORMATS: dict[str, Format] = {
    "txt": Format(
        ".txt",
        "clean text, a paragraph a line",
        "digitize.formats.text:to_text",
        "digitize.formats.text:article_file",
        chosen=True,
    ),
    "json": Format(
        ".json",
        "all that is known of a page",
        "digitize.formats.json:to_json",
        "digitize.formats.json:article_json",
    ),
    "md": Format(
        ".md",
        "Markdown with headings",
        "digitize.formats.markdown:to_markdown",
        "digitize.formats.markdown:article_file",
        chosen=True,
    ),
    "jsonl": Format(
        ".jsonl",
        "one article a line, for corpora",
        "digitize.formats.jsonl:page_jsonl",
        "digitize.formats.jsonl:article_jsonl",
        names=True,
        head=0,
        chosen=True,
    ),
    "csv": Format(
        ".csv",
        "one article a row, for tables",
        "digitize.formats.csv:page_csv",
        "digitize.formats.csv:article_csv",
        names=True,
        head=1,
        chosen=True,
    ),
    "alto": Format(".alto.xml", "ALTO 4.4, for libraries", "digitize.formats.alto_writing:to_alto"),
    "page": Format(
        ".page.xml", "PAGE XML 2019-07-15", "digitize.formats.page_xml_writing:to_page_xml"
    ),
    "tei": Format(
        ".tei.xml",
        "TEI P5, articles with zones on the scan",
        "digitize.formats.tei:to_tei",
        "digitize.formats.tei:article_tei",
    ),
    "pdf": Format(
        ".searchable.pdf",
        "the scan with its text to search and copy",
        "digitize.pdf.document:page_pdf",
        text=False,
        scope=Scope.INPUT,
        volume="digitize.volume.inputs:pdfs",
    ),
    "hocr": Format(".hocr", "hOCR 1.2 in XHTML", "digitize.formats.hocr_writing:to_hocr"),
    "mets": Format(
        "mets.xml",
        "METS over all files of a run",
        text=False,
        scope=Scope.RUN,
        volume="digitize.volume.mets:mets",
    ),
    "epub": Format(
        "articles.epub",
        "a book of all articles of a run",
        text=False,
        scope=Scope.RUN,
        volume="digitize.volume.epub:epub",
    ),
}


def named(name: str) -> Format:
    """The format ``name``; UsageError where there is no such format."""
    if name not in FORMATS:
        like = meant(name, FORMATS)
        raise UsageError(
            f"no format is called {name!r}; {like}the formats are {', '.join(FORMATS)}"
        )
    return FORMATS[name]


def writer(name: str) -> tuple[str, Callable[..., str]]:
    """Suffix and writer of the format ``name``; UsageError where there is none, or it is no text.

    The writer takes a result and, if it is known, the name that the page's files have.
    """
    found = named(name)
    if not found.text:
        raise UsageError(f"{name} is no text; say into which folder it is written with -o FOLDER")

    def make(result: PageResult, page_name: str = "") -> str:
        return encoded(name, result, page_name).decode("utf-8")

    return found.suffix, make


def encoded(name: str, result: PageResult, page_name: str = "") -> bytes:
    """The file of a page in the format ``name``."""
    found = named(name)
    write = _loaded(found.page)
    made: str | bytes = write(result, page_name) if found.names else write(result)
    return made if isinstance(made, bytes) else made.encode("utf-8")


def article_writer(name: str) -> ArticleWriter | None:
    """The writer of single articles, or None where a format describes whole pages only."""
    found = named(name)
    if not found.article:
        return None
    write: ArticleWriter = _loaded(found.article)
    return write


def _loaded(where: str) -> Any:
    module, _, function = where.partition(":")
    return getattr(import_module(module), function)
