"""The page description drawn in grey."""

from __future__ import annotations

from PIL import Image, ImageDraw

from .fonts import Face
from .fonts import ink as font_ink
from .geometry import Box
from .pictures import photograph
from .sheet import Frame, Glyph, Rule, SetLine, Sheet
from .tokens import CLOSERS, OPENERS

# The em box of these fonts has about this part above the baseline.
ASCENT = 0.88
MARKS = set(CLOSERS + OPENERS)


def draw(sheet: Sheet) -> Image.Image:
    """The clean page: black on white."""
    image = Image.new("L", (sheet.width, sheet.height), 255)
    pen = ImageDraw.Draw(image)
    for frame in sheet.boxes:
        _draw_frame(pen, frame)
    for picture in sheet.pictures:
        box = picture.box.rounded()
        tone = photograph(box[2] - box[0], box[3] - box[1], picture.kind, picture.seed, sheet.dpi)
        image.paste(tone, (box[0], box[1]))
    for rule in sheet.rules:
        _draw_rule(pen, rule)
    for line in sheet.lines:
        _draw_line(image, pen, line)
    return image


def _draw_frame(pen: ImageDraw.ImageDraw, frame: Frame) -> None:
    box = frame.box.rounded()
    width = max(1, round(frame.stroke))
    fill = frame.tint if frame.tint < 255 else None
    pen.rectangle((box[0], box[1], box[2], box[3]), outline=0, width=width, fill=fill)
    if frame.style == "double":
        inner = frame.box.inset(width * 3).rounded()
        pen.rectangle((inner[0], inner[1], inner[2], inner[3]), outline=0, width=1)


def _draw_rule(pen: ImageDraw.ImageDraw, rule: Rule) -> None:
    box = rule.box
    flat = box.width >= box.height
    if rule.style == "dotted":
        _draw_dots(pen, box, flat)
    elif rule.style == "double":
        thick = (box.height if flat else box.width) / 4
        for part in _edges(box, thick, flat):
            _fill(pen, part)
    else:
        _fill(pen, box)


def _edges(box: Box, thick: float, flat: bool) -> tuple[Box, Box]:
    if flat:
        return box.top(thick), box.below(box.y1 - thick)
    return Box(box.x0, box.y0, box.x0 + thick, box.y1), Box(box.x1 - thick, box.y0, box.x1, box.y1)


def _fill(pen: ImageDraw.ImageDraw, box: Box) -> None:
    x0, y0, x1, y1 = box.rounded()
    pen.rectangle((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), fill=0)


def _draw_dots(pen: ImageDraw.ImageDraw, box: Box, flat: bool) -> None:
    thick = max(2.0, box.height if flat else box.width)
    length = box.width if flat else box.height
    at = 0.0
    while at < length:
        x, y = (box.x0 + at, box.y0) if flat else (box.x0, box.y0 + at)
        pen.ellipse((x, y, x + thick, y + thick), fill=0)
        at += thick * 3


def _draw_line(image: Image.Image, pen: ImageDraw.ImageDraw, line: SetLine) -> None:
    ink = 255 if line.white else 0
    for glyph in line.glyphs:
        if glyph.turn:
            _draw_turned(image, glyph, line.face, line.size, ink)
        else:
            _draw_upright(pen, glyph, line, ink)


def _draw_upright(pen: ImageDraw.ImageDraw, glyph: Glyph, line: SetLine, ink: int) -> None:
    face = line.face.stand_in(glyph.text[0])
    font = face.at(line.size)
    x, y = _pen(glyph, line, face)
    pen.text((x, y), glyph.text, font=font, fill=ink, anchor="ls")


def _pen(glyph: Glyph, line: SetLine, face: Face) -> tuple[float, float]:
    """Where the pen goes down: at the left of the cell, on the baseline, but for the marks."""
    cell, size = glyph.cell, line.size
    base = cell.y0 + ASCENT * size
    advance = face.at(size).getlength(glyph.text)
    if glyph.corner:
        return _corner(glyph, size, face)
    if glyph.centre:
        return cell.x0 + (cell.width - advance) / 2, base
    narrow = not line.vertical and cell.width < 0.8 * size
    if glyph.text in MARKS and (narrow or advance < 0.8 * size):
        return _beside(glyph, size, face), base
    if glyph.text in OPENERS:
        return cell.x1 - advance, base
    return cell.x0, base


def _beside(glyph: Glyph, size: float, face: Face) -> float:
    """A mark in its half of the cell: closing marks left, opening marks right."""
    left, _, right, _ = font_ink(glyph.text, face.path, face.index, round(size))
    half = min(0.5 * size, glyph.cell.width)
    start = glyph.cell.x1 - half if glyph.text in OPENERS else glyph.cell.x0
    return start + (half - (right - left)) / 2 - left


def _corner(glyph: Glyph, size: float, face: Face) -> tuple[float, float]:
    """Vertical 。，、: upper right of the cell, unless the font centres them (Taiwan)."""
    left, top, right, bottom = font_ink(glyph.text, face.path, face.index, round(size))
    cell = glyph.cell
    centred = abs((left + right) / 2 - size / 2) < 0.14 * size
    if glyph.text in "：；" or centred:
        high = min(size, cell.height)
        x = cell.x0 + (size - (right - left)) / 2 - left
        return x, cell.y0 + (high - (bottom - top)) / 2 - top
    return cell.x0 + 0.94 * size - right, cell.y0 + 0.08 * size - top


def _draw_turned(image: Image.Image, glyph: Glyph, face: Face, size: float, ink: int) -> None:
    """Text turned a quarter clockwise, reading downwards."""
    box = glyph.cell.rounded()
    long, wide = max(1, box[3] - box[1]), max(1, box[2] - box[0])
    font = face.stand_in(glyph.text[0]).at(size)
    strip = Image.new("L", (long, wide), 0)
    pen = ImageDraw.Draw(strip)
    x = long - font.getlength(glyph.text) if glyph.text in OPENERS else 0.0
    pen.text((x, ASCENT * size), glyph.text, font=font, fill=255, anchor="ls")
    turned = strip.transpose(Image.Transpose.ROTATE_270)
    image.paste(ink, (box[0], box[1]), turned)
