"""What may stand in ``digitize.toml``: the sections, their keys, and what each of them allows.

All of it is read off the models of :mod:`digitize.options`; a new option needs no entry here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from digitize.options import BatchOptions, OutputOptions, RunOptions

Model = type[BaseModel]


def _sections_of(model: Model) -> dict[str, Model]:
    return {
        name: field.annotation
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


PAGE_SECTIONS: dict[str, Model] = _sections_of(RunOptions)
"""What decides what is made of a page: it may differ from paper to paper and page to page."""
RUN_SECTIONS: dict[str, Model] = {"output": OutputOptions, "batch": BatchOptions}
"""What belongs to a run as a whole."""
SECTIONS: dict[str, Model] = {**PAGE_SECTIONS, **RUN_SECTIONS}


def names(section: str) -> tuple[str, ...]:
    """The keys of a section, in their order."""
    fields = SECTIONS[section].model_fields.items()
    return tuple(name for name, field in fields if not field.exclude)


def every() -> Iterator[str]:
    """All keys, as "ocr.engine"."""
    for section in SECTIONS:
        for name in names(section):
            yield f"{section}.{name}"


def field_of(key: str) -> FieldInfo:
    """The field of a key that there is."""
    section, name = key.split(".")
    return SECTIONS[section].model_fields[name]


def default_of(key: str) -> Any:
    """The value of a key that nobody has set."""
    return field_of(key).get_default(call_default_factory=True)


def is_list(key: str) -> bool:
    """Whether a key takes several values."""
    return get_origin(field_of(key).annotation) is tuple


def choices(key: str) -> tuple[str, ...]:
    """The words of which a key takes one; none where it takes other values too."""
    annotation = field_of(key).annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def allowed(key: str) -> str:
    """What may stand behind a key, in words."""
    field = field_of(key)
    return _allowed(field.annotation, _limits(field))


def described(key: str) -> str:
    """What a key is, and what it takes where its default does not show that."""
    field = field_of(key)
    shows_it = field.annotation in (bool, str)
    return f"{field.description}{'' if shows_it else f' ({allowed(key)})'}"


def _allowed(annotation: Any, limits: str) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        named = ", ".join(map(str, inner))
        return named if len(inner) == 1 else f"one of {named}"
    if origin is tuple:
        return f"a list, each {_allowed(inner[0], limits)}"
    if origin is Annotated:
        likeness = f" like {inner[1].examples[0]}" if inner[1].examples else ""
        return f"{_allowed(inner[0], _limits(inner[1]))}{likeness}"
    if origin in (Union, types.UnionType):
        return " or ".join(_allowed(one, limits) for one in inner)
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    return f"{words[annotation]}{limits}"


def _limits(field: FieldInfo) -> str:
    """The limits of a number, in words."""
    low, high = (
        next((getattr(m, name) for m in field.metadata if hasattr(m, name)), None)
        for name in ("ge", "le")
    )
    match low is None, high is None:
        case False, False:
            return f" from {low:g} to {high:g}"
        case False, True:
            return f", at least {low:g}"
        case True, False:
            return f", at most {high:g}"
    return ""
