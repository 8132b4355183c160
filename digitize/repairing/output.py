"""Where the results of ``digitize reflow`` go: stdout, or files in a folder."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from digitize import formats, page_files
from digitize.errors import InputError, UsageError, shown
from digitize.page_files import Wanted
from digitize.repairing.plan import STREAM, Done, Plan, Say, named
from digitize.storage import Store, store_at

PAGES = frozenset({".json", ".xml", ".alto", ".page", ".hocr", ".html", ".htm", ".xhtml", ".tsv"})
"""Endings of files that hold pages; what is in them decides."""


@dataclass(slots=True)
class Output:
    """Takes the results one by one. Raises UsageError, OutputError before any is made."""

    plan: Plan
    show: Say
    folder: Store | None = None
    begun: bool = False
    written: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for form in self.plan.forms:
            formats.writer(form)  # an unknown one is told before anything is read
        if self.plan.out == STREAM:
            return
        if self.plan.out is None:
            if len(self.plan.inputs) > 1:
                raise UsageError("more than one text: say where they go with -o FOLDER (or -o -)")
            return
        self.folder = store_at(self.plan.out)
        self._check_distinct(self.folder)
        self._check_apart(self.folder)
        self.folder.check()

    def put(self, name: str, done: Done) -> None:
        """Write or print one result; OutputError where that fails."""
        if self.folder is not None:
            self._write(self.folder, name, done)
        if self.plan.as_json:
            data = {"source": named(name), **asdict(done.record)}
            self.show(json.dumps(data, ensure_ascii=False))
        elif self.folder is None:
            self._print(name, done)

    def _print(self, name: str, done: Done) -> None:
        texts = [done.record.text]
        if done.pages:
            names = page_names(name, len(done.pages))
            pages = zip(names, done.pages, strict=True)
            texts = [page_files.text(own, page, self.plan.forms) for own, page in pages]
        for text in filter(None, texts):
            # Two blank lines between pages, as between the articles of one.
            self.show(f"\n\n{_ended(text)}" if self.begun else _ended(text))
            self.begun = True

    def _write(self, folder: Store, name: str, done: Done) -> None:
        if not done.pages:
            self._claim(folder, name, [text_name(name)])
            text = done.record.text.encode("utf-8", "backslashreplace")
            folder.write(text_name(name), text)
            return
        names = page_names(name, len(done.pages))
        self._claim(folder, name, [own + suffix for own in names for suffix in self._suffixes])
        for own, page in zip(names, done.pages, strict=True):
            page_files.write(folder, own, page, Wanted(self.plan.forms))

    def _claim(self, folder: Store, name: str, files: list[str]) -> None:
        """No result may take the place of another, nor of an input."""
        inputs = {os.path.realpath(i) for i in self.plan.inputs if i != STREAM}
        for file in files:
            other = self.written.setdefault(file.casefold(), name)
            if other != name:
                raise InputError(f"{_both(other, name, folder)}; repair them apart")
            target = os.path.join(folder.location, file)
            if os.path.realpath(target) in inputs:
                raise InputError(f"{shown(target)} is an input; name another folder")

    def _check_distinct(self, folder: Store) -> None:
        counts = Counter(file.casefold() for name in self.plan.inputs for file in self._files(name))
        twice = [
            name
            for name in self.plan.inputs
            if any(counts[file.casefold()] > 1 for file in self._files(name))
        ]
        if twice:
            raise UsageError(f"{_both(twice[0], twice[-1], folder)}; repair them apart")

    def _check_apart(self, folder: Store) -> None:
        inputs = {os.path.realpath(name) for name in self.plan.inputs if name != STREAM}
        for name in self.plan.inputs:
            for file in self._files(name):
                target = os.path.join(folder.location, file)
                if os.path.realpath(target) in inputs:
                    raise UsageError(f"{shown(target)} is an input; name another folder with -o")

    def _files(self, name: str) -> Iterator[str]:
        """The files that an input will probably become; a page among several is not foreseen."""
        if Path(name).suffix.lower() in PAGES:
            yield from (Path(name).stem + suffix for suffix in self._suffixes)
        else:
            yield text_name(name)

    @property
    def _suffixes(self) -> list[str]:
        return [formats.writer(form)[0] for form in self.plan.forms]


def text_name(name: str) -> str:
    """The file of a text that came from ``name``."""
    return "stdin.txt" if name == STREAM else Path(name).name


def page_names(name: str, count: int) -> list[str]:
    """What the files of the pages that came from ``name`` are called."""
    base = "stdin" if name == STREAM else Path(name).stem
    return [base] if count == 1 else [f"{base}-p{number:04d}" for number in range(1, count + 1)]


def _both(one: str, other: str, folder: Store) -> str:
    return f"{named(one)} and {named(other)} would be one file in {shown(folder.location)}"


def _ended(text: str) -> str:
    return text.removesuffix("\n")
