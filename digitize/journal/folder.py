"""An output folder while a run has it: locked, swept of what a dead run left, its journal open."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from digitize import atomic
from digitize.errors import OutputError, shown
from digitize.journal import schema
from digitize.journal.lock import Lock
from digitize.journal.store import Journal, not_usable

ROOM = ".digitize"  # in the output folder: hidden, so that no run takes it for scans


@contextmanager
def opened(out: Path, tell: Callable[[str], None]) -> Iterator[Journal]:
    """The journal of ``out``, which is this process's alone until the end of the block.

    The folder is made where there is none. A damaged journal is set aside, which ``tell`` is told.
    Raises OutputError where another run has the folder, or where it cannot be written.
    """
    room = out / ROOM
    atomic.check_folder(room)
    with Lock(room), closing(_journal(room / schema.FILE, tell)) as journal:
        yield journal


def path_of(out: Path) -> Path:
    """Where the journal of an output folder is."""
    return out / ROOM / schema.FILE


def to_read(out: Path) -> Journal:
    """The journal of ``out``, to look at only; OutputError where there is none that can be read."""
    path = path_of(out)
    try:
        return Journal(schema.connected_to_read(path), path)
    except schema.NewerError:
        raise _newer(path) from None
    except (schema.DamagedError, sqlite3.Error) as error:
        raise not_usable(path, error) from error


def _journal(path: Path, tell: Callable[[str], None]) -> Journal:
    try:
        return Journal(schema.connected(path), path)
    except schema.NewerError:
        raise _newer(path) from None
    except schema.DamagedError as error:
        aside = _set_aside(path)
        tell(
            f"digitize: {shown(str(path))} is damaged ({error}) and was set aside as {aside.name};"
            " pages are taken up again from their JSON files"
        )
    except sqlite3.Error as error:
        raise not_usable(path, error) from error
    try:
        return Journal(schema.connected(path), path)
    except sqlite3.Error as error:
        raise not_usable(path, error) from error


def _newer(path: Path) -> OutputError:
    return OutputError(
        f"{shown(str(path))} was written by a newer digitize; use that one, or name another folder"
    )


def _set_aside(path: Path) -> Path:
    """Give a damaged journal, and what SQLite keeps beside it, another name."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    try:
        for tail in ("", "-wal", "-shm"):
            beside = path.with_name(path.name + tail)
            if beside.exists():
                os.replace(beside, aside.with_name(aside.name + tail))
    except OSError as error:
        raise not_usable(path, error) from error
    return aside
