"""The report of a run: one file while it is small, else an index and a file a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize import atomic
from digitize.errors import OutputError, UsageError, shown
from digitize.evaluate.confidence import Calibration
from digitize.evaluate.document import Document
from digitize.evaluate.figures import Figures
from digitize.evaluate.profiles import Profile
from digitize.evaluate.result import Confusion, PageComparison
from digitize.report.page_view import PageView, page_view
from digitize.report.render import html
from digitize.report.slugs import Slugs, link
from digitize.report.summary import COLUMNS, PageRow, cells, script_errors, widest
from digitize.report.visible import visible

IN_ONE = 20  # pages: more make a file that browsers open slowly
CONFUSIONS = 60  # pairs listed
_ENDINGS = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known when all pages are compared. ``failed`` could not be, or were alone."""

    profile: Profile
    total: Figures
    confusions: Sequence[Confusion]
    calibration: Calibration | None
    failed: int


class Report:
    """Takes pages as they are compared; only rows of the table are kept of a long run."""

    def __init__(self, path: Path, pages: int) -> None:
        """Prepare for ``pages`` pages. Raises UsageError or OutputError before any is compared."""
        if path.suffix.lower() not in _ENDINGS:
            raise UsageError(f"--html {shown(str(path))}: name a file that ends in .html")
        if path.is_dir():
            raise UsageError(f"--html {shown(str(path))} is a folder; name a file in it")
        self._path, self._folder = path, path.with_suffix("")
        self._in_one = pages <= IN_ONE
        self._slugs = Slugs()
        self._views: list[PageView] = []
        self._waiting: PageView | None = None  # for the link to the page after it
        self._rows: list[PageRow] = []
        self._check(path.parent if self._in_one else self._folder)

    def add(self, page: PageComparison, document: Document) -> None:
        """Take a page and the document that was compared; OutputError if it cannot be written."""
        view = page_view(page, document, self._slugs.new(page.name))
        href = f"#page-{view.slug}"
        if self._in_one:
            self._views.append(view)
        else:
            href = f"{link(f'{self._folder.name}/{view.slug}.html')}"
            self._write_waiting(view)
        note = view.plate.note if view.plate else ""
        self._rows.append(PageRow(view.name, view.slug, href, cells(page.figures), note))

    def close(self, outcome: Outcome) -> None:
        """Write what is left: the summary, with all pages where they are few."""
        self._write_waiting(None)
        summary = {
            "columns": COLUMNS,
            "rows": self._rows,
            "widest": widest(self._rows),
            "total": cells(outcome.total),
            "scripts": script_errors(outcome.total),
            "confusions": outcome.confusions[:CONFUSIONS],
            "outcome": outcome,
        }
        title = f"{visible(self._path.stem)} – digitize diff"
        self._write(self._path, html(title, self._views, summary=summary))

    def _write_waiting(self, upcoming: PageView | None) -> None:
        """Write the page before ``upcoming``, which knows its neighbours now."""
        view, self._waiting = self._waiting, upcoming
        if view is None:
            return
        before = self._rows[-2].slug if len(self._rows) > 1 else None
        page = html(
            view.name,
            [view],
            home=link(f"../{self._path.name}"),
            before=before and link(f"{before}.html"),
            after=upcoming and link(f"{upcoming.slug}.html"),
        )
        self._write(self._folder / f"{view.slug}.html", page)

    def _check(self, folder: Path) -> None:
        try:
            atomic.check_folder(folder)
        except OutputError as error:
            raise _elsewhere(folder, error) from error

    def _write(self, path: Path, data: bytes) -> None:
        try:
            atomic.write(path, data)
        except OutputError as error:
            raise _elsewhere(path, error) from error


def _elsewhere(path: Path, error: OutputError) -> OutputError:
    """The same error with advice that fits this option."""
    cause = error.__cause__
    reason = getattr(cause, "strerror", None) or str(cause)
    return OutputError(f"cannot write {shown(str(path))}: {reason}; name another file with --html")
