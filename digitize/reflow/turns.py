"""Turn lines taken out of an article's text: they say where it goes on, and are not part of it.

Each becomes a paragraph of its own with the role TURN at its place, and the article knows it as
``turn_from`` or ``turn_on``. No line of the page is lost: rows that hold nothing else go to the new
paragraph, a row that it shares with text stays with the text (and only the ``TurnLine`` names it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digitize.model import Article, Line, Paragraph, Role, TurnLine
from digitize.reflow.turn_forms import Turn, find_all

Span = tuple[int, int]


def taken_out(article: Article, lines: Mapping[str, Line]) -> Article:
    """``article`` with its turn lines apart; ``lines`` are those of its page, by their ids.

    Where there are several of a kind, the first "continued from" and the last "continued on" count.
    """
    pieces = _as_text([piece for p in article.paragraphs for piece in _pieces(p, lines)])
    if not any(piece.turn for piece in pieces):
        return article
    back = next((p.turn_line for p in pieces if p.turn and not p.turn.on), None)
    on = next((p.turn_line for p in reversed(pieces) if p.turn and p.turn.on), None)
    paragraphs = tuple(
        replace(piece.paragraph, id=f"{article.id}p{n}") for n, piece in enumerate(pieces, 1)
    )
    return replace(article, paragraphs=paragraphs, turn_from=back, turn_on=on)


@dataclass(frozen=True)
class _Piece:
    """A part of a paragraph; of a turn line ``said_by`` are the rows that it stands on."""

    paragraph: Paragraph
    turn: Turn | None = None
    said_by: tuple[str, ...] = ()

    @property
    def turn_line(self) -> TurnLine:
        page = self.turn.pages[0] if self.turn and self.turn.pages else ""
        return TurnLine(page, self.paragraph.text, self.said_by)


def _as_text(pieces: Sequence[_Piece]) -> list[_Piece]:
    """What stands right before "continued on" is text: no subheading is left without any."""
    found = list(pieces)
    for i, (piece, following) in enumerate(pairwise(pieces)):
        turns = following.turn is not None and following.turn.on
        if turns and piece.paragraph.role is Role.SUBHEADING:
            found[i] = _Piece(replace(piece.paragraph, role=Role.BODY))
    return found


def _pieces(paragraph: Paragraph, lines: Mapping[str, Line]) -> Iterator[_Piece]:
    spans = [] if paragraph.role is Role.TURN else _spans(paragraph.text)
    if len(spans) < 2 and not any(turn for _, turn in spans):
        yield _Piece(paragraph)
        return
    rows = _extents(paragraph, lines)
    owners = _owners(spans, rows)
    for n, (span, turn) in enumerate(spans):
        ids = tuple(i for i in paragraph.line_ids if owners[i] == n)
        part = replace(
            paragraph,
            role=paragraph.role if turn is None else Role.TURN,
            text=paragraph.text[slice(*span)].strip(),
            line_ids=ids,
            joins=tuple(j for j in paragraph.joins if j.before in ids and j.after in ids),
        )
        yield _Piece(part, turn, tuple(i for i in rows if _shared(rows[i], span)))


def _spans(text: str) -> list[tuple[Span, Turn | None]]:
    """The turn lines in ``text`` and what stands between them, in order."""
    turns = list(find_all(text))
    bounds = [0, *(at for turn in turns for at in (turn.start, turn.end)), len(text)]
    spans = [(span, turns[i // 2] if i % 2 else None) for i, span in enumerate(pairwise(bounds))]
    return [(span, turn) for span, turn in spans if text[slice(*span)].strip()]


def _extents(paragraph: Paragraph, lines: Mapping[str, Line]) -> dict[str, Span]:
    """From where to where in the paragraph's text each of its lines goes, white space aside."""
    places = [i for i, char in enumerate(paragraph.text) if not char.isspace()]
    extents: dict[str, Span] = {}
    done = 0
    for line_id in paragraph.line_ids:
        length = sum(not char.isspace() for char in lines[line_id].text) if line_id in lines else 0
        first, done = done, min(done + length, len(places))
        start = places[first] if first < len(places) else len(paragraph.text)
        extents[line_id] = (start, places[done - 1] + 1 if done > first else start)
    return extents


def _owners(spans: Sequence[tuple[Span, Turn | None]], rows: Mapping[str, Span]) -> dict[str, int]:
    """Which of ``spans`` each row belongs to: the first text on it, else what it says."""
    owners: dict[str, int] = {}
    last = 0
    for line_id, row in rows.items():
        over = [n for n, (span, _) in enumerate(spans) if _shared(span, row)]
        text = (n for n in over if spans[n][1] is None)
        last = next(text, over[0] if over else last)
        owners[line_id] = last
    return owners


def _shared(a: Span, b: Span) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])
