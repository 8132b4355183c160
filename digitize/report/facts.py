"""What the report's script knows of every difference: texts, lines, where, how sure."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from digitize.evaluate.cer import script_of
from digitize.evaluate.figures import Script
from digitize.evaluate.result import (
    AlignedBlock,
    ComparedText,
    Difference,
    Kind,
    PageComparison,
    Place,
)
from digitize.report.visible import excerpt

AROUND = 12  # characters shown before and after a difference
LONGEST = 160  # characters shown of one
LONGEST_MOVED = 48  # of a moved block, which is marked as a whole in the texts


def facts(page: PageComparison) -> list[dict[str, Any]]:
    """A record for every difference, in their order; short keys, for there may be thousands."""
    ends = _Neighbours(page)
    moves = iter(range(len(page.differences)))
    return [
        _record(page, item) | (ends.of(next(moves)) if item.kind is Kind.MOVED else {})
        for item in page.differences
    ]


def script_data(data: Any) -> str:
    """``data`` as JSON that may stand in a script element: no text in it can end that."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _record(page: PageComparison, item: Difference) -> dict[str, Any]:
    longest = LONGEST_MOVED if item.kind is Kind.MOVED else LONGEST
    record: dict[str, Any] = {
        "kind": str(item.kind),
        "expected": excerpt(item.expected, longest),
        "found": excerpt(item.found, longest),
        "scripts": sorted(_scripts(item)),
        "lines": item.line_ids,
        "at": _within(page, item),
        "around": _around(page, item),
    }
    if item.confidence is not None:
        record["confidence"] = round(item.confidence, 4)
    return record


def _scripts(item: Difference) -> set[Script]:
    """The scripts of its characters; of a moved block, which has all of them, the main one."""
    text = "".join((item.expected + item.found).split())
    kinds = [script_of(char) for char in text] or [Script.OTHER]
    if item.kind is Kind.MOVED:
        return {max(Script, key=kinds.count)}
    return set(kinds)


def _around(page: PageComparison, item: Difference) -> tuple[str, str]:
    """The text before and after it, of the reference where it has a place there."""
    side, place = page.reference, item.reference
    if place is None:
        side, place = page.hypothesis, item.hypothesis
    if place is None:
        return "", ""
    text = side.paragraphs[place.paragraph].text
    before = text[max(0, place.start - AROUND) : place.start]
    end = place.end if item.kind is not Kind.MOVED else place.start + len(item.expected)
    return excerpt(before, AROUND * 2), excerpt(text[end : end + AROUND], AROUND * 2)


def _within(page: PageComparison, item: Difference) -> tuple[float, float] | None:
    """From where to where along its first line it stands, as shares of the line's characters."""
    place = item.hypothesis
    if place is None or not item.line_ids or item.kind is Kind.MOVED:
        return None
    for line_id, start, end in page.hypothesis.paragraphs[place.paragraph].lines:
        if line_id == item.line_ids[0] and start < end:
            size = end - start
            first, last = place.start - start, place.end - start
            return round(max(0, first) / size, 3), round(min(size, last) / size, 3)
    return None


class _Neighbours:
    """What stands before every moved block: where it was read, and where it belongs."""

    def __init__(self, page: PageComparison) -> None:
        self.page = page
        self.first: dict[int, int] = {}
        for number, block in enumerate(page.blocks):
            if block.move is not None:
                self.first.setdefault(block.move, number)
        self.read = sorted(page.blocks, key=_read_at)
        self.keys = [_read_at(block) for block in self.read]

    def of(self, move: int) -> dict[str, Any]:
        """The ends of the blocks before the ``move``'s first, in reading order and in truth."""
        number = self.first.get(move)
        if number is None:
            return {}
        block = self.page.blocks[number]
        rank = bisect_left(self.keys, _read_at(block))
        return {
            "belongs": self._end(self.page.blocks[number - 1] if number else None),
            "read": self._end(self.read[rank - 1] if rank else None),
        }

    def _end(self, block: AlignedBlock | None) -> dict[str, str]:
        if block is None:
            return {}
        place = block.hypothesis
        text = self.page.hypothesis.paragraphs[place.paragraph].text
        tail = text[max(place.start, place.end - AROUND) : place.end]
        lines = tuple(_lines(self.page.hypothesis, place))
        return {"text": excerpt(tail, AROUND * 2), "line": lines[-1] if lines else ""}


def _read_at(block: AlignedBlock) -> tuple[int, int]:
    return block.hypothesis.paragraph, block.hypothesis.start


def _lines(side: ComparedText, place: Place) -> Iterator[str]:
    spans: Sequence[tuple[str, int, int]] = side.paragraphs[place.paragraph].lines
    for line_id, start, end in spans:
        if start < place.end and place.start < end:
            yield line_id
