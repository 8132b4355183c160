"""Text that was read wrong throughout: only its place tells what it stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from digitize.evaluate.align import Alignment, Block
from digitize.evaluate.long_pairs import pair_edits
from digitize.evaluate.strand import Stretch

LONGEST = 40  # characters: more text that is wrong throughout is other text

Key = tuple[int, int]
"""The blocks before and after a gap, as numbers in the order of the reference; −1 for none."""


def with_garbled(
    alignment: Alignment, reference: Sequence[str], hypothesis: Sequence[str]
) -> Alignment:
    """The alignment with what is left between the same two blocks on both sides as blocks.

    The order-free errors stay as they are: they know of no places.
    """
    ours = _by_gap(alignment.omitted, alignment.blocks, lambda block: block.reference)
    theirs = _by_gap(alignment.inserted, alignment.blocks, lambda block: block.hypothesis)
    pairs = []
    for key, left in ours.items():
        others = theirs.get(key, [])
        if len(left) == len(others):
            pairs += [(a, b) for a, b in zip(left, others, strict=True) if _comparable(a, b)]
        else:
            pairs += _equal(left, others, reference, hypothesis)
    if not pairs:
        return alignment
    blocks = [_block(a, b, reference, hypothesis) for a, b in pairs]
    gone = {a for a, _ in pairs}
    gone_there = {b for _, b in pairs}
    return replace(
        alignment,
        blocks=tuple(sorted([*alignment.blocks, *blocks], key=lambda b: b.reference)),
        omitted=tuple(s for s in alignment.omitted if s not in gone),
        inserted=tuple(s for s in alignment.inserted if s not in gone_there),
    )


def _by_gap(
    left: Sequence[Stretch], blocks: Sequence[Block], of: Callable[[Block], Stretch]
) -> dict[Key, list[Stretch]]:
    order = sorted(range(len(blocks)), key=lambda i: of(blocks[i]))
    starts = [of(blocks[i]) for i in order]
    found: dict[Key, list[Stretch]] = {}
    for stretch in left:
        after = bisect_right(starts, stretch)
        before = order[after - 1] if after else -1
        key = before, order[after] if after < len(order) else -1
        found.setdefault(key, []).append(stretch)
    return found


def _comparable(ours: Stretch, theirs: Stretch) -> bool:
    shorter, longer = sorted((ours.length, theirs.length))
    return longer <= min(LONGEST, 2 * shorter + 4)


def _equal(
    left: Sequence[Stretch],
    others: Sequence[Stretch],
    reference: Sequence[str],
    hypothesis: Sequence[str],
) -> Iterator[tuple[Stretch, Stretch]]:
    """Stretches with the same text, each once and in order."""
    upcoming = iter(others)
    for stretch in left:
        text = _text(stretch, reference)
        found = next((other for other in upcoming if _text(other, hypothesis) == text), None)
        if found is None:
            return
        yield stretch, found


def _text(stretch: Stretch, texts: Sequence[str]) -> str:
    return texts[stretch.paragraph][stretch.start : stretch.end]


def _block(
    ours: Stretch, theirs: Stretch, reference: Sequence[str], hypothesis: Sequence[str]
) -> Block:
    edits = pair_edits(_text(ours, reference), _text(theirs, hypothesis))
    return Block(ours, theirs, tuple(edits))
