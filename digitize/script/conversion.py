"""Between the standards of Chinese characters, by OpenCC's tables of characters and phrases."""

from __future__ import annotations

from functools import cache
from typing import Any


def converted(text: str, way: str) -> str:
    """``text`` in another standard; ``way`` as OpenCC calls it: "s2t", "t2s" and so on."""
    result: str = _opencc(way).convert(text)
    return result


@cache
def _opencc(way: str) -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - loads its tables

    return OpenCC(way)
