from __future__ import annotations

import pytest

from digitize.filetype import FileType, by_name, sniff


@pytest.mark.parametrize(
    ("head", "path", "kind"),
    [
        (b"%PDF-1.7", "x", FileType.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.7", "x", FileType.PDF),
        (b"junk %PDF-1.7", "x.PDF", FileType.PDF),
        (b"junk %PDF-1.7", "x.txt", None),
        (b"BM, they said, was a car", "x.bmp", None),
        (b"RIFF\0\0\0\0WAVE", "x.webp", None),
        (b"MM\x00+", "x", FileType.TIFF),
        (b"", "x.png", None),
    ],
)
def test_sniff(head: bytes, path: str, kind: FileType | None) -> None:
    assert sniff(head, path) is kind


def test_by_name() -> None:
    assert by_name("a/B.JPG") is FileType.JPEG
    assert by_name("jpg") is None
