"""What a worker says to the pool; tasks go the other way, as (number, task)."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.batch.plan import Fault
from digitize.errors import DigitizeError


@dataclass(frozen=True, slots=True)
class Ready:
    """It is warm and takes tasks."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """It cannot work at all, and neither can any other."""

    error: DigitizeError


@dataclass(frozen=True, slots=True)
class Begun:
    """It has begun a task: from now on the task is to blame for what happens to it."""

    number: int


@dataclass(frozen=True, slots=True)
class Done:
    """A task is done; ``memory`` is what the worker has in use now, in MB."""

    number: int
    result: object = None
    fault: Fault | None = None
    memory: float = 0.0


Message = Ready | Unfit | Begun | Done
