"""The journal of an output folder: where it is, opened for one run alone or to look at."""

from __future__ import annotations

import hashlib
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
from digitize.journal.model import URL
from digitize.journal.store import Journal, not_usable

ROOM = ".digitize"  # in the output folder: hidden, so that no run takes it for scans


def room_of(location: str) -> Path:
    """Where the journal of an output folder is kept: in it, or on this machine for a URL."""
    if URL not in location:
        return Path(location) / ROOM
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "digitize" / hashlib.sha256(location.encode()).hexdigest()[:32]


@contextmanager
def opened(location: str, tell: Callable[[str], None]) -> Iterator[Journal]:
    """The journal of an output folder, which is this process's alone until the end of the block.

    A damaged journal is set aside, which ``tell`` is told. Raises OutputError where another run has
    the folder, or where the journal cannot be written.
    """
    room = room_of(location)
    atomic.check_folder(room)
    with Lock(room, location), closing(_journal(room / schema.FILE, tell)) as journal:
        yield journal


def to_read(location: str) -> Journal | None:
    """The journal of an output folder, to look at only; None where there is none.

    Raises OutputError for one that cannot be read.
    """
    path = room_of(location) / schema.FILE
    if not path.exists():
        return None
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
