"""From what the command line says about settings to the settings in force."""

from __future__ import annotations

from collections.abc import Mapping
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
    found = find(Path.cwd(), Path.home())
    return read(_near(found)) if found else Config()


def _near(path: Path) -> str:
    """The path as seen from here where it is a short one."""
    here = Path.cwd().resolve()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
