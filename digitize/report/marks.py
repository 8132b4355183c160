"""The paragraphs of one side in pieces: what is the same, what differs, what was moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from digitize.evaluate.result import ComparedText, Difference, Kind, PageComparison, Place
from digitize.report.visible import visible


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph, fit to be shown, and the numbers of the differences that it is in.

    ``caret``: an empty place, where the other side has text. ``move`` is the number of the moved
    block around it.
    """

    text: str
    kind: Kind | None = None
    differences: tuple[int, ...] = ()
    move: int | None = None
    caret: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces that are in one moved block, or in none."""

    move: int | None
    pieces: tuple[Piece, ...]


Span = tuple[int, int, int, Kind]
"""Start, end, number of the difference, its kind."""


@dataclass(slots=True)
class _Spans:
    """What there is to mark in one paragraph."""

    edits: list[Span] = field(default_factory=list)
    moves: list[tuple[int, int, int]] = field(default_factory=list)


def marked(page: PageComparison, side: str) -> list[tuple[Run, ...]]:
    """The paragraphs of ``side`` ("reference" or "hypothesis") in runs, in their order."""
    text: ComparedText = getattr(page, side)
    spans = [_Spans() for _ in text.paragraphs]
    for number, difference in enumerate(page.differences, 1):
        place: Place | None = getattr(difference, side)
        if place is not None and difference.kind is not Kind.MOVED:
            spans[place.paragraph].edits.append((place.start, place.end, number, difference.kind))
    numbers = move_numbers(page.differences)
    for block in page.blocks:
        place = getattr(block, side)
        if block.move is not None and block.move < len(numbers) and place.start < place.end:
            spans[place.paragraph].moves.append((place.start, place.end, numbers[block.move]))
    return [_runs(p.text, found) for p, found in zip(text.paragraphs, spans, strict=True)]


def move_numbers(differences: Sequence[Difference]) -> list[int]:
    """The numbers (from 1) of the differences that are moves; both stand in the same order."""
    return [n for n, item in enumerate(differences, 1) if item.kind is Kind.MOVED]


def _runs(text: str, spans: _Spans) -> tuple[Run, ...]:
    pieces = _pieces(text, spans)
    return tuple(Run(move, tuple(group)) for move, group in groupby(pieces, lambda p: p.move))


def _pieces(text: str, spans: _Spans) -> Iterator[Piece]:
    """The text cut wherever something begins or ends; carets come before what begins there."""
    cuts = {0, len(text)}
    starting: dict[int, list[Span]] = {}
    for span in spans.edits:
        cuts |= {span[0], span[1]}
        starting.setdefault(span[0], []).append(span)
    begins = {start: (end, number) for start, end, number in spans.moves}
    cuts |= {at for start, end, _ in spans.moves for at in (start, end)}
    active: list[Span] = []
    move: tuple[int, int] | None = None
    for at, following in pairwise((*sorted(cuts), len(text))):
        opened = starting.get(at, ())
        # A caret at the end of a moved block belongs to it.
        inside = move[1] if move is not None and at <= move[0] else None
        yield from (
            Piece("", kind, (number,), inside, True) for a, b, number, kind in opened if a == b
        )
        if move is not None and move[0] <= at:
            move = None
        move = begins.get(at, move)
        active = [s for s in (*active, *opened) if s[1] > at]
        if at < following:
            yield Piece(
                visible(text[at:following]),
                active[0][3] if active else None,
                tuple(span[2] for span in active),
                move[1] if move is not None else None,
            )
