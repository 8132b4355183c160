"""PDFs written byte by byte, for tests: just enough of the format, and breakable at will."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_PERMISSIONS = -4
_ID = bytes(range(16))


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects; the first is the catalog, the second the page tree."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def page_tree(count: int) -> bytes:
    """A page tree whose pages are the objects from 3 on."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)


def page(content: int = 0, xobject: int = 0, extra: bytes = b"", box: str = "0 0 144 216") -> bytes:
    """A page of 2 × 3 inches, ``content`` and ``xobject`` being object numbers (0: none)."""
    parts = b"/Contents %d 0 R" % content if content else b""
    drawn = b"/XObject<</X %d 0 R>>" % xobject if xobject else b""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%b]%b/Resources<<%b%b>>%b>>" % (
        box.encode(),
        parts,
        drawn,
        font,
        extra,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object, not compressed."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def picture(pixels: npt.NDArray[np.uint8]) -> bytes:
    """An image object of (H, W) grey or (H, W, 3) RGB pixels."""
    space = b"/DeviceGray" if pixels.ndim == 2 else b"/DeviceRGB"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%b" % (
        pixels.shape[1],
        pixels.shape[0],
        space,
    )
    return stream(
        zlib.compress(pixels.tobytes()), entries + b"/BitsPerComponent 8/Filter/FlateDecode"
    )


def typed(
    rows: Sequence[tuple[float, float, float, str]],
    code: Callable[[str], str | None] = lambda char: char,
    more: bytes = b"",
    extra: bytes = b"",
) -> bytes:
    """A page of 400 × 600 points with lines (x, y, size, text) in a font that names its characters.

    ``code`` says which character the font claims a glyph to be, None for none; ``more`` stands
    before the text in the page's content.
    """
    chars = sorted({char for *_, text in rows for char in text})
    ids = {char: number for number, char in enumerate(chars, 1)}
    shown = (
        b"BT /T %f Tf %f %f Td <%b> Tj ET\n"
        % (size, x, y, "".join(f"{ids[char]:04x}" for char in text).encode())
        for x, y, size, text in rows
    )
    claims = {ids[char]: code(char) for char in chars}
    return pdf(
        [
            CATALOG,
            page_tree(1),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font"
            b"<</T 5 0 R>>/XObject<</X 9 0 R>>>>%b>>" % extra,
            stream(more + b"".join(shown)),
            b"<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/Identity-H/DescendantFonts[6 0 R]"
            b"/ToUnicode 8 0 R>>",
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Some/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>",
            b"<</Type/FontDescriptor/FontName/Some/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
            b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
            stream(_to_unicode({k: v for k, v in claims.items() if v is not None})),
            picture(np.full((300, 200), 250, np.uint8)),
        ]
    )


def _to_unicode(claims: dict[int, str]) -> bytes:
    rows = "".join(f"<{k:04x}> <{v.encode('utf-16-be').hex()}>\n" for k, v in claims.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(claims)} beginbfchar\n{rows}endbfchar endcmap end end"
    ).encode()


def blank(count: int) -> bytes:
    """A PDF of ``count`` empty pages."""
    return pdf([CATALOG, page_tree(count), *[page()] * count])


def encrypted(password: str) -> bytes:
    """A blank page locked with a user password (40-bit RC4, the standard handler's first)."""
    user = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(_PAD).digest()[:5], user)
    seed = user + owner + struct.pack("<i", _PERMISSIONS) + _ID
    check = _rc4(hashlib.md5(seed).digest()[:5], _PAD)
    lock = b"<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P %d>>" % (
        owner.hex().encode(),
        check.hex().encode(),
        _PERMISSIONS,
    )
    name = _ID.hex().encode()
    trailer = b"/Encrypt 4 0 R/ID[<%b><%b>]" % (name, name)
    return pdf([CATALOG, page_tree(1), page(), lock], trailer)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for value in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(value ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
