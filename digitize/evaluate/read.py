"""From a file to a document, whatever its kind; the kind is told by content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from digitize.decoding import decoded
from digitize.errors import InputError, shown
from digitize.evaluate import documents
from digitize.evaluate.document import Document
from digitize.filetype import HEAD_BYTES, sniff
from digitize.formats.json import from_data
from digitize.formats.lines import only
from digitize.formats.reading import parsed_json, read_ocr_json, read_table, read_xml
from digitize.opening import open_file

KINDS = "text, Markdown, digitize's JSON, ALTO, PAGE, hOCR, TSV or an OCR program's JSON"
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
    if found := read_xml(data):
        return documents.from_page(only(found.pages), name, found.kind)
    text = decoded(data, name)
    if found := read_table(text):
        return documents.from_page(only(found.pages), name, found.kind)
    if text.lstrip("\ufeff \t\r\n").startswith("{") or name.lower().endswith(".json"):
        return _from_json(text, name, glyphs=glyphs)
    if name.lower().endswith(_MARKDOWN) or (_HEADING.search(text) and _BREAK.search(text)):
        return documents.from_markdown(text, name)
    return documents.from_text(text, name)


def _from_json(text: str, name: str, *, glyphs: bool) -> Document:
    data = parsed_json(text)
    if isinstance(data, dict) and "schema" not in data and "articles" in data:
        return documents.from_truth(data, name)
    if not isinstance(data, dict) or "schema" not in data:
        found = read_ocr_json(data)
        return documents.from_page(only(found.pages), name, found.kind)
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
