"""Broken lines turned into glyphs on the page, horizontal or vertical."""

from __future__ import annotations

from dataclasses import dataclass

from .breaking import Broken, Cell, justify
from .fonts import Face
from .geometry import Box, Writing, union
from .sheet import Glyph, SetLine
from .tokens import OPENERS, tokenize

# In vertical lines these are turned a quarter; a turned 「 is what ﹁ looks like.
TURNED = set("（）《》〈〉「」『』【】〔〕—…～-–―“”‘’")
CORNERED = set("。，、：；")
QUOTES = str.maketrans("“”‘’", "「」『』")


def vertical_text(text: str) -> str:
    """Text as vertical setting writes it: corner brackets for quotation marks."""
    return text.translate(QUOTES)


@dataclass(frozen=True)
class Type:
    """What a line is set in, and its role. `pad` spaces the letters of display type (em)."""

    face: Face
    size: float
    role: str
    writing: Writing
    pad: float = 0.0

    def width(self, text: str) -> float:
        """The natural length of a text."""
        tokens = tokenize(text, self.face, self.writing.vertical, squeeze=False)
        return self.size * sum(t.width for t in tokens)


def place_line(broken: Broken, x: float, y: float, kind: Type) -> SetLine:
    """A line at canonical (x, y); its text is what the cells say."""
    size, writing = kind.size, kind.writing
    glyphs = [_glyph(c, x, y, size, writing) for c in broken.cells if not c.token.blank]
    boxes = [g.cell for g in glyphs]
    text = "".join(c.token.text for c in broken.cells)
    box = union(boxes) if boxes else writing.to_page(Box(x, y, x + size, y + size))
    return SetLine(text, box, kind.role, kind.face, size, writing.vertical, glyphs)


def _glyph(cell: Cell, x: float, y: float, size: float, writing: Writing) -> Glyph:
    left = x + cell.offset * size
    box = writing.to_page(Box(left, y, left + cell.advance * size, y + size))
    if not writing.vertical:
        return Glyph(cell.token.text, box, centre=cell.token.text in "·—…")
    return _vertical_glyph(cell.token.text, box, cell.token.latin)


def _vertical_glyph(text: str, box: Box, latin: bool) -> Glyph:
    if latin or text[0] in TURNED:
        return Glyph(text, box, turn=True)
    if text in CORNERED:
        return Glyph(text, box, corner=True)
    return Glyph(text, box, centre=not _is_cell(text))


def _is_cell(text: str) -> bool:
    return ord(text[0]) >= 0x2E80 or text in OPENERS


def set_string(text: str, box: Box, kind: Type, align: str = "left") -> SetLine:
    """One line of display type at the top of a canonical box.

    align: left, center, right or spread (letters spaced out to fill the box).
    """
    tokens = tokenize(text, kind.face, kind.writing.vertical, squeeze=False)
    room = box.width / kind.size
    natural = sum(t.width for t in tokens) + kind.pad * (len(tokens) - 1)
    full = align == "spread" or natural > room
    cells, length = justify(tokens, room if full else natural, 0.0, stretch=True)
    spare = max(0.0, room - length)
    shift = {"left": 0.0, "center": spare / 2, "right": spare, "spread": 0.0}[align]
    broken = Broken(tuple(cells), 0, len(tokens), length, True)
    return place_line(broken, box.x0 + shift * kind.size, box.y0, kind)
