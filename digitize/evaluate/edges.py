"""A character or two too many or too few beside a block: they belong to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from digitize.evaluate.align import Alignment, Block
from digitize.evaluate.edits import Edit
from digitize.evaluate.strand import Stretch

Ends = dict[tuple[int, int], int]
Grown = Callable[[Block, Stretch], Block]

LONGEST = 2  # characters; more is a piece of its own, perhaps a line that was overlooked


def with_edges(alignment: Alignment) -> Alignment:
    """The alignment with short rests that touch a block made part of it, as omitted or inserted.

    They count the same as before, but for what they are: an error at the end of a line.
    """
    blocks = list(alignment.blocks)
    at = {(b.reference.paragraph, b.reference.end): i for i, b in enumerate(blocks)}
    there = {(b.hypothesis.paragraph, b.hypothesis.end): i for i, b in enumerate(blocks)}
    starts = {(b.reference.paragraph, b.reference.start): i for i, b in enumerate(blocks)}
    begins = {(b.hypothesis.paragraph, b.hypothesis.start): i for i, b in enumerate(blocks)}
    omitted = _taken_in(alignment.omitted, blocks, (at, starts), _with_omitted)
    inserted = _taken_in(alignment.inserted, blocks, (there, begins), _with_inserted)
    return replace(
        alignment, blocks=tuple(blocks), omitted=tuple(omitted), inserted=tuple(inserted)
    )


def _taken_in(
    stretches: Sequence[Stretch], blocks: list[Block], touching: tuple[Ends, Ends], grown: Grown
) -> list[Stretch]:
    """Make ``stretches`` part of the ``blocks`` that they touch; those that are left."""
    left = []
    for stretch in stretches:
        touched = _touched(stretch, *touching)
        if touched is None:
            left.append(stretch)
        else:
            blocks[touched] = grown(blocks[touched], stretch)
    return left


def _touched(stretch: Stretch, ends: Ends, starts: Ends) -> int | None:
    """The block before a short stretch, or else the one after it."""
    if stretch.length > LONGEST:
        return None
    before = ends.get((stretch.paragraph, stretch.start))
    return starts.get((stretch.paragraph, stretch.end)) if before is None else before


def _with_omitted(block: Block, stretch: Stretch) -> Block:
    size, found = block.reference.length, block.hypothesis.length
    if stretch.start == block.reference.end:
        grown = block.reference._replace(end=stretch.end)
        return replace(
            block,
            reference=grown,
            edits=(*block.edits, Edit(size, size + stretch.length, found, found)),
        )
    grown = block.reference._replace(start=stretch.start)
    moved = _shifted(block.edits, stretch.length, 0)
    return replace(block, reference=grown, edits=(Edit(0, stretch.length, 0, 0), *moved))


def _with_inserted(block: Block, stretch: Stretch) -> Block:
    size, found = block.reference.length, block.hypothesis.length
    if stretch.start == block.hypothesis.end:
        grown = block.hypothesis._replace(end=stretch.end)
        return replace(
            block,
            hypothesis=grown,
            edits=(*block.edits, Edit(size, size, found, found + stretch.length)),
        )
    grown = block.hypothesis._replace(start=stretch.start)
    moved = _shifted(block.edits, 0, stretch.length)
    return replace(block, hypothesis=grown, edits=(Edit(0, 0, 0, stretch.length), *moved))


def _shifted(edits: Sequence[Edit], by: int, there: int) -> tuple[Edit, ...]:
    return tuple(
        Edit(e.start + by, e.end + by, e.found_start + there, e.found_end + there) for e in edits
    )
