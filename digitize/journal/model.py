"""What is known of every page of an output folder, and what is to be done with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from digitize.model import Half, Source

PageKey = tuple[str, int, int, Half]
"""Which page: its file's absolute path (or URL), its number in the file, how many there are, and
which of the two that its scan shows."""

URL = "://"


class State(StrEnum):
    """How far a page is."""

    PENDING = "pending"  # known, and never finished
    OK = "ok"
    EMPTY = "empty"  # read, and there is no text on it
    FAILED = "failed"


class Action(StrEnum):
    """What a run does with a page; the first is nothing, the last the most."""

    KEEP = "keep"
    WRITE = "write"  # its files, from what is kept of it
    REFLOW = "reflow"  # put it in order anew, from what is kept of it
    RECOVER = "recover"  # from a JSON file that lies there, if that is as wanted; else read
    READ = "read"


@dataclass(frozen=True, slots=True)
class Stat:
    """What a file system says of a file, by which a change is noticed without reading it.

    Of a URL, ``mtime_ns`` is a number that changes with what its store says of it.
    """

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Making:
    """What decides how a page comes out.

    ``reading`` and ``reflow`` are options and versions as JSON text (see :mod:`keys`); ``forms``
    are the forms of files: formats by name, "overlay", "articles".
    """

    reading: str = "{}"
    reflow: str = "{}"
    forms: frozenset[str] = frozenset()


Outputs = Mapping[str, Mapping[str, int]]
"""The files of a page by form: names in the output folder, with their bytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A page as the journal knows it.

    ``name`` is what its files are called, ``position`` its place among all pages of the folder.
    ``record`` is the hash of the page's own JSON as it was before it was linked with others;
    ``aside`` says that the journal itself keeps that JSON. ``links`` is a digest of the links that
    stand in its files, "" for none. ``touched``: a run meant to make it anew and was not seen to
    finish it, so that its files may be of that run. ``doubtful`` of its ``lines`` were read with
    less confidence than ``below``; ``confidence`` is the mean.
    """

    key: PageKey
    name: str
    position: int = 0
    stat: Stat = Stat(0, 0)
    sha256: str = ""
    making: Making = Making()
    outputs: Outputs = field(default_factory=dict)
    record: str = ""
    aside: bool = False
    state: State = State.PENDING
    reason: str = ""
    links: str = ""
    unresolved: tuple[str, ...] = ()
    touched: bool = False
    seconds: float = 0.0
    lines: int = 0
    doubtful: int = 0
    below: float = 0.0
    confidence: float | None = None

    @property
    def source(self) -> Source:
        """The page as inputs name it."""
        path, page_no, count, half = self.key
        return Source(path, page_no, count, self.sha256, half=half)

    @property
    def finished(self) -> bool:
        """Whether its files were written."""
        return self.state in {State.OK, State.EMPTY}


@dataclass(frozen=True, slots=True)
class Asked:
    """A page among a run's inputs, and what it is to become.

    The hash in ``source`` may be left out where ``stat`` is that of the row.
    """

    source: Source
    name: str
    stat: Stat
    making: Making

    @property
    def key(self) -> PageKey:
        """Which page it is."""
        return key_of(self.source)


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with one page, and why. ``forms``: what is written then."""

    asked: Asked
    action: Action
    reason: str
    forms: frozenset[str] = frozenset()


def key_of(source: Source) -> PageKey:
    """Which page ``source`` is, whatever folder its path starts from."""
    path = source.path if URL in source.path else os.path.abspath(source.path)
    return (path, source.page_no, source.page_count, source.half)
