"""What a repair of text gives: the text, and a record of all that was done to it."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.model import Furniture, Join


@dataclass(frozen=True, slots=True)
class Move:
    """Blocks that were put elsewhere: how they start and end, what they stand before or after."""

    first: str
    last: str
    blocks: int
    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text put right. ``joins`` name the characters before and after each seam.

    ``lines`` counts hard-wrapped line ends taken out, ``spaces`` the spaces between Chinese
    characters.
    """

    text: str
    joins: tuple[Join, ...] = ()
    moves: tuple[Move, ...] = ()
    removed: tuple[Furniture, ...] = ()
    lines: int = 0
    spaces: int = 0

    def followed_by(self, once: Repaired) -> Repaired:
        """The outcome of a further repair of this one's text, with the record of both."""
        return Repaired(
            once.text,
            self.joins + once.joins,
            self.moves + once.moves,
            self.removed + once.removed,
            self.lines + once.lines,
            self.spaces + once.spaces,
        )
