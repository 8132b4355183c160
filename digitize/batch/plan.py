"""What a pool of workers is told, and what it says of every task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from digitize.errors import DigitizeError, MissingEngineError, one_line

T = TypeVar("T")
R = TypeVar("R")


class FaultKind(StrEnum):
    """Why there is no result."""

    CRASHED = "crashed"  # its process ended in the midst of it
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ERROR = "error"  # it raised


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a task has no result, in words for the user."""

    kind: FaultKind
    reason: str


@dataclass(frozen=True, slots=True)
class Finished(Generic[T, R]):
    """A task with its result; without one where there is a ``fault``."""

    task: T
    result: R | None = None
    fault: Fault | None = None


def nothing() -> None:
    """No warming up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How tasks are done.

    ``warm`` is called once in every worker before its first task; what it raises ends the run.
    ``timeout`` is in seconds a task, ``memory`` in MB a worker with all its children, 0: no limit.
    A worker is replaced after ``tasks_per_worker`` (0: never).
    """

    workers: int = 1
    warm: Callable[[], object] = nothing
    timeout: float = 0.0
    memory: int = 0
    tasks_per_worker: int = 0


def warmed(warm: Callable[[], object]) -> DigitizeError | None:
    """Call ``warm``; the error, fit for the user, where no task can be done."""
    try:
        warm()
    except DigitizeError as error:
        return error
    except Exception as error:  # noqa: BLE001 - told, and the run ends
        reason = f"no page can be read: {one_line(error)}; install digitize anew"
        return MissingEngineError(reason)
    return None
