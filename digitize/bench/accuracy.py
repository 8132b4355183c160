"""How well a contender has read: its texts against the references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from digitize.bench.model import BenchPage
from digitize.evaluate import compare, read
from digitize.evaluate.figures import Figures, total
from digitize.evaluate.profiles import DEFAULT


def figures(pages: Sequence[BenchPage], texts: Mapping[str, Path]) -> Figures | None:
    """The figures of all pages whose reference is known, together; None where there is none.

    Raises InputError for a file that cannot be read.
    """
    found = [
        compare(read(texts[page.name], glyphs=False), read(page.reference), DEFAULT).figures
        for page in pages
        if page.reference is not None
    ]
    return total(found) if found else None
