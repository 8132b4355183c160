"""Where the settings of a project stand: ``digitize.toml``, here or in a folder above."""

from __future__ import annotations

from pathlib import Path

NAME = "digitize.toml"
ROOTS = (".git", ".hg")  # a folder with one of them is the root of a project


def find(start: Path, home: Path | None = None) -> Path | None:
    """The nearest ``digitize.toml`` in ``start`` or above it, or None.

    The search ends at the root of the project, at the user's home and at that of the file system.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        candidate = folder / NAME
        if candidate.is_file():
            return candidate
        if folder == home or any((folder / root).exists() for root in ROOTS):
            return None
    return None
