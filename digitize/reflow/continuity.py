"""Whether one piece of text goes on where another breaks off: what reflow asks of language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

Mode = Literal["none", "geometry", "full"]


class Continuity(Protocol):
    """A language signal. Implementations live in :mod:`digitize.language`."""

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) that ``after`` goes on in the sentence that ``before`` breaks off.

        Positive speaks for it, negative against it, 0 says nothing (so does an empty side). Only
        the last and first few characters matter.
        """
        ...


class Silent:
    """No language signal at all."""

    def score(self, before: str, after: str) -> float:
        """0: nothing is known."""
        return 0.0


@dataclass(frozen=True, slots=True)
class Means:
    """What reflow may go by besides geometry.

    ``state`` is what paragraphs show: open ends, indents, full rows; with it they may go on across
    a cut.
    """

    state: bool = True
    language: Continuity = field(default_factory=Silent)
