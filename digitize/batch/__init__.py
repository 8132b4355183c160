"""Many pages: each is read, and its files are written, by a worker for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digitize.batch.away import by_cluster
    from digitize.batch.interrupts import sigterm_as_ctrl_c
    from digitize.batch.job import Job, Kept, Outcome, Unwritten, failed
    from digitize.batch.pages import Way, outcomes, threads_each, way, with_threads, worker_count
    from digitize.batch.tolerance import Tolerance
    from digitize.batch.work import engine_of, peak_memory, perform

_WHERE = {
    "Job": "job",
    "Kept": "job",
    "Outcome": "job",
    "Tolerance": "tolerance",
    "Unwritten": "job",
    "Way": "pages",
    "by_cluster": "away",
    "engine_of": "work",
    "failed": "job",
    "outcomes": "pages",
    "peak_memory": "work",
    "perform": "work",
    "sigterm_as_ctrl_c": "interrupts",
    "threads_each": "pages",
    "way": "pages",
    "with_threads": "pages",
    "worker_count": "pages",
}

__all__ = [
    "Job",
    "Kept",
    "Outcome",
    "Tolerance",
    "Unwritten",
    "Way",
    "by_cluster",
    "engine_of",
    "failed",
    "outcomes",
    "peak_memory",
    "perform",
    "sigterm_as_ctrl_c",
    "threads_each",
    "way",
    "with_threads",
    "worker_count",
]


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: a worker starts before it knows its work."""
    if name not in _WHERE:
        raise AttributeError(f"module 'digitize.batch' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"digitize.batch.{_WHERE[name]}"), name)
