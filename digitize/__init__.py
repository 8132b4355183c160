"""From scans of Chinese newspaper pages to clean text, article by article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digitize.evaluate import diff
    from digitize.formats.json import read_page
    from digitize.model import Article, Page, PageResult, Paragraph
    from digitize.pipeline import digitize_page
    from digitize.reflow.plain import Repaired, reflow_text

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Page",
    "PageResult",
    "Paragraph",
    "Repaired",
    "diff",
    "digitize_page",
    "read_page",
    "reflow_text",
]

_WHERE = {
    "Article": "digitize.model",
    "Page": "digitize.model",
    "PageResult": "digitize.model",
    "Paragraph": "digitize.model",
    "Repaired": "digitize.reflow.plain",
    "diff": "digitize.evaluate",
    "digitize_page": "digitize.pipeline",
    "read_page": "digitize.formats.json",
    "reflow_text": "digitize.reflow.plain",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the command line starts without OpenCV."""
    if name not in _WHERE:
        raise AttributeError(f"module 'digitize' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_WHERE[name]), name)
