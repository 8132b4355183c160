"""Settings written down: as TOML with their origins, as JSON, and as a file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from digitize.config import keys, toml
from digitize.config.file import PAGES, PROFILE, Rule
from digitize.config.overview import Overview
from digitize.config.values import Layer

WIDTH = 96  # columns of a comment
NOTE = 36  # columns up to which a value has its origin in line with the others


def as_toml(overview: Overview) -> str:
    """The settings as a file of settings, where each comes from behind it."""
    return "\n".join(_toml(overview))


def _toml(overview: Overview) -> Iterator[str]:
    yield f"# In force, from {overview.file or 'no digitize.toml'}. Behind each value: who set it."
    for section in keys.SECTIONS:
        yield f"\n[{section}]"
        inside = {key: one for key, one in overview.settings.items() if _section(key) == section}
        yield from _lines(inside, len(section) + 1)
    for rule in overview.profiles:
        yield f"\n[{PROFILE}.{toml.key(rule.name)}]  # {overview.file}:{rule.line}"
        yield from _rule(rule)
    for rule in overview.pages:
        yield f"\n[[{PAGES}]]" + (f"  # {overview.file}:{rule.line}" if rule.line else "")
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    if rule.match:
        yield f"match = {toml.value(rule.match)}"
    if rule.range.text:
        yield f"range = {toml.value(rule.range.text)}"
    yield from _lines(rule.settings, 0)


def _lines(layer: Layer, prefix: int) -> Iterator[str]:
    """A line a setting, without the first ``prefix`` characters of its key."""
    for key, setting in layer.items():
        line = f"{key[prefix:]} = {toml.value(setting.value)}"
        yield f"{line:<{NOTE}}  # {setting.origin}"


def _section(key: str) -> str:
    return key.partition(".")[0]


def as_json(overview: Overview) -> str:
    """The same as JSON."""
    data = {
        "file": overview.file,
        "settings": _settings(overview.settings),
        "profiles": [{"name": rule.name, **_json(rule)} for rule in overview.profiles],
        "pages": [_json(rule) for rule in overview.pages],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _json(rule: Rule) -> dict[str, Any]:
    settings = _settings(rule.settings)
    return {"match": list(rule.match), "range": rule.range.text, "settings": settings}


def _settings(layer: Layer) -> dict[str, Any]:
    return {key: {"value": one.value, **asdict(one.origin)} for key, one in layer.items()}


HEAD = """\
# Settings of digitize for this folder and those inside it. What has a # before it is as usual:
# take the # away to change it. Flags outdo this file; `digitize config` shows what is in force.
"""
EXAMPLES = """
# For the pages of one paper: those that match, or with --profile NAME. Any key of preprocess,
# layout, ocr and reflow may stand here. A pattern with a / is seen from this folder.
#[profile.NAME]
#match = "NAME-*"
#ocr.languages = ["chi_tra"]
#layout.writing_mode = "vertical"
#reflow.furniture = ["第.{1,3}版"]

# For some pages of some files; may be repeated, and what comes later counts.
#[[pages]]
#match = "*.pdf"
#range = "1-4,9-"
#preprocess.denoise = false
"""


def template() -> str:
    """A file of settings in which everything is as usual, with what can be said."""
    return "\n".join((HEAD, *_sections(), EXAMPLES))


def _sections() -> Iterable[str]:
    for section, model in keys.SECTIONS.items():
        yield f"# {(model.__doc__ or '').partition(chr(10))[0]}"
        yield f"[{section}]"
        for name in keys.names(section):
            key = f"{section}.{name}"
            yield from wrap(
                keys.described(key), WIDTH, initial_indent="# ", subsequent_indent="#   "
            )
            yield f"#{name} = {toml.value(keys.default_of(key))}"
        yield ""
