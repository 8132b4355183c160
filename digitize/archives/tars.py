"""The members of a TAR archive, packed or not, one after the other."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import tarfile
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import IO, Any

from digitize.archives.address import File, Kind, safe_name
from digitize.archives.limits import MOST_MEMBERS, Measured, bomb, check_size, too_many

_BLOCK = 1 << 20  # bytes that are unpacked at once


class TarMembers:
    """An open TAR archive that is gone through once; whoever wants to go back opens it anew."""

    def __init__(self, stream: BufferedReader, path: str, kind: Kind) -> None:
        self._path = path
        self._layers: list[IO[bytes]] = [stream]
        self._most: int | None = None  # bytes that may come out of a packed one
        self._tar = self._open(stream, kind)
        self._left = self._files()
        self.passed: set[str] = set()

    def _open(self, stream: BufferedReader, kind: Kind) -> tarfile.TarFile:
        if kind is Kind.TAR:
            return tarfile.open(fileobj=stream, mode="r:")
        packed = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        measured = Measured(_unpacked(stream, kind), self._path, packed)
        self._most = measured.most
        plain = BufferedReader(measured, _BLOCK)
        self._layers.insert(0, plain)
        return tarfile.open(fileobj=plain, mode="r|", bufsize=_BLOCK)

    def members(self) -> Iterator[File]:
        """Every file that was not passed yet; one is to be read before the next is asked for."""
        for info in self._left:
            name = safe_name(info.name)
            if name is not None:
                self.passed.add(name)
            yield File(name, info.name, partial(self._content, info))

    def open(self, name: str) -> IO[bytes]:
        """Open the next file called ``name``; KeyError where there is none any more."""
        for file in self.members():
            if file.name == name:
                return file.open()
        raise KeyError(name)

    def _content(self, info: tarfile.TarInfo) -> IO[bytes]:
        check_size(f"{self._path}/{info.name}", info.size, info.size)
        content = self._tar.extractfile(info)
        if content is None:
            raise KeyError(info.name)
        return content

    def _files(self) -> Iterator[tarfile.TarInfo]:
        for count, info in enumerate(self._tar, 1):
            if count > MOST_MEMBERS:
                raise too_many(self._path)
            known: Any = self._tar
            known.members = []  # it would keep all that it has seen
            if info.isreg() and not info.issparse():
                yield info
            # tarfile would go on reading for as many bytes as a member claims, though none come.
            if self._most is not None and self._tar.offset > self._most:
                raise bomb(self._path)

    def close(self) -> None:
        """Close the archive and what lies under it."""
        self._tar.close()
        for layer in self._layers:
            layer.close()


def _unpacked(stream: BufferedReader, kind: Kind) -> Any:
    if kind is Kind.GZIP:
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if kind is Kind.BZIP2 else lzma.LZMAFile(stream)
