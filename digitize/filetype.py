"""Which kind of file this is, told by its first bytes and not by its name."""

from __future__ import annotations

import os
from enum import StrEnum

HEAD_BYTES = 1024
"""How many first bytes :func:`sniff` wants; the PDF reference allows junk that long."""

READABLE = "PNG, JPEG, JPEG 2000, TIFF, BMP, WebP, GIF, HEIC and PDF"
"""The types that are read, as messages name them."""


class FileType(StrEnum):
    """The kinds of file that can hold scans; the values are Pillow's names."""

    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WEBP"
    GIF = "GIF"
    JPEG2000 = "JPEG2000"
    HEIF = "HEIF"  # HEIC pictures; read where pillow-heif is installed
    PDF = "PDF"


_MAGIC = {
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"\xff\xd8\xff": FileType.JPEG,
    b"II*\x00": FileType.TIFF,
    b"MM\x00*": FileType.TIFF,
    b"II+\x00": FileType.TIFF,  # BigTIFF
    b"MM\x00+": FileType.TIFF,
    b"GIF87a": FileType.GIF,
    b"GIF89a": FileType.GIF,
    b"\x00\x00\x00\x0cjP  \r\n\x87\n": FileType.JPEG2000,
    b"\xff\x4f\xff\x51": FileType.JPEG2000,  # the code stream without a file around it
}
# Brands of ISO base media files that are pictures coded as HEVC.
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

_SUFFIXES = {
    ".png": FileType.PNG,
    ".jpg": FileType.JPEG,
    ".jpeg": FileType.JPEG,
    ".jpe": FileType.JPEG,
    ".jfif": FileType.JPEG,
    ".tif": FileType.TIFF,
    ".tiff": FileType.TIFF,
    ".bmp": FileType.BMP,
    ".dib": FileType.BMP,
    ".webp": FileType.WEBP,
    ".gif": FileType.GIF,
    ".jp2": FileType.JPEG2000,
    ".j2k": FileType.JPEG2000,
    ".j2c": FileType.JPEG2000,
    ".jpc": FileType.JPEG2000,
    ".jpf": FileType.JPEG2000,
    ".jpx": FileType.JPEG2000,
    ".heic": FileType.HEIF,
    ".heif": FileType.HEIF,
    ".pdf": FileType.PDF,
}

_BMP_HEADER_SIZES = {12, 16, 40, 52, 56, 64, 108, 124}


def sniff(head: bytes, path: str = "") -> FileType | None:
    """Tell a file's type by its first ``HEAD_BYTES`` bytes; None for a type not read.

    ``path`` only decides whether junk before ``%PDF-`` is forgiven: in a ``.pdf`` it is, while a
    text that speaks of PDFs is no PDF.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if _is_bmp(head):
        return FileType.BMP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return FileType.HEIF
    at = head.find(b"%PDF-")
    if at >= 0 and (by_name(path) is FileType.PDF or not head[:at].strip(b"\xef\xbb\xbf \t\r\n\0")):
        return FileType.PDF
    return None


def by_name(path: str) -> FileType | None:
    """Tell the type that a file's extension promises, or None where it promises no scan."""
    return _SUFFIXES.get(os.path.splitext(path)[1].lower())


def _is_bmp(head: bytes) -> bool:
    # "BM" alone would also fit a text that begins with these letters.
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES
