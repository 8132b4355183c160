"""jieba's word list as sorted arrays: how often a word, and all words that begin or end so."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitize.errors import MissingLanguageError
from digitize.language import jieba_data

LONGEST = 4  # of a word: longer ones are 0.5 % of running text and have shorter ones in them
BITS = 15  # of one character in a key: the 20,992 ideographs of the basic block
UNKNOWN = 1e-8  # of a character that the list does not have; its rarest word has 5e-8
BLOCK = 1 << 18  # bytes of the list that are parsed at a time
DIGITS = 9  # of a count
_BEFORE_FIRST = 0x4E00 - 1  # so that no character is 0, which stands for none
_LAST = 0x9FFF

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Table:
    """Sorted keys, and the counts of all words before each of them added up."""

    keys: array[int]
    sums: array[int]

    def at(self, key: int) -> int:
        """How often the word with ``key`` was counted."""
        place = bisect_left(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return 0
        return self.sums[place + 1] - self.sums[place]

    def between(self, low: int, high: int) -> int:
        """How often the words with keys from ``low`` to before ``high`` were counted."""
        start = bisect_left(self.keys, low)
        return self.sums[bisect_left(self.keys, high, start)] - self.sums[start]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Shares of running text (0–1) by word; words are ideographs of the basic block only."""

    forward: _Table
    backward: _Table
    total: int

    def word(self, word: str) -> float:
        """The share of ``word``; 0 for a word that is not listed."""
        if len(word) > LONGEST:
            return 0.0
        count = self.forward.at(_key(word))
        return count / self.total if count or len(word) > 1 else UNKNOWN

    def beginning(self, part: str) -> float:
        """The share of all words that begin with ``part`` and are longer."""
        return self._longer(self.forward, part)

    def ending(self, part: str) -> float:
        """The share of all words that end with ``part`` and are longer."""
        return self._longer(self.backward, part[::-1])

    def _longer(self, table: _Table, part: str) -> float:
        if len(part) >= LONGEST:
            return 0.0
        key = _key(part)
        return table.between(key + 1, key + (1 << BITS * (LONGEST - len(part)))) / self.total


def _key(word: str) -> int:
    """``word`` as a number that sorts like it: a character's bits first, then the next one's."""
    key = 0
    for char in word:
        key = key << BITS | ord(char) - _BEFORE_FIRST
    return key << BITS * (LONGEST - len(word))


@cache
def lexicon() -> Lexicon:
    """The word list, read once per process (about 0.2 s, 10 MB).

    Raises :class:`MissingLanguageError` where it is not installed.
    """
    return read(jieba_data.table("dict.txt"))


def read(file: Path) -> Lexicon:
    """The words of ``file``: one a line with its count, a space between, as jieba has them."""
    parts = [_fields(block) for block in _blocks(file)]
    if not any(len(counts) for *_, counts in parts):
        raise MissingLanguageError(f"{file}: no words in it; {jieba_data.INSTALL}")
    counts = np.concatenate([part[2] for part in parts])
    forward, backward = (
        _table(np.concatenate([part[side] for part in parts]), counts) for side in (0, 1)
    )
    return Lexicon(forward, backward, int(counts.sum()))


def _blocks(file: Path) -> Iterator[bytes]:
    """``file`` in whole lines, a little at a time: the arrays of the whole take 70 MB."""
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block + stream.readline()


def _fields(block: bytes) -> tuple[Ints, Ints, Ints]:
    """Keys, keys of the words backwards, and counts (n,) of the words that can have a key."""
    line = block.decode("utf-8").strip() + "\n"
    text = np.frombuffer(line.encode("utf-32-le"), dtype=np.uint32)
    ends = np.flatnonzero(text == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    spaces = np.append(np.flatnonzero(text == ord(" ")), len(text))
    firsts = spaces[np.searchsorted(spaces, starts)]
    lengths = firsts - starts
    fits = (lengths >= 1) & (lengths <= LONGEST) & (firsts < ends)
    starts, lengths, counts = starts[fits], lengths[fits], _numbers(text, firsts[fits] + 1)
    steps = np.arange(LONGEST)
    inside = steps < lengths[:, None]
    coded = text[np.minimum(starts[:, None] + steps, len(text) - 1)].astype(np.int64)
    coded = np.where(inside, coded - _BEFORE_FIRST, 0)
    turned = np.where(inside, np.take_along_axis(coded, lengths[:, None] - 1 - steps, axis=1), 0)
    keep = ((coded >= 0) & (coded <= _LAST - _BEFORE_FIRST) & (inside == (coded != 0))).all(axis=1)
    return _packed(coded[keep]), _packed(turned[keep]), counts[keep]


def _packed(chars: Ints) -> Ints:
    """Rows of LONGEST characters as the keys that :func:`_key` gives."""
    keys = np.zeros(len(chars), dtype=np.int64)
    for column in chars.T:
        keys = keys << BITS | column
    return keys


def _numbers(text: npt.NDArray[np.uint32], starts: Ints) -> Ints:
    """The numbers that begin at ``starts``, each ended by whatever is no digit."""
    value = np.zeros(len(starts), dtype=np.int64)
    running = np.ones(len(starts), dtype=bool)
    for step in range(DIGITS):
        digit = text[np.minimum(starts + step, len(text) - 1)].astype(np.int64) - ord("0")
        running &= (digit >= 0) & (digit <= 9)
        value = np.where(running, value * 10 + digit, value)
    return value


def _table(keys: Ints, counts: Ints) -> _Table:
    order = np.argsort(keys, kind="stable")
    table = _Table(array("q"), array("q", [0]))
    table.keys.frombytes(keys[order].data.cast("B"))
    table.sums.frombytes(np.cumsum(counts[order]).data.cast("B"))
    return table
