"""A part of the pages for each of several machines that know nothing of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize.errors import UsageError
from digitize.model import Source
from digitize.source import Discovered


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``number``, from 1, of ``count``."""

    number: int
    count: int

    @classmethod
    def of(cls, text: str) -> Shard:
        """The part that "3/16" means; UsageError where it means none."""
        match = re.fullmatch(r"(\d+)/(\d+)", text.strip())
        number, count = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= count:
            raise UsageError(f"--shard takes I/N with I from 1 to N, as 3/16, not {text!r}")
        return cls(number, count)

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def part(self, found: Discovered) -> Discovered:
        """Take this part of what was found, with the others beside it.

        Parts follow each other, so that pages of an issue stay together, have as many pages as each
        other, and cut no file. The same inputs give the same parts.
        """
        sources = found.sources
        start, end = (self._cut(sources, n) for n in (self.number - 1, self.number))
        others = (*sources[:start], *sources[end:])
        return replace(found, sources=sources[start:end], others=others)

    def _cut(self, sources: Sequence[Source], number: int) -> int:
        """Where part ``number`` (from 0) begins: at a file's first page."""
        place = len(sources) * number // self.count
        while 0 < place < len(sources) and sources[place].path == sources[place - 1].path:
            place += 1
        return place
