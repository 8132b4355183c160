"""Which character of the reference stands where in the hypothesis, character by character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from digitize.evaluate.align import Block

Places = npt.NDArray[np.int64]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Mapping:
    """Places are numbered through all paragraphs of a side.

    ``there[i]`` is the place in the hypothesis of the reference's character ``i``, or ``NOWHERE``;
    ``back`` leads the other way; ``right[i]`` tells whether the character was read right.
    ``starts`` and ``starts_there`` are where paragraphs begin, with the length at the end.
    """

    there: Places
    back: Places
    right: npt.NDArray[np.bool_]
    starts: Places
    starts_there: Places


def mapping(
    reference: Sequence[str], hypothesis: Sequence[str], blocks: Sequence[Block]
) -> Mapping:
    """The mapping that ``blocks`` make between the paragraphs of two sides."""
    starts = np.array([0, *accumulate(map(len, reference))], np.int64)
    starts_there = np.array([0, *accumulate(map(len, hypothesis))], np.int64)
    there = np.full(starts[-1], NOWHERE, np.int64)
    back = np.full(starts_there[-1], NOWHERE, np.int64)
    right = np.zeros(starts[-1], np.bool_)
    for block in blocks:
        ours, theirs = block.reference, block.hypothesis
        at = int(starts[ours.paragraph]) + ours.start
        found = int(starts_there[theirs.paragraph]) + theirs.start
        for a, b, size, same in _pieces(block):
            there[at + a : at + a + size] = np.arange(found + b, found + b + size)
            back[found + b : found + b + size] = np.arange(at + a, at + a + size)
            right[at + a : at + a + size] = same
    return Mapping(there, back, right, starts, starts_there)


def _pieces(block: Block) -> list[tuple[int, int, int, bool]]:
    """The stretches of a block that stand for each other: starts, length, whether equal."""
    found: list[tuple[int, int, int, bool]] = []
    at = there = 0
    for edit in block.edits:
        found.append((at, there, edit.start - at, True))
        size = min(edit.end - edit.start, edit.found_end - edit.found_start)
        found.append((edit.start, edit.found_start, size, False))
        at, there = edit.end, edit.found_end
    found.append((at, there, block.reference.length - at, True))
    return [piece for piece in found if piece[2]]
