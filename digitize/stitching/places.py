"""Which page a scan is: from what is printed on it, its file's name, its place in a document."""

from __future__ import annotations

import re
from pathlib import PurePath

from digitize.model import Masthead, Source
from digitize.reflow.page_numbers import codes, parsed
from digitize.stitching.model import Number, Place

MOST_PAGES = 400  # of an issue; larger numbers count something else

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-_./年])(\d{1,2})[-_./月](\d{1,2})日?|(\d\d)(\d\d))(?!\d{3})"
)
# Page numbers that are marked as such, and one that merely stands at the end.
_MARKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"第\s?([^第版]{1,4}?)\s?版",
        r"(?<!\d)([A-Z]?\d{1,3})\s?版",
        r"版\s?(\d{1,3})(?!\d)",
        r"(?<![A-Za-z])[Pp](?:age|g)?[-_ .]?(\d{1,4})(?!\d)",
        r"(?<![A-Za-z0-9])([A-HJ-OQ-Za-h][-_]?\d{1,2})(?![0-9A-Za-z])",
    )
)
_LAST = re.compile(r"(?<!\d)(\d{1,3})$")


def place_of(source: Source, index: int, masthead: Masthead) -> Place:
    """All that is known of where the page belongs; ``index`` is its place in the run."""
    path = PurePath(source.path)
    folders = "/".join(path.parent.parts[-3:])
    date, rest = _without_date(path.stem)
    named, series = _number_in(rest)
    if source.page_count > 1:
        named = Number("", source.page_no + 1, sure=False)
    if source.half:  # the number is that of both, or of the sheet
        named = None
    return Place(
        index=index,
        path=source.path,
        page_no=source.page_no,
        page_count=source.page_count,
        folder=str(path.parent),
        series=series,
        number=_printed(masthead.page) or named,
        date=masthead.date or date or _without_date(folders)[0],
        paper=masthead.paper,
        section=masthead.section,
    )


def _printed(page: str) -> Number | None:
    for code in codes(page)[:1]:
        number = parsed(code)
        if number is not None:
            return Number(*number)
    return None


def _without_date(name: str) -> tuple[str, str]:
    """The date in a name in ISO 8601, and the name without it."""
    for found in _DATE.finditer(name):
        year, month, day = found[1], found[3] or found[5], found[4] or found[6]
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return (
                f"{year}-{int(month):02d}-{int(day):02d}",
                name[: found.start()] + "\0" + name[found.end() :],
            )
    return "", name


def _number_in(name: str) -> tuple[Number | None, str]:
    """The page number in a file's name, and the name without it."""
    for pattern in (*_MARKED, _LAST):
        for found in pattern.finditer(name):
            number = _printed(found[1].replace("_", ""))
            if number is not None and 1 <= number.value <= MOST_PAGES:
                sure = Number(number.section, number.value, pattern is not _LAST)
                return sure, (name[: found.start()] + "\1" + name[found.end() :]).casefold()
    return None, name.casefold()
