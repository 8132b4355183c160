"""Names and values as TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DELETE = "\x7f"  # JSON may have it as it is, TOML may not


def key(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else _string(name)


def value(of: Any) -> str:
    """A value of an option: true or false, a number, a text, or a list of them."""
    if isinstance(of, bool):
        return str(of).lower()
    if isinstance(of, str):
        return _string(of)
    if isinstance(of, Sequence):
        return f"[{', '.join(map(value, of))}]"
    return repr(of)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")
