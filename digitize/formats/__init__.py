"""Ways to write a page down."""

from __future__ import annotations

from collections.abc import Callable

from digitize.errors import UsageError
from digitize.formats.json import article_json, from_json, read_page, to_json
from digitize.formats.markdown import article_markdown, to_markdown
from digitize.formats.text import article_text, to_text
from digitize.model import Article, PageResult

# name: (file suffix, writer)
WRITERS: dict[str, tuple[str, Callable[[PageResult], str]]] = {
    "txt": (".txt", to_text),
    "md": (".md", to_markdown),
    "json": (".json", to_json),
}
# The same for one article of a page, apart.
ARTICLE_WRITERS: dict[str, Callable[[PageResult, Article], str]] = {
    "txt": lambda _, article: f"{article_text(article)}\n",
    "md": lambda _, article: f"{article_markdown(article)}\n",
    "json": article_json,
}


def writer(name: str) -> tuple[str, Callable[[PageResult], str]]:
    """Suffix and writer of the format ``name``; UsageError where there is no such format."""
    if name not in WRITERS:
        raise UsageError(f"no format is called {name!r}; the formats are {', '.join(WRITERS)}")
    return WRITERS[name]


__all__ = [
    "ARTICLE_WRITERS",
    "WRITERS",
    "from_json",
    "read_page",
    "to_json",
    "to_markdown",
    "to_text",
    "writer",
]
