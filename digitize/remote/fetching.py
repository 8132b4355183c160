"""A file behind a URL as one that can be read here: copied whole, or read in parts."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from dataclasses import dataclass
from io import BufferedReader
from typing import IO, Any

from digitize.errors import InputError, shown
from digitize.remote.attempts import tried
from digitize.remote.filesystem import connect
from digitize.remote.stamps import Stamp, stamp_in
from digitize.remote.views import CopyView, PartsView

MOST_BYTES = 2 << 30
"""The largest file that is fetched, in bytes: a page of 400 megapixels in colour is 1.2 GB, and a
bound year as one PDF is rarely more."""

_BLOCK = 8 << 20  # bytes a request: most scans come with one or two
_PART = 64 << 10  # bytes a request where only a list of pages is read
_TRUSTED = 60.0  # seconds in which a copy is used again without asking whether it is still so


def open_copy(url: str) -> BufferedReader:
    """Open a copy of the file, made in the folder for temporary files and gone with the process.

    The copy that was made last is kept: the pages of a PDF are asked for one after another.
    Raises InputError, or FileNotFoundError where there is no such file.
    """
    return BufferedReader(CopyView(_copies.get(url)))


def open_parts(url: str) -> BufferedReader:
    """Open the file so that only what is read is fetched; for a look at a list of pages.

    A store that cannot give parts gives a copy. Raises as :func:`open_copy`.
    """
    doing = f"read {shown(url)}"

    def stream() -> Any:
        fs, path = connect(url, InputError)
        return fs.open(path, "rb", block_size=_PART)

    opened = tried(stream, doing, InputError)
    if opened.seekable():
        return BufferedReader(PartsView(opened, doing))
    opened.close()
    return open_copy(url)


@dataclass(slots=True)
class _Copy:
    url: str
    stamp: Stamp
    file: IO[bytes]
    checked: float


class _Copies:
    """The copy that was made last in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: _Copy | None = None

    def get(self, url: str) -> int:
        """A descriptor of the copy, of the caller's own."""
        with self._lock:
            copy = self._last
            if copy is None or copy.url != url or not _still_so(copy):
                self._drop()
                copy = self._last = _fetched(url)
            return os.dup(copy.file.fileno())

    def _drop(self) -> None:
        if self._last is not None:
            self._last.file.close()
        self._last = None


_copies = _Copies()


def _still_so(copy: _Copy) -> bool:
    if time.monotonic() - copy.checked > _TRUSTED:
        fs, path = connect(copy.url, InputError)
        if _stamp(fs, path, copy.url) != copy.stamp:
            return False
        copy.checked = time.monotonic()
    return True


def _fetched(url: str) -> _Copy:
    def once() -> _Copy:
        fs, path = connect(url, InputError)
        stamp = _stamp(fs, path, url)
        with fs.open(path, "rb", block_size=_BLOCK) as stream:
            return _Copy(url, stamp, _copied(stream, url), time.monotonic())

    return tried(once, f"read {shown(url)}", InputError)


def _stamp(fs: Any, path: str, url: str) -> Stamp:
    """What the store says of the file now; InputError for one that is not fetched."""
    info = tried(lambda: fs.info(path), f"look at {shown(url)}", InputError)
    if info.get("type") == "directory":
        raise InputError(f"{shown(url)} is not a file; name a picture, a PDF or a folder")
    stamp = stamp_in(info)
    if stamp[0] > MOST_BYTES:
        raise _too_large(url)
    return stamp


def _copied(stream: Any, url: str) -> IO[bytes]:
    """The bytes of ``stream`` in a temporary file without a name."""
    file = _nameless(url)
    try:
        while data := stream.read(_BLOCK):
            if file.tell() + len(data) > MOST_BYTES:  # a size is not always told beforehand
                raise _too_large(url)
            _append(file, data, url)
    except BaseException:
        file.close()
        raise
    return file


def _nameless(url: str) -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(prefix="digitize-")
    except OSError as error:
        raise _no_room(url, error) from error


def _append(file: IO[bytes], data: bytes, url: str) -> None:
    try:
        file.write(data)
        file.flush()
    except OSError as error:
        raise _no_room(url, error) from error


def _no_room(url: str, error: OSError) -> InputError:
    why, folder = error.strerror or str(error), tempfile.gettempdir()
    return InputError(f"cannot copy {shown(url)} to {folder}: {why}; set TMPDIR to another folder")


def _too_large(url: str) -> InputError:
    most = f"{MOST_BYTES / (1 << 30):g} GB"
    return InputError(f"{shown(url)} is larger than {most}; split it or copy it here yourself")
