"""``report.json``: what became of a run, added up while it goes on."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from digitize.batch import Outcome, peak_memory
from digitize.errors import shown
from digitize.formats.json import utf8
from digitize.model import PageStatus
from digitize.progress import Progress
from digitize.source import RUN_REPORT
from digitize.versions import versions

FILE = f"{RUN_REPORT}.json"
SCHEMA = "digitize-report/1"
MOST = 10_000  # failures that are named; of a run that fails everywhere the count says enough


@dataclass(slots=True)
class RunReport:
    """Seconds, memory and failures of the pages so far."""

    begun: float = field(default_factory=time.time)
    seconds: Counter[str] = field(default_factory=Counter)
    peak: float = 0.0
    engine: str = ""
    failures: list[dict[str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Take note of a page that is done."""
        self.seconds.update(outcome.seconds)
        self.peak = max(self.peak, outcome.peak)
        self.engine = self.engine or outcome.engine
        if outcome.status is PageStatus.FAILED:
            self._fail(outcome, "; ".join(outcome.errors))
        elif outcome.unwritten is not None:
            self._fail(outcome, outcome.unwritten.reason)

    def _fail(self, outcome: Outcome, reason: str) -> None:
        if len(self.failures) < MOST:
            self.failures.append({"page": shown(outcome.source.label), "reason": reason})

    def data(self, progress: Progress, ended: str, options: Mapping[str, Any]) -> dict[str, Any]:
        """All of it; ``ended`` is how the run did: "done", "stopped" or "interrupted"."""
        now = time.time()
        seconds = max(now - self.begun, 0.001)
        return {
            "schema": SCHEMA,
            "ended": ended,
            "begun": _moment(self.begun),
            "finished": _moment(now),
            "seconds": round(seconds, 1),
            "pages": _pages(progress),
            "pages_per_minute": round(60 * sum(progress.counts.values()) / seconds, 2),
            "stage_seconds": {name: round(s, 1) for name, s in self.seconds.items()},
            "peak_mb": {"worker": self.peak, "run": peak_memory()},
            "failures": self.failures,
            "versions": versions(self.engine),
            "options": dict(options),
        }


def text(data: Mapping[str, Any]) -> bytes:
    """The report as it is written."""
    return utf8(json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _pages(progress: Progress) -> dict[str, int]:
    counts = {status.value: progress.counts[status] for status in PageStatus}
    return {
        "total": progress.total,
        **counts,
        "skipped": progress.skipped,
        "left": progress.left,
        "unusable_inputs": progress.unusable,
        "unwritten": len(progress.unwritten),
        "doubtful_lines": progress.doubtful,
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
