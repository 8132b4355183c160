"""How much better characters go together as a word than by chance.

The pointwise mutual information of a word's characters (Church and Hanks 1990),

    log P(word)  −  sum of log P(character)

with the shares of jieba's word list. A character that is in no word here, as most of a name are,
has 0 however rare it is, so that nothing speaks against it.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

from digitize.language.edges import is_word_char
from digitize.language.lexicon import Lexicon, lexicon
from digitize.script.simplified import simplified

CHARS = 4096  # whose shares are remembered: more than a page is written in


class Cohesion:
    """The gain of words; traditional characters are looked up as simplified ones."""

    def __init__(self, words: Lexicon | None = None) -> None:
        """With jieba's list unless ``words`` are given; it is read when first asked for."""
        self._given = words
        self._share = lru_cache(maxsize=CHARS)(self._look_up)

    def gain(self, text: str) -> float:
        """What ``text`` is worth as one word (nats, at least 0); 0 for what is not listed."""
        word = simplified(text)
        if len(word) < 2 or not all(map(is_word_char, word)):
            return 0.0
        share = self._words.word(word)
        if not share:
            return 0.0
        return max(0.0, log(share) - sum(log(self._share(char)) for char in word))

    def begins(self, text: str) -> bool:
        """Whether a longer word begins with ``text``."""
        part = simplified(text)
        return all(map(is_word_char, part)) and self._words.beginning(part) > 0

    @property
    def _words(self) -> Lexicon:
        return self._given or lexicon()

    def _look_up(self, char: str) -> float:
        """The share of ``char`` in running text: alone, or first or last in a word."""
        words = self._words
        return words.word(char) + words.beginning(char) + words.ending(char)
