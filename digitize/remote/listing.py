"""Which files lie behind a URL: a folder with its subfolders, or what a pattern matches."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from enum import Enum
from typing import Any

from digitize.errors import InputError, shown
from digitize.remote.address import WEB, scheme
from digitize.remote.attempts import tried
from digitize.remote.filesystem import connect
from digitize.remote.stamps import note


class Kind(Enum):
    """What a URL leads to."""

    FILE = "file"
    FOLDER = "folder"
    PATTERN = "pattern"
    NOTHING = "nothing"


def kind_of(url: str) -> Kind:
    """Ask the store what a URL is; InputError where it does not answer.

    A web address is always a file: the web has no folders.
    """
    if scheme(url) in WEB:
        return Kind.FILE
    fs, path = _reached(url)
    try:
        info = tried(lambda: fs.info(path), f"look at {shown(url)}", InputError)
    except FileNotFoundError:
        return Kind.PATTERN if any(c in path for c in "*?[") else Kind.NOTHING
    return Kind.FOLDER if info.get("type") == "directory" else Kind.FILE


def walk(url: str) -> Iterator[str]:
    """The URLs of all files in a folder and below it, hidden ones left out.

    One folder is listed at a time: what a store says of a file is a hundred times its name.
    Raises InputError where one cannot be listed.
    """
    fs, path = _reached(url)
    folders = [path]
    while folders:
        for row in _entries(fs, folders.pop()):
            if row.get("type") == "directory":
                folders.append(str(row["name"]).rstrip("/"))
            else:
                yield _file(fs, row)


def matching(url: str) -> list[str]:
    """The URLs of all files that a pattern matches, ``**`` for any folders; InputError."""
    fs, path = _reached(url)
    doing = f"list {shown(url)}"
    found = tried(lambda: fs.glob(path, detail=True), doing, InputError)
    files = ({**info, "name": name} for name, info in found.items())
    return [_file(fs, row) for row in files if row.get("type") != "directory" and _open(row)]


def _reached(url: str) -> tuple[Any, str]:
    return tried(lambda: connect(url, InputError), f"reach {shown(url)}", InputError)


def _entries(fs: Any, path: str) -> list[dict[str, Any]]:
    """What is told of the files and folders in a folder, hidden ones left out."""
    doing = f"list {shown(_url(fs, path))}"
    try:
        rows = tried(lambda: fs.ls(path, detail=True), doing, InputError)
    except FileNotFoundError:  # removed since it was seen
        return []
    itself = path.rstrip("/")  # a folder's marker, as some tools write it
    return [row for row in rows if str(row["name"]).rstrip("/") != itself and _open(row)]


def _open(row: dict[str, Any]) -> bool:
    return not posixpath.basename(str(row["name"]).rstrip("/")).startswith(".")


def _file(fs: Any, row: dict[str, Any]) -> str:
    """The URL of a file, of which is remembered what was told."""
    url = _url(fs, str(row["name"]))
    note(url, row)
    return url


def _url(fs: Any, path: str) -> str:
    return str(fs.unstrip_protocol(path))
