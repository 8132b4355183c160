"""Rows of the journal to and from the table of pages."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from digitize.journal.model import Making, Outputs, PageKey, Row, Stat, State
from digitize.model import Half

# The columns that say what became of a page, in the order of :func:`outcome_of`.
OUTCOME = (
    "name", "size", "mtime_ns", "sha256", "reading", "reflow", "forms", "outputs", "record",
    "state", "reason", "links", "seconds", "lines", "doubtful", "below", "confidence",
)  # fmt: skip
SELECT = (
    "SELECT pages.*, asides.page IS NOT NULL AS aside"
    " FROM pages LEFT JOIN asides ON asides.page = pages.id"
)

Values = tuple[Any, ...]


def key_values(key: PageKey) -> Values:
    """What finds a page: path, page_no, page_count, half."""
    path, page_no, count, half = key
    return (os.fsencode(path), page_no, count, half.value)


def key_in(found: sqlite3.Row) -> PageKey:
    """Which page a row of the table is; TypeError where its number is none."""
    path, number, count = os.fsdecode(found["path"]), found["page_no"], found["page_count"]
    if type(number) is not int or type(count) is not int:
        raise TypeError("the number of a page is none")
    return (path, number, count, Half(found["half"]))


def outcome_of(row: Row, setting: Callable[[str], int]) -> Values:
    """The values of :data:`OUTCOME`; ``setting`` gives the number of a text of options."""
    made = row.making
    return (
        os.fsencode(row.name),
        row.stat.size,
        row.stat.mtime_ns,
        row.sha256,
        setting(made.reading),
        setting(made.reflow),
        " ".join(sorted(made.forms)),
        json.dumps(row.outputs, separators=(",", ":")),
        row.record,
        row.state.value,
        _plain(row.reason),
        row.links,
        row.seconds,
        row.lines,
        row.doubtful,
        row.below,
        row.confidence,
    )


def row_in(found: sqlite3.Row, settings: Mapping[int, str]) -> Row:
    """The page in a row of the table."""
    making = Making(
        settings.get(found["reading"], "{}"),
        settings.get(found["reflow"], "{}"),
        frozenset(found["forms"].split()),
    )
    return Row(
        key=key_in(found),
        name=os.fsdecode(found["name"]),
        position=found["position"],
        stat=Stat(found["size"], found["mtime_ns"]),
        sha256=found["sha256"],
        making=making,
        outputs=_outputs(found["outputs"]),
        record=found["record"],
        aside=bool(found["aside"]),
        state=State(found["state"]),
        reason=found["reason"],
        links=found["links"],
        unresolved=tuple(found["unresolved"].splitlines()),
        touched=bool(found["touched"]),
        seconds=found["seconds"],
        lines=found["lines"],
        doubtful=found["doubtful"],
        below=found["below"],
        confidence=found["confidence"],
    )


def _outputs(text: str) -> Outputs:
    """The files of a page and their sizes, by form; ValueError for other JSON."""
    found = json.loads(text)
    if not isinstance(found, dict) or not all(
        isinstance(files, dict) and all(type(size) is int for size in files.values())
        for files in found.values()
    ):
        raise ValueError("the files of a page cannot be told")
    return found


def _plain(text: str) -> str:
    """``text`` as SQLite takes it: a name in it may hold bytes that are no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
