"""What goes to a worker and what comes back: small, without pixels and without pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitize.model import PageStatus, Source
from digitize.options import RunOptions
from digitize.page_files import Wanted, Written
from digitize.stitching import Stub


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read of a page before.

    It is in ``aside``, packed as by :func:`digitize.formats.packed`, or else in the page's JSON
    file, which must have the hash ``record`` (any, where that is ""). It is worth something where
    it was read as ``reading`` says. ``reflow``: its lines are put in order anew.
    """

    reading: str
    aside: bytes = b""
    record: str = ""
    reflow: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One page, everything that decides what is made of it, and where that goes.

    ``name`` is what its files are called, ``index`` its place in the run. Without a ``folder``, a
    path or a URL, the text comes back in the outcome. ``stitch``: what the page's end cuts may be
    linked too. ``explain``: lines for --explain come back, among them those read with less
    confidence than ``low_confidence``. With ``kept`` the page is made from that, and read only
    where it will not do.
    """

    source: Source
    options: RunOptions
    name: str = ""
    index: int = 0
    folder: str | None = None
    wanted: Wanted = field(default_factory=Wanted)
    stitch: bool = False
    explain: bool = False
    low_confidence: float = 0.0
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Why a page that was read could not be written.

    ``output``: the place it should go to is at fault. ``every``: no page can be written there.
    """

    reason: str
    output: bool = True
    every: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page.

    ``source`` has the hash of the bytes that were read. ``seconds`` are those of every stage and
    the "total". ``lines`` have text; ``doubtful`` of them were read with less confidence than the
    job asks for, ``confidence`` is the mean over their characters.

    ``stub`` and ``aside`` are for linking: what is kept of the page, and where it may change by
    what is found on others the page itself as JSON (:func:`digitize.formats.to_json`), shrunk by
    zlib. ``record`` is the hash of that JSON, wherever it is. ``text`` is what goes to stdout.
    ``peak`` is the most memory that the process has used so far, in MB. ``engine`` is who read it,
    with its version.
    """

    source: Source
    name: str
    index: int
    status: PageStatus
    errors: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    articles: int = 0
    lines: int = 0
    doubtful: int = 0
    confidence: float | None = None
    explained: tuple[str, ...] = ()
    stub: Stub | None = None
    aside: bytes = b""
    record: str = ""
    files: tuple[Written, ...] = ()
    text: str = ""
    unwritten: Unwritten | None = None
    peak: float = 0.0
    engine: str = ""


def failed(job: Job, reason: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a page that could not be read."""
    return Outcome(
        job.source,
        job.name,
        job.index,
        PageStatus.FAILED,
        errors=(reason,),
        seconds={"total": round(seconds, 3)},
    )
