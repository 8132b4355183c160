"""What this machine has, and what else it is doing."""

from __future__ import annotations

import os


def cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0))


def load() -> float:
    """Processes that want to run, in the mean of the last minute."""
    return os.getloadavg()[0]
