"""Values in force, each with the place it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["default", "file", "profile", "pages", "flag"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: ``name`` is the flag, the profile or the range of pages."""

    kind: Kind
    name: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file else ""
        match self.kind:
            case "default":
                return "default"
            case "flag":
                return self.name
            case "file":
                return place
        return f"{self.kind} {self.name} ({place})"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and its origin."""

    value: Any
    origin: Origin


Layer = Mapping[str, Setting]
"""Some settings by key, as "ocr.engine"."""


def merged(layers: Iterable[Layer]) -> dict[str, Setting]:
    """All settings of ``layers``; a later layer outdoes an earlier one, key by key."""
    result: dict[str, Setting] = {}
    for layer in layers:
        result.update(layer)
    return result
