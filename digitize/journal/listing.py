"""The files in an output folder, and those among them that a dead run left half written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from digitize import atomic


@dataclass(frozen=True, slots=True)
class Listing:
    """Sizes by names in the folder ("page.txt", "page/01-headline.txt"); ``remains`` to remove."""

    sizes: dict[str, int] = field(default_factory=dict)
    remains: tuple[Path, ...] = ()

    def sweep(self) -> None:
        """Remove what is half written. Only who holds the folder's lock may do that."""
        for path in self.remains:
            with suppress(OSError):  # it takes room and does no harm
                path.unlink()


def listed(out: Path, names: Iterable[str]) -> Listing:
    """What is in ``out`` itself, and in the folders of its pages called ``names``."""
    sizes: dict[str, int] = {}
    remains: list[Path] = []
    for name, entry in _files(out, set(names)):
        if atomic.is_temporary(entry.name):
            remains.append(Path(entry.path))
        else:
            sizes[name] = _size(entry)
    return Listing(sizes, tuple(remains))


def _files(out: Path, folders: set[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in _entries(out):
        if not entry.is_dir():
            yield entry.name, entry
        elif entry.name in folders:
            for inner in _entries(Path(entry.path)):
                yield f"{entry.name}/{inner.name}", inner


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What a folder holds; nothing where it is not there or cannot be read."""
    with suppress(OSError), os.scandir(folder) as entries:
        yield from entries


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:  # a link that leads nowhere, or gone since
        return -1
