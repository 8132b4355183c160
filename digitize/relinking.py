"""Stories that go on on other pages, over all pages of an output folder.

Links are found anew at the end of every run, from what the journal keeps of every page. Pages whose
links are not those that stand in their files are written again. So whatever a run is, first or
tenth, whole or interrupted here, the folder ends the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from digitize import formats, page_files, stitching
from digitize.batch import Unwritten
from digitize.errors import InputError, OutputError, PageOutputError, internal, shown
from digitize.journal import Journal, Outputs, PageKey, Row, damaged
from digitize.linking import Linked
from digitize.model import PageResult
from digitize.page_files import ARTICLES, OVERLAY, Wanted, Written
from digitize.reflow.continuity import Continuity
from digitize.stitching import Links, Stub
from digitize.storage import Store


class Relinking:
    """One linking of a folder. ``labels`` are the pages of this run as messages name them."""

    def __init__(self, book: Journal, store: Store, labels: Mapping[PageKey, str]) -> None:
        self._book, self._store, self._labels = book, store, labels
        self._rows = {row.name: row for row in book.rows().values() if row.finished}
        self.links = Links()

    def write(self, stitch: bool, continuity: Continuity) -> Iterator[Unwritten]:
        """Find the links and write the pages that they change; why one cannot be written."""
        stubs = list(self._stubs(self._store.sizes()))
        self.links = stitching.link(stubs, page_ends=stitch, continuity=continuity)
        linked = Linked(self.links, self._fetched, stitch)
        records = {name: row.record for name, row in self._rows.items()}
        for row in self._rows.values():
            digest = linked.digest(row.name, records)
            if digest != row.links:
                yield from self._written(row, linked, digest)
        told: defaultdict[PageKey, list[str]] = defaultdict(list)
        for loose in self.links.unresolved:
            told[self._rows[loose.page].key].append(loose.message)
        self._book.unresolved(told)

    def _stubs(self, files: Collection[str]) -> Iterator[Stub]:
        """What is kept of every page that is still there, in the order of all pages."""
        rows = {row.key: row for row in self._rows.values()}
        for index, (key, text) in enumerate(self._book.stubs()):
            row = rows.get(key)
            if row is not None and (key in self._labels or _is_there(row, files)):
                try:
                    stub = stitching.from_text(text)
                except ValueError as error:
                    raise damaged(self._book.path, error) from error
                yield self._placed(stub, row, index)

    def _placed(self, stub: Stub, row: Row, index: int) -> Stub:
        """``stub`` as of this run: where inputs were named from must not matter."""
        path = row.key[0]
        place = replace(stub.place, index=index, path=path, folder=str(PurePath(path).parent))
        label = self._labels.get(row.key) or shown(row.source.label)
        return replace(stub, name=row.name, label=label, place=place, kept=_can_be_had(row))

    def _written(self, row: Row, linked: Linked, digest: str) -> Iterator[Unwritten]:
        """Write a page with its links."""
        try:
            result = linked.page(row.name)
            aside = b"" if row.aside else formats.packed(self._fetched(row.name))
            self._book.linking(row.key, aside)
            files = page_files.write(self._store, row.name, result, self._forms(row))
            self._book.linked(replace(row, links=digest, outputs=_outputs(row, files)))
        except InputError as error:
            yield Unwritten(str(error), output=False)
        except PageOutputError as error:
            yield Unwritten(str(error))
        except OutputError:
            raise
        except Exception as error:  # noqa: BLE001 - reported with the page; the others go on
            reason = str(internal(shown(row.source.label), error))
            yield Unwritten(reason, output=False)

    def _forms(self, row: Row) -> Wanted:
        """What is written of a page again: what is there of it and may have changed."""
        there = {
            form
            for form, files in row.outputs.items()
            if form != OVERLAY and all(self._store.size(name) is not None for name in files)
        }
        return Wanted.of(there | (row.making.forms & {ARTICLES}))

    def _fetched(self, name: str) -> PageResult:
        """A page as it was before it was linked."""
        row = self._rows[name]
        aside = self._book.aside(row.key) if row.aside else b""
        if aside:
            try:
                return formats.unpacked(aside)
            except ValueError as error:
                raise damaged(self._book.path, error) from error
        file = f"{name}.json"
        where = shown(f"{self._store.location}/{file}")
        data = self._store.read(file)
        if data is None:
            raise InputError(f"cannot read {where}: it has gone since it was written; run again")
        if hashlib.sha256(data).hexdigest() != row.record:
            raise InputError(f"{where} is not as it was written; remove it and run again")
        return formats.page_in(data, where)


def outputs_of(files: Iterable[Written]) -> dict[str, dict[str, int]]:
    """The files of a page as the journal keeps them."""
    outputs: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for file in files:
        outputs[file.form][file.name] = file.size
    return dict(outputs)


def _outputs(row: Row, files: Iterable[Written]) -> Outputs:
    """All files of a page, of which ``files`` were written again."""
    again = outputs_of(files)
    overlay = {form: names for form, names in row.outputs.items() if form == OVERLAY}
    return {**overlay, **again}


def _is_there(row: Row, files: Collection[str]) -> bool:
    """Whether any file of the page is still in the folder."""
    return any(name in files for names in row.outputs.values() for name in names)


def _can_be_had(row: Row) -> bool:
    """Whether all of the page is to be had again, so that links may change it."""
    return row.aside or (bool(row.record) and "json" in row.making.forms)
