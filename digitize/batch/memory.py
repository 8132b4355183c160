"""How much memory workers use, with all that they started."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress

MB = 1 << 20


def in_use(groups: Collection[int]) -> dict[int, float]:
    """MB in use by the processes of every group together, in one pass over all there are."""
    import psutil  # noqa: PLC0415 - wanted only where memory is limited

    used = dict.fromkeys(groups, 0.0)
    for pid in psutil.pids():
        with suppress(OSError, psutil.Error):  # it has ended meanwhile
            group = os.getpgid(pid)
            if group in used:
                used[group] += psutil.Process(pid).memory_info().rss / MB
    return used
