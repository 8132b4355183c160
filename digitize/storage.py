"""Where results go: a folder of this machine, or one behind a URL. Files are whole or absent."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from digitize import atomic, remote
from digitize.errors import InputError, OutputError, UsageError, shown


class Store(Protocol):
    """A folder of results. Names are relative to it, with / between folders."""

    @property
    def location(self) -> str:
        """The path or the URL, as messages name it."""
        ...

    def inside(self, name: str) -> Store:
        """The folder ``name`` in this one; nothing is made yet."""
        ...

    def check(self) -> None:
        """Make sure that files can be written here; OutputError where they cannot."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; OutputError, leaving no trace, where that fails."""
        ...

    def read(self, name: str) -> bytes | None:
        """What a file holds, None where there is none; InputError where it cannot be read."""
        ...

    def size(self, name: str) -> int | None:
        """How many bytes a file has, None where there is none; InputError as above."""
        ...

    def sizes(self, folders: Collection[str] = ()) -> dict[str, int]:
        """The files here and in these ``folders`` by name, with their bytes.

        Nothing where there is no folder yet. Raises InputError where it cannot be listed.
        """
        ...

    def remove(self, name: str, sha256: str) -> None:
        """Remove a file if its content still has this hash; OutputError where that fails."""
        ...

    def sweep(self, folders: Collection[str] = ()) -> None:
        """Remove what was half written here and in these ``folders`` when its process died.

        Only for a caller who knows that nobody else is writing.
        """
        ...


def store_at(location: str) -> Store:
    """The folder at a path or a URL. Nothing is looked at before it is used.

    UsageError for a URL that cannot be meant, OutputError for one that takes no results.
    """
    if remote.is_url(location):
        return remote.RemoteFolder(location)
    if remote.is_local_url(location):
        location = remote.local_path(location, UsageError)
    return LocalFolder(Path(location))


class LocalFolder:
    """A folder of this machine's file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def location(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def inside(self, name: str) -> LocalFolder:
        """The folder ``name`` in this one."""
        return LocalFolder(self._folder / name)

    def check(self) -> None:
        """As :func:`digitize.atomic.check_folder`."""
        atomic.check_folder(self._folder)

    def write(self, name: str, data: bytes) -> None:
        """As :func:`digitize.atomic.write`."""
        atomic.write(self._folder / name, data)

    def read(self, name: str) -> bytes | None:
        """What a file holds, None where there is none."""
        path = self._folder / name
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unreadable(path, error) from error

    def size(self, name: str) -> int | None:
        """How many bytes a file has, None where there is none."""
        path = self._folder / name
        try:
            return path.stat().st_size if path.is_file() else None
        except OSError as error:
            raise _unreadable(path, error) from error

    def sizes(self, folders: Collection[str] = ()) -> dict[str, int]:
        """The files here and in these folders by name, with their bytes."""
        found = self._files(folders)
        return {name: _size(file) for name, file in found if not atomic.is_temporary(file.name)}

    def sweep(self, folders: Collection[str] = ()) -> None:
        """Remove what :func:`digitize.atomic.write` was killed over."""
        for _, file in self._files(folders):
            if atomic.is_temporary(file.name):
                with suppress(OSError):  # it takes room and does no other harm
                    os.unlink(file.path)

    def _files(self, folders: Collection[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
        wanted = set(folders)
        for entry in _entries(self._folder):
            if not entry.is_dir():
                yield entry.name, entry
            elif entry.name in wanted:
                for inner in _entries(self._folder / entry.name):
                    yield f"{entry.name}/{inner.name}", inner

    def remove(self, name: str, sha256: str) -> None:
        """Remove a file that is still as it was written; a link is not ours."""
        path = self._folder / name
        try:
            if path.is_symlink() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                return
            path.unlink()
        except FileNotFoundError:
            return  # someone was faster
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"cannot remove {shown(str(path))}: {reason}; remove it") from error


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What a folder holds; nothing where there is none."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error) from error


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:  # a link that leads nowhere, or gone since
        return -1


def _unreadable(path: Path, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(f"cannot read {shown(str(path))}: {reason}; check the disk and the path")
