"""A folder of results behind a URL: every file is there whole or not at all."""

from __future__ import annotations

import hashlib
import posixpath
import re
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from digitize.errors import InputError, OutputError, shown, unbroken
from digitize.remote.address import WEB, scheme
from digitize.remote.attempts import tried
from digitize.remote.filesystem import connect

T = TypeVar("T")

# Stores that show an object when all of it has come, and until then the one before.
_WHOLE_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"})
_PREFIX = ".digitize-"
_PART = re.compile(re.escape(_PREFIX) + "[0-9a-f]{32}")  # a UUID


class RemoteFolder:
    """Where the results go, behind a URL. Nothing is asked of the store before it is used."""

    def __init__(self, url: str) -> None:
        self.location = url.rstrip("/")
        if scheme(url) in WEB:
            raise OutputError(
                f"the web takes no results: {shown(url)}; name a folder or a store like s3://"
            )

    def inside(self, name: str) -> RemoteFolder:
        """The folder ``name`` in this one."""
        return RemoteFolder(self._url(name))

    def check(self) -> None:
        """Make sure that files can be written and removed here; OutputError where not."""
        fs, path = self._reached(f"{_PREFIX}{uuid.uuid4().hex}")
        self._do(lambda: self._put(fs, path, b"digitize"), "write to", "")
        self._do(lambda: fs.rm_file(path), "remove what was written to", "")

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; OutputError where that fails."""
        fs, path = self._reached(name)
        self._do(lambda: self._put(fs, path, data), "write", name)

    def read(self, name: str) -> bytes | None:
        """What a file holds, None where there is none; InputError where it cannot be read."""
        try:
            fs, path = self._reached(name, InputError)
            return bytes(tried(lambda: fs.cat_file(path), f"read {self._told(name)}", InputError))
        except FileNotFoundError:
            return None

    def size(self, name: str) -> int | None:
        """How many bytes a file has, None where there is none; InputError as above."""
        try:
            fs, path = self._reached(name, InputError)
            info = tried(lambda: fs.info(path), f"look at {self._told(name)}", InputError)
        except FileNotFoundError:
            return None
        return None if info.get("type") == "directory" else int(info["size"])

    def sizes(self, folders: Collection[str] = ()) -> dict[str, int]:
        """The files here and in these folders by name, with their bytes; InputError."""
        found = dict(self._files(""))
        for name in set(folders):
            found |= self._files(f"{name}/")
        return {name: size for name, size in found.items() if not _is_part(name)}

    def sweep(self, folders: Collection[str] = ()) -> None:
        """Remove what was begun here and in these folders under another name."""
        if scheme(self.location) in _WHOLE_AT_ONCE:
            return
        inside = ("", *(f"{name}/" for name in folders))
        found = [name for inner in inside for name, _ in self._files(inner)]
        for name in filter(_is_part, found):
            fs, path = self._reached(name)
            with suppress(FileNotFoundError):
                fs.rm_file(path)

    def _files(self, inner: str) -> Iterator[tuple[str, int]]:
        fs, path = self._reached(inner, InputError)
        doing = f"list {self._told(inner)}"
        try:
            rows = tried(lambda: fs.ls(path, detail=True), doing, InputError)
        except FileNotFoundError:
            return
        for row in rows:
            name = posixpath.basename(str(row["name"]).rstrip("/"))
            if row.get("type") != "directory" and name:
                yield inner + name, int(row.get("size") or 0)

    def remove(self, name: str, sha256: str) -> None:
        """Remove a file that is still as it was written; OutputError where that fails."""
        data = self.read(name)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            return
        fs, path = self._reached(name)
        with suppress(FileNotFoundError):  # someone was faster
            self._do(lambda: fs.rm_file(path), "remove", name)

    def _put(self, fs: Any, path: str, data: bytes) -> None:
        if scheme(self.location) in _WHOLE_AT_ONCE:
            fs.pipe_file(path, data)
            return
        folder = posixpath.dirname(path)
        fs.makedirs(folder, exist_ok=True)
        part = f"{folder}/{_PREFIX}{uuid.uuid4().hex}"
        try:
            fs.pipe_file(part, data)
            fs.mv(part, path)
        except BaseException:  # an interrupt too must leave no file behind
            with suppress(Exception):  # the fault that led here is the one to tell
                fs.rm_file(part)
            raise

    def _reached(self, name: str, error: type[InputError | OutputError] = OutputError) -> Any:
        return tried(lambda: connect(self._url(name), error), f"reach {self._told(name)}", error)

    def _do(self, action: Callable[[], T], what: str, name: str) -> T:
        try:
            return tried(action, f"{what} {self._told(name)}", OutputError)
        except FileNotFoundError as error:  # a bucket that does not exist
            why = unbroken(error)
            raise OutputError(
                f"cannot {what} {self._told(name)}: {why}; make the bucket or folder first"
            ) from error

    def _url(self, name: str) -> str:
        return f"{self.location}/{name}"

    def _told(self, name: str) -> str:
        return shown(self._url(name) if name else self.location)


def _is_part(name: str) -> bool:
    """Whether this is a file that :meth:`RemoteFolder.write` was stopped over."""
    return _PART.fullmatch(posixpath.basename(name)) is not None
