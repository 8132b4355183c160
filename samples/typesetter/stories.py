"""The stories of samples/texts: a few @header lines, then one paragraph a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "texts"


@dataclass(frozen=True)
class Para:
    """A paragraph; `sub` marks a section heading."""

    text: str
    sub: bool = False


@dataclass(frozen=True)
class Story:
    """A story before setting."""

    headline: str
    paragraphs: tuple[Para, ...]
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    script: str = "hans"
    kind: str = "story"
    extra: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def length(self) -> int:
        return sum(len(p.text) for p in self.paragraphs)


def parse(text: str, defaults: dict[str, str]) -> list[Story]:
    """All stories of a text file; `====` divides them."""
    return [_parse_one(part, defaults) for part in re.split(r"^====+$", text, flags=re.M)]


def _parse_one(part: str, defaults: dict[str, str]) -> Story:
    head = dict(defaults)
    paragraphs: list[Para] = []
    for line in (raw.strip() for raw in part.splitlines()):
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            head[key] = value.strip()
        elif line.startswith("# "):
            paragraphs.append(Para(line[2:].strip(), sub=True))
        elif line:
            paragraphs.append(Para(line))
    return Story(
        headline=head["headline"],
        paragraphs=tuple(paragraphs),
        kicker=head.get("kicker", ""),
        subtitle=head.get("subtitle", ""),
        byline=head.get("byline", ""),
        script=head.get("script", "hans"),
        kind=head.get("kind", "story"),
    )


@lru_cache(maxsize=1)
def library() -> tuple[Story, ...]:
    """Every story of every file, in the order of file names."""
    found: list[Story] = []
    for path in sorted(TEXTS.glob("*.txt")):
        kind = {"zaozhuang": "zaozhuang", "briefs": "brief"}.get(path.stem, "story")
        script = "hant" if path.stem.startswith("old") else "hans"
        found.extend(parse(path.read_text("utf8"), {"kind": kind, "script": script}))
    return tuple(found)
