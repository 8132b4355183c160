"""Every difference between two pages, with its places, its original text and its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from digitize.evaluate.align import Alignment, Block
from digitize.evaluate.edits import Edit
from digitize.evaluate.moves import Move
from digitize.evaluate.result import Difference, Kind, Place
from digitize.evaluate.side import Side
from digitize.evaluate.strand import Stretch


def differences(
    reference: Side, hypothesis: Side, alignment: Alignment, moved: Sequence[Move]
) -> tuple[Difference, ...]:
    """All differences in the order of the reference; a move comes before what differs in it."""
    search = _Search(reference, hypothesis)
    found = [*search.moves(alignment.blocks, moved)]
    for block in alignment.blocks:
        found += (search.edit(block, edit) for edit in block.edits)
    found += search.omitted(alignment)
    found += search.inserted(alignment)
    return tuple(sorted(found, key=_place))


def _place(difference: Difference) -> tuple[int, int, bool]:
    place = difference.reference or Place(-1, 0, 0)
    return place.paragraph, place.start, difference.kind is not Kind.MOVED


class _Search:
    """Makes differences, knowing both sides and the lines of the hypothesis."""

    def __init__(self, reference: Side, hypothesis: Side) -> None:
        self.sides = reference, hypothesis
        lines = hypothesis.document.page.lines if hypothesis.document.page else ()
        self.confidence = {line.id: line.confidence for line in lines}

    def edit(self, block: Block, edit: Edit) -> Difference:
        """One edit within a block."""
        ours, theirs = block.reference, block.hypothesis
        kind = Kind.SUBSTITUTED
        if edit.start == edit.end:
            kind = Kind.INSERTED
        elif edit.found_start == edit.found_end:
            kind = Kind.OMITTED
        return self._made(
            kind,
            Stretch(ours.paragraph, ours.start + edit.start, ours.start + edit.end),
            Stretch(
                theirs.paragraph, theirs.start + edit.found_start, theirs.start + edit.found_end
            ),
        )

    def moves(self, blocks: Sequence[Block], moved: Sequence[Move]) -> Iterator[Difference]:
        """One difference for every move; its places are those of its first block."""
        for move in moved:
            parts = blocks[move.first : move.last + 1]
            made = [self._made(Kind.MOVED, b.reference, b.hypothesis) for b in parts]
            lines = dict.fromkeys(line for part in made for line in part.line_ids)
            yield Difference(
                Kind.MOVED,
                "\n".join(part.expected for part in made),
                "\n".join(part.found for part in made),
                made[0].reference,
                made[0].hypothesis,
                tuple(lines),
                self._least(tuple(lines)),
            )

    def omitted(self, alignment: Alignment) -> Iterator[Difference]:
        """Text of the reference in no block; it is missing after the block before it."""
        starts = [block.reference for block in alignment.blocks]
        for stretch in alignment.omitted:
            before = bisect_right(starts, stretch) - 1
            there = alignment.blocks[before].hypothesis if before >= 0 else None
            end = there and Stretch(there.paragraph, there.end, there.end)
            yield self._made(Kind.OMITTED, stretch, end)

    def inserted(self, alignment: Alignment) -> Iterator[Difference]:
        """Text of the hypothesis in no block; it is too much after the block before it."""
        blocks = sorted(alignment.blocks, key=lambda block: block.hypothesis)
        starts = [block.hypothesis for block in blocks]
        for stretch in alignment.inserted:
            before = bisect_right(starts, stretch) - 1
            ours = blocks[before].reference if before >= 0 else None
            end = ours and Stretch(ours.paragraph, ours.end, ours.end)
            yield self._made(Kind.INSERTED, end, stretch)

    def _made(self, kind: Kind, ours: Stretch | None, theirs: Stretch | None) -> Difference:
        places = [
            side.place(stretch) if stretch is not None else None
            for side, stretch in zip(self.sides, (ours, theirs), strict=True)
        ]
        texts = [
            side.original(place) if place is not None else ""
            for side, place in zip(self.sides, places, strict=True)
        ]
        line_ids = _lines(self.sides[1], places[1]) or _lines(self.sides[0], places[0])
        return Difference(
            kind, texts[0], texts[1], places[0], places[1], line_ids, self._least(line_ids)
        )

    def _least(self, line_ids: Sequence[str]) -> float | None:
        return min((self.confidence[i] for i in line_ids if i in self.confidence), default=None)


def _lines(side: Side, place: Place | None) -> tuple[str, ...]:
    """The lines that a place runs through; for an empty place the line that it is in."""
    if place is None:
        return ()
    lines = side.paragraphs[place.paragraph].lines
    if place.start == place.end:
        inside = [line.line_id for line in lines if line.start <= place.start <= line.end]
        return tuple(inside[:1])
    return tuple(
        line.line_id for line in lines if line.start < place.end and place.start < line.end
    )
