"""Where the settings of a project stand: ``digitize.toml``, here or in a folder above."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "digitize.toml"
ROOTS = (".git", ".hg")  # a folder with one of them is the root of a project


def find(start: Path, home: Path | None = None) -> Path | None:
    """The nearest ``digitize.toml`` in ``start`` or above it, or None.

    ``start`` is absolute. The search ends at the root of the project, at the user's ``home`` and at
    the root of the file system.
    """
    for folder in (start, *start.parents):
        candidate = folder / NAME
        if os.path.isfile(candidate):  # False too where nobody may look
            return candidate
        if folder == home or any(os.path.exists(folder / root) for root in ROOTS):
            return None
    return None
