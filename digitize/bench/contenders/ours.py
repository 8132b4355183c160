"""digitize itself, as it is called from the shell."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.bench.model import BenchPage, Call
from digitize.run_report import FILE


@dataclass(frozen=True, slots=True)
class Digitize:
    """``digitize run`` with an engine and a number of processes."""

    engine: str
    jobs: int
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What was typed."""
        return f"digitize --engine {self.engine} --jobs {self.jobs}"

    def missing(self) -> str:
        """Nothing: an engine that is not there is an error of the command itself."""
        return ""

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        """One run over all pages, into a folder, in the usual formats."""
        languages = [f"--lang={name}" for name in self.languages]
        return Call(
            (
                sys.executable,
                "-m",
                "digitize",
                "run",
                *(str(page.path) for page in pages),
                f"--out={out}",
                f"--engine={self.engine}",
                f"--jobs={self.jobs}",
                "--format=txt,json",
                "--quiet",
                *languages,
            )
        )

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        """The JSON of each page: it knows paragraphs, articles and captions."""
        return {page.name: out / f"{page.name}.json" for page in pages}

    def stages(self, out: Path) -> dict[str, float]:
        """The mean over the pages, from the run's report."""
        report = json.loads((out / FILE).read_text("utf-8"))
        pages = max(1, report["pages"]["total"])
        return {name: total / pages for name, total in report["stage_seconds"].items()}
