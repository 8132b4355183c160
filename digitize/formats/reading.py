"""Pages that another program has read, whatever the form of its file; told by content."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from digitize.filetype import HEAD_BYTES
from digitize.formats import tesseract_tsv
from digitize.formats.lines import ReadPage

KINDS = "ALTO, PAGE, hOCR, Tesseract's TSV, JSON of RapidOCR or PaddleOCR"
_SPACE = b"\xef\xbb\xbf\xff\xfe \t\r\n"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The pages of a file, and which kind of file it is: alto, page, hocr, tsv or ocr-json."""

    kind: str
    pages: tuple[ReadPage, ...]


def read_xml(data: bytes) -> ReadFile | None:
    """The pages of an ALTO, PAGE or hOCR file; None for what is no XML or HTML.

    Raises ValueError for other and for broken XML.
    """
    found = _xml_kind(data)
    if found is None:
        return None
    kind, pages = found
    return ReadFile(kind, tuple(pages(data)))


def read_table(text: str) -> ReadFile | None:
    """The pages of Tesseract's TSV; None for other text."""
    if not text.startswith(tesseract_tsv.HEADER):
        return None
    return ReadFile("tsv", tuple(tesseract_tsv.tsv_pages(text)))


def read_ocr_json(data: Any) -> ReadFile:
    """The pages in JSON that an OCR program wrote; ValueError where it is of no known shape."""
    from digitize.formats.ocr_json import ocr_json_pages  # noqa: PLC0415 - rarely wanted

    return ReadFile("ocr-json", tuple(ocr_json_pages(data)))


def parsed_json(text: str) -> Any:
    """The data in a JSON text; ValueError where it is broken or nested too deep."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON: {error}") from error
    except RecursionError as error:
        raise ValueError("its JSON is nested too deep") from error


def looks_like_json(text: str) -> bool:
    """Whether ``text`` begins as JSON of a page does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _xml_kind(data: bytes) -> tuple[str, Callable[[bytes], list[ReadPage]]] | None:
    """The reader of an XML or HTML file by what its head says; None for other files."""
    head = data[: 4 * HEAD_BYTES].lstrip(_SPACE).replace(b"\0", b"")
    if not head.startswith(b"<"):
        return None
    # Loaded only when needed: most comparisons have no XML.
    from digitize.formats.alto import alto_pages  # noqa: PLC0415
    from digitize.formats.hocr import hocr_pages  # noqa: PLC0415
    from digitize.formats.page_xml import page_xml_pages  # noqa: PLC0415

    plain = head.lower()
    if b"<alto" in plain or b":alto" in plain:
        return "alto", alto_pages
    if b"pcgts" in plain:
        return "page", page_xml_pages
    if b"<html" in plain or b"ocr_page" in plain or b"<!doctype html" in plain:
        return "hocr", hocr_pages
    raise ValueError("it is XML, but neither ALTO, PAGE nor hOCR")
