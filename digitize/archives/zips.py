"""The members of a ZIP archive, in any order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from io import BufferedReader
from typing import IO

from digitize.archives.address import File, safe_name
from digitize.archives.limits import MOST_MEMBERS, check_size, too_many
from digitize.errors import InputError, shown

_UTF8 = 0x800  # flag: the name is UTF-8; otherwise it is whatever the packer's machine spoke
_ENCRYPTED = 0x1
_CODEPAGES = ("utf-8", "gb18030", "big5", "cp932")


class EncryptedError(InputError):
    """The archive wants a password; so do its other members."""


class ZipMembers:
    """An open ZIP archive."""

    passed: frozenset[str] = frozenset()  # nothing is ever out of reach

    def __init__(self, stream: BufferedReader, path: str) -> None:
        self._path, self._stream = path, stream
        self._archive = zipfile.ZipFile(stream)
        infos = [info for info in self._archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_MEMBERS:
            raise too_many(path)
        self._files = [
            (safe_name(name), name, info) for name, info in zip(_names(infos), infos, strict=True)
        ]
        # Of two files of one name, unpacking leaves the last.
        self._infos = {name: info for name, _, info in self._files if name is not None}

    def members(self) -> Iterator[File]:
        """Every file; of several of one name, the last."""
        for name, own, info in self._files:
            if name is None or self._infos[name] is info:
                yield File(name, own, partial(self._opened, info, own))

    def open(self, name: str) -> IO[bytes]:
        """Open the file called ``name``; KeyError where there is none."""
        return self._opened(self._infos[name], name)

    def _opened(self, info: zipfile.ZipInfo, name: str) -> IO[bytes]:
        label = f"{self._path}/{name}"
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedError(f"{shown(self._path)} is encrypted; unpack it with its password")
        check_size(label, info.file_size, info.compress_size)
        try:
            return self._archive.open(info)
        except NotImplementedError as error:
            raise InputError(
                f"{shown(label)} is packed in a way that is not read ({error}); unpack it"
            ) from error

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()
        self._stream.close()


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names; those of old packers in the one code page in which all of them make sense."""
    old = [info.filename.encode("cp437") for info in infos if not info.flag_bits & _UTF8]
    codepage = next((page for page in _CODEPAGES if _fits(old, page)), "cp437")
    return [
        info.filename if info.flag_bits & _UTF8 else info.filename.encode("cp437").decode(codepage)
        for info in infos
    ]


def _fits(names: Sequence[bytes], codepage: str) -> bool:
    try:
        for name in names:
            name.decode(codepage)
    except UnicodeDecodeError:
        return False
    return True
