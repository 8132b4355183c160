"""One searchable PDF for each input of several pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from digitize.formats import named
from digitize.model import Source
from digitize.pdf.document import searchable
from digitize.source import base_name
from digitize.volume.leaves import Leaf, Volume


def pdfs(volume: Volume) -> Iterator[tuple[str, bytes]]:
    """A PDF of every input of several pages, in their order; those that failed have no text."""
    several = [leaf for leaf in volume.leaves if not leaf.source.alone]
    for _, pages in groupby(several, key=lambda leaf: (leaf.source.path, leaf.source.sha256)):
        leaves: list[Leaf] = sorted(pages, key=lambda leaf: _place(leaf.source))
        name = base_name(leaves[0].name, leaves[0].source)
        yield f"{name}{named('pdf').suffix}", searchable([leaf.result() for leaf in leaves])


def _place(source: Source) -> tuple[int, str]:
    return source.page_no, source.half.letter
