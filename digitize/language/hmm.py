"""Whether the characters at the cut go together as parts of words of some kind.

jieba brings a hidden Markov model of Chinese: a state is a place in a word (beginning, middle, end,
alone) with a part of speech. It knows nothing by heart, so it says something where the dictionary
does not: of names and new words (马|海燕), of what may follow a verb or 的, of how sentences start.
The score is what knowing the text before the cut adds to the probability of the text after it,

    log P(after | before)  −  log P(after | some other place, or the start of a sentence)

each by one pass over the edge (forward and backward algorithm, Rabiner 1989).
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitize.language import jieba_data
from digitize.language.crossing import STARTS
from digitize.language.edges import EDGES, begins_clause, first_run, head, last_run, tail

RUN = 8  # ideographs on either side: the model forgets within two words
UNSEEN = 1e-8  # of a character in a state in which it was not counted; the rarest have 1e-6
CHARS = 1024  # whose shares are kept at hand, 2 kB each: most of what a page is written in
IMPOSSIBLE = -1e50  # jieba writes −3.14e100 for a probability of 0
SETTLED = 200  # steps after which the model is the same wherever it started

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Probabilities of n states: at a sentence's start, anywhere, and of one after another (n, n).

    ``chars`` are code points in order, each as often as there are states it was counted in;
    ``states`` and ``shares`` are those states, and its share in what each of them stands for.
    """

    start: Vector
    anywhere: Vector
    steps: npt.NDArray[np.float64]
    chars: npt.NDArray[np.uint32]
    states: npt.NDArray[np.uint8]
    shares: npt.NDArray[np.float32]

    def of(self, char: str) -> Vector:
        """The share of ``char`` in what each state stands for (n,)."""
        result = np.full(len(self.start), UNSEEN)
        # In the type of the array, or all of it would be converted.
        code = np.array([ord(char), ord(char) + 1], self.chars.dtype)
        first, last = np.searchsorted(self.chars, code)
        result[self.states[first:last]] += self.shares[first:last]
        return result


class Grammar:
    """The signal of :mod:`digitize.language.hmm`."""

    def __init__(self) -> None:
        """With jieba's model; :class:`MissingLanguageError` where it is not installed."""
        self._model = model()
        self._shares = lru_cache(maxsize=CHARS)(self._model.of)
        self._ending = lru_cache(maxsize=EDGES)(self._make_ending)
        self._opening = lru_cache(maxsize=EDGES)(self._make_opening)

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by the kinds of characters; 0 where a side is empty or no ideograph."""
        left, right = tail(before), first_run(head(after))
        if not left or not right:
            return 0.0
        opening, apart = self._opening(right[:RUN])
        return float(np.log(self._ending(left) @ opening) - apart)

    def _make_ending(self, left: str) -> Vector:
        """How likely each state is right after the cut, by what stands before it."""
        run = last_run(left)[-RUN:]
        state = self._model.start if begins_clause(left, run) else self._model.anywhere
        for char in run:
            state = state * self._shares(char)
            state = state @ self._model.steps / state.sum()
        return state

    def _make_opening(self, right: str) -> tuple[Vector, float]:
        """How likely the text after the cut is from each state on, and at no known place."""
        chance = np.ones(len(self._model.start))
        for char in reversed(right):
            chance = self._shares(char) * (self._model.steps @ chance)
            chance /= chance.max()
        apart = (1 - STARTS) * self._model.anywhere + STARTS * self._model.start
        return chance, float(np.log(apart @ chance))


@cache
def model() -> Model:
    """The model that jieba brings, read once per process (0.1 s, 2 MB)."""
    start, step, seen = (
        _read(jieba_data.table(f"posseg/prob_{name}.p")) for name in ("start", "trans", "emit")
    )
    order = sorted(step)
    steps = _shares([[step[a].get(b, IMPOSSIBLE) for b in order] for a in order])
    anywhere = np.full(len(order), 1.0 / len(order))
    for _ in range(SETTLED):
        anywhere = anywhere @ steps
        anywhere /= anywhere.sum()
    chars = np.array([ord(char) for state in order for char in seen[state]], np.uint32)
    states = np.repeat(np.arange(len(order)), [len(seen[state]) for state in order])
    shares = _shares([log for state in order for log in seen[state].values()])
    by_char = np.argsort(chars, kind="stable")
    return Model(
        start=_shares([start[a] for a in order]),
        anywhere=anywhere,
        steps=steps,
        chars=chars[by_char],
        states=states[by_char].astype(np.uint8),
        shares=shares[by_char].astype(np.float32),
    )


def _shares(logs: list[Any]) -> npt.NDArray[np.float64]:
    """What ``logs`` are the logarithms of; the least of them stand for 0."""
    result: npt.NDArray[np.float64] = np.exp(np.array(logs, dtype=np.float64))
    return result


class _Plain(pickle.Unpickler):
    """Reads tables of numbers and text only, so that a file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} in a table")


def _read(file: Path) -> Any:
    with file.open("rb") as stream:
        return _Plain(stream).load()
