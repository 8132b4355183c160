"""How many pages may fail before a run is given up."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE = 20  # pages before which a share says nothing


@dataclass(frozen=True, slots=True)
class Tolerance:
    """``most`` pages, or with ``share`` so many of a hundred that were read; 0: any number."""

    most: int = 0
    share: bool = False

    @classmethod
    def of(cls, given: int | str) -> Tolerance:
        """What ``--max-failed`` says: 20, "20" or "20%"."""
        words = str(given)
        return cls(int(words.removesuffix("%")), words.endswith("%"))

    def exhausted(self, failed: int, done: int) -> bool:
        """Whether to stop, where ``failed`` of the ``done`` pages did."""
        if not self.most:
            return False
        if self.share:
            return done >= SAMPLE and failed * 100 >= self.most * done
        return failed >= self.most
