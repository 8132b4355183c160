"""Whether one piece of text goes on where another breaks off: what reflow asks of language."""

from __future__ import annotations

from typing import Protocol


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
