"""The pages of a run whose stories go on elsewhere: laid aside, then linked or put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from digitize import formats, stitching
from digitize.model import Article, PageResult
from digitize.reflow.continuity import Continuity
from digitize.spool import Spool
from digitize.stitching import Links, Stub

Reread = Callable[[str], PageResult]


class Linking:
    """Takes every page as it is read; at the end, gives those that change by the others.

    Of most pages a stub is kept. The few with turn lines are laid aside on disk; what else turns
    out to belong to a story is had from ``reread`` by its name, where the run's output holds all
    of a page.
    """

    def __init__(self, stitch: bool = False, reread: Reread | None = None) -> None:
        self._stitch, self._reread = stitch, reread
        self._stubs: dict[str, Stub] = {}
        self._spool = Spool()
        self.links = Links()

    def add(self, stub: Stub, aside: bytes = b"") -> None:
        """Take a page; ``aside`` is all of it, packed, where others may change it."""
        if aside:
            self._spool.put(stub.name, aside)
        self._stubs[stub.name] = replace(stub, kept=bool(aside) or self._reread is not None)

    def close(self, continuity: Continuity | None = None) -> Iterator[tuple[str, PageResult]]:
        """Find the links, then give every page that has one, by name, as it is to be written."""
        stubs = list(self._stubs.values())
        self.links = stitching.link(stubs, page_ends=self._stitch, continuity=continuity)
        ends = {end for link in self.links.links for end in (link.before, link.after)}
        concerned = self._concerned(ends)
        parts: dict[str, Article] = {}
        if self._stitch:
            for name in concerned:
                parts |= self._parts(name, ends)
        for name in concerned:
            result = self._result(name)
            if self._stitch:
                yield name, stitching.stitched(result, name, self.links, parts)
            else:
                yield name, stitching.marked(result, name, self.links)
        self._spool.close()

    def _concerned(self, ends: set[str]) -> list[str]:
        """The pages with an article among ``ends``, in the order of the run."""
        named = {stitching.page_of(end) for end in ends}
        return sorted(named, key=lambda name: self._stubs[name].place.index)

    def _parts(self, name: str, ends: set[str]) -> dict[str, Article]:
        named = {stitching.ref(name, a.id): a for a in self._result(name).articles}
        return {reference: a for reference, a in named.items() if reference in ends}

    def _result(self, name: str) -> PageResult:
        data = self._spool.get(name)
        if data is not None:
            return formats.unpacked(data)
        assert self._reread is not None, "only pages that are kept are linked"
        return self._reread(name)
