"""Counting what becomes of the pages, and telling of it while it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from digitize import uncertain
from digitize.batch import Outcome, Unwritten
from digitize.errors import ExitCode, shown
from digitize.model import PageStatus

Say = Callable[[str], None]


class Display(Protocol):
    """What shows how far a run is, where somebody looks on."""

    def tell(self, line: str) -> None:
        """Show a line that stays."""
        ...

    def update(self, progress: Progress) -> None:
        """Show how far it is now."""
        ...


@dataclass(slots=True)
class Progress:
    """Counts the outcomes, tells of them, and knows the exit code.

    ``skipped`` of the ``total`` pages were done before. With a ``display`` no page has a line.
    """

    say: Say
    quiet: bool
    total: int
    unusable: int
    low_confidence: float = 0.0
    display: Display | None = None
    skipped: int = 0
    doubtful: int = 0
    counts: dict[PageStatus, int] = field(default_factory=lambda: dict.fromkeys(PageStatus, 0))
    unwritten: list[Unwritten] = field(default_factory=list)
    put_off: dict[str, Outcome] = field(default_factory=dict)  # failed, and to be tried again

    def tell(self, line: str) -> None:
        """Tell of something that a user should know."""
        if self.display is not None:
            self.display.tell(line)
        else:
            self.say(line)

    def add(self, outcome: Outcome) -> None:
        """Take note of a page that is done."""
        self.put_off.pop(outcome.name, None)
        self.counts[outcome.status] += 1
        for reason in outcome.errors:
            self.tell(f"digitize: {reason}")
        page = shown(outcome.source.label)
        if outcome.status is PageStatus.EMPTY:
            self.tell(f"digitize: no text found on {page}; look at it with: digitize preview")
        self.note(outcome.unwritten)
        for line in outcome.explained:
            self.tell(line)
        self.doubtful += outcome.doubtful
        if self.display is not None:
            self.display.update(self)
        elif not self.quiet:
            told = _summary(outcome) + self._doubts(outcome.doubtful)
            self.say(f"[{self.done}/{self.total}] {page}: {told}")

    def later(self, outcome: Outcome) -> None:
        """Take note of a page that came to harm and is tried again at the end."""
        self.put_off[outcome.name] = outcome
        for reason in outcome.errors:
            self.tell(f"digitize: {reason}; it is tried again at the end")

    def give_up(self, outcome: Outcome) -> None:
        """Count a page that was to be tried again, and will not be."""
        self.put_off.pop(outcome.name, None)
        self.counts[outcome.status] += 1

    def note(self, unwritten: Unwritten | None) -> None:
        """Tell of what could not be written, if anything, and keep it in mind."""
        if unwritten is not None:
            self.unwritten.append(unwritten)
            self.tell(f"digitize: {unwritten.reason}")

    def close(self) -> None:
        """Tell the sums."""
        parts = [f"{self.counts[status]} {status.value}" for status in PageStatus]
        if self.skipped:
            parts.append(f"{self.skipped} done before")
        if self.left:
            parts.append(f"{self.left} left")
        if self.unusable:
            parts.append(f"{self.unusable} unusable inputs")
        if not self.quiet:
            self.say(", ".join(parts) + self._doubts(self.doubtful))

    def _doubts(self, count: int) -> str:
        return f", {uncertain.counted(count, self.low_confidence)}" if count else ""

    @property
    def done(self) -> int:
        """Pages with which this run has nothing more to do."""
        return sum(self.counts.values()) + self.skipped

    @property
    def failed(self) -> int:
        """Pages that failed, those among them that are to be tried again."""
        return self.counts[PageStatus.FAILED] + len(self.put_off)

    @property
    def left(self) -> int:
        """Pages that this run has not done."""
        return self.total - self.done

    @property
    def exit_code(self) -> ExitCode:
        """What the process returns."""
        if any(unwritten.output for unwritten in self.unwritten):
            return ExitCode.OUTPUT_NOT_WRITABLE
        if self.counts[PageStatus.FAILED] == self.total:
            return ExitCode.NOTHING_USABLE
        amiss = self.failed or self.unusable or self.unwritten or self.left
        return ExitCode.SOME_FAILED if amiss else ExitCode.OK


def _summary(outcome: Outcome) -> str:
    articles = f"{outcome.articles} articles, " if outcome.articles else ""
    return f"{outcome.status.value}, {articles}{outcome.seconds['total']:.1f} s"
