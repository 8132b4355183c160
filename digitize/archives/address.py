"""Paths of files in archives: the archive's own path, then the member's, as if in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO

from digitize.remote import is_url


class Kind(StrEnum):
    """How an archive is packed."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gz"
    BZIP2 = "bz2"
    XZ = "xz"


@dataclass(frozen=True, slots=True)
class File:
    """A file in an archive: its path there, None where it leads out; its name as it is packed."""

    name: str | None
    own: str
    open: Callable[[], IO[bytes]]


_SUFFIXES = {
    ".zip": Kind.ZIP,
    ".cbz": Kind.ZIP,
    ".tar": Kind.TAR,
    ".cbt": Kind.TAR,
    ".tar.gz": Kind.GZIP,
    ".tgz": Kind.GZIP,
    ".tar.bz2": Kind.BZIP2,
    ".tbz2": Kind.BZIP2,
    ".tar.xz": Kind.XZ,
    ".txz": Kind.XZ,
}
_MAGIC = {
    b"PK\x03\x04": Kind.ZIP,
    b"PK\x05\x06": Kind.ZIP,  # without members
    b"PK\x07\x08": Kind.ZIP,  # in parts, of which this is the only one
    b"\x1f\x8b": Kind.GZIP,
    b"BZh": Kind.BZIP2,
    b"\xfd7zXZ\x00": Kind.XZ,
}
_USTAR = slice(257, 262)  # where a TAR says what it is
OTHERS = (
    ".7z",
    ".rar",
    ".cbr",
    ".cb7",
    ".tar.zst",
    ".tzst",
    ".zst",
    ".tar.lz",
    ".gz",
    ".bz2",
    ".xz",
)
"""Endings of archives that are not read."""


def is_archive(path: str) -> bool:
    """Whether ``path`` is named like an archive that is read."""
    return _by_name(path) is not None


def suffix_of(path: str) -> str:
    """The ending that names an archive, as it is written; "" where there is none."""
    low = path.lower()
    found = [suffix for suffix in _SUFFIXES if low.endswith(suffix)]
    return path[-len(max(found, key=len)) :] if found else ""


def kind_of(head: bytes) -> Kind | None:
    """What the first bytes say; the old form of TAR says nothing."""
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    return Kind.TAR if head[_USTAR] == b"ustar" else None


def divided(path: str) -> tuple[str, str] | None:
    """The archive and the member that a path names; None for the path of no member.

    On this machine the archive must be there; behind a URL what is named like one is one.
    """
    if not is_url(path) and os.path.lexists(path):
        return None
    parts = path.split("/")
    for end in range(1, len(parts)):
        whole = "/".join(parts[:end])
        if is_archive(whole) and (is_url(path) or os.path.isfile(whole)):
            return whole, "/".join(parts[end:])
    return None


def safe_name(name: str) -> str | None:
    """A member's name as a path below the archive; None where it leads out of it.

    Some programs write backslashes, a drive or a leading slash.
    """
    plain = name.replace("\\", "/")
    if plain[1:2] == ":" and plain[:1].isalpha():
        plain = plain[2:]
    parts = [part for part in PurePosixPath(plain.lstrip("/")).parts if part != "."]
    return None if not parts or ".." in parts or "\0" in name else "/".join(parts)


def _by_name(path: str) -> Kind | None:
    suffix = suffix_of(path).lower()
    return _SUFFIXES.get(suffix)
