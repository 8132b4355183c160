"""JSON: everything that is known of a page, and back again."""

from __future__ import annotations

import dataclasses
import json
import math
import zlib
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from digitize.errors import InputError
from digitize.formats import soundness
from digitize.geometry import Polygon, Projective
from digitize.model import Article, PageResult

SCHEMA = "digitize-page/1"
_AS_GIVEN = frozenset({"provenance", "polygon", "flat"})  # nothing in them is to be shaped
_FASTEST = 1  # zlib's level: a page shrinks to an eighth, and more effort gains little
_NOT_KEPT = frozenset({"seconds"})
ARTICLE_SCHEMA = "digitize-article/1"


def to_json(result: PageResult) -> str:
    """The whole result as JSON text; lengths are rounded to a hundredth of a pixel.

    Seconds are left out, so that the same page gives the same bytes.
    """
    return _text({"schema": SCHEMA, **_plain(result)})


def article_json(result: PageResult, article: Article) -> str:
    """One article of a page as JSON text, with where it comes from."""
    known = {"source": result.source, "masthead": result.masthead, "article": article}
    return _text({"schema": ARTICLE_SCHEMA, **_plain(known)})


def packed(result: PageResult) -> bytes:
    """The whole result, small, to be laid aside; :func:`unpacked` gives it back."""
    return zlib.compress(to_json(result).encode("utf-8"), _FASTEST)


def unpacked(data: bytes) -> PageResult:
    """The result that :func:`packed` made small; ValueError for other bytes."""
    try:
        return from_json(zlib.decompress(data).decode("utf-8"))
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _text(data: dict[str, Any]) -> str:
    return utf8(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def utf8(text: str) -> str:
    """``text`` that can be written as UTF-8: lone surrogates become escapes, as JSON has them.

    A path may hold bytes that are no UTF-8; Python shows them so.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(value: Any) -> Any:
    """``value`` in JSON's own types."""
    match value:
        case Polygon():
            plain: Any = [[round(x, 2), round(y, 2)] for x, y in value.points]
        case Projective():
            plain = [float(v) for v in value.m]
        case Enum():
            plain = value.value
        case dict():
            plain = {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            plain = [_plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            fields = dataclasses.fields(value)
            names = (field.name for field in fields if field.name not in _NOT_KEPT)
            plain = {name: _plain(getattr(value, name)) for name in names}
        case _:
            plain = value
    return plain


def read_page(path: str | Path) -> PageResult:
    """The result that :func:`to_json` wrote to ``path``.

    Raises InputError for a file that is missing, broken or of another kind.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error}") from error
    return page_in(data, str(path))


def page_in(data: bytes, where: str) -> PageResult:
    """The result in a file that :func:`to_json` wrote; InputError where it is another kind."""
    try:
        return from_json(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"cannot read {where}: {error}") from error
    except ValueError as error:
        raise InputError(f"{where} is no page written by digitize: {error}") from error


def from_json(text: str) -> PageResult:
    """The result in a JSON text; ValueError where it is not one."""
    try:
        return from_data(json.loads(text, parse_float=_finite, parse_constant=_finite))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _finite(digits: str) -> float:
    """A number that can be written again: JSON knows neither NaN nor infinity."""
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits[:20]} is no number of a page")
    return value


def from_data(data: Any) -> PageResult:
    """The result in a JSON text that is parsed already, which is used up."""
    if not isinstance(data, dict) or data.pop("schema", None) != SCHEMA:
        raise ValueError(f"its schema is not {SCHEMA}")
    try:
        result = _reader().validate_python(_shaped(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}") from error
    if result.page is not None:
        soundness.check(result.page)
    return result


@cache
def _reader() -> TypeAdapter[PageResult]:
    return TypeAdapter(PageResult)  # slow to build


def _shaped(value: Any) -> Any:
    """JSON's lists under "polygon" and "flat" as the objects they were; options stay as given."""
    if isinstance(value, list):
        return [_shaped(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {k: v if k in _AS_GIVEN else _shaped(v) for k, v in value.items()}
    if "polygon" in result:
        result["polygon"] = {"points": result["polygon"]}
    if "flat" in result:
        result["flat"] = {"m": result["flat"]}
    return result
