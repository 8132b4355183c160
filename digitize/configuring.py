"""What ``digitize config`` does, apart from parsing and printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from digitize import atomic, known_names
from digitize.config import NAME, Settings
from digitize.config.document import as_json, as_toml, template
from digitize.config.overview import of_pages, of_project
from digitize.errors import ExitCode, NothingUsableError, UsageError, shown
from digitize.source import discover

Say = Callable[[str], None]


def config(inputs: Sequence[str], settings: Settings, json: bool, show: Say, tell: Say) -> ExitCode:
    """Show what is in force, for ``inputs`` where some are named; the exit code.

    Raises NothingUsableError where no input has a page.
    """
    written = as_json if json else as_toml
    known_names.check(settings)
    if not inputs:
        show(written(of_project(settings)))
        return ExitCode.OK
    found = discover(inputs, settings.file_group)
    for _, error in found.errors:
        tell(f"digitize: {error}")
    if not found.sources:
        raise NothingUsableError("no pages to show settings for; name a scan, a PDF or a folder")
    known_names.check(settings, found.sources)
    show(written(of_pages(settings, found.sources)))
    return ExitCode.SOME_FAILED if found.errors else ExitCode.OK


def init(file: str | None) -> str:
    """Write a file of settings to begin with; its path. Nothing that is there is written over.

    Raises UsageError where the file exists, OutputError where it cannot be written.
    """
    path = file or NAME
    if not atomic.create(Path(path), template().encode()):
        raise UsageError(f"{shown(path)} is there already; edit it, or name another with --config")
    return path
