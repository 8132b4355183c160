"""The settings of a run: what the file, its profiles and ranges of pages, and the flags say.

Flags outdo ``[[pages]]`` (a later entry an earlier one), these the profile, this the sections of
the file, and these the defaults, key by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from digitize.config import checking, keys
from digitize.config.file import NO_PROFILE, Config, Rule
from digitize.config.values import Layer, Origin, Setting, merged
from digitize.errors import OptionError
from digitize.model import Source
from digitize.options import BatchOptions, OutputOptions, RunOptions

DEFAULTS: Layer = {key: Setting(keys.default_of(key), Origin("default")) for key in keys.every()}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force, for the run and for each page.

    ``profile`` is the one that was asked for: it is then taken for every page, whatever its
    pattern. Without it a page has the first profile whose pattern fits it.
    """

    config: Config = field(default_factory=Config)
    flags: Layer = field(default_factory=dict)
    profile: str = ""
    _made: dict[tuple[int, ...], RunOptions] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        known = [rule.name for rule in self.config.profiles]
        if self.profile not in ("", NO_PROFILE, *known):
            raise OptionError(f"--profile {self.profile}: {_no_profile(self, known)}")

    def for_page(self, source: Source) -> RunOptions:
        """All that decides what is made of ``source``."""
        which = self._which(source)
        if which not in self._made:
            settings = self._under([self._rules[i] for i in which])
            self._made[which] = RunOptions.model_validate(_nested(settings, keys.PAGE_SECTIONS))
        return self._made[which]

    def file_group(self, path: str) -> str:
        """The group of files to take of the METS at ``path``."""
        return self.for_page(Source(path)).input.file_group

    @property
    def output(self) -> OutputOptions:
        """What is written."""
        return OutputOptions.model_validate(_nested(self.in_force(), ["output"])["output"])

    @property
    def batch(self) -> BatchOptions:
        """How the run goes through its pages."""
        return BatchOptions.model_validate(_nested(self.in_force(), ["batch"])["batch"])

    def in_force(self, source: Source | None = None) -> dict[str, Setting]:
        """Every key with its value and where that comes from.

        Without a ``source``: for pages that no pattern and no range is meant for.
        """
        which = self._which(source) if source is not None else self._asked()
        return self._under([self._rules[i] for i in which])

    @property
    def _rules(self) -> tuple[Rule, ...]:
        return (*self.config.profiles, *self.config.pages)

    def _which(self, source: Source) -> tuple[int, ...]:
        """The numbers of the rules that are meant for a page: a profile, then ranges of pages."""
        path, page, folder = source.path, source.page_no + 1, self.config.folder
        fit = [i for i, rule in enumerate(self._rules) if rule.is_for(path, page, folder)]
        count = len(self.config.profiles)
        named = [i for i in fit if i < count and self._rules[i].match]
        profile = self._asked() if self.profile else named[:1]
        return (*profile, *(i for i in fit if i >= count))

    def _asked(self) -> tuple[int, ...]:
        """The number of the profile that was asked for, if any."""
        names = [rule.name for rule in self.config.profiles]
        return (names.index(self.profile),) if self.profile in names else ()

    def _under(self, rules: Iterable[Rule]) -> dict[str, Setting]:
        given = [rule.settings for rule in rules]
        return merged([DEFAULTS, self.config.settings, *given, self.flags])


def flags_of(given: Mapping[str, tuple[str, Any]]) -> Layer:
    """The layer of what was said on the command line: key: (flag, value). Raises OptionError."""
    layer = {}
    for key, (flag, value) in given.items():
        try:
            layer[key] = Setting(checking.from_words(key, value), Origin("flag", flag))
        except checking.ValueRefusedError as error:
            raise OptionError(f"{flag}: {error.reason}") from error
    return layer


def _nested(layer: Layer, sections: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Values by section and name, as the models take them."""
    return {
        section: {name: layer[f"{section}.{name}"].value for name in keys.names(section)}
        for section in sections
    }


def _no_profile(settings: Settings, known: list[str]) -> str:
    if not settings.config.path:
        return "there is no digitize.toml that could have profiles; see: digitize config --init"
    if not known:
        return f"{settings.config.path} has no profiles; write one under [profile.NAME]"
    return checking.unknown("profile", settings.profile, (*known, NO_PROFILE))
