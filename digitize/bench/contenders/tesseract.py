"""Tesseract on whole pages, as many at once as there are processes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.bench.model import BenchPage, Call

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
DEFAULT = ("chi_sim",)


def found(program: str) -> str:
    """Where a program is: beside this Python, as in an environment not activated, or in PATH."""
    beside = os.path.dirname(sys.executable)
    path = os.pathsep.join((beside, os.environ.get("PATH", os.defpath)))
    return shutil.which(program, path=path) or ""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, a process a page, one thread each: with more threads it is slower."""

    jobs: int
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """With its processes."""
        return f"Tesseract whole page, {self.jobs} processes"

    def missing(self) -> str:
        """The program."""
        return "" if found("tesseract") else f"tesseract is not installed; {INSTALL}"

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        """A process that starts the program page by page."""
        module = "digitize.bench.contenders.tesseract_pages"
        language = "+".join(self.languages or DEFAULT)
        paths = (str(page.path) for page in pages)
        return Call(
            (sys.executable, "-m", module, str(self.jobs), language, str(out), *paths),
            {"OMP_THREAD_LIMIT": "1"},
        )

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        """A text a page."""
        return {page.name: out / f"{page.name}.txt" for page in pages}

    def stages(self, out: Path) -> dict[str, float]:
        """It has none that could be compared."""
        return {}
