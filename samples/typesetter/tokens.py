"""Text cut into tokens that no line break may divide, with their widths in em."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fonts import Face

CLOSERS = "。，、；：？！”’）》〉」』】〕﹂﹄"
OPENERS = "“‘（《〈「『【〔"
NO_START = set(CLOSERS + "…—·％%℃)]}.,:;!?～")
NO_END = set(OPENERS + "([{")
TOKEN = re.compile(r"——|……|[A-Za-z0-9][A-Za-z0-9.,:/%+\-'&@_]*|[ \u3000]+|.", re.S)
# In Chinese type these fill a whole cell, however wide the font makes them.
FULL = set(CLOSERS + OPENERS + "—…·％℃～　")


@dataclass(frozen=True)
class Token:
    """A piece of text: `start` and `end` are its place in the paragraph."""

    text: str
    start: int
    end: int
    width: float
    trail: float = 0.0
    lead: float = 0.0
    latin: bool = False

    @property
    def blank(self) -> bool:
        return self.text.isspace()

    @property
    def no_start(self) -> bool:
        return self.text[0] in NO_START

    @property
    def no_end(self) -> bool:
        return self.text[-1] in NO_END


def is_wide(char: str) -> bool:
    return char in FULL or ord(char) >= 0x2E80


def tokenize(text: str, face: Face, vertical: bool, squeeze: bool) -> list[Token]:
    """The tokens of a paragraph; `squeeze` lets closing and opening marks lose half a cell."""
    raw: list[Token] = []
    for match in TOKEN.finditer(text):
        raw.extend(_measure(match.group(), match.start(), face, vertical, squeeze))
    return [_pair(a, b) for a, b in zip(raw, [*raw[1:], None], strict=True)]


def _measure(piece: str, start: int, face: Face, vertical: bool, squeeze: bool) -> list[Token]:
    end = start + len(piece)
    if piece.isspace():
        return [Token(piece, start, end, 1.0 if "\u3000" in piece else 0.5)]
    if is_wide(piece[0]):
        trail = 0.5 if squeeze and piece in CLOSERS else 0.0
        lead = 0.5 if squeeze and piece in OPENERS else 0.0
        return [Token(piece, start, end, float(len(piece)), trail, lead)]
    if vertical and piece.isdigit():
        return _upright_digits(piece, start)
    return [Token(piece, start, end, latin_width(piece, face), latin=True)]


def _upright_digits(piece: str, start: int) -> list[Token]:
    """Two digits share a cell (tate-chu-yoko); longer numbers go one digit a cell."""
    if len(piece) <= 2:
        return [Token(piece, start, start + len(piece), 1.0)]
    return [Token(c, start + i, start + i + 1, 0.9) for i, c in enumerate(piece)]


def latin_width(piece: str, face: Face) -> float:
    return float(face.at(100).getlength(piece)) / 100


def _pair(token: Token, following: Token | None) -> Token:
    """A closing mark before another mark gives up its blank half."""
    if following is None or not token.trail:
        return token
    if following.text in CLOSERS or following.text in OPENERS:
        return Token(token.text, token.start, token.end, token.width - token.trail)
    return token
