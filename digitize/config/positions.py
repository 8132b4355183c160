"""In which line of a TOML text each table and value stands; ``tomllib`` does not tell.

The text is cut into statements, each of which is the shortest run of lines that ``tomllib`` takes
for a whole document. So there is no second grammar here that could differ from the first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Keys and, in arrays of tables, numbers from 0: ("pages", 1, "ocr", "engine")."""

# What may follow a whole statement. In a long array most lines do not look like that, so that
# they need not be tried.
_STARTS = re.compile(r"""\s*(?:\[|[\w"'.\- \t]+=|#|$)""")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and value of ``text``, which is valid TOML."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for line, statement in _statements(text.replace("\r\n", "\n").split("\n")):
        parsed = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(parsed, counts)
            found.setdefault(table, line)
        else:
            for path in _paths(parsed):
                found.setdefault((*table, *path), line)
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of ``path``, or of what it stands in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _statements(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Every statement with the line in which it begins; blank lines and comments are none."""
    start = 0
    while start < len(lines):
        end = start + 1
        while not _is_whole(lines, start, end):
            end += 1
        statement = "\n".join(lines[start:end])
        if statement.strip() and not statement.lstrip().startswith("#"):
            yield start + 1, statement
        start = end


def _is_whole(lines: list[str], start: int, end: int) -> bool:
    if end >= len(lines):
        return True
    if not _STARTS.match(lines[end]):
        return False
    try:
        tomllib.loads("\n".join(lines[start:end]))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _header(parsed: Mapping[str, Any], counts: dict[Path, int]) -> Path:
    """The path of a table's header, the last of an array where it goes on in one."""
    path: Path = ()
    inner: Any = parsed
    while inner:
        if isinstance(inner, list):  # [[name]]: one more
            counts[path] = counts.get(path, -1) + 1
            inner = inner[0]
            path = (*path, counts[path])
            continue
        name, inner = next(iter(inner.items()))
        path = (*path, name)
        if path in counts and not isinstance(inner, list):
            path = (*path, counts[path])
    return path


def _paths(value: Any) -> Iterator[Path]:
    """The paths of everything in ``value``."""
    entries: Any = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = [(i, one) for i, one in enumerate(value) if isinstance(one, dict)]
    for name, inner in entries:
        yield (name,)
        for path in _paths(inner):
            yield (name, *path)
