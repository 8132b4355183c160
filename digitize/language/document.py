"""Whether what stands at the cut stands together elsewhere in the same document.

What a page is about it says more than once: 锂电|产业 is cut here and stands whole there. The
page's own text is a small model of character n-grams (Witten and Bell 1991, method C: what has not
yet followed a context gets a share that grows with how many different characters have). The score
is what knowing the text before the cut adds to the first characters a after it:

    sum over k of  log P(a_k | all that stands before it)  −  log P(a_k | a_1 … a_{k−1})

A cut piece of text ends where it is cut, so it never counts for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

from digitize.language.edges import EDGES, head, normal, tail

ORDER = 4  # characters of the longest n-gram; measured: 3, 4 and 5 do equally well
ALPHABET = 6000  # characters in print: one that the page does not have gets one part in so many


class Document:
    """The signal of :mod:`digitize.language.document` for one page or run of pages."""

    def __init__(self, texts: Iterable[str]) -> None:
        """From texts within which the characters follow each other in print: lines or longer."""
        grams: Counter[str] = Counter()
        for text in texts:
            folded = fold(normal(text))
            for size in range(1, ORDER + 1):
                grams.update(folded[i : i + size] for i in range(len(folded) - size + 1))
        self._grams = grams
        self._followed: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        for gram, count in grams.items():
            self._followed[gram[:-1]] += count
            self._kinds[gram[:-1]] += 1
        self._alone = lru_cache(maxsize=EDGES)(lambda right: self._log(right, 0))

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by the document's n-grams; 0 where a side is empty."""
        # Only the first characters after the cut share an n-gram with one before it.
        left, right = fold(tail(before)[1 - ORDER :]), fold(head(after)[: ORDER - 1])
        if not left or not right:
            return 0.0
        return self._log(left + right, len(left)) - self._alone(right)

    def _log(self, text: str, start: int) -> float:
        """Log probability of ``text`` from ``start`` on, given what stands before it."""
        return sum(
            log(self._share(text[max(0, i - ORDER + 1) : i], text[i]))
            for i in range(start, len(text))
        )

    def _share(self, context: str, char: str) -> float:
        """The probability that ``char`` follows ``context``."""
        share = 1.0 / ALPHABET
        for start in range(len(context), -1, -1):
            known = context[start:]
            total = self._followed.get(known)
            if not total:  # so no longer context is known either
                break
            kinds = self._kinds[known]
            share = (self._grams.get(known + char, 0) + kinds * share) / (total + kinds)
        return share


def fold(text: str) -> str:
    """``text`` with every digit as 0: 2023年 teaches what follows 1997."""
    return "".join("0" if char.isdigit() else char for char in text)
