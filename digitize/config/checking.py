"""Values against the models of the options; what is wrong is told in one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from digitize.config import keys
from digitize.errors import OptionError, meant

SHOWN = 40  # characters of a wrong value that are told


def from_file(section: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The typed values of a section of a file, by key; a type must be met exactly.

    Raises ValueRefusedError for the first value that does not pass.
    """
    for name in values:
        if name not in keys.names(section):
            raise ValueRefusedError(name, unknown("key", name, keys.names(section)))
    model = keys.SECTIONS[section]
    try:
        # As JSON an array may become a tuple, while "2" is still no number.
        passed = model.model_validate_json(_json(values), strict=True)
    except ValidationError as error:
        raise _refused(section, error) from error
    return {name: getattr(passed, name) for name in values}


def from_words(key: str, value: Any) -> Any:
    """The typed value of a key from what was typed behind an option. Raises ValueRefusedError."""
    section, name = key.split(".")
    try:
        passed = keys.SECTIONS[section].model_validate({name: value})
    except ValidationError as error:
        raise _refused(section, error) from error
    return getattr(passed, name)


class ValueRefusedError(OptionError):
    """A value that does not pass: its key, and the reason apart from where it stands."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that does not exist: what it may have meant, what there is."""
    known = list(known)
    there = "there is" if len(known) == 1 else "there are"
    return f"no such {what}; {meant(name, known)}{there} {', '.join(known)}"


def _refused(section: str, error: ValidationError) -> ValueRefusedError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "value_error":  # a check of the model's own, which says what is wrong
        return ValueRefusedError(name, str(first["ctx"]["error"]))
    value = told(first["input"])
    return ValueRefusedError(
        name, f"{value} is not allowed; it takes {keys.allowed(f'{section}.{name}')}"
    )


def told(value: Any) -> str:
    """A value as a message shows it: in one line, and no longer than need be."""
    text = _json(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
