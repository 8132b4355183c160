"""Which pages a profile or a ``[[pages]]`` entry is meant for."""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from digitize.errors import OptionError


def matches(patterns: Sequence[str], path: str, folder: str) -> bool:
    """Whether one of ``patterns`` fits ``path``; none at all fit everything.

    A pattern without a slash is held against the file's name, one with a slash against the path
    as seen from ``folder``, where ``*`` goes across slashes too and ``./`` is ``folder`` itself.
    """
    if not patterns:
        return True
    return any(
        fnmatch.fnmatchcase(
            seen_from(path, folder) if "/" in pattern else _name(path),
            _normal(pattern.removeprefix("./")),
        )
        for pattern in patterns
    )


@lru_cache(maxsize=16)  # each profile asks the same of a page
def _name(path: str) -> str:
    return _normal(PurePath(path).name)


def seen_from(path: str, folder: str) -> str:
    """The path as a pattern with a slash sees it; a URL is seen as it is."""
    if "://" in path:
        return path
    return _normal(PurePath(os.path.relpath(path, folder or ".")).as_posix())


def _normal(text: str) -> str:
    """Names come from file systems in either normal form."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Range:
    """Page numbers from 1, as ``1-4,9-``; ``text`` is how it was written, "" for all pages."""

    text: str = ""
    spans: tuple[tuple[int, int | None], ...] = ((1, None),)

    def __contains__(self, page: int) -> bool:
        return any(low <= page and (high is None or page <= high) for low, high in self.spans)


def range_of(text: str) -> Range:
    """Read a range of pages: numbers and spans with commas. Raises OptionError."""
    spans = [_span(part) for part in text.split(",")]
    if None in spans:
        raise OptionError("a range of pages is written as 1-4,9-: numbers from 1 and spans of them")
    return Range(text, tuple(span for span in spans if span is not None))


def _span(text: str) -> tuple[int, int | None] | None:
    found = re.fullmatch(r"\s*(\d{1,9})\s*(?:(-)\s*(\d{1,9})?\s*)?", text, re.ASCII)
    if found is None:
        return None
    low = int(found[1])
    high = int(found[3]) if found[3] else None if found[2] else low
    return (low, high) if low >= 1 and (high is None or low <= high) else None
