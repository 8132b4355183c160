"""Where results go: a folder, which the workers write (:mod:`digitize.ledger`), or stdout."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from digitize import formats, page_files, stitching
from digitize.batch import Job, Outcome, Unwritten
from digitize.linking import Linked
from digitize.model import PageResult, Source
from digitize.reflow.continuity import Continuity
from digitize.spool import Spool
from digitize.stitching import Links, Stub


class Sink(Protocol):
    """Says what is to be done, and takes the outcomes in whatever order the pages are done."""

    links: Links

    @property
    def count(self) -> int:
        """How many pages there is something to do with."""
        ...

    @property
    def kept(self) -> int:
        """How many pages are as they should be."""
        ...

    def jobs(self, first: Job) -> Iterator[Job]:
        """What is to be done, like ``first`` in all that is the same for every page."""
        ...

    def take(self, outcome: Outcome) -> None:
        """Take a page that is done, a failed one too; OutputError where it cannot be put out."""
        ...

    def link(self, continuity: Continuity) -> Iterator[Unwritten]:
        """Find the links between all pages; put out again those that they change.

        Yields why one of them cannot be written.
        """
        ...

    def bind(self) -> Iterator[Unwritten]:
        """Write the files that hold many pages; yields why one of them cannot be written."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...

    def report(self, data: Mapping[str, Any]) -> None:
        """Put what became of the run where it belongs."""
        ...


class Stream:
    """Stdout, in the order of the inputs: a page waits for those before it.

    ``names`` are in that order. With ``linked``, a page that may come again waits for that, and
    those behind it with it. What waits is laid aside on disk.
    """

    kept = 0

    def __init__(
        self, show: Callable[[str], None], names: Mapping[Source, str], linked: bool, stitch: bool
    ) -> None:
        self._show, self._names = show, names
        self._linked, self._stitch = linked, stitch
        self._forms: Sequence[str] = ()
        self._left = deque(names.values())
        self._here: set[str] = set()
        self._open: set[str] = set()  # may come again
        self._texts, self._pages = Spool(), Spool()
        self._stubs: list[Stub] = []
        self._begun = False
        self.links = Links()

    @property
    def count(self) -> int:
        """All pages."""
        return len(self._names)

    def jobs(self, first: Job) -> Iterator[Job]:
        """A job a page."""
        self._forms = first.wanted.formats
        for index, (source, name) in enumerate(self._names.items()):
            yield replace(first, source=source, name=name, index=index)

    def take(self, outcome: Outcome) -> None:
        """Print the page and those that waited for it, or keep it."""
        self._here.add(outcome.name)
        if outcome.stub is not None:
            self._stubs.append(replace(outcome.stub, kept=bool(outcome.aside)))
        if self._linked and outcome.aside:
            self._open.add(outcome.name)
            self._pages.put(outcome.name, outcome.aside)
        if self._left[0] == outcome.name and not self._open:
            self._left.popleft()
            self._print(outcome.text)
        else:
            self._keep(outcome.name, outcome.text)
        while self._left and self._left[0] in self._here and self._left[0] not in self._open:
            self._print(self._kept(self._left.popleft()))

    def link(self, continuity: Continuity) -> Iterator[Unwritten]:
        """Keep the pages that have links in the place of those before."""
        self.links = stitching.link(self._stubs, self._stitch, continuity)
        linked = Linked(self.links, self._page, self._stitch)
        for name in linked.names & self._open:
            self._keep(name, page_files.text(name, linked.page(name), self._forms))
        yield from ()

    def bind(self) -> Iterator[Unwritten]:
        """Nothing: such files cannot be printed."""
        yield from ()

    def close(self) -> None:
        """Print what waited."""
        for name in self._left:
            self._print(self._kept(name))
        self._texts.close()
        self._pages.close()

    def report(self, data: Mapping[str, Any]) -> None:
        """Nothing: stdout is for results."""

    def _page(self, name: str) -> PageResult:
        data = self._pages.get(name)
        assert data is not None, "only pages that are kept are linked"
        return formats.unpacked(data)

    def _keep(self, name: str, text: str) -> None:
        self._texts.put(name, text.encode("utf-8", "surrogatepass"))

    def _kept(self, name: str) -> str:
        return (self._texts.get(name) or b"").decode("utf-8", "surrogatepass")

    def _print(self, text: str) -> None:
        shown = page_files.behind(text, self._forms) if self._begun else text
        if shown:
            self._show(shown)
            self._begun = True
