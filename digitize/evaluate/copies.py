"""Paragraphs that occur twice: which of the copies is which is told by their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from digitize.evaluate.align import Alignment, Block
from digitize.evaluate.strand import Stretch


@dataclass(slots=True)
class _Copies:
    """The paragraphs with one and the same text, on either side."""

    reference: list[int] = field(default_factory=list)
    hypothesis: list[int] = field(default_factory=list)


def copies_in_order(
    alignment: Alignment, reference: Sequence[str], hypothesis: Sequence[str]
) -> Alignment:
    """The alignment with identical paragraphs paired as they stand, rather than by chance."""
    groups = _groups(alignment, reference, hypothesis)
    repeated = [g for g in groups.values() if max(len(g.reference), len(g.hypothesis)) > 1]
    if not repeated:
        return alignment
    ours = {n for group in repeated for n in group.reference}
    theirs = {n for group in repeated for n in group.hypothesis}
    pairs = {a: b for group in repeated for a, b in _pairs(group, alignment.blocks)}
    blocks = [b for b in alignment.blocks if b.reference.paragraph not in ours]
    blocks += (Block(_whole(a, reference), _whole(b, hypothesis)) for a, b in pairs.items())
    omitted = [s for s in alignment.omitted if s.paragraph not in ours]
    inserted = [s for s in alignment.inserted if s.paragraph not in theirs]
    return replace(
        alignment,
        blocks=tuple(sorted(blocks, key=lambda b: b.reference)),
        omitted=_sorted(omitted, ours - pairs.keys(), reference),
        inserted=_sorted(inserted, theirs.difference(pairs.values()), hypothesis),
    )


def _groups(
    alignment: Alignment, reference: Sequence[str], hypothesis: Sequence[str]
) -> dict[str, _Copies]:
    """Texts of paragraphs that are paired as wholes without an error, and where they stand."""
    groups: dict[str, _Copies] = {}
    for block in alignment.blocks:
        ours, theirs = block.reference, block.hypothesis
        text = reference[ours.paragraph]
        if ours.length == len(text) and text == hypothesis[theirs.paragraph]:
            group = groups.setdefault(text, _Copies())
            group.reference.append(ours.paragraph)
            group.hypothesis.append(theirs.paragraph)
    for number in _alone(alignment.omitted, reference):
        if reference[number] in groups:
            groups[reference[number]].reference.append(number)
    for number in _alone(alignment.inserted, hypothesis):
        if hypothesis[number] in groups:
            groups[hypothesis[number]].hypothesis.append(number)
    return groups


def _alone(left: Sequence[Stretch], texts: Sequence[str]) -> Iterator[int]:
    return (s.paragraph for s in left if s.length == len(texts[s.paragraph]))


def _pairs(group: _Copies, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Copies beside the same paragraphs first, the rest as they come."""
    last = {b.reference.paragraph: b.hypothesis.paragraph for b in blocks}
    first = {b.reference.paragraph: b.hypothesis.paragraph for b in reversed(blocks)}
    free = dict.fromkeys(sorted(group.hypothesis))
    left = []
    for copy in sorted(group.reference):
        beside = (last.get(copy - 1, -2) + 1, first.get(copy + 1, -2) - 1)
        there = next((number for number in beside if number in free), None)
        if there is None:
            left.append(copy)
        else:
            del free[there]
            yield copy, there
    yield from zip(left, free, strict=False)


def _whole(number: int, texts: Sequence[str]) -> Stretch:
    return Stretch(number, 0, len(texts[number]))


def _sorted(left: Sequence[Stretch], more: set[int], texts: Sequence[str]) -> tuple[Stretch, ...]:
    return tuple(sorted([*left, *(_whole(number, texts) for number in more)]))
