"""The characters of a line and the stretch that each takes of it, without gaps between them.

A viewer that copies text takes a gap for a space; so each character reaches to where the next one
begins, and only a real space is one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from digitize.formats.blocks import along
from digitize.geometry import Point
from digitize.model import Line
from digitize.text import is_cjk

MIDDLE = 0.5  # across the line: glyphs are centred there
_NARROW = 0.5  # em: a Latin letter beside a Chinese character
_LEAST = 0.05  # em: no character is narrower


@dataclass(frozen=True, slots=True)
class Cell:
    """A character and where it begins and ends, in pixels along its line."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Track:
    """The middle of a line on the scan, and its characters along it."""

    start: Point
    end: Point
    em: float
    cells: tuple[Cell, ...]


def track(line: Line, text: str) -> Track | None:
    """Where the characters of ``text``, which was read from ``line``, stand; None for no text.

    ``text`` may have other spaces than the line; where it has other characters too, each gets its
    share of the line by its width.
    """
    start, end = along(line.polygon, line.writing_mode, MIDDLE)
    length = hypot(end[0] - start[0], end[1] - start[1])
    characters = list(clusters(" ".join(text.split())))
    if not characters or not length:
        return None
    stretches = _measured(line, characters, (start, end)) or _by_width(characters, length)
    return Track(start, end, line.em, tuple(_without_gaps(characters, stretches, line.em)))


def clusters(text: str) -> Iterator[str]:
    """The characters of ``text``, each with the marks and selectors that belong to it."""
    cluster = ""
    for char in text:
        if cluster and unicodedata.category(char) not in {"Mn", "Me"}:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


Stretches = list[tuple[float, float] | None]


def _measured(line: Line, characters: Sequence[str], ends: tuple[Point, Point]) -> Stretches:
    """From and to of each character by the glyphs; None for a space; empty: they do not agree."""
    glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
    shown = [character for character in characters if not character.isspace()]
    if [glyph.text for glyph in glyphs] != shown:
        return []
    (x0, y0), (x1, y1) = ends
    length = hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    found: Stretches = []
    rest = iter(glyphs)
    for character in characters:
        if character.isspace():
            found.append(None)
            continue
        places = [(x - x0) * ux + (y - y0) * uy for x, y in next(rest).polygon.points]
        found.append((min(places), max(places)))
    return found


def _by_width(characters: Sequence[str], length: float) -> Stretches:
    widths = [1.0 if is_cjk(character[0]) else _NARROW for character in characters]
    unit, at = length / sum(widths), 0.0
    found: Stretches = []
    for width in widths:
        found.append((at, at + width * unit))
        at += width * unit
    return found


def _without_gaps(characters: Sequence[str], stretches: Stretches, em: float) -> Iterator[Cell]:
    """Neighbours meet half-way; a space takes what lies between the two beside it."""
    at = next((stretch[0] for stretch in stretches if stretch), 0.0)
    least = _LEAST * em
    for i, (character, stretch) in enumerate(zip(characters, stretches, strict=True)):
        after = stretches[i + 1] if i + 1 < len(stretches) else None
        last = i + 1 == len(stretches)
        if stretch is None:
            end = after[0] if after else at + least
        elif after is None or last:
            end = stretch[1]
        else:
            end = (stretch[1] + after[0]) / 2
        end = max(end, at + least)
        yield Cell(character, at, end)
        at = end
