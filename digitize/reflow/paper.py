"""What is known of a paper before one of its pages is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digitize.geometry import WritingMode


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's name, what else of its pages is furniture, and how its text runs.

    ``furniture`` are regular expressions for whole lines. ``mode`` is the direction of the pages'
    text, or None where each page is to show its own.
    """

    name: str = ""
    furniture: tuple[str, ...] = ()
    mode: WritingMode | None = None

    def claims(self, text: str) -> bool:
        """Whether a line is furniture of this paper: its name, or what a pattern fits.

        Spaces are an engine's guess, so a line is held against the patterns without them too.
        """
        patterns = _patterns(self.name, self.furniture)
        forms = (text.strip(), "".join(text.split()))
        return any(pattern.fullmatch(form) for pattern in patterns for form in forms)


def _patterns(name: str, furniture: Sequence[str]) -> list[re.Pattern[str]]:
    words = (re.escape("".join(name.split())),) if name else ()
    return [re.compile(pattern) for pattern in (*words, *furniture)]  # re keeps them compiled


ANY = Paper()
"""A paper of which nothing is known."""
