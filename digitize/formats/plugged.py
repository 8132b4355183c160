"""Formats that other packages offer, by entry points."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import metadata

from digitize.errors import UsageError, one_line
from digitize.formats.kinds import Format, loaded

GROUP = "digitize.formats"
"""The group of the entry points: a name, and a :class:`Format`."""


def names(ours: Collection[str]) -> tuple[str, ...]:
    """What they are called; ``ours`` cannot be replaced."""
    return tuple(name for name in sorted(_points()) if name not in ours)


@cache
def format_of(name: str, taken: frozenset[str]) -> Format:
    """The format ``name``; UsageError where it cannot be loaded or used.

    ``taken`` are the suffixes that it must not have.
    """
    point = _points()[name]
    try:
        return _fit(point, taken)
    except Exception as error:
        package = point.dist.name if point.dist else name
        raise UsageError(
            f"the format {name} cannot be loaded: {one_line(error)};"
            f" pip install --force-reinstall {package}"
        ) from error


def _fit(point: metadata.EntryPoint, taken: frozenset[str]) -> Format:
    found = point.load()
    if not isinstance(found, Format):
        raise TypeError(f"{point.value} is no digitize.Format but of type {type(found).__name__}")
    if found.suffix in taken or not found.suffix:
        raise ValueError(f"its files would be called as those of another: {found.suffix!r}")
    for where in filter(None, (found.page, found.article, found.volume)):
        loaded(where)
    return found


@cache
def _points() -> dict[str, metadata.EntryPoint]:
    return {point.name: point for point in metadata.entry_points(group=GROUP)}
