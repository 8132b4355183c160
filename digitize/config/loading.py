"""From what the command line says about settings to the settings in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digitize.config.file import Config, read
from digitize.config.finding import find
from digitize.config.settings import Settings, flags_of
from digitize.errors import UsageError


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: ``--config``, ``--no-config``, ``--profile``, and the flags of settings.

    ``flags`` holds for a key, as "ocr.engine", the flag and the value behind it.
    """

    file: str | None = None
    no_file: bool = False
    profile: str = ""
    flags: Mapping[str, tuple[str, Any]] = field(default_factory=dict)


def load(asked: Asked) -> Settings:
    """The settings in force. Raises OptionError for what is wrong in the file or the flags."""
    if asked.file is not None and asked.no_file:
        raise UsageError("--config names a file and --no-config wants none; leave one out")
    return Settings(_config(asked), flags_of(asked.flags), asked.profile)


def _config(asked: Asked) -> Config:
    if asked.no_file:
        return Config()
    if asked.file is not None:
        return read(asked.file)
    here, home = _folder(Path.cwd), _folder(lambda: Path.home().resolve())
    found = find(here, home) if here else None
    return read(found.name if found.parent == here else str(found)) if found else Config()


def _folder(which: Callable[[], Path]) -> Path | None:
    """A folder of the process, None where it has none: it may have been removed."""
    try:
        return which()
    except (OSError, RuntimeError):
        return None
