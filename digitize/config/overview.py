"""What is in force, for a project as a whole or for some of its pages."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from digitize.config.file import Config, Rule
from digitize.config.matching import range_of, seen_from
from digitize.config.settings import Settings
from digitize.config.values import Layer, Setting
from digitize.model import Source

Difference = tuple[tuple[str, Setting], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Settings with where they come from, and where profiles and pages differ.

    Saved as ``digitize.toml`` it has the effect of what it was made from.
    """

    file: str
    settings: Layer
    profiles: tuple[Rule, ...] = ()
    pages: tuple[Rule, ...] = ()


def of_project(settings: Settings) -> Overview:
    """What is in force for pages in general, with the profiles and ranges that may change it."""
    config = settings.config
    profiles = () if settings.profile else config.profiles
    return Overview(
        config.path,
        settings.in_force(),
        tuple(_less(rule, settings.flags) for rule in profiles),
        tuple(_less(rule, settings.flags) for rule in config.pages),
    )


def of_pages(settings: Settings, sources: Sequence[Source]) -> Overview:
    """What is in force for ``sources``: all settings, and in which of them which pages differ."""
    config = settings.config
    found = [settings.in_force(source) for source in sources]
    if all(_values(one) == _values(found[0]) for one in found):
        return Overview(config.path, found[0])
    usual = settings.in_force()
    groups = _Groups(config)
    for source, settled in zip(sources, found, strict=True):
        groups.add(source, _difference(usual, settled))
    return Overview(config.path, usual, pages=tuple(groups.rules()))


def _less(rule: Rule, flags: Layer) -> Rule:
    """The rule without what flags outdo."""
    kept = {key: one for key, one in rule.settings.items() if key not in flags}
    return replace(rule, settings=kept)


def _values(layer: Layer) -> list[Any]:
    return [setting.value for setting in layer.values()]


def _difference(usual: Layer, settled: Layer) -> Difference:
    return tuple((key, one) for key, one in settled.items() if one.value != usual[key].value)


@dataclass(slots=True)
class _Groups:
    """Pages by the way in which they differ."""

    config: Config
    pages: dict[tuple[str, Difference], list[int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, source: Source, difference: Difference) -> None:
        """Take note of a page."""
        self.counts[source.path] = source.page_count
        if difference:
            self.pages.setdefault((source.path, difference), []).append(source.page_no + 1)

    def rules(self) -> Iterable[Rule]:
        """An entry of ``[[pages]]`` for all that differ alike on the same pages."""
        alike: dict[tuple[Difference, str], list[str]] = {}
        for (path, difference), numbers in self.pages.items():
            span = "" if len(numbers) == self.counts[path] else _spans(numbers)
            alike.setdefault((difference, span), []).append(path)
        for (difference, span), paths in alike.items():
            patterns = tuple(_pattern(path, self.config.folder) for path in paths)
            pages = range_of(span) if span else Rule("", 0).range
            yield Rule("", 0, patterns, pages, dict(difference))


def _pattern(path: str, folder: str) -> str:
    """What fits this path and no other."""
    seen = glob.escape(seen_from(path, folder))
    return seen if "/" in seen else f"./{seen}"


def _spans(numbers: Sequence[int]) -> str:
    """Page numbers as a range is written: 1-4,9."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b > a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b > a + 1), ordered[-1]]
    pairs = zip(starts, ends, strict=True)
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in pairs)
