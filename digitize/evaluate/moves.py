"""What was moved: the blocks that keep the rest in order, and the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.evaluate.align import Block
from digitize.evaluate.sequence import heaviest_increasing


@dataclass(frozen=True, slots=True)
class Move:
    """Blocks that were moved together, as numbers in the order of the reference."""

    first: int
    last: int


def kept(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that stand in order: the most characters that can be left where they are."""
    rank = {b.hypothesis: i for i, b in enumerate(sorted(blocks, key=lambda b: b.hypothesis))}
    order = [rank[block.hypothesis] for block in blocks]
    return frozenset(heaviest_increasing(order, [b.reference.length for b in blocks]))


def moves(blocks: Sequence[Block], in_order: frozenset[int]) -> list[Move]:
    """The other blocks, those that follow each other on both sides as one move."""
    rank = {b.hypothesis: i for i, b in enumerate(sorted(blocks, key=lambda b: b.hypothesis))}
    found: list[Move] = []
    for number, block in enumerate(blocks):
        if number in in_order:
            continue
        if found and found[-1].last == number - 1:
            before = blocks[number - 1]
            if rank[block.hypothesis] == rank[before.hypothesis] + 1:
                found[-1] = Move(found[-1].first, number)
                continue
        found.append(Move(number, number))
    return found


def moved_back(hypothesis: Sequence[str], blocks: Sequence[Block], in_order: frozenset[int]) -> str:
    """The text of the hypothesis with every moved block where the reference has it.

    A moved block comes right after the block before it; all else stays where it is.
    """
    text = [hypothesis[b.paragraph][b.start : b.end] for b in (x.hypothesis for x in blocks)]
    following: dict[int, list[int]] = {}
    anchor = -1
    for number in range(len(blocks)):
        if number in in_order:
            anchor = number
        else:
            following.setdefault(anchor, []).append(number)
    parts = [text[n] for n in following.get(-1, ())]
    for piece, owner in _in_hypothesis(hypothesis, blocks):
        if owner is None:
            parts.append(piece)
        elif owner in in_order:
            parts.append(piece)
            parts += (text[n] for n in following.get(owner, ()))
    return "".join(parts)


def _in_hypothesis(
    hypothesis: Sequence[str], blocks: Sequence[Block]
) -> list[tuple[str, int | None]]:
    """The text of the hypothesis in pieces, each with the number of its block if it has one."""
    numbered = sorted((block.hypothesis, number) for number, block in enumerate(blocks))
    found: list[tuple[str, int | None]] = []
    upcoming = iter(numbered)
    nxt = next(upcoming, None)
    for paragraph, text in enumerate(hypothesis):
        at = 0
        while nxt is not None and nxt[0].paragraph == paragraph:
            stretch, number = nxt
            found.append((text[at : stretch.start], None))
            found.append((text[stretch.start : stretch.end], number))
            at = stretch.end
            nxt = next(upcoming, None)
        found.append((text[at:], None))
    return found
