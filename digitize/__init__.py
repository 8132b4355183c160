r"""From scans of Chinese newspaper pages to clean text, article by article.

>>> from digitize import digitize_page, render
>>> result = digitize_page("page.png")
>>> [article.headline for article in result.articles]
['水渠今日完工']
>>> article = result.articles[0]
>>> [(paragraph.role.value, paragraph.text[:9]) for paragraph in article.paragraphs]
[('headline', '水渠今日完工'), ('body', '本报讯昨日上午，城'), ('body', '水渠长四十公里，从')]

Every paragraph names its lines, and every line where it stands on the scan:

>>> lines = {line.id: line for line in result.page.lines}
>>> first = lines[article.paragraphs[1].line_ids[0]]
>>> first.text[:6], first.confidence > 0.9, first.writing_mode.value
('本报讯昨日上', True, 'horizontal-tb')

In other formats, as ``digitize run -f`` writes them, and back again:

>>> render(result, "alto")[:38]
b'<?xml version="1.0" encoding="UTF-8"?>'
>>> from pathlib import Path
>>> Path("page.json").write_bytes(render(result, "json")) > 1000
True
>>> from digitize import read_page
>>> read_page("page.json").articles == result.articles
True

Text that another program left in disorder, and a measure of how well it was read:

>>> from digitize import diff, reflow_text
>>> reflow_text("2024年是实现“十四五”规划目标任\n\n务的关键一年，更是转型的关键一年。\n").text
'2024年是实现“十四五”规划目标任务的关键一年，更是转型的关键一年。\n'
>>> Path("page.ref.txt").write_text(render(result, "txt").decode(), "utf-8") > 100
True
>>> diff(result, "page.ref.txt").figures.characters.errors
0

Settings are models that check themselves; errors are one line that says what to do:

>>> from digitize import DigitizeError, RunOptions
>>> options = RunOptions.model_validate({"reflow": {"mode": "geometry"}})
>>> digitize_page("page.png", "null", options).status.value
'empty'
>>> try:
...     digitize_page("gone.png")
... except DigitizeError as error:
...     print(error)
no such file: gone.png; check the path
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digitize.api import digitize_page, digitize_pages, reflow_text, render
    from digitize.errors import DigitizeError
    from digitize.evaluate import PageComparison, diff
    from digitize.formats import Format, read_page
    from digitize.model import (
        Article,
        ArticleKind,
        Glyph,
        Line,
        Masthead,
        Page,
        PageResult,
        PageStatus,
        Paragraph,
        Region,
        Role,
        Source,
    )
    from digitize.ocr import Engine, EngineSettings
    from digitize.options import RunOptions
    from digitize.reflow.plain import Repaired

__version__ = "0.1.0"

_WHERE = {
    "digitize.api": ("digitize_page", "digitize_pages", "reflow_text", "render"),
    "digitize.errors": ("DigitizeError",),
    "digitize.evaluate": ("PageComparison", "diff"),
    "digitize.formats": ("Format", "read_page"),
    "digitize.model": (
        "Article", "ArticleKind", "Glyph", "Line", "Masthead", "Page", "PageResult", "PageStatus",
        "Paragraph", "Region", "Role", "Source",
    ),
    "digitize.ocr": ("Engine", "EngineSettings"),
    "digitize.options": ("RunOptions",),
    "digitize.reflow.plain": ("Repaired",),
}  # fmt: skip
_MODULES = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "Article",
    "ArticleKind",
    "DigitizeError",
    "Engine",
    "EngineSettings",
    "Format",
    "Glyph",
    "Line",
    "Masthead",
    "Page",
    "PageComparison",
    "PageResult",
    "PageStatus",
    "Paragraph",
    "Region",
    "Repaired",
    "Role",
    "RunOptions",
    "Source",
    "diff",
    "digitize_page",
    "digitize_pages",
    "read_page",
    "reflow_text",
    "render",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the command line starts without OpenCV."""
    if name not in _MODULES:
        raise AttributeError(f"module 'digitize' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
