"""What is found in a container."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.errors import InputError
from digitize.filetype import FileType
from digitize.model import Source
from digitize.opening import count_pages

OWN_PICTURES = (".overlay.png", ".preview.png", ".searchable.pdf")
"""Pictures and PDFs that digitize has written: no scans, unless they are asked for by name."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The pages in a container; the names in it that cannot be used, and those of no scans."""

    sources: tuple[Source, ...] = ()
    errors: tuple[tuple[str, InputError], ...] = ()
    skipped: tuple[str, ...] = ()


def pages_of(path: str, kind: FileType) -> list[Source]:
    """Every page of a file; InputError where it cannot be opened."""
    count = count_pages(path, kind)
    return [Source(path, page_no, count) for page_no in range(count)]
