"""Stubs as JSON text, so that they outlive their run."""

from __future__ import annotations

import json
from functools import cache

from pydantic import TypeAdapter

from digitize.stitching.model import Stub


def to_text(stub: Stub) -> str:
    """``stub`` as JSON text; ASCII, since not every path is UTF-8."""
    return json.dumps(_adapter().dump_python(stub), separators=(",", ":"))


def from_text(text: str) -> Stub:
    """The stub in a text of :func:`to_text`; ValueError where there is none."""
    return _adapter().validate_python(json.loads(text))


@cache
def _adapter() -> TypeAdapter[Stub]:
    return TypeAdapter(Stub)  # slow to build
