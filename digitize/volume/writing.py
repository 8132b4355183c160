"""Writing the files that hold many pages, from what lies in the output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from digitize.formats import Scope, named
from digitize.source import base_name
from digitize.volume.leaves import Volume

VolumeWriter = Callable[[Volume], Iterator[tuple[str, bytes]]]
"""Makes the files of a format that hold many pages: names and what is in them, one by one."""


def write(volume: Volume) -> Iterator[str]:
    """Write what the formats of ``volume`` make of all its pages; the names of the files.

    Raises InputError where a page or a scan cannot be read any more, OutputError where a file
    cannot be written.
    """
    for form in volume.forms:
        if where := named(form).volume:
            module, _, function = where.partition(":")
            make: VolumeWriter = getattr(import_module(module), function)
            for name, data in make(volume):
                volume.folder.write(name, data)
                yield name


def whole(volume: Volume) -> bool:
    """Whether all files that :func:`write` makes are there; a book without articles is not."""
    wanted = set()
    for form in map(named, volume.forms):
        if form.scope is Scope.RUN:
            wanted.add(form.suffix)
        elif form.scope is Scope.INPUT:
            several = (leaf for leaf in volume.leaves if not leaf.source.alone)
            wanted |= {f"{base_name(leaf.name, leaf.source)}{form.suffix}" for leaf in several}
    return all(volume.folder.size(name) is not None for name in wanted)
