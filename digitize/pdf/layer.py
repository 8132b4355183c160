"""Invisible text over a page, in reading order: the operators of a PDF's content stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from digitize.geometry import Point, Projective
from digitize.pdf import glyphless
from digitize.pdf.cells import Cell, Track
from digitize.pdf.font import InvisibleFont

_BESIDE = 0.75  # em: lines whose beginnings are further apart do not begin at one height
_LEAST = 1.0  # point: viewers overlook smaller type
_SLANT = 0.1  # of a line's length: what slants more than 6° is not set upright
_INVISIBLE = 3  # the text rendering mode: neither filled nor stroked
# The middle of the em box above the line on which glyphs stand, in em.
_RISE = (glyphless.ASCENT + glyphless.DESCENT) / 2 / glyphless.UNITS


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together; ``tag`` is their structure type, empty for page furniture."""

    tag: str
    tracks: tuple[Track, ...]


def text_layer(
    passages: Sequence[Passage], to_page: Projective, font: InvisibleFont, name: str
) -> bytes:
    """The operators that put ``passages`` on a page, in their order, each with its number.

    ``name`` is what the page calls the font. ``to_page`` leads from pixels of the scan to the
    page's points. Passages with a tag are marked content 0, 1, 2, …; the others are artifacts.
    """
    parts, number = [f"BT {_INVISIBLE} Tr"], 0
    tracks = [track for passage in passages for track in passage.tracks]
    following = iter([*tracks[1:], None])
    for passage in passages:
        if passage.tag:
            parts.append(f"/{passage.tag} <</MCID {number}>> BDC")
            number += 1
        else:
            parts.append("/Artifact BMC")
        for track in passage.tracks:
            parts += _shown(track, next(following), to_page, (font, name))
        parts.append("EMC")
    parts.append("ET")
    return "\n".join(parts).encode("ascii")


def _shown(
    track: Track, after: Track | None, to_page: Projective, font: tuple[InvisibleFont, str]
) -> Iterator[str]:
    """One line: its size and direction, then its characters, each as wide as its cell."""
    start, end = to_page.point(track.start), to_page.point(track.end)
    scale = _length(start, end) / _length(track.start, track.end)
    start, end = _straight(start, end)
    length = _length(start, end)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    size = max(_LEAST, track.em * scale)
    x, y = start[0] + _RISE * size * uy, start[1] - _RISE * size * ux
    matrix = " ".join(_number(value, 4) for value in (ux, uy, -uy, ux))
    yield f"{font[1]} {_number(size)} Tf"
    upright = start[0] == end[0]
    parts = _divided(track, after) if upright else (track.cells,)
    strings = (string for part in parts for string in _strings(part, size / scale, font[0]))
    for at, codes in strings:
        place = f"{_number(x + at * scale * ux)} {_number(y + at * scale * uy)}"
        yield f"{matrix} {place} Tm <{codes.hex().upper()}> Tj"


def _strings(
    cells: Sequence[Cell], em: float, font: InvisibleFont
) -> Iterator[tuple[float, bytes]]:
    """Where strings begin and what they show: one, but for gaps too wide for any glyph.

    Widths are whole steps; what rounding takes from one character it gives to the next.
    """
    step = em * glyphless.STEP / glyphless.UNITS
    begin = at = cells[0].start
    codes = b""
    for cell in cells:
        if codes and cell.start - at > em:
            yield begin, codes
            begin, at, codes = cell.start, cell.start, b""
        steps = min(glyphless.WIDTHS, max(1, round((cell.end - at) / step)))
        codes += font.code(cell.text, steps)
        at += steps * step
    yield begin, codes


def _divided(track: Track, after: Track | None) -> tuple[Sequence[Cell], ...]:
    """The characters of an upright line, in two parts where the next line begins beside it.

    pdfium sorts strings that begin at one height from left to right, against the order of upright
    lines; a part that begins lower down stops it.
    """
    count = len(track.cells)
    if after is None or count < 2 or abs(after.start[1] - track.start[1]) > _BESIDE * track.em:
        return (track.cells,)
    half = (count + 1) // 2
    return track.cells[:half], track.cells[half:]


def _straight(start: Point, end: Point) -> tuple[Point, Point]:
    """A line that is nearly upright as one that is: viewers break a slanting column to pieces."""
    across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
    if across > _SLANT * down:
        return start, end
    x = (start[0] + end[0]) / 2
    return (x, start[1]), (x, end[1])


def _length(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")
