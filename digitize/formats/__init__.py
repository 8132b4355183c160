"""Ways to write a page down."""

from __future__ import annotations

from digitize.formats.json import from_json, packed, page_in, read_page, to_json, unpacked
from digitize.formats.kinds import Format, Scope
from digitize.formats.markdown import to_markdown
from digitize.formats.registry import (
    FORMATS,
    article_writer,
    encoded,
    known,
    named,
    writer,
)
from digitize.formats.text import to_text

__all__ = [
    "FORMATS",
    "Format",
    "Scope",
    "article_writer",
    "encoded",
    "from_json",
    "known",
    "named",
    "packed",
    "page_in",
    "read_page",
    "to_json",
    "to_markdown",
    "to_text",
    "unpacked",
    "writer",
]
