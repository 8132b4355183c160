"""What a run into an output folder finds there, and what it has to do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from digitize import archives, journal, remote
from digitize.errors import InputError
from digitize.journal import Action, Asked, Making, PageKey, Row, Stat, Step, key_of
from digitize.model import Source
from digitize.source import Discovered, hashed, output_names

MakingOf = Callable[[Source], Making]


@dataclass(frozen=True, slots=True)
class Survey:
    """The steps of a run, one a page; the order and the rows of all pages that are known."""

    steps: tuple[Step, ...]
    order: tuple[PageKey, ...]
    rows: Mapping[PageKey, Row]

    @property
    def todo(self) -> tuple[Step, ...]:
        """The steps in which something is done."""
        return tuple(step for step in self.steps if step.action is not Action.KEEP)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there before the run: rows of the journal, files in the folder with their bytes."""

    rows: Mapping[PageKey, Row]
    sizes: Mapping[str, int]


def survey(found: Discovered, ground: Ground, making: MakingOf, force: bool = False) -> Survey:
    """What is to be done with what was ``found``, each page to be made as ``making`` says."""
    rows, sources = ground.rows, found.sources
    names = output_names((*sources, *found.others), _known_names(sources, rows))
    stats: dict[str, Stat] = {}
    asked = []
    for source in sources:
        stat = stats.setdefault(source.path, stat_of(source.path))
        known = rows.get(key_of(source))
        asked.append(Asked(_with_hash(source, known, stat), names[source], stat, making(source)))
    steps = journal.plan(asked, rows, ground.sizes, force)
    order = journal.merged(list(rows), [one.key for one in asked])
    return Survey(steps, tuple(order), rows)


def stat_of(path: str) -> Stat:
    """What is known of a file before it is read; a state never met where nothing is."""
    inside = archives.divided(path)
    file = inside[0] if inside else path
    try:
        if remote.is_url(file):
            return Stat(*remote.stamp_of(file))
        found = os.stat(file)
    except (OSError, InputError):  # whoever reads it will tell
        return Stat(-1, time.time_ns())
    return Stat(found.st_size, found.st_mtime_ns)


def moved(rows: Mapping[PageKey, Row], before: str, now: str) -> dict[PageKey, PageKey]:
    """Pages that are known by paths from when the output folder was at ``before``.

    Scans that went with the folder, as when a whole project was moved, by what they are now.
    """
    if not before or before == now:
        return {}
    found: dict[str, str] = {}
    for path in {key[0] for key in rows if journal.URL not in key[0]}:
        there = os.path.normpath(os.path.join(now, os.path.relpath(path, before)))
        if there != path and os.path.exists(there):
            found[path] = there
    return {key: (found[key[0]], *key[1:]) for key in rows if key[0] in found}


def _known_names(sources: Sequence[Source], rows: Mapping[PageKey, Row]) -> dict[Source, str]:
    """The names that pages have already; a file with other pages than before gets its own anew."""
    here = {key_of(source): source for source in sources}
    paths = {key[0] for key in here}
    known = {}
    for key, row in rows.items():
        if key in here:
            known[here[key]] = row.name
        elif key[0] not in paths:
            known[replace(row.source, sha256="")] = row.name
    return known


def _with_hash(source: Source, known: Row | None, stat: Stat) -> Source:
    """``source`` with its hash, as far as it is worth knowing: that of a new page is not yet."""
    if known is None or not known.finished:
        return source
    if stat == known.stat:
        return replace(source, sha256=known.sha256)
    try:
        return hashed(source)
    except InputError:  # whoever reads it will tell
        return source
