"""Spaces that OCR puts between Chinese characters: found in the whole text, then taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digitize import text as chars
from digitize.reflow.plain.blocks import Block

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SPACED = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_TIGHT = re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")
# Clean text has a space in a name or a headline, verse one after five or seven characters. OCR by
# words parts every second pair, OCR by characters every one.
SHARE = 0.3  # of the pairs of Chinese characters
LEAST = 8  # spaces: fewer are a headline that is letter-spaced
SINGLE = 0.9  # of a line's pieces are one character: it is spaced by characters, digits too
_MARKDOWN = re.compile(r"(?:#{1,6}|[-*+>]|\d{1,3}\.)\s+")
_WIDER = re.compile(r"[ \t]{2,}")


def spaced_out(blocks: Sequence[Block]) -> bool:
    """Whether the text has spaces between its Chinese characters throughout."""
    pairs = [_pairs(block.text) for block in blocks]
    spaced, tight = sum(s for s, _ in pairs), sum(t for _, t in pairs)
    return spaced >= LEAST and spaced >= SHARE * (spaced + tight)


def _pairs(line: str) -> tuple[int, int]:
    """How many pairs of Chinese characters have a space between them, and how many none."""
    return len(_SPACED.findall(line)), len(_TIGHT.findall(line))


def closed_up(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without those spaces; a wider space stays one, and so does one in a headline."""
    return tuple(replace(b, text=_closed_up(b.text)) for b in blocks)


def _closed_up(line: str) -> str:
    spaced, tight = _pairs(line)
    if spaced < SHARE * (spaced + tight):
        return line
    mark = _MARKDOWN.match(line)
    start = mark.end() if mark else 0
    return line[:start] + _without_spaces(line[start:])


def _without_spaces(line: str) -> str:
    pieces = line.split(" ")
    if sum(len(piece) == 1 for piece in pieces) >= SINGLE * sum(map(bool, pieces)):
        return " ".join(part.replace(" ", "") for part in _WIDER.split(line))
    return " ".join(chars.without_cjk_spaces(part) for part in _WIDER.split(line))
