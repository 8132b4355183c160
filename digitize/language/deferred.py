"""A language signal that costs nothing until it is asked."""

from __future__ import annotations

from digitize.language.combined import Combined, signal


class Deferred:
    """The signal without a document of its own, made when first asked.

    The tables behind it take half a second and 100 MB, and most runs have nothing to ask.
    """

    def __init__(self) -> None:
        self._made: Combined | None = None

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) as :meth:`digitize.language.Combined.score` gives them."""
        if self._made is None:
            self._made = signal(())
        return self._made.score(before, after)
