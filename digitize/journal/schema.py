"""The journal's tables, and opening the file that holds them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from digitize.errors import unbroken

FILE = "journal.sqlite"
APPLICATION = 0x64676A6C  # "dgjl": a file of another program is told from a journal
VERSION = 2
LONGEST = 200  # characters of what SQLite has to say; it may quote a whole table
BUSY = 30.0  # seconds to wait for a reader to let go; ``digitize status`` takes far less

# Paths and names are bytes, since not all of them are UTF-8. What is needed at the end alone, or of
# few pages, is apart: the table of pages is read as a whole at every start.
TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settings (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  path BLOB NOT NULL, page_no INTEGER NOT NULL, page_count INTEGER NOT NULL,
  half TEXT NOT NULL, name BLOB NOT NULL, position INTEGER NOT NULL,
  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL DEFAULT '',
  reading INTEGER REFERENCES settings, reflow INTEGER REFERENCES settings,
  forms TEXT NOT NULL DEFAULT '', outputs TEXT NOT NULL DEFAULT '{}',
  record TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'pending',
  reason TEXT NOT NULL DEFAULT '', links TEXT NOT NULL DEFAULT '',
  unresolved TEXT NOT NULL DEFAULT '', touched INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0, lines INTEGER NOT NULL DEFAULT 0,
  doubtful INTEGER NOT NULL DEFAULT 0, below REAL NOT NULL DEFAULT 0, confidence REAL,
  UNIQUE (path, page_no, page_count, half)
);
CREATE TABLE stubs (
  page INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE, stub BLOB NOT NULL
);
CREATE TABLE asides (
  page INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE, json BLOB NOT NULL
);
"""


class NewerError(Exception):
    """The journal was written by a newer version of this program."""


class DamagedError(Exception):
    """The file is no journal, or its bytes are damaged; ``str`` says how, in one line."""

    def __init__(self, how: object) -> None:
        super().__init__(unbroken(how)[:LONGEST])


def connected(path: Path) -> sqlite3.Connection:
    """The journal at ``path``, made where there is none, ready to be written.

    Raises NewerError, DamagedError, or sqlite3.Error where the disk does not play along.
    """
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connected_to_read(path: Path) -> sqlite3.Connection:
    """The journal at ``path``, which is not changed, while another process may write it."""
    try:
        return _to_read(path, "mode=ro")
    except sqlite3.OperationalError:
        # SQLite wants to put a file beside it, even to read, and there is no room or no permission.
        # Without that file nobody is writing.
        return _to_read(path, "mode=ro&immutable=1")


def _to_read(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY)
    try:
        check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Raise NewerError or DamagedError where this is no journal that can be used."""
    try:
        version = _pragma(connection, "user_version")
        owner = _pragma(connection, "application_id")
        if owner != APPLICATION:
            raise DamagedError("it is no journal")
        if version > VERSION:
            raise NewerError
        if 0 < version < VERSION:  # its pages are taken up again from their JSON
            raise DamagedError(f"it has the form of version {version}")
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        raise  # the disk, or somebody's lock
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise DamagedError(error) from error
    if said != "ok":
        raise DamagedError(said)
    _check_values(connection)


def _check_values(connection: sqlite3.Connection) -> None:
    """Raise DamagedError where a column is missing, or holds a value of another type than its own.

    SQLite takes any value in any column, and believes what the file says of its tables.
    """
    for table, columns in _columns().items():
        odd = " OR ".join(f"typeof({name}) NOT IN ({types})" for name, types in columns.items())
        try:
            found = connection.execute(f"SELECT 1 FROM {table} WHERE {odd} LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            if _is_busy(error):
                raise
            raise DamagedError(error) from error
        if found is not None:
            raise DamagedError(f"a value in its table {table} cannot be")


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    """Whether the disk or somebody's lock is at fault, and not what the file says."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT)


@cache
def _columns() -> dict[str, dict[str, str]]:
    """The columns of every table, each with the types that its values may have, as SQL has them."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(TABLES)
        tables = [
            name for (name,) in fresh.execute("SELECT name FROM sqlite_master WHERE sql > ''")
        ]
        return {
            table: {
                str(name): f"'{str(kind).lower()}'" + ("" if required or key else ", 'null'")
                for _, name, kind, required, _, key in fresh.execute(f"PRAGMA table_info({table})")
            }
            for table in tables
        }


def _prepare(connection: sqlite3.Connection) -> None:
    if _is_new(connection):
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    check(connection)
    # Where the file system has no shared memory SQLite stays with its usual journal.
    connection.execute("PRAGMA journal_mode = WAL")
    # A commit outlives this process at once, a power failure at the next checkpoint; the files of
    # the pages in between are there, and are taken up again from their JSON.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _is_new(connection: sqlite3.Connection) -> bool:
    try:
        return not connection.execute("SELECT * FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise DamagedError(error) from error


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
