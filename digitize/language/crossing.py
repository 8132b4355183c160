"""How a word may lie across a cut, and what the two edges are worth apart.

Text is taken for words one after another and a cut for a random place between two characters. Then
the score of a pair of edges is a logarithm of probabilities

    P(both, side by side)  /  ( P(what stands before) · P(what stands after) )

The last word before a cut may be the beginning of a longer one ("loose"). So may the first word
after it be the end of one, if it too stands at a cut; at a paragraph's start it may not.
"""

from __future__ import annotations

from math import exp, inf, log

from digitize.language.lexicon import LONGEST

WORD_CHARS = 1.66  # mean length of a word in running text, by jieba's counts
STARTS = 0.5  # of the texts that do not go on, the share of paragraph starts: not known, so half


def suffixes(run: str) -> tuple[str, ...]:
    """What may begin a cut word: the last 0, 1, … characters of ``run``."""
    return tuple(run[len(run) - i :] for i in range(min(len(run), LONGEST - 1) + 1))


def prefixes(run: str) -> tuple[str, ...]:
    """What may end a cut word: the first 0, 1, … characters of ``run``."""
    return tuple(run[:i] for i in range(min(len(run), LONGEST - 1) + 1))


def ways(begun: tuple[int, ...], ended: tuple[int, ...]) -> list[tuple[int, int]]:
    """The characters that a word across the cut may have on either side.

    ``begun`` and ``ended`` are the lengths with which any word begins or ends there.
    """
    return [(i, j) for i in begun for j in ended if i + j <= LONGEST]


def log_sum(values: list[float]) -> float:
    """Logarithm of the sum of what ``values`` are the logarithms of."""
    top = max(values)
    return top if top == -inf else top + log(sum(exp(value - top) for value in values))


def log_of(share: float) -> float:
    """Logarithm of ``share``, minus infinity for 0."""
    return log(share) if share > 0 else -inf


def log_apart(loose: float, start: float) -> float:
    """Log probability of what stands after a cut that has nothing to do with what stands before.

    ``loose`` and ``start`` are its log probabilities at a random cut and at a paragraph's start.
    """
    return log_sum([log((1 - STARTS) / WORD_CHARS) + loose, log(STARTS) + start])
