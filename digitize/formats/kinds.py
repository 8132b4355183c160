"""What a format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

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


def loaded(where: str) -> Any:
    """What is called "module:function"; ImportError or AttributeError where there is no such."""
    module, _, function = where.partition(":")
    return getattr(import_module(module), function)
