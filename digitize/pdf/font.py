"""The invisible font in a PDF: a number for every character at every width, and its text.

A line is then shown by one string in which each character is as wide as on the scan. Viewers take
gaps for spaces, and several strings for several lines.
"""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from digitize.pdf import glyphless

NAME = "GlyphLessFont"
FULL = 40_000  # numbers in use: of the 65,535 there are, enough are left for any page
_RUN = 64  # numbers of one width in a row, so that widths are said briefly
_THOUSAND = 1000  # a PDF's widths are in thousandths of an em
_PER_BLOCK = 100  # entries that a block of a CMap may have


class InvisibleFont:
    """Characters get numbers as they come; a character may be several code points."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}
        self._runs: list[int] = []  # the width of every run, in steps
        self._free: dict[int, list[int]] = {}

    @property
    def full(self) -> bool:
        """Whether the next page should have another font."""
        return len(self._runs) * _RUN > FULL

    def code(self, character: str, steps: int) -> bytes:
        """What shows ``character`` with a width of 1 to ``glyphless.WIDTHS`` steps: two bytes."""
        key = (character, steps)
        if key not in self._numbers:
            free = self._free.setdefault(steps, [])
            if not free:
                first = 1 + len(self._runs) * _RUN
                free += range(first + _RUN - 1, first - 1, -1)
                self._runs.append(steps)
            self._numbers[key] = free.pop()
        return self._numbers[key].to_bytes(2, "big")

    def object(self, pdf: pikepdf.Pdf) -> Any:
        """The font as an object of ``pdf``, when all characters are known."""
        data = glyphless.font_file()
        ascent, descent = _thousandths(glyphless.ASCENT), _thousandths(glyphless.DESCENT)
        program = pikepdf.Stream(pdf, data, Length1=len(data))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{NAME}"),
            Flags=4,  # symbolic: not the characters of Latin text
            FontBBox=Array([0, descent, _THOUSAND, ascent]),
            ItalicAngle=0,
            Ascent=ascent,
            Descent=descent,
            CapHeight=ascent,
            StemV=80,
            FontFile2=pdf.make_indirect(program),
        )
        cid_font = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{NAME}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=_THOUSAND,
            W=self._widths(),
            CIDToGIDMap=self._glyphs(pdf),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{NAME}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(cid_font)]),
            ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, self._to_unicode())),
        )
        return pdf.make_indirect(font)

    def _glyphs(self, pdf: pikepdf.Pdf) -> Any:
        """Which glyph a number is: the one of its width."""
        glyphs = b"\0\0" + b"".join(steps.to_bytes(2, "big") * _RUN for steps in self._runs)
        packed = zlib.compress(glyphs)
        return pdf.make_indirect(pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode))

    def _widths(self) -> Any:
        """From number, to number, width; again and again."""
        widths: list[int] = []
        for index, steps in enumerate(self._runs):
            first = 1 + index * _RUN
            widths += [first, first + _RUN - 1, _thousandths(steps * glyphless.STEP)]
        return Array(widths)

    def _to_unicode(self) -> bytes:
        """The CMap from numbers to UTF-16, in which rare characters are two units."""
        entries = [
            f"<{number:04X}> <{character.encode('utf-16-be', 'replace').hex().upper()}>"
            for (character, _), number in sorted(self._numbers.items(), key=lambda item: item[1])
        ]
        blocks = [entries[i : i + _PER_BLOCK] for i in range(0, len(entries), _PER_BLOCK)]
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
        ]
        for block in blocks:
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines).encode("ascii")


def _thousandths(units: int) -> int:
    return round(units * _THOUSAND / glyphless.UNITS)
