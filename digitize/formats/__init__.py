"""Ways to write a page down."""

from __future__ import annotations

from collections.abc import Callable

from digitize.errors import UsageError
from digitize.formats.json import from_json, read_page, to_json
from digitize.formats.markdown import to_markdown
from digitize.formats.text import to_text
from digitize.model import PageResult

# name: (file suffix, writer)
WRITERS: dict[str, tuple[str, Callable[[PageResult], str]]] = {
    "txt": (".txt", to_text),
    "md": (".md", to_markdown),
    "json": (".json", to_json),
}


def writer(name: str) -> tuple[str, Callable[[PageResult], str]]:
    """Suffix and writer of the format ``name``; UsageError where there is no such format."""
    if name not in WRITERS:
        raise UsageError(f"no format is called {name!r}; the formats are {', '.join(WRITERS)}")
    return WRITERS[name]


__all__ = ["WRITERS", "from_json", "read_page", "to_json", "to_markdown", "to_text", "writer"]
