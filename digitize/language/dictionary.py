"""Whether a word of the dictionary crosses the cut.

The score of :mod:`digitize.language.crossing`, with words drawn one by one with the shares of the
word list, and summed over all ways to divide the edges into words (the forward algorithm). It is
positive where a word crosses (…任|务…), most of all a rare one out of parts that are no words;
negative where an edge looks cut and the other has nothing to complete it; near 0 between words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from digitize.language import crossing
from digitize.language.edges import EDGES, first_run, head, last_run, tail
from digitize.language.lexicon import LONGEST, Lexicon, lexicon

RUN = 8  # ideographs on either side: two long words, past which a cut is not felt


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a cut: its first or last i characters in ``parts``, for i from 0.

    ``rests[i]`` is the probability of the edge without them; ``cut`` are the i with which a longer
    word begins or ends; ``apart`` is the log probability of the edge by itself.
    """

    parts: tuple[str, ...]
    rests: tuple[float, ...]
    cut: tuple[int, ...]
    apart: float


class Dictionary:
    """The signal of :mod:`digitize.language.dictionary`."""

    def __init__(self, words: Lexicon | None = None) -> None:
        """With jieba's list unless ``words`` are given; that may raise MissingLanguageError."""
        self._words = words or lexicon()
        self._ending = lru_cache(maxsize=EDGES)(self._make_ending)
        self._opening = lru_cache(maxsize=EDGES)(self._make_opening)

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by the words at the cut; 0 where a side is empty."""
        left, right = tail(before), head(after)
        if not left or not right:
            return 0.0
        ending, opening = self._ending(last_run(left)), self._opening(first_run(right))
        together = ending.rests[0] * opening.rests[0] + sum(
            ending.rests[i]
            * opening.rests[j]
            * self._words.word(ending.parts[i] + opening.parts[j])
            for i, j in crossing.ways(ending.cut, opening.cut)
        )
        return crossing.log_of(together) - ending.apart - opening.apart

    def _make_ending(self, run: str) -> Edge:
        run = run[-RUN:]
        sums = forward(run, self._words)
        parts = crossing.suffixes(run)
        rests = tuple(sums[len(run) - i] for i in range(len(parts)))
        cut, loose = _loose(parts, rests, self._words.beginning)
        return Edge(parts, rests, cut, crossing.log_of(loose))

    def _make_opening(self, run: str) -> Edge:
        run = run[:RUN]
        parts = crossing.prefixes(run)
        rests = tuple(backward(run, self._words)[: len(parts)])
        cut, loose = _loose(parts, rests, self._words.ending)
        apart = crossing.log_apart(crossing.log_of(loose), crossing.log_of(rests[0]))
        return Edge(parts, rests, cut, apart)


def _loose(
    parts: tuple[str, ...], rests: tuple[float, ...], longer: Callable[[str], float]
) -> tuple[tuple[int, ...], float]:
    """Where a longer word may be cut, and the probability of the edge with that allowed."""
    shares = {i: share for i, part in enumerate(parts) if i and (share := longer(part))}
    return tuple(shares), rests[0] + sum(rests[i] * share for i, share in shares.items())


def forward(run: str, words: Lexicon) -> list[float]:
    """Probability of the first i characters of ``run`` as whole words, for i from 0 to all."""
    sums = [1.0]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - LONGEST), end)
        sums.append(sum(sums[start] * words.word(run[start:end]) for start in starts))
    return sums


def backward(run: str, words: Lexicon) -> list[float]:
    """Probability of ``run`` from its character i on as whole words, for i from 0 to all."""
    sums = [0.0] * len(run) + [1.0]
    for start in range(len(run) - 1, -1, -1):
        ends = range(start + 1, min(len(run), start + LONGEST) + 1)
        sums[start] = sum(words.word(run[start:end]) * sums[end] for end in ends)
    return sums
