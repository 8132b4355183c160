"""Layouts are tried until one can be printed: nothing on anything, nothing off the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..geometry import Box
from ..sheet import SetLine, Sheet

ATTEMPTS = 60
TOUCH = 1.0  # px that two lines may share


class UnprintableError(Exception):
    """A layout that no newspaper would print; another one is tried."""


def first_printable(make: Callable[[int], Sheet]) -> Sheet:
    """The first layout that passes; the number of the attempt seeds it."""
    for attempt in range(ATTEMPTS):
        try:
            sheet = make(attempt)
            check(sheet)
        except UnprintableError:
            continue
        return sheet
    raise RuntimeError(f"no printable layout in {ATTEMPTS} attempts")


def check(sheet: Sheet) -> None:
    """Raise UnprintableError for what no paper would print."""
    page = Box(0, 0, sheet.width, sheet.height)
    if len(sheet.articles) < 1:
        raise UnprintableError("an empty page")
    for line in sheet.lines:
        box = line.box
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1:
            raise UnprintableError("a line off the page")
    if any(True for _ in clashes(sheet)):
        raise UnprintableError("lines on other things")


def clashes(sheet: Sheet) -> Iterator[tuple[SetLine, Box]]:
    """Lines that stand on other lines, on pictures or on rules."""
    things = [p.box for p in sheet.pictures] + [r.box for r in sheet.rules]
    lines = sorted(sheet.lines, key=lambda line: line.box.y0)
    for i, line in enumerate(lines):
        inner = line.box.inset(TOUCH)
        for other in lines[i + 1 :]:
            if other.box.y0 >= inner.y1:
                break
            if inner.overlaps(other.box):
                yield line, other.box
        for thing in things:
            if inner.overlaps(thing):
                yield line, thing
