"""Texts as they are compared, with the way back to the texts as they are."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from digitize.evaluate.graphemes import as_code_point, clusters
from digitize.evaluate.profiles import Profile


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text under a profile.

    ``text`` has one code point for every character that counts; the character at ``i`` was made
    from ``original[starts[i]:ends[i]]``.
    """

    original: str
    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original; an empty span where it is empty."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        at = self.starts[start] if start < len(self.text) else len(self.original)
        return at, at

    def without(self, spans: list[tuple[int, int]]) -> Normalised:
        """The same with the given spans of ``text`` not counting any more."""
        gone = {i for start, end in spans for i in range(start, end)}
        kept = [i for i in range(len(self.text)) if i not in gone]
        return Normalised(
            self.original,
            "".join(self.text[i] for i in kept),
            array("I", (self.starts[i] for i in kept)),
            array("I", (self.ends[i] for i in kept)),
        )


def normalise(original: str, profile: Profile) -> Normalised:
    """``original`` as it is compared under ``profile``; space at the ends never counts."""
    fold = _folder(profile)
    parts: list[str] = []
    starts, ends = array("I"), array("I")
    at = len(original) - len(original.lstrip())
    for cluster in clusters(original.strip()):
        folded = fold(cluster)
        parts.append(folded)
        end = at + len(cluster)
        if len(folded) == 1:
            starts.append(at)
            ends.append(end)
        else:
            starts.extend([at] * len(folded))
            ends.extend([end] * len(folded))
        at = end
    return Normalised(original, "".join(parts), starts, ends)


@cache
def _folder(profile: Profile) -> Callable[[str], str]:
    """The profile's folding of single clusters, with a memory."""

    @cache
    def fold(cluster: str) -> str:
        return "".join(as_code_point(part) for part in clusters(profile.fold(cluster)))

    return fold
