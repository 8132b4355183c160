"""How far a run is, on a terminal: pages done, failed, skipped; pages a minute; time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from digitize.progress import Display, Progress

A_MINUTE = 60.0  # seconds


@contextmanager
def display(wanted: bool) -> Iterator[Display | None]:
    """A bar on stderr while the block runs; None where stderr is no terminal, or none is wanted."""
    if not (wanted and sys.stderr.isatty()):
        yield None
        return
    with _bar() as bar:
        yield _Live(bar)


class _Live:
    """The bar, and the lines above it."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._begun = time.monotonic()
        self._task = bar.add_task("", total=None, counts="", speed="")

    def tell(self, line: str) -> None:
        """Show a line above the bar."""
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def update(self, progress: Progress) -> None:
        """Move the bar."""
        read = progress.done - progress.skipped
        speed = A_MINUTE * read / max(time.monotonic() - self._begun, 0.001)
        self._bar.update(
            self._task,
            completed=read,
            total=progress.total - progress.skipped,
            counts=f"{progress.failed} failed, {progress.skipped} done before",
            speed=f"{speed:.1f} pages/min",
        )


def _bar() -> Bar:
    from rich.console import Console  # noqa: PLC0415 - wanted on a terminal only
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
