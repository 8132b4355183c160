"""Counting what becomes of the pages, and telling of it while it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from digitize import uncertain
from digitize.batch import Outcome, Unwritten
from digitize.errors import ExitCode, shown
from digitize.model import PageStatus

Say = Callable[[str], None]


@dataclass(slots=True)
class Progress:
    """Counts the outcomes, tells of them, and knows the exit code."""

    tell: Say
    quiet: bool
    total: int
    unusable: int
    low_confidence: float = 0.0
    doubtful: int = 0
    counts: dict[PageStatus, int] = field(default_factory=lambda: dict.fromkeys(PageStatus, 0))
    unwritten: list[Unwritten] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Take note of a page that is done."""
        self.counts[outcome.status] += 1
        for reason in outcome.errors:
            self.tell(f"digitize: {reason}")
        page = shown(outcome.source.label)
        if outcome.status is PageStatus.EMPTY:
            self.tell(f"digitize: no text found on {page}; look at it with: digitize preview")
        self.note(outcome.unwritten)
        self.doubtful += outcome.doubtful
        if not self.quiet:
            told = _summary(outcome) + self._doubts(outcome.doubtful)
            self.tell(f"[{sum(self.counts.values())}/{self.total}] {page}: {told}")

    def _doubts(self, count: int) -> str:
        return f", {uncertain.counted(count, self.low_confidence)}" if count else ""

    def note(self, unwritten: Unwritten | None) -> None:
        """Tell of what could not be written, if anything, and keep it in mind."""
        if unwritten is not None:
            self.unwritten.append(unwritten)
            self.tell(f"digitize: {unwritten.reason}")

    def close(self) -> None:
        """Tell the sums."""
        parts = [f"{self.counts[status]} {status.value}" for status in PageStatus]
        if self.unusable:
            parts.append(f"{self.unusable} unusable inputs")
        if not self.quiet:
            self.tell(", ".join(parts) + self._doubts(self.doubtful))

    @property
    def exit_code(self) -> ExitCode:
        """What the process returns."""
        if any(unwritten.output for unwritten in self.unwritten):
            return ExitCode.OUTPUT_NOT_WRITABLE
        failed = self.counts[PageStatus.FAILED]
        if failed == self.total:
            return ExitCode.NOTHING_USABLE
        return ExitCode.SOME_FAILED if failed or self.unusable or self.unwritten else ExitCode.OK


def _summary(outcome: Outcome) -> str:
    articles = f"{outcome.articles} articles, " if outcome.articles else ""
    return f"{outcome.status.value}, {articles}{outcome.seconds['total']:.1f} s"
