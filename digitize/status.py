"""What is known of an output folder: ``digitize status``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from digitize import archives, ledger, uncertain
from digitize.errors import ExitCode, NothingUsableError, shown
from digitize.formats.json import utf8
from digitize.journal import URL, Row, State, holder_of, room_of, whole_forms
from digitize.storage import Store, store_at
from digitize.survey import Ground

MOST = 20  # lines of one kind on a terminal; --json has them all

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Status:
    """The pages of a folder by what became of them.

    ``pending`` are known and not made as they were asked for; of ``lost`` a file is gone or of
    another size; of ``gone`` the scan is no more. A page may be of several kinds. ``doubtful`` has
    the worst first. ``holder`` is the process that works on the folder, "" for none.
    """

    place: str
    holder: str = ""
    done: tuple[Row, ...] = ()
    failed: tuple[Row, ...] = ()
    pending: tuple[Row, ...] = ()
    lost: tuple[Row, ...] = ()
    doubtful: tuple[Row, ...] = ()
    unresolved: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """0 where every page is done and its files are there."""
        return ExitCode.SOME_FAILED if self.failed or self.pending or self.lost else ExitCode.OK


def run(out: str, as_json: bool, show: Say) -> int:
    """Print what is known of the folder ``out``; the exit code.

    Raises NothingUsableError where nothing is known, OutputError for a journal that is damaged.
    """
    found = status_of(store_at(out))
    if as_json:
        show(utf8(json.dumps(as_data(found), ensure_ascii=False, indent=1)))
    else:
        for line in lines(found):
            show(line)
    return found.exit_code


def status_of(store: Store) -> Status:
    """What is known of a folder, which is not changed."""
    ground = ledger.looked_at(store)
    if not ground.rows:
        place = shown(store.location)
        raise NothingUsableError(f"no run is known in {place}; digitize run INPUT -o {place}")
    return _sorted(store.location, ground, holder_of(room_of(store.location)))


def _sorted(place: str, ground: Ground, holder: str) -> Status:
    rows = tuple(ground.rows.values())
    done = tuple(row for row in rows if _is_done(row))
    doubtful = [row for row in rows if row.finished and row.doubtful]
    return Status(
        place=place,
        holder=holder,
        done=done,
        failed=tuple(row for row in rows if row.state is State.FAILED),
        pending=tuple(r for r in rows if r.state is not State.FAILED and not _is_done(r)),
        lost=tuple(r for r in done if whole_forms(r, ground.sizes) != r.making.forms),
        doubtful=tuple(sorted(doubtful, key=lambda row: -row.doubtful / max(1, row.lines))),
        unresolved=tuple(row for row in rows if row.unresolved),
        gone=tuple(row for row in rows if _is_gone(row)),
    )


def _is_done(row: Row) -> bool:
    return row.finished and not row.touched


def _is_gone(row: Row) -> bool:
    path = row.key[0]
    if URL in path or os.path.exists(path):
        return False
    inside = archives.divided(path)
    return inside is None or not os.path.exists(inside[0])


# In words


def lines(found: Status) -> Iterator[str]:
    """A line of sums, then the pages of every kind that wants looking at."""
    yield f"{shown(found.place)}: {_sums(found)}"
    if found.holder:
        yield f"a run is at work: {found.holder}"
    yield from _listed("failed", map(_failure, found.failed))
    yield from _listed("pending", map(page_of, found.pending))
    yield from _listed("files lost or changed", map(page_of, found.lost))
    yield from _listed("low confidence", map(_doubts, found.doubtful))
    messages = (message for row in found.unresolved for message in row.unresolved)
    yield from _listed("links unresolved", messages)
    yield from _listed("scan gone, results kept", map(page_of, found.gone))


def page_of(row: Row) -> str:
    """The page as a user knows it, from this folder where it lies in it."""
    path = row.key[0]
    here = os.path.relpath(path) if URL not in path else path
    source = row.source
    near = path if here.startswith("..") else here
    return shown(source.label.replace(path, near, 1))


def _sums(found: Status) -> str:
    empty = sum(row.state is State.EMPTY for row in found.done)
    parts = [f"{len(found.done)} done" + (f" ({empty} without text)" if empty else "")]
    parts += [
        f"{count} {kind}"
        for count, kind in (
            (len(found.failed), "failed"),
            (len(found.pending), "pending"),
            (len(found.lost), "with files lost or changed"),
            (len(found.doubtful), "with lines of low confidence"),
            (sum(len(row.unresolved) for row in found.unresolved), "links unresolved"),
            (len(found.gone), "whose scan is gone"),
        )
        if count
    ]
    return ", ".join(parts)


def _failure(row: Row) -> str:
    """Why a page failed; most reasons name it."""
    name = shown(os.path.basename(row.key[0]))
    return row.reason if name in row.reason else f"{page_of(row)}: {row.reason}"


def _doubts(row: Row) -> str:
    counted = uncertain.counted(row.doubtful, row.below)
    mean = "" if row.confidence is None else f", {row.confidence:.2f} in the mean"
    return f"{page_of(row)}: {counted} of {row.lines}{mean}"


def _listed(kind: str, rows: Iterable[str]) -> Iterator[str]:
    told = list(rows)
    if told:
        yield f"{kind}:"
        yield from (f"  {line}" for line in islice(told, MOST))
    if len(told) > MOST:
        yield f"  … and {len(told) - MOST} more; --json names them all"


# As data


def as_data(found: Status) -> dict[str, Any]:
    """All of it in JSON's types."""
    return {
        "folder": found.place,
        "running": found.holder or None,
        "counts": {
            "done": len(found.done),
            "empty": sum(row.state is State.EMPTY for row in found.done),
            "failed": len(found.failed),
            "pending": len(found.pending),
            "lost": len(found.lost),
        },
        "failed": [{**_named(row), "reason": row.reason} for row in found.failed],
        "pending": _all_named(found.pending),
        "lost": _all_named(found.lost),
        "low_confidence": [
            {
                **_named(row),
                "lines": row.lines,
                "doubtful": row.doubtful,
                "below": row.below,
                "confidence": row.confidence,
            }
            for row in found.doubtful
        ],
        "unresolved": [
            {**_named(row), "message": message}
            for row in found.unresolved
            for message in row.unresolved
        ],
        "gone": _all_named(found.gone),
    }


def _all_named(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [_named(row) for row in rows]


def _named(row: Row) -> dict[str, str]:
    return {"page": row.source.label, "name": row.name}
