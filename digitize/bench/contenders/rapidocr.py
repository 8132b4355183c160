"""RapidOCR, the whole page at full size: what ``from rapidocr import RapidOCR`` makes of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.bench.model import BenchPage, Call


@dataclass(frozen=True, slots=True)
class RapidOcr:
    """One process that reads page after page on ``threads`` threads."""

    threads: int

    @property
    def name(self) -> str:
        """With its threads."""
        return f"RapidOCR whole page, {self.threads} threads"

    def missing(self) -> str:
        """Nothing: digitize itself needs the package."""
        return ""

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        """All pages in one process."""
        module = "digitize.bench.contenders.rapidocr_pages"
        paths = (str(page.path) for page in pages)
        return Call((sys.executable, "-m", module, str(self.threads), str(out), *paths))

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        """A text a page, a blank line after every line."""
        return {page.name: out / f"{page.name}.txt" for page in pages}

    def stages(self, out: Path) -> dict[str, float]:
        """It has none that could be compared."""
        return {}
