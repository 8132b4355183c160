"""``digitize.toml`` read: every value checked, typed, and with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digitize.config import checking, keys, positions, toml
from digitize.config.matching import Range, matches, range_of
from digitize.config.values import Kind, Layer, Origin, Setting
from digitize.errors import InputError, OptionError, shown, unbroken
from digitize.opening import open_file

PROFILE, PAGES = "profile", "pages"
MATCH, RANGE = "match", "range"
NO_PROFILE = "none"  # the name that switches profiles off
MOST = 1 << 20  # bytes; nobody writes that many settings by hand


@dataclass(frozen=True, slots=True)
class Rule:
    """A profile, or an entry of ``[[pages]]``: which pages it is for, and what it sets.

    ``name`` is a profile's name. ``settings`` may say of a key that it is as usual.
    """

    name: str
    line: int
    match: tuple[str, ...] = ()
    range: Range = field(default_factory=Range)
    settings: Layer = field(default_factory=dict)

    def is_for(self, path: str, page: int, folder: str) -> bool:
        """Whether the rule is meant for a page (from 1) of the file ``path``."""
        return page in self.range and matches(self.match, path, folder)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project. ``path`` is the file they come from, "" where there is none."""

    path: str = ""
    settings: Layer = field(default_factory=dict)
    profiles: tuple[Rule, ...] = ()
    pages: tuple[Rule, ...] = ()

    @property
    def folder(self) -> str:
        """From where patterns with a slash are read."""
        return str(Path(self.path).parent)


def read(path: str) -> Config:
    """Read a file; OptionError, in one line with file and line, for whatever is wrong with it."""
    try:
        with open_file(path) as stream:
            data = stream.read(MOST + 1)
    except (InputError, OSError) as error:
        raise OptionError(f"cannot read the settings: {error}") from error
    if len(data) > MOST:
        raise OptionError(f"{shown(path)} is too long for settings; name another file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{shown(path)}, byte {error.start + 1}"
        raise OptionError(f"{where}: this is not UTF-8; save the file as UTF-8") from error
    return parse(text, path)


def parse(text: str, path: str = "digitize.toml") -> Config:
    """The settings in the ``text`` of the file ``path``; errors as with :func:`read`."""
    try:
        document = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and numbers with too many digits
        raise OptionError(f"{shown(path)}:{_broken(text, error)}") from error
    except RecursionError as error:
        raise OptionError(f"{shown(path)}: brackets too deep; correct the TOML") from error
    return _Reader(shown(path), positions.lines_of(text)).config(document, path)


_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_QUOTES = 'put names that are not in plain letters into quotes, as in [profile."日报"]'


def _broken(text: str, error: ValueError) -> str:
    """Line and column of what is no TOML, what is wrong there, and what to do."""
    said = unbroken(error)
    place = _PLACE.search(said)
    said = _PLACE.sub("", f"{said[:1].lower()}{said[1:]}")
    if place is None:
        return f" {said}; correct the TOML"
    lines = text.split("\n")
    row, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    met = lines[row - 1][column - 1 : column]
    advice = "correct the TOML there" if met.isascii() else _QUOTES
    return f"{row}:{column}: {said}; {advice}"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Goes through a document; knows the file's name and its lines for what it has to say."""

    file: str
    lines: Mapping[positions.Path, int]

    def config(self, document: Mapping[str, Any], path: str) -> Config:
        known = (*keys.SECTIONS, PROFILE, PAGES)
        self._known(document, known, (), "section")
        profiles = self._table(document.get(PROFILE, {}), (PROFILE,))
        pages = document.get(PAGES, [])
        if not isinstance(pages, list):
            raise self._error((PAGES,), "write each entry under [[pages]], with two brackets")
        return Config(
            path,
            self._settings(document, (), "file", ""),
            tuple(self._rule(table, (PROFILE, name)) for name, table in profiles.items()),
            tuple(self._rule(table, (PAGES, index)) for index, table in enumerate(pages)),
        )

    def _rule(self, table: Any, path: positions.Path) -> Rule:
        """A profile or an entry of ``[[pages]]``."""
        table = self._table(table, path)
        kind: Kind = "pages" if path[0] == PAGES else "profile"
        own = (MATCH, RANGE) if kind == "pages" else (MATCH,)
        whole = [name for name in keys.RUN_SECTIONS if name in table]
        if whole:
            reason = f"belongs to the whole run; write it under [{whole[0]}]"
            raise self._error((*path, whole[0]), reason)
        self._known(table, (*own, *keys.PAGE_SECTIONS), path, "key or section")
        match = self._patterns(table.get(MATCH, ()), (*path, MATCH))
        pages = self._range(table.get(RANGE), (*path, RANGE))
        if path == (PROFILE, NO_PROFILE):
            raise self._error(path, f"--profile {NO_PROFILE} means no profile; name it otherwise")
        name = str(path[1]) if kind == "profile" else pages.text or ", ".join(match) or "all"
        settings = self._settings(table, path, kind, name)
        return Rule(name, positions.line_of(self.lines, path), match, pages, settings)

    def _settings(
        self, table: Mapping[str, Any], path: positions.Path, kind: Kind, name: str
    ) -> dict[str, Setting]:
        """The settings in the sections that stand in ``table``."""
        found = {}
        for section in keys.SECTIONS:
            place = (*path, section)
            values = self._table(table.get(section, {}), place)
            try:
                typed = checking.from_file(section, values)
            except checking.ValueRefusedError as error:
                raise self._error((*place, error.name), error.reason) from error
            for key, value in typed.items():
                line = positions.line_of(self.lines, (*place, key))
                found[f"{section}.{key}"] = Setting(value, Origin(kind, name, self.file, line))
        return found

    def _known(
        self, table: Mapping[str, Any], known: tuple[str, ...], path: positions.Path, what: str
    ) -> None:
        for name in table:
            if name not in known:
                raise self._error((*path, name), checking.unknown(what, name, known))

    def _table(self, value: Any, path: positions.Path) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._error(path, f"write it as a section: [{'.'.join(map(str, path))}]")
        return value

    def _patterns(self, value: Any, path: positions.Path) -> tuple[str, ...]:
        patterns = (value,) if isinstance(value, str) else value
        if not isinstance(patterns, list | tuple) or not all(
            isinstance(one, str) and one for one in patterns
        ):
            raise self._error(path, 'write it as "paper-*.pdf" or ["paper-*.pdf", "old/*"]')
        return tuple(patterns)

    def _range(self, value: Any, path: positions.Path) -> Range:
        if value is None:
            return Range()
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        try:
            return range_of(text if isinstance(text, str) else "")
        except OptionError as error:
            raise self._error(path, f"{checking.told(value)}: {error}") from error

    def _error(self, path: positions.Path, reason: str) -> OptionError:
        line = positions.line_of(self.lines, path)
        return OptionError(f"{self.file}:{line}: {' '.join(_places(path))}: {reason}")


def _places(path: positions.Path) -> Iterator[str]:
    """Where something stands, as in ``[profile.nongmin.ocr] engine``; entries count from 1."""
    *section, name = path
    if section and section[0] == PAGES:
        yield f"[[pages]] entry {int(section[1]) + 1}" if len(section) > 1 else "[[pages]]"
        section = section[2:]
    if section:
        yield f"[{'.'.join(toml.key(str(part)) for part in section)}]"
    whole = len(path) == 1 or (not section and name in keys.SECTIONS)
    yield f"[{name}]" if whole else shown(str(name))
