"""The pages of a run as they lie in its output folder: read one at a time, when they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from digitize import remote
from digitize.errors import InputError
from digitize.formats import from_json, named
from digitize.model import PageResult, PageStatus, Source
from digitize.storage import Store


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: what its files are called, and where they are."""

    name: str
    source: Source
    folder: Store

    def result(self) -> PageResult:
        """What was written of the page; a failed result where nothing was.

        Raises InputError where its JSON is there and cannot be read.
        """
        data = self.folder.read(f"{self.name}.json")
        if data is None:
            return PageResult(self.source, PageStatus.FAILED)
        try:
            return from_json(data.decode("utf-8"))
        except ValueError as error:
            where = f"{self.folder.location}/{self.name}.json"
            raise InputError(f"{where} is no page written by digitize: {error}") from error


@dataclass(frozen=True, slots=True)
class Volume:
    """The pages of a run in order, the formats it wrote, and the folder in which they are."""

    leaves: tuple[Leaf, ...]
    forms: tuple[str, ...]
    folder: Store

    def results(self) -> Iterator[tuple[Leaf, PageResult]]:
        """Every page with what was read of it."""
        return ((leaf, leaf.result()) for leaf in self.leaves)

    def file(self, leaf: Leaf, form: str) -> str:
        """What the file of a page in a format is called; "" where there is none of its own."""
        if form not in self.forms or not named(form).page:
            return ""
        name = f"{leaf.name}{named(form).suffix}"
        return name if self.folder.size(name) is not None else ""

    def address(self, path: str) -> str:
        """The path of a scan as a reference from a file in the output folder."""
        if remote.is_url(path):
            return path
        if not remote.is_url(self.folder.location):
            path = os.path.relpath(path, self.folder.location)
        return quote(path.replace(os.sep, "/").encode("utf-8", "surrogateescape"))
