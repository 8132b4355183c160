"""Which continuation a model of word 3-grams expects. Used only where one is installed.

The score of :mod:`digitize.language.crossing`, with every word weighed by the two before it: the
model knows that 目标|任务 is said and 目标|记者 is not, though no word crosses that cut. The best
division of an edge into words stands for all of them (Viterbi). KenLM (Heafield 2011) reads the
model; :mod:`digitize.language.lm_file` finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, log
from typing import Any

from digitize.language import crossing
from digitize.language.edges import EDGES, begins_clause, first_run, head, last_run, tail
from digitize.language.lexicon import LONGEST, Lexicon, lexicon

NATS = log(10.0)  # the model gives logarithms to base 10
RUN = 8  # ideographs on either side: a cut word and about two more

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands before: its last i characters in ``parts``, for i from 0.

    Of the rest, ``logs[i]`` is the log probability and ``states[i]`` what the model remembers.
    """

    parts: tuple[str, ...]
    logs: tuple[float, ...]
    states: tuple[Any, ...]
    cut: tuple[int, ...]
    apart: float


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands after: its first j characters in ``parts``, for j from 0.

    Of the rest, ``first[j]`` are the words that what stands before has a say in, and ``logs[j]`` is
    the log probability of the others.
    """

    parts: tuple[str, ...]
    first: tuple[Words, ...]
    logs: tuple[float, ...]
    cut: tuple[int, ...]
    apart: float


class WordModel:
    """The signal of :mod:`digitize.language.lm`."""

    def __init__(self, model: Any, words: Lexicon | None = None) -> None:
        """With a ``kenlm.Model`` of words; divided into words with jieba's list."""
        import kenlm  # noqa: PLC0415 - an extra: there is a model, so it is there

        self._model = model
        self._words = words or lexicon()
        self._context = model.order - 1  # words that it looks back
        self._state = kenlm.State
        self._anywhere, self._start = kenlm.State(), kenlm.State()
        model.NullContextWrite(self._anywhere)
        model.BeginSentenceWrite(self._start)
        self._ending = lru_cache(maxsize=EDGES)(self._make_ending)
        self._opening = lru_cache(maxsize=EDGES)(self._make_opening)

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by the words around the cut; 0 where a side is empty."""
        left, right = tail(before), head(after)
        if not left or not right:
            return 0.0
        ending, opening = self._ending(left), self._opening(first_run(right)[:RUN])
        together = [
            ending.logs[0] + opening.logs[0] + self._log(ending.states[0], opening.first[0])
        ]
        for i, j in crossing.ways(ending.cut, opening.cut):
            word = ending.parts[i] + opening.parts[j]
            if word in self._model:
                here = self._log(ending.states[i], (word, *opening.first[j]))
                together.append(ending.logs[i] + opening.logs[j] + here)
        return crossing.log_sum(together) - ending.apart - opening.apart

    def _make_ending(self, left: str) -> Ending:
        run = last_run(left)[-RUN:]
        state = self._start if begins_clause(left, run) else self._anywhere
        parts = crossing.suffixes(run)
        divided = self._divide(run)
        read = [self._read(state, divided[len(run) - i]) for i in range(len(parts))]
        logs, states = tuple(r[0] for r in read), tuple(r[1] for r in read)
        longer = [self._words.beginning(part) if part else 1.0 for part in parts]
        cut = tuple(i for i in range(1, len(parts)) if longer[i])
        return Ending(parts, logs, states, cut, _loose(logs, longer))

    def _make_opening(self, run: str) -> Opening:
        parts = crossing.prefixes(run)
        words = self._divide_back(run)[: len(parts)]
        first = tuple(w[: self._context] for w in words)
        logs = tuple(
            self._log(self._read(self._anywhere, w[: self._context])[1], w[self._context :])
            for w in words
        )
        whole = tuple(self._log(self._anywhere, w) for w in words)
        longer = [self._words.ending(part) if part else 1.0 for part in parts]
        cut = tuple(j for j in range(1, len(parts)) if longer[j])
        start = self._log(self._start, words[0])
        return Opening(parts, first, logs, cut, crossing.log_apart(_loose(whole, longer), start))

    def _log(self, state: Any, words: Words) -> float:
        return self._read(state, words)[0]

    def _read(self, state: Any, words: Words) -> tuple[float, Any]:
        """Log probability (nats) of ``words`` after ``state``, and the state after them."""
        total = 0.0
        for word in words:
            new = self._state()
            total += self._model.BaseScore(state, word, new)
            state = new
        return total * NATS, state

    def _divide(self, run: str) -> list[Words]:
        """The most probable words that the first i characters of ``run`` are, for i from 0."""
        best: list[tuple[float, Words]] = [(0.0, ())]
        for end in range(1, len(run) + 1):
            starts = range(max(0, end - LONGEST), end)
            total, start = max((self._weight(run[k:end]) + best[k][0], k) for k in starts)
            best.append((total, (*best[start][1], run[start:end])))
        return [words for _, words in best]

    def _divide_back(self, run: str) -> list[Words]:
        """The most probable words that ``run`` is from its character i on, for i from 0."""
        best: list[tuple[float, Words]] = [(0.0, ())] * (len(run) + 1)
        for start in range(len(run) - 1, -1, -1):
            ends = range(start + 1, min(len(run), start + LONGEST) + 1)
            total, end = max((self._weight(run[start:k]) + best[k][0], k) for k in ends)
            best[start] = (total, (run[start:end], *best[end][1]))
        return [words for _, words in best]

    def _weight(self, word: str) -> float:
        """Log share of ``word``; minus infinity for one that the model does not know."""
        if len(word) > 1 and word not in self._model:
            return -inf
        return crossing.log_of(self._words.word(word))


def _loose(logs: tuple[float, ...], longer: list[float]) -> float:
    """Log probability of an edge that may be cut within a word."""
    return crossing.log_sum(
        [value + crossing.log_of(share) for value, share in zip(logs, longer, strict=True)]
    )
