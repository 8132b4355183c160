"""Scans that show two pages: found before the run, so that each page is one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from digitize import remote
from digitize.batch.plan import Plan
from digitize.errors import DigitizeError, shown
from digitize.geometry import WritingMode
from digitize.journal import Making, PageKey, Row, Stat, State, key_of
from digitize.model import Half, Source
from digitize.options import RunOptions
from digitize.survey import stat_of

FEW = 6  # scans to look at that are not worth starting processes for: 0.3 s each
SECONDS = 60.0  # a look may take
MOST_URLS = 10_000  # files behind URLs to look at, a request or two for each: minutes
OptionsOf = Callable[[Source], RunOptions]
MakingOf = Callable[[Source], Making]
Pages = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """The pages of a run, each of its own; ``told`` are messages about how that came."""

    sources: Pages
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A scan to look at. ``sure``: it shows two pages if it is broader than high."""

    source: Source
    sure: bool
    mode: WritingMode | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Two pages on a scan: how their lines run, and whether anything shows where they part."""

    mode: WritingMode
    clear: bool = True


def parted(
    sources: Sequence[Source],
    options: OptionsOf,
    workers: int,
    known: Mapping[Source, Pages] = MappingProxyType({}),
) -> Parted:
    """``sources`` with each that shows two pages as two, in the order in which they are read.

    Those that are ``known`` are not looked at. A scan that cannot be opened stays as it is: whoever
    reads it will tell.
    """
    unknown = (source for source in sources if source not in known)
    looks = [look for source in unknown if (look := _look(source, options(source))) is not None]
    looks, passed = _within_reach(looks)
    seen = {look.source: found for look, found in _seen(looks, workers) if found is not None}
    pages = {**known, **{source: _pages(source, found.mode) for source, found in seen.items()}}
    return Parted(
        tuple(page for source in sources for page in pages.get(source, (source,))),
        (*passed, *_told(seen)),
    )


def known(
    sources: Sequence[Source], rows: Mapping[PageKey, Row], making: MakingOf
) -> dict[Source, Pages]:
    """What a run before made of each scan, if neither the scan nor the options have changed."""
    found = {}
    stats: dict[str, Stat] = {}
    for source in sources:
        for pages in ((source,), *(_pages(source, mode) for mode in WritingMode)):
            last = rows.get(key_of(pages[-1]))
            if last is None or last.state is State.PENDING:
                continue
            stat = stats.setdefault(source.path, stat_of(source.path))
            if last.stat == stat and last.making.reading == making(source).reading:
                found[source] = pages
    return found


def _within_reach(looks: list[Look]) -> tuple[list[Look], tuple[str, ...]]:
    """Those that can be looked at before any page is read, and what to tell of the others."""
    far = [look for look in looks if not look.sure and remote.is_url(look.source.path)]
    if len(far) <= MOST_URLS:
        return looks, ()
    told = f"{len(far):,} scans behind URLs are too many to look whether they show two pages;"
    near = set(looks) - set(far)
    return [look for look in looks if look in near], (f"{told} --spread yes parts the broad ones",)


def _look(source: Source, options: RunOptions) -> Look | None:
    asked = options.input.spread
    if asked == "no" or source.half:
        return None
    return Look(source, asked == "yes", _MODES.get(options.layout.writing_mode))


_MODES = {"horizontal": WritingMode.HORIZONTAL, "vertical": WritingMode.VERTICAL}


def _pages(source: Source, mode: WritingMode) -> Pages:
    """The two pages of a scan in the order in which they are read."""
    first = Half.RIGHT_FIRST if mode is WritingMode.VERTICAL else Half.LEFT_FIRST
    return replace(source, half=first), replace(source, half=first.twin)


def _told(seen: Mapping[Source, Seen]) -> Iterator[str]:
    """What the user should know of scans that were parted."""
    for source, found in seen.items():
        if not found.clear:
            yield f"{shown(source.label)}: no gutter is to be seen; it is parted in the middle"
    if seen:
        scans = "1 scan shows" if len(seen) == 1 else f"{len(seen)} scans show"
        yield f"{scans} two pages side by side; with --spread no they are read as one"


def _seen(looks: Sequence[Look], workers: int) -> Iterator[tuple[Look, Seen | None]]:
    """What each scan shows; None of one page."""
    if workers == 1 or len(looks) <= FEW:
        yield from ((look, two_pages(look)) for look in looks)
        return
    from digitize.batch import pool  # noqa: PLC0415 - many processes, not wanted for --help

    plan = Plan(min(workers, len(looks)), timeout=SECONDS)
    yield from ((finished.task, finished.result) for finished in pool.run(looks, two_pages, plan))


def two_pages(look: Look) -> Seen | None:
    """The two pages on a scan; None where it shows one, or cannot be opened."""
    from digitize.preprocess import gutters  # noqa: PLC0415 - OpenCV, not wanted for --help
    from digitize.preprocess.direction import direction  # noqa: PLC0415
    from digitize.preprocess.glance import glance, shape  # noqa: PLC0415

    try:
        width, height = shape(look.source)
        if not (width > height if look.sure else gutters.may_be_spread(width, height)):
            return None
        scan = glance(look.source)
    except DigitizeError:
        return None
    if look.sure:
        return Seen(look.mode or direction(scan), gutters.best_gutter(scan).clear)
    found = gutters.find_spread(scan)
    return None if found is None else Seen(look.mode or found.mode)
