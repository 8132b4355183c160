"""A TrueType font whose glyphs have no area: type that cannot be seen, in many widths.

A glyph is a stroke across its box, there and back: nothing to fill, but it has extent, without
which pdfium takes a character for nothing. Tables as in Apple's TrueType Reference Manual and the
OpenType specification; a PDF needs few.
"""

from __future__ import annotations

import struct
from functools import cache

UNITS = 960  # to the em
STEP = 60  # between one width and the next: a sixteenth of an em
WIDTHS = 64  # glyph 1 is a STEP wide, glyph 2 two of them, … up to four em; glyph 0 is missing
ASCENT, DESCENT = 845, -115  # of Chinese type: what is selected in a viewer is the em box
_EM = ASCENT - DESCENT
_MAGIC = 0x5F0F3CF5  # of the head table
_CHECKSUM = 0xB1B0AFBA  # what the whole font must add up to


@cache
def font_file() -> bytes:
    """The font; the same bytes every time."""
    advances = [UNITS, *(STEP * number for number in range(1, WIDTHS + 1))]
    glyphs = [b"", *(_stroke(width) for width in advances[1:])]
    ends = [sum(map(len, glyphs[:i])) // 2 for i in range(len(glyphs) + 1)]
    count = len(glyphs)
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": b"".join(glyphs),
        b"head": _head(),
        b"hhea": struct.pack(
            ">I3hH11hH", 0x10000, ASCENT, DESCENT, 0, advances[-1], 0, 0, 0, 1, *[0] * 7, count
        ),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in advances),
        b"loca": struct.pack(f">{count + 1}H", *ends),
        b"maxp": struct.pack(">I14H", 0x10000, count, 3, 1, 0, 0, 2, *[0] * 8),
        b"name": _name("GlyphLessFont"),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The directory and the tables behind it, with their checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">I4H", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power)
    )
    at, entries, bodies, places = 12 + 16 * count, b"", b"", {}
    for tag, data in tables.items():
        places[tag] = at
        entries += tag + struct.pack(">3I", _sum(data), at, len(data))
        padded = data + bytes(-len(data) % 4)
        bodies += padded
        at += len(padded)
    font = bytearray(head + entries + bodies)
    adjustment = (_CHECKSUM - _sum(bytes(font))) & 0xFFFFFFFF
    struct.pack_into(">I", font, places[b"head"] + 8, adjustment)
    return bytes(font)


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _stroke(width: int) -> bytes:
    """One contour of three points on a line, each told as its distance from the one before."""
    head = struct.pack(">5hHH3B", 1, 0, DESCENT, width, ASCENT, 2, 0, 1, 1, 1)
    across = struct.pack(">3h", 0, width, -width // 2)
    return head + across + struct.pack(">3h", DESCENT, _EM, -_EM // 2) + b"\0"


def _head() -> bytes:
    made = 0  # seconds since 1904
    numbers = (0x10000, 0x10000, 0, _MAGIC, 0, UNITS, made, made)
    box = (0, DESCENT, STEP * WIDTHS, ASCENT)
    return struct.pack(">IIIIHHqqhhhhHHhhh", *numbers, *box, 0, 8, 2, 0, 0)


def _os2() -> bytes:
    """Version 1, with everything that a font without ink can say at zero."""
    return struct.pack(
        ">HhHHH10hh10sIIII4sHHHhhhHHII",
        1, UNITS, 400, 5, 0, *[0] * 10, 0, bytes(10), 0, 0, 0, 0, b"NONE", 0x40, 0x20, 0xFFFF,
        ASCENT, DESCENT, 0, ASCENT, -DESCENT, 1, 0,
    )  # fmt: skip


def _cmap() -> bytes:
    """Format 6: the space has a glyph, and there is nothing else to look up."""
    em = UNITS // STEP
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">6H", 6, 12, 0, 0x20, 1, em)


def _name(text: str) -> bytes:
    """Family, style, full name and PostScript name."""
    names = {1: text, 2: "Regular", 4: text, 6: text}
    strings = [value.encode("utf-16-be") for value in names.values()]
    records, at = b"", 0
    for key, value in zip(names, strings, strict=True):
        records += struct.pack(">6H", 3, 1, 0x409, key, len(value), at)
        at += len(value)
    return struct.pack(">3H", 0, len(names), 6 + 12 * len(names)) + records + b"".join(strings)
