"""The formats by name: what writes them, and what their files are called."""

from __future__ import annotations

from collections.abc import Callable

from digitize.errors import DigitizeError, PageOutputError, UsageError, meant, one_line
from digitize.formats import plugged
from digitize.formats.kinds import ArticleWriter, Format, Scope, loaded
from digitize.model import PageResult

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


def known() -> tuple[str, ...]:
    """The names of all formats, those of other packages last."""
    return (*FORMATS, *plugged.names(FORMATS))


def named(name: str) -> Format:
    """The format ``name``; UsageError where there is no such format, or it cannot be loaded."""
    if name in FORMATS:
        return FORMATS[name]
    if name in known():
        return plugged.format_of(name, frozenset(ours.suffix for ours in FORMATS.values()))
    like = meant(name, known())
    raise UsageError(f"no format is called {name!r}; {like}the formats are {', '.join(known())}")


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
    write = loaded(found.page)
    try:
        made: str | bytes = write(result, page_name) if found.names else write(result)
        # JSON can name characters that UTF-8 cannot say; they are written as JSON names them.
        return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
    except DigitizeError:
        raise
    except Exception as error:
        if name in FORMATS:
            raise
        reason = f"the format {name} failed: {one_line(error)}; tell its author, or leave it out"
        raise PageOutputError(reason) from error


def article_writer(name: str) -> ArticleWriter | None:
    """The writer of single articles, or None where a format describes whole pages only."""
    found = named(name)
    if not found.article:
        return None
    write: ArticleWriter = loaded(found.article)
    return write
