"""Doubtful characters, settled by the words that they make with their neighbours.

Worn or tiny 菜 is read as 荣, with doubt, and 菜 next to it: of 蔬荣 and 蔬菜 the second is a word.
Each stretch of Chinese characters is divided into words, and of what the engine may have seen that
is taken with which it says most: likelihood and words weighed together (Viterbi). Digits, Latin
letters and marks stay, and so does every character that was read surely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf, log
from typing import Protocol

from digitize.model import Glyph, Line
from digitize.ocr.one_script import Test, foreign
from digitize.text import is_han

# Weight of a word's gain beside what the engine saw, which reads with some sense of words itself.
# 0.4 mends a fifth less of the misread characters; 0.8 spoils more right ones (README.md).
WEIGHT = 0.6
MARGIN = 0.5  # nats by which another reading must be better; 0 spoils more right ones
FOREIGN = 3.0  # nats against a character of the script that the page is not set in; 5 is the same
# A number is not known from its words: of these none is taken for another.
NUMERALS = frozenset("〇零一二三四五六七八九十廿卅百千万萬亿億两兩")


class Words(Protocol):
    """What is known of words."""

    def gain(self, text: str) -> float:
        """What ``text`` is worth as one word (nats, at least 0)."""
        ...

    def begins(self, text: str) -> bool:
        """Whether a longer word begins with ``text``."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a stretch of glyphs, and how good it is (nats)."""

    score: float
    glyphs: tuple[Glyph, ...]

    def with_more(self, other: _Reading) -> _Reading:
        return _Reading(self.score + other.score, self.glyphs + other.glyphs)


_NOTHING = _Reading(0.0, ())


def settled(lines: Sequence[Line], words: Words) -> tuple[Line, ...]:
    """The lines with every doubtful Chinese character settled, no glyph with others any more."""
    alien = foreign(lines)
    return tuple(_line(line, words, alien) for line in lines)


def _line(line: Line, words: Words, alien: Test | None) -> Line:
    """The line itself where there is nothing to settle."""
    if not any(glyph.others for glyph in line.glyphs):
        return line
    if not line.is_spelled:
        return replace(line, glyphs=tuple(replace(glyph, others=()) for glyph in line.glyphs))
    glyphs: list[Glyph] = []
    for han, group in groupby(line.glyphs, key=lambda glyph: _chinese(glyph.text)):
        run = [_readings(glyph, alien) for glyph in group]
        doubtful = han and any(len(readings) > 1 for readings in run)
        glyphs += _best(run, words) if doubtful else [readings[0].glyphs[0] for readings in run]
    return replace(line, text="".join(glyph.text for glyph in glyphs), glyphs=tuple(glyphs))


def _readings(glyph: Glyph, alien: Test | None) -> list[_Reading]:
    """What a glyph may be: first what the engine took it for, then other Chinese characters."""
    first = replace(glyph, others=())

    def reading(text: str, share: float, margin: float) -> _Reading:
        strange = FOREIGN if alien is not None and alien(text) else 0.0
        score = log(share / glyph.confidence) - margin - strange
        return _Reading(score, (replace(first, text=text, confidence=share),))

    others = [(text, share) for text, share in glyph.others if share and _may_be(glyph.text, text)]
    if not others or not glyph.confidence:
        return [_Reading(0.0, (first,))]
    best = reading(glyph.text, glyph.confidence, 0.0)
    return [best, *(reading(text, share, MARGIN) for text, share in others)]


def _may_be(text: str, other: str) -> bool:
    """Whether ``other`` may be put in place of ``text``."""
    return _chinese(other) and not {text, other} <= NUMERALS


def _chinese(text: str) -> bool:
    return len(text) == 1 and is_han(text)


def _best(run: Sequence[Sequence[_Reading]], words: Words) -> tuple[Glyph, ...]:
    """The best reading of a stretch of glyphs, each with what it may be."""
    ends = [_NOTHING, *(_Reading(-inf, ()) for _ in run)]
    for start in range(len(run)):
        for part in _parts(run[start:], words):
            end = start + len(part.glyphs)
            whole = ends[start].with_more(part)
            ends[end] = max(ends[end], whole, key=lambda reading: reading.score)
    return ends[-1].glyphs


def _parts(run: Sequence[Sequence[_Reading]], words: Words) -> Iterator[_Reading]:
    """What the stretch may begin with: a single character or a word."""
    begun = [_NOTHING]
    for readings in run:
        longer = [one.with_more(reading) for one in begun for reading in readings]
        begun = []
        for part in longer:
            text = "".join(glyph.text for glyph in part.glyphs)
            gain = words.gain(text)
            if gain or len(text) == 1:
                yield replace(part, score=part.score + WEIGHT * gain)
            if words.begins(text):
                begun.append(part)
