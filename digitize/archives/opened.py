"""Archives as they are gone through: the last one stays open, its last member is at hand.

Pages are asked for one after another, by each process in the order of the archive. So a packed TAR,
which can be read forwards only, is unpacked once a process and not once a page.
"""

from __future__ import annotations

import lzma
import os
import struct
import tarfile
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from typing import IO

from digitize.archives.address import File, Kind, kind_of
from digitize.archives.limits import MOST_BYTES, check_size
from digitize.archives.tars import TarMembers
from digitize.archives.zips import EncryptedError, ZipMembers
from digitize.errors import InputError, shown, unbroken
from digitize.filetype import HEAD_BYTES
from digitize.remote import CopyView

_BLOCK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    NotImplementedError,
)
"""What broken archives raise; the readers promise no narrower set."""

Opener = Callable[[], BufferedReader]
Version = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. ``name`` is None where its ``own`` name leads out of the archive.

    ``fault`` is why it cannot be read; otherwise ``keep`` makes that it is at hand when it is
    opened next.
    """

    name: str | None
    own: str
    head: bytes = b""
    fault: InputError | None = None
    keep: Callable[[], None] = lambda: None


@dataclass(slots=True)
class _State:
    """What is open in this process."""

    version: Version | None = None
    archive: ZipMembers | TarMembers | None = None
    copied: tuple[Version, str] | None = None
    copy: IO[bytes] | None = None

    def drop(self) -> None:
        """Let go of the archive."""
        if self.archive is not None:
            self.archive.close()
        self.archive = self.version = None

    def put(self, version: Version, name: str, copy: IO[bytes]) -> None:
        """Keep a copy in place of the one before."""
        if self.copy is not None:
            self.copy.close()
        self.copied, self.copy = (version, name), copy


_lock = threading.RLock()
_state = _State()


def members(path: str, opener: Opener) -> Iterator[Member]:
    """Every file in an archive. Raises InputError where it cannot be read, or any further."""
    with _lock, _told(path):
        version = _version(path, opener)
        archive = _archive(path, opener)
        try:
            for file in archive.members():
                yield _looked_at(file, path, version)
        finally:
            archive.close()


def _looked_at(file: File, path: str, version: Version) -> Member:
    label = f"{path}/{file.own}"
    try:
        with _told(label):
            content = file.open()
            head = content.read(HEAD_BYTES)
    except EncryptedError:
        raise
    except InputError as error:
        return Member(file.name, file.own, fault=error)

    def keep() -> None:
        with _told(label):
            _state.put(version, file.name or "", _copied(label, head, content))

    return Member(file.name, file.own, head, keep=keep)


def open_member(path: str, name: str, opener: Opener) -> BufferedReader:
    """Open a copy of a member, which is gone with the process.

    Raises InputError, or FileNotFoundError where the archive has no such member.
    """
    with _lock, _told(path):
        version = _version(path, opener)
        if _state.copied != (version, name) or _state.copy is None:
            content = _member(path, name, opener, version)
            _state.put(version, name, _copied(f"{path}/{name}", b"", content))
        assert _state.copy is not None
        return BufferedReader(CopyView(os.dup(_state.copy.fileno())))


def _version(path: str, opener: Opener) -> Version:
    """What tells an archive's states apart."""
    with opener() as stream:
        known = os.fstat(stream.fileno())
    return path, known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns


def _member(path: str, name: str, opener: Opener, version: Version) -> IO[bytes]:
    opened = _state.archive
    if opened is None or _state.version != version or name in opened.passed:
        _state.drop()
        opened = _state.archive = _archive(path, opener)
        _state.version = version
    try:
        return opened.open(name)
    except KeyError as error:
        _state.drop()
        raise FileNotFoundError(f"{path}/{name}") from error
    except BaseException:
        _state.drop()
        raise


def _archive(path: str, opener: Opener) -> ZipMembers | TarMembers:
    stream = opener()
    try:
        kind = kind_of(stream.read(HEAD_BYTES))
        stream.seek(0)
        # The old form of TAR bears no mark.
        return (
            ZipMembers(stream, path)
            if kind is Kind.ZIP
            else TarMembers(stream, path, kind or Kind.TAR)
        )
    except BaseException:
        stream.close()
        raise


def _copied(label: str, head: bytes, content: IO[bytes]) -> IO[bytes]:
    """The bytes of a member in a temporary file without a name."""
    file = _nameless()
    try:
        file.write(head)
        while data := content.read(_BLOCK):
            if file.tell() + len(data) > MOST_BYTES:  # a size may be told falsely
                check_size(label, MOST_BYTES + 1, MOST_BYTES)
            file.write(data)
        file.flush()
    except BaseException:
        file.close()
        raise
    return file


def _nameless() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="digitize-")


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What an archive's readers raise, as an InputError of one line."""
    try:
        yield
    except (InputError, FileNotFoundError):
        raise
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise InputError(
            f"cannot unpack {shown(path)}: {reason}; check the file and the room in "
            f"{shown(tempfile.gettempdir())}"
        ) from error
    except _BROKEN as error:
        why = unbroken(error) or type(error).__name__
        raise InputError(
            f"{shown(path)} is damaged ({why}); copy it again, or unpack what can be unpacked"
        ) from error
