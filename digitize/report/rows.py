"""Which paragraphs stand beside each other: the two texts as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digitize.evaluate.result import AlignedBlock, PageComparison


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs by number; a side is empty where the other has text without a counterpart."""

    reference: range
    hypothesis: range


def rows(page: PageComparison) -> Iterator[Row]:
    """All paragraphs of both sides, each once, every side in its own order.

    Blocks that were not moved stand in the same order on both sides, so paragraphs that share
    such blocks are put together; what has none, or moved ones only, gets a row of its own.
    """
    ours = theirs = 0
    for group in _groups(page):
        yield from _alone(range(ours, group.reference.start), range(theirs, group.hypothesis.start))
        yield group
        ours, theirs = group.reference.stop, group.hypothesis.stop
    yield from _alone(
        range(ours, len(page.reference.paragraphs)), range(theirs, len(page.hypothesis.paragraphs))
    )


def _groups(page: PageComparison) -> Iterator[Row]:
    """Runs of paragraphs that blocks in place tie together."""
    kept = [block for block in page.blocks if block.move is None]
    kept.sort(key=_start)
    found: Row | None = None
    for block in kept:
        ours, theirs = block.reference.paragraph, block.hypothesis.paragraph
        if found and (ours < found.reference.stop or theirs < found.hypothesis.stop):
            found = Row(_grown(found.reference, ours), _grown(found.hypothesis, theirs))
            continue
        if found:
            yield found
        found = Row(range(ours, ours + 1), range(theirs, theirs + 1))
    if found:
        yield found


def _start(block: AlignedBlock) -> tuple[int, int]:
    return block.reference.paragraph, block.reference.start


def _grown(span: range, number: int) -> range:
    return range(min(span.start, number), max(span.stop, number + 1))


def _alone(ours: range, theirs: range) -> Iterator[Row]:
    for number in ours:
        yield Row(range(number, number + 1), range(0))
    for number in theirs:
        yield Row(range(0), range(number, number + 1))
