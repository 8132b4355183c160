"""Where the lines of a paragraph stand in its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digitize.model import Line


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Where the text of a line stands in its paragraph: ``text[start:end]``."""

    line_id: str
    start: int
    end: int


def line_spans(text: str, lines: Iterable[Line]) -> tuple[LineSpan, ...]:
    """Where the lines that a paragraph was read from stand in its text, one after the other.

    White space does not count: it goes where lines are joined.
    """
    places = [i for i, char in enumerate(text) if not char.isspace()]
    bare = "".join(text[i] for i in places)
    found: list[LineSpan] = []
    at = 0
    for line in lines:
        wanted = "".join(line.text.split())
        there = bare.find(wanted, at)
        start = at if there < 0 else there
        end = min(start + len(wanted), len(bare))
        if start < end:
            found.append(LineSpan(line.id, places[start], places[end - 1] + 1))
        at = end
    return tuple(found)
