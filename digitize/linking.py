"""Pages as they are with the links that were found between them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from digitize import stitching
from digitize.model import Article, PageResult
from digitize.stitching import Link, Links, page_of, ref

Fetch = Callable[[str], PageResult]
"""A page by its name, as it was before it was linked; InputError where it cannot be had."""


class Linked:
    """The pages of a run with their links; with ``stitch`` a story is written in one."""

    def __init__(self, links: Links, fetch: Fetch, stitch: bool) -> None:
        self._links, self._fetch, self._stitch = links, fetch, stitch
        self._chains: defaultdict[str, list[list[Link]]] = defaultdict(list)
        for chain in links.chains():
            for name in {page_of(end) for link in chain for end in (link.before, link.after)}:
                self._chains[name].append(chain)

    @property
    def names(self) -> frozenset[str]:
        """The pages that have a link."""
        return frozenset(self._chains)

    def page(self, name: str) -> PageResult:
        """The page as it is to be written; InputError where it, or a part for it, is not to be had.

        A page without links comes as it was before it had any.
        """
        result = self._fetch(name)
        if not self._stitch:
            return stitching.marked(result, name, self._links)
        parts: dict[str, Article] = {}
        for chain in self._chains.get(name, ()):
            if page_of(chain[0].before) == name:
                parts |= self._parts(chain)
        return stitching.stitched(result, name, self._links, parts)

    def digest(self, name: str, records: Mapping[str, str]) -> str:
        """What tells one linking of the page from another; "" where it has no link.

        ``records`` are hashes of all pages as they were before: text of theirs may stand in it.
        """
        if name not in self._chains:
            return ""
        told: list[object] = [self._stitch]
        for chain in self._chains[name]:
            told.append([[link.before, link.after, link.joined] for link in chain])
            if self._stitch:
                told.append([records.get(page_of(link.after), "") for link in chain])
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]

    def _parts(self, chain: Sequence[Link]) -> dict[str, Article]:
        ends = [link.after for link in chain]
        found = ((end, self._fetch(page_of(end)).articles) for end in ends)
        return {
            end: article
            for end, articles in found
            for article in articles
            if ref(page_of(end), article.id) == end
        }
