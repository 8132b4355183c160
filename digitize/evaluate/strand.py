"""The paragraphs of one side as one string, for searching, with a note of what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Stretch(NamedTuple):
    """Characters ``start`` to ``end`` of one paragraph."""

    paragraph: int
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start


class Strand:
    """Paragraphs in an order of their own: by their text, whatever order they came in.

    Whatever is found in a strand is therefore a matter of the paragraphs and not of their order.
    Places are positions in ``text``, in which a mark that occurs in no text follows each
    paragraph; ``free`` tells of every place whether it is still to be matched.
    """

    def __init__(self, paragraphs: Sequence[str], mark: str) -> None:
        self.order = sorted(range(len(paragraphs)), key=lambda i: (paragraphs[i], i))
        self.texts = [paragraphs[i] for i in self.order]
        self.text = "".join(part + mark for part in self.texts)
        lengths = np.array([len(part) + 1 for part in self.texts], dtype=np.int64)
        self.ends = np.cumsum(lengths) - 1
        self.begins = self.ends + 1 - lengths
        self.codes: npt.NDArray[np.uint32] = np.frombuffer(
            self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32
        )
        self.free = np.ones(len(self.text), dtype=np.bool_)
        self.free[self.ends] = False
        self._number = np.repeat(np.arange(len(self.texts)), lengths).tolist()

    def number(self, place: int) -> int:
        """Which paragraph of the strand a place is in."""
        found: int = self._number[place]
        return found

    def bounds(self, place: int) -> tuple[int, int]:
        """Where the paragraph around ``place`` begins and ends."""
        number = self._number[place]
        return int(self.begins[number]), int(self.ends[number])

    def claim(self, start: int, end: int, free: bool = False) -> None:
        """Note that a stretch is matched (or is not any more)."""
        self.free[start:end] = free

    def stretch(self, start: int, end: int) -> Stretch:
        """The stretch in terms of the paragraphs as they were given."""
        number = self._number[start]
        begin = int(self.begins[number])
        return Stretch(self.order[number], start - begin, end - begin)

    def left(self, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """What lies between ``taken`` (sorted, not overlapping) and the paragraphs' ends."""
        places = iter(sorted(taken))
        nxt = next(places, None)
        found: list[tuple[int, int]] = []
        for begin, end in zip(self.begins.tolist(), self.ends.tolist(), strict=True):
            at = begin
            while nxt is not None and nxt[0] < end:
                if nxt[0] > at:
                    found.append((at, nxt[0]))
                at = nxt[1]
                nxt = next(places, None)
            if at < end:
                found.append((at, end))
        return found
