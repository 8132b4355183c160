"""From a file to a document, whatever its kind; the kind is told by content."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digitize.decoding import decoded
from digitize.errors import InputError, shown
from digitize.evaluate import documents
from digitize.evaluate.document import Document
from digitize.filetype import HEAD_BYTES, sniff
from digitize.formats.json import from_data
from digitize.model import Page
from digitize.opening import open_file

KINDS = "text, Markdown, digitize's JSON, ALTO, PAGE or hOCR"
_MARKDOWN = (".md", ".markdown")
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_BREAK = re.compile(r"^---$", re.MULTILINE)


def read(path: str | Path, *, glyphs: bool = True) -> Document:
    """The document in a file; InputError where it cannot be read or is of no kind that is.

    Without ``glyphs`` the characters of lines in JSON are left out: they are most of the file and
    a comparison does not need them.
    """
    name = str(path)
    with open_file(name) as stream:
        data = stream.read()
    if sniff(data[:HEAD_BYTES], name) is not None:
        raise InputError(f"{shown(name)} is a scan or a PDF, no text; digitize it first")
    try:
        return _document(data, name, glyphs=glyphs)
    except ValueError as error:
        raise InputError(f"cannot read {shown(name)}: {error}; give {KINDS}") from error


def _document(data: bytes, name: str, *, glyphs: bool) -> Document:
    if reader := _xml_kind(data):
        kind, read_page = reader
        return documents.from_page(read_page(data), name, kind)
    text = decoded(data, name)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _from_json(text, name, glyphs=glyphs)
    if name.lower().endswith(_MARKDOWN) or (_HEADING.search(text) and _BREAK.search(text)):
        return documents.from_markdown(text, name)
    return documents.from_text(text, name)


def _from_json(text: str, name: str, *, glyphs: bool) -> Document:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON: {error}") from error
    if isinstance(data, dict) and "schema" not in data and "articles" in data:
        return documents.from_truth(data, name)
    result = from_data(data if glyphs else _without_glyphs(data))
    return documents.from_result(result, name)


def _without_glyphs(data: Any) -> Any:
    """The data of a page without the glyphs of its lines; what is no page stays as it is."""
    match data:
        case {"page": {"lines": [*lines]}}:
            for line in lines:
                if isinstance(line, dict):
                    line.pop("glyphs", None)
    return data


def _xml_kind(data: bytes) -> tuple[str, Callable[[bytes], Page]] | None:
    """The reader of an XML or HTML file by what its head says; None for other files."""
    head = data[: 4 * HEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head.replace(b"\0", b"").startswith(b"<"):
        return None
    # Loaded only when needed: most comparisons have no XML.
    from digitize.formats.alto import from_alto  # noqa: PLC0415
    from digitize.formats.hocr import from_hocr  # noqa: PLC0415
    from digitize.formats.page_xml import from_page_xml  # noqa: PLC0415

    plain = head.replace(b"\0", b"").lower()
    if b"<alto" in plain or b":alto" in plain:
        return "alto", from_alto
    if b"pcgts" in plain:
        return "page", from_page_xml
    if b"<html" in plain or b"ocr_page" in plain or b"<!doctype html" in plain:
        return "hocr", from_hocr
    raise ValueError("it is XML, but neither ALTO, PAGE nor hOCR")
