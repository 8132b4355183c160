"""The journal of an output folder: what is known of every page, in one SQLite file.

Only the process that leads a run writes it, and a page at a time: one transaction, so that a page
is in it whole or not at all, whenever the process dies.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from digitize.errors import OutputError, shown, unbroken
from digitize.journal import rows
from digitize.journal.model import Action, PageKey, Row, Step

UNSURE = "?"  # as a digest of links: a run may have been killed while it wrote them


class Journal:
    """An open journal. Every method but :meth:`close` may raise OutputError."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path
        connection.row_factory = sqlite3.Row
        self._numbers: dict[str, int] = {}

    def rows(self) -> dict[PageKey, Row]:
        """All pages in their order."""
        with self._readable():
            settings = dict(self._ask("SELECT id, text FROM settings"))
            found = self._ask(f"{rows.SELECT} ORDER BY position, pages.id")
            made = (rows.row_in(row, settings) for row in found)
            return {row.key: row for row in made}

    def facts(self) -> dict[str, str]:
        """What is known of the last run."""
        with self._guarded():
            return dict(self._ask("SELECT name, value FROM facts"))

    def note(self, **facts: str) -> None:
        """Keep facts of this run."""
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", list(facts.items())
            )

    def begin(self, steps: Iterable[Step], order: Sequence[PageKey]) -> None:
        """Take note of what a run is about to do, before it does any of it.

        New pages are known from now on, with their names; ``order`` is that of all pages.
        """
        with self._transaction():
            for step in steps:
                self._begin(step)
            self._connection.executemany(
                "UPDATE pages SET position = ?1 WHERE position <> ?1"
                " AND path = ?2 AND page_no = ?3 AND page_count = ?4 AND half = ?5",
                ((place, *rows.key_values(key)) for place, key in enumerate(order)),
            )

    def record(self, row: Row, stub: str = "", aside: bytes = b"") -> None:
        """Keep what became of a page: its row, its stub for linking, and itself laid aside.

        ``stub`` is JSON text, "" for a page that cannot be linked; ``aside`` the page's own JSON,
        packed, where no file holds it.
        """
        with self._transaction():
            page = self._page(row.key)
            values = rows.outcome_of(row, self._setting)
            sets = ", ".join(f"{column} = ?" for column in rows.OUTCOME)
            self._do(f"UPDATE pages SET {sets}, touched = 0 WHERE id = ?", *values, page)
            for table, data in (("stubs", zlib.compress(stub.encode()) if stub else b""),
                                ("asides", aside)):  # fmt: skip
                if data:
                    self._do(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", page, data)
                else:
                    self._do(f"DELETE FROM {table} WHERE page = ?", page)

    def stubs(self) -> Iterator[tuple[PageKey, str]]:
        """What was kept for linking, page by page in their order."""
        with self._readable():
            for found in self._ask(
                "SELECT path, page_no, page_count, half, stub FROM stubs"
                " JOIN pages ON pages.id = stubs.page ORDER BY position, pages.id"
            ):
                yield rows.key_in(found), zlib.decompress(found["stub"]).decode()

    def aside(self, key: PageKey) -> bytes:
        """The page's own JSON, packed, where the journal keeps it; else nothing."""
        with self._readable():
            found = self._ask("SELECT json FROM asides WHERE page = ?", self._page(key)).fetchone()
            return bytes(found["json"]) if found else b""

    def linking(self, key: PageKey, aside: bytes = b"") -> None:
        """Take note that a page's files are about to be changed by what is on other pages.

        ``aside`` is the page's own JSON, packed, where it is not kept here yet.
        """
        with self._transaction():
            page = self._page(key)
            if aside:
                self._do("INSERT OR REPLACE INTO asides VALUES (?, ?)", page, aside)
            self._do("UPDATE pages SET links = ? WHERE id = ?", UNSURE, page)

    def linked(self, row: Row) -> None:
        """Keep which links stand in a page's files, and the files as they are now."""
        with self._transaction():
            values = rows.outcome_of(row, self._setting)
            kept = dict(zip(rows.OUTCOME, values, strict=True))
            self._do(
                "UPDATE pages SET links = ?, outputs = ? WHERE id = ?",
                kept["links"],
                kept["outputs"],
                self._page(row.key),
            )

    def unresolved(self, told: Mapping[PageKey, Sequence[str]]) -> None:
        """Keep the turn lines that lead nowhere, by page, in place of all from before."""
        with self._transaction():
            self._do("UPDATE pages SET unresolved = '' WHERE unresolved <> ''")
            for key, lines in told.items():
                self._do(
                    "UPDATE pages SET unresolved = ? WHERE id = ?",
                    "\n".join(lines),
                    self._page(key),
                )

    def move(self, keys: Mapping[PageKey, PageKey]) -> None:
        """Know pages by other paths from now on."""
        with self._transaction():
            for before, now in keys.items():
                self._do("UPDATE pages SET path = ? WHERE id = ?", rows.key_values(now)[0],
                         self._page(before))  # fmt: skip

    def close(self) -> None:
        """Nothing more comes."""
        self._connection.close()

    def _begin(self, step: Step) -> None:
        asked = step.asked
        key, stat = rows.key_values(asked.key), (asked.stat.size, asked.stat.mtime_ns)
        # A file that has more pages than before gives its names to others of its own.
        self._do("DELETE FROM pages WHERE name = ? AND path = ? AND page_count <> ?",
                 os.fsencode(asked.name), key[0], key[2])  # fmt: skip
        # A scan that is read as two pages is no longer read as one, nor the other way round.
        self._do("DELETE FROM pages WHERE path = ? AND page_no = ? AND half NOT IN (?, ?)",
                 *key[:2], asked.source.half, asked.source.half.twin)  # fmt: skip
        self._do(
            "INSERT OR IGNORE INTO pages"
            " (path, page_no, page_count, half, name, position, size, mtime_ns)"
            " VALUES (?, ?, ?, ?, ?, -1, ?, ?)",
            *key, os.fsencode(asked.name), *stat,
        )  # fmt: skip
        if step.action is Action.KEEP:
            self._do("UPDATE pages SET size = ?, mtime_ns = ? WHERE id = ?", *stat,
                     self._page(asked.key))  # fmt: skip
            self._forget(self._page(asked.key), step.forms)
        else:
            self._do("UPDATE pages SET touched = 1 WHERE id = ?", self._page(asked.key))

    def _forget(self, page: int, forms: frozenset[str]) -> None:
        """Know no more of a kept page's files than those of ``forms``: the others are gone."""
        found = self._ask("SELECT forms, outputs FROM pages WHERE id = ?", page).fetchone()
        if forms == frozenset(found["forms"].split()):
            return
        outputs = json.loads(found["outputs"])
        kept = json.dumps({form: outputs[form] for form in outputs if form in forms})
        self._do("UPDATE pages SET forms = ?, outputs = ? WHERE id = ?", " ".join(sorted(forms)),
                 kept, page)  # fmt: skip

    def _page(self, key: PageKey) -> int:
        found = self._ask(
            "SELECT id FROM pages WHERE path = ? AND page_no = ? AND page_count = ? AND half = ?",
            *rows.key_values(key),
        ).fetchone()
        return int(found["id"])

    def _setting(self, text: str) -> int:
        """The number of a text of options, which many pages share."""
        if text not in self._numbers:
            self._do("INSERT OR IGNORE INTO settings (text) VALUES (?)", text)
            found = self._ask("SELECT id FROM settings WHERE text = ?", text).fetchone()
            self._numbers[text] = int(found["id"])
        return self._numbers[text]

    def _ask(self, query: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(query, values)

    def _do(self, statement: str, *values: object) -> None:
        self._connection.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        with self._guarded():
            self._do("BEGIN IMMEDIATE")
            try:
                yield
                self._do("COMMIT")
            except BaseException:
                self._numbers.clear()  # those made inside are gone with it
                if self._connection.in_transaction:
                    self._do("ROLLBACK")
                raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise not_usable(self.path, error) from error

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """As :meth:`_guarded`, and what makes no sense is told as damage."""
        with self._guarded():
            try:
                yield
            except (ValueError, TypeError, LookupError, zlib.error) as error:
                raise damaged(self.path, error) from error


def damaged(path: Path, error: Exception) -> OutputError:
    """The error for a journal whose tables are whole and say what cannot be."""
    why = unbroken(error)
    return OutputError(
        f"{shown(str(path))} is damaged ({why}); remove it, and run the same command again: pages "
        "are taken up from their JSON files"
    )


def not_usable(path: Path, error: Exception) -> OutputError:
    """The error for a journal that the disk does not let us read or write."""
    why = unbroken(error)
    return OutputError(
        f"cannot use {shown(str(path))}: {why}; see to the disk and run the same command again"
    )
