"""What a run would do, in words (``digitize run --dry-run``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digitize.errors import shown
from digitize.journal import Action
from digitize.survey import Survey

WIDTH = max(len(action) for action in Action)


def lines(found: Survey) -> Iterator[str]:
    """A line for every page with which something would be done, then the sums."""
    for step in found.todo:
        page = shown(step.asked.source.label)
        yield f"{step.action.value:<{WIDTH}} {page}: {shown(step.reason)}"
    counts = Counter(step.action for step in found.steps)
    sums = [f"{counts[action]} to {action.value}" for action in reversed(Action) if counts[action]]
    sums = [part for part in sums if not part.endswith(Action.KEEP.value)]
    others = found.rows.keys() - {step.asked.key for step in found.steps}
    if counts[Action.KEEP] or not sums:
        sums.append(f"{counts[Action.KEEP]} done before")
    if others:
        sums.append(f"{len(others)} more known from other runs")
    yield ", ".join(sums)
