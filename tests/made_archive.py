"""Archives of scans, good ones and bad ones."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

Files = Iterable[tuple[str, bytes]]
TARS = {".tar": "w:", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}


def picture(grey: int, size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    """A page of one grey, by which it is known again."""
    stream = io.BytesIO()
    Image.new("L", size, grey).save(stream, form)
    return stream.getvalue()


def pages(*greys: int) -> bytes:
    """A TIFF of several pages."""
    stream = io.BytesIO()
    first, *rest = (Image.new("L", (40, 30), grey) for grey in greys)
    first.save(stream, "TIFF", save_all=True, append_images=rest)
    return stream.getvalue()


def zipped(path: Path, files: Files, packed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: Files) -> Path:
    mode = next(mode for suffix, mode in TARS.items() if path.name.endswith(suffix))
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def archived(path: Path, files: Files) -> Path:
    return zipped(path, files) if path.suffix in (".zip", ".cbz") else tarred(path, files)


def with_raw_names(path: Path, files: Iterable[tuple[bytes, bytes]]) -> Path:
    """A ZIP as packers wrote it before names were UTF-8: bytes, whatever they mean."""
    listed = list(files)
    zipped(path, ((f"{number:04d}".ljust(len(name), "x"), data)
                  for number, (name, data) in enumerate(listed)))  # fmt: skip
    data = path.read_bytes()
    for number, (name, _) in enumerate(listed):
        data = data.replace(f"{number:04d}".ljust(len(name), "x").encode(), name)
    path.write_bytes(data)
    return path


def encrypted(path: Path, files: Files) -> Path:
    """A ZIP whose members say that they are encrypted."""
    zipped(path, files)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            (flags,) = struct.unpack_from("<H", data, start + at)
            struct.pack_into("<H", data, start + at, flags | 1)
            start = data.find(mark, start + 4)
    path.write_bytes(bytes(data))
    return path
