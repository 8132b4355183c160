"""The pages of a run whose stories go on elsewhere: laid aside, then linked or put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from digitize import stitching
from digitize.model import Article, PageResult, PageStatus, Source
from digitize.reflow.continuity import Continuity
from digitize.source import output_names
from digitize.spool import Spool
from digitize.stitching import Links, Stub

Reread = Callable[[Source], PageResult | None]


class Linking:
    """Takes every page as it is read; at the end, gives those that change by the others.

    Of most pages a stub is kept. The few with turn lines are laid aside on disk; what else turns
    out to belong to a story is had from ``reread``, where the run's output holds all of a page.
    """

    def __init__(
        self, sources: Sequence[Source], stitch: bool = False, reread: Reread | None = None
    ) -> None:
        self._names = output_names(sources)
        self._index = {source: i for i, source in enumerate(sources)}
        self._stitch, self._reread = stitch, reread
        self._stubs: dict[Source, Stub] = {}
        self._spool = Spool()
        self.links = Links()

    def add(self, result: PageResult) -> bool:
        """Take a page; whether it may change by what is found on others."""
        if result.status is PageStatus.FAILED:
            return False
        source = result.source
        stub = stitching.stub_of(result, self._names[source], self._index[source])
        waits = stub.turns or (self._stitch and stitching.may_be_cut(stub))
        if waits:
            self._spool.put(result)
        self._stubs[source] = replace(stub, kept=waits or self._reread is not None)
        return waits

    def forget(self, source: Source) -> None:
        """Leave a page out, since it could not be written."""
        self._stubs.pop(source, None)

    def close(self, continuity: Continuity | None = None) -> Iterator[PageResult]:
        """Find the links, then give every page that has one, as it is now to be written."""
        stubs = list(self._stubs.values())
        self.links = stitching.link(stubs, page_ends=self._stitch, continuity=continuity)
        ends = {end for link in self.links.links for end in (link.before, link.after)}
        parts: dict[str, Article] = {}
        if self._stitch:
            for source in self._concerned(ends):
                parts |= self._parts(source, ends)
        for source in self._concerned(ends):
            result, name = self._result(source), self._names[source]
            if self._stitch:
                yield stitching.stitched(result, name, self.links, parts)
            else:
                yield stitching.marked(result, name, self.links)
        self._spool.close()

    def _concerned(self, ends: set[str]) -> list[Source]:
        """The pages with an article among ``ends``, in the order of the run."""
        named = {stitching.page_of(end) for end in ends}
        found = [source for source in self._stubs if self._names[source] in named]
        return sorted(found, key=self._index.__getitem__)

    def _parts(self, source: Source, ends: set[str]) -> dict[str, Article]:
        name = self._names[source]
        named = {stitching.ref(name, a.id): a for a in self._result(source).articles}
        return {reference: a for reference, a in named.items() if reference in ends}

    def _result(self, source: Source) -> PageResult:
        result = self._spool.get(source)
        if result is None and self._reread is not None:
            result = self._reread(source)
        assert result is not None, "only pages that are kept are linked"
        return result
