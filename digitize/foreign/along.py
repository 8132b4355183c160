"""A line along its text: where it begins and ends, and where its characters stand."""

from __future__ import annotations

from digitize.formats.lines import Read, glyphs_of
from digitize.geometry import Point, Polygon, WritingMode
from digitize.model import Glyph, Line

WIDEST = 1.2  # times its thickness: a wider box of one character has blank or noise in it

Span = tuple[float, float]
Placed = tuple[Glyph, str]
"""A character, and the white space that stands behind it in the line's text."""


def placed(line: Line) -> tuple[tuple[Placed, ...], bool]:
    """The characters of a line in their places; False where these are guessed, evenly along it."""
    glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
    sure = bool(glyphs) and "".join(g.text for g in glyphs) == "".join(line.text.split())
    if not sure:
        whole = Read(line.text, line.polygon, line.confidence)
        glyphs = list(glyphs_of([whole], line.writing_mode))
    at, result = 0, []
    for glyph in glyphs:
        for char in glyph.text:
            at = line.text.index(char, at) + 1
        rest = line.text[at:]
        result.append((glyph, rest[: len(rest) - len(rest.lstrip())]))
    return tuple(result), sure


def ends_of(line: Line) -> Span:
    """Where a line begins and ends, in the direction of its text."""
    box = line.polygon.box
    return (box.y0, box.y1) if line.writing_mode is WritingMode.VERTICAL else (box.x0, box.x1)


def span_of(glyph: Glyph, mode: WritingMode) -> Span:
    """Where a character begins and ends."""
    box = glyph.polygon.box
    return (box.y0, box.y1) if mode is WritingMode.VERTICAL else (box.x0, box.x1)


def middle_of(glyph: Glyph, mode: WritingMode) -> float:
    """The middle of a character; one that is far too wide stands at the start of its box."""
    start, end = span_of(glyph, mode)
    return start + min(end - start, WIDEST * _thickness(glyph, mode)) / 2


def too_wide(glyph: Glyph, mode: WritingMode) -> bool:
    """Whether nobody knows where in its box the character stands."""
    start, end = span_of(glyph, mode)
    return end - start > WIDEST * _thickness(glyph, mode)


def _thickness(glyph: Glyph, mode: WritingMode) -> float:
    box = glyph.polygon.box
    return box.width if mode is WritingMode.VERTICAL else box.height


def piece(line: Line, span: Span) -> Polygon:
    """The part of a line's outline between two places along its text."""
    start, end = ends_of(line)
    length = max(1.0, end - start)
    a, b = ((value - start) / length for value in span)
    known = len(line.polygon.points) == 4
    p, q, r, s = line.polygon.points if known else line.polygon.box.polygon().points
    if line.writing_mode is WritingMode.VERTICAL:
        return Polygon((_on(p, s, a), _on(q, r, a), _on(q, r, b), _on(p, s, b)))
    return Polygon((_on(p, q, a), _on(p, q, b), _on(s, r, b), _on(s, r, a)))


def _on(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
