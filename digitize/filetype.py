"""Which kind of file this is, told by its first bytes and not by its name."""

from __future__ import annotations

import os
from enum import StrEnum

HEAD_BYTES = 1024
"""How many first bytes :func:`sniff` wants; the PDF reference allows junk that long."""

READABLE = "PNG, JPEG, TIFF, BMP, WebP, GIF and PDF"
"""The types that are read, as messages name them."""


class FileType(StrEnum):
    """The kinds of file that can hold scans; the values are Pillow's names."""

    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WEBP"
    GIF = "GIF"
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
}

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
