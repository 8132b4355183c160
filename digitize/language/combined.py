"""All signals as one: a weighted sum of log odds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from digitize.language import lm_file
from digitize.language.dictionary import Dictionary
from digitize.language.document import Document
from digitize.language.hmm import Grammar
from digitize.language.lm import WordModel
from digitize.language.numerals import Numerals
from digitize.language.pairs import Pairs
from digitize.text import ends_sentence

# Weights from a logistic regression on cuts in the sample texts, clean and with 3 % of the
# characters misread (`python -m tests.language_table --fit`, README), rounded. Each part is a
# log-likelihood ratio, so by itself it would weigh 1; they know the same things in part, so they
# share. Numerals and pairs are fixed values that were measured with the others there.
DICTIONARY, GRAMMAR, DOCUMENT, MARKS = 0.75, 0.75, 0.45, 1.0
# The word model knows much of what the dictionary knows, and some of the grammar.
BESIDE_MODEL = {"dictionary": 0.35, "grammar": 0.6, "model": 0.35}
# Where nothing is recognised true pairs, too, score a little below 0, most of all by the document.
CONSTANT = 0.2
# Nats. Beyond 400 to 1 the text may be misread more often than the score is right.
LIMIT = 6.0
# Decimals kept, so that the last bits of a sum, which differ between machines, decide nothing.
DECIMALS = 6


class Signal(Protocol):
    """What every part does, and all of them together."""

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) that ``after`` goes on where ``before`` breaks off; 0: no opinion."""
        ...


@dataclass(frozen=True, slots=True)
class Weighted:
    """A signal, what it is called, and how much it counts."""

    name: str
    weight: float
    signal: Signal


class Combined:
    """The sum of several signals, as log odds at even chances before the text is looked at."""

    def __init__(self, parts: Iterable[Weighted]) -> None:
        """With at least one part."""
        self._parts = tuple(parts)

    def score(self, before: str, after: str) -> float:
        """Log odds (nats, at most ±LIMIT); 0 where a side is empty or no sentence is broken off."""
        if not _broken_off(before, after):
            return 0.0
        total = CONSTANT + sum(p.weight * p.signal.score(before, after) for p in self._parts)
        return round(max(-LIMIT, min(LIMIT, total)), DECIMALS)

    def evidence(self, before: str, after: str) -> dict[str, float]:
        """What each part adds to the score, by name: for reports."""
        if not _broken_off(before, after):
            return {}
        return {p.name: round(p.weight * p.signal.score(before, after), 2) for p in self._parts}


def _broken_off(before: str, after: str) -> bool:
    return bool(before.strip() and after.strip()) and not ends_sentence(before)


def signal(texts: Iterable[str]) -> Combined:
    """The best signal to be had for a document that has ``texts``.

    A text may be a line or a whole column, and may begin and end in a cut.
    Raises :class:`~digitize.errors.MissingLanguageError` where jieba's tables are not installed.
    """
    return Combined(parts(texts, lm_file.load()))


def parts(texts: Iterable[str], model: Any | None) -> tuple[Weighted, ...]:
    """The parts of :func:`signal` with ``model``, a ``kenlm.Model`` of words, or without."""
    return (*_general(model), Weighted("document", DOCUMENT, Document(texts)))


@cache
def _general(model: Any | None) -> tuple[Weighted, ...]:
    """The parts that are the same for every document: made once, they remember what they saw."""
    beside = BESIDE_MODEL if model is not None else {}
    parts = (
        Weighted("dictionary", beside.get("dictionary", DICTIONARY), Dictionary()),
        Weighted("grammar", beside.get("grammar", GRAMMAR), Grammar()),
        Weighted("numerals", MARKS, Numerals()),
        Weighted("pairs", MARKS, Pairs()),
    )
    if model is None:
        return parts
    return (*parts, Weighted("model", beside["model"], WordModel(model)))
