"""Where results go: files in a folder, which the workers write, or stdout."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from digitize import formats, page_files, run_report
from digitize.batch import Outcome
from digitize.errors import InputError, shown
from digitize.model import PageResult
from digitize.page_files import GAP, Wanted, Written
from digitize.spool import Spool
from digitize.storage import Store


class Sink(Protocol):
    """Takes the outcomes in whatever order the pages are done."""

    def take(self, outcome: Outcome) -> None:
        """Take a page that is done, a failed one too; OutputError where it cannot be put out."""
        ...

    def again(self, name: str, result: PageResult) -> tuple[Written, ...]:
        """Put a page that was linked with others in the place of the one before."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...

    def report(self, data: Mapping[str, Any]) -> None:
        """Put what became of the run where it belongs."""
        ...


class Folder:
    """A folder with a file for every page and format, named after the scan."""

    def __init__(self, folder: Store, wanted: Wanted) -> None:
        self._folder, self._wanted = folder, wanted
        folder.check()

    def take(self, outcome: Outcome) -> None:
        """Nothing: its worker wrote it, so that an interrupted run leaves what it has read."""

    def again(self, name: str, result: PageResult) -> tuple[Written, ...]:
        """Write the page's files again; what was found on the scan is as it was."""
        return page_files.write(self._folder, name, result, replace(self._wanted, overlay=False))

    def close(self) -> None:
        """All is written."""

    def report(self, data: Mapping[str, Any]) -> None:
        """Write ``report.json``; OutputError where that fails."""
        self._folder.write(run_report.FILE, run_report.text(data))

    def reread(self, name: str) -> PageResult:
        """What was written of a page; InputError where it cannot be read any more."""
        file = f"{name}.json"
        data = self._folder.read(file)
        where = shown(f"{self._folder.location}/{file}")
        if data is None:
            raise InputError(f"cannot read {where}: it has gone since it was written; run again")
        return formats.page_in(data, where)


class Stream:
    """Stdout, in the order of the inputs: a page waits for those before it.

    With ``linked``, a page that may come again waits for that, and those behind it with it. What
    waits is laid aside on disk.
    """

    def __init__(
        self, show: Callable[[str], None], names: Iterable[str], forms: Sequence[str], linked: bool
    ) -> None:
        self._show, self._forms, self._linked = show, forms, linked
        self._left = deque(names)
        self._here: set[str] = set()
        self._open: set[str] = set()  # may come again
        self._aside = Spool()
        self._begun = False

    def take(self, outcome: Outcome) -> None:
        """Print the page and those that waited for it, or keep it."""
        self._here.add(outcome.name)
        if self._linked and outcome.aside:
            self._open.add(outcome.name)
        if self._left[0] == outcome.name and not self._open:
            self._left.popleft()
            self._print(outcome.text)
        else:
            self._keep(outcome.name, outcome.text)
        while self._left and self._left[0] in self._here and self._left[0] not in self._open:
            self._print(self._kept(self._left.popleft()))

    def again(self, name: str, result: PageResult) -> tuple[Written, ...]:
        """Keep the page in place of the one before, if that is still here."""
        if name in self._open:
            self._keep(name, page_files.text(name, result, self._forms))
        return ()

    def close(self) -> None:
        """Print what waited."""
        for name in self._left:
            self._print(self._kept(name))
        self._aside.close()

    def report(self, data: Mapping[str, Any]) -> None:
        """Nothing: stdout is for results."""

    def _keep(self, name: str, text: str) -> None:
        self._aside.put(name, text.encode("utf-8", "surrogatepass"))

    def _kept(self, name: str) -> str:
        return (self._aside.get(name) or b"").decode("utf-8", "surrogatepass")

    def _print(self, text: str) -> None:
        if text:
            self._show(f"{GAP[1:]}{text}" if self._begun else text)
            self._begun = True
