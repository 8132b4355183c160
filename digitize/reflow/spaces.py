"""Spaces within headings and bylines: a gap between two glyphs that was left on purpose.

Chinese is set without spaces, but a headline of two clauses and a byline of several names have
gaps for them ("顶压前行 交出稳中向好答卷"). A recogniser drops them; the glyphs' places tell.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import accumulate, pairwise

from digitize import text as chars
from digitize.model import Glyph, Line

WIDER = 1.36  # times the usual step from glyph to glyph: half an em more, less the blur of places
BLUR = 0.25  # of the median step by which places that are found well let a step differ
MOSTLY = 0.65  # of the steps that do not differ by more; the others may be gaps
EVEN = 1.3  # times the median step that a usual one is at most
FEW = 3  # steps; with fewer the em is the usual step, for names are spaced out
SPACED_OUT = 3.0  # characters for each space in a text whose spaces mean something


def spaced(lines: Sequence[Line]) -> str:
    """The text of one row, set in ``lines``, with a space in every wide gap.

    Without places of glyphs the text's own spaces are kept where they are few.
    """
    glyphs = [glyph for line in lines for glyph in line.glyphs if glyph.text.strip()]
    text = chars.join([line.text for line in lines])
    if "".join(g.text for g in glyphs) != "".join(text.split()):
        return _own_spaces(text)
    steps = [a.step_to(b) if _han(a, b) else 0.0 for a, b in pairwise(glyphs)]
    known = [step for step in steps if step]
    wide = WIDER * _usual(known, lines) if _placed_well(known) else float("inf")
    read = _spaces_read(text)
    result = "".join(g.text for g in glyphs[:1])
    for i, (a, b) in enumerate(pairwise(glyphs), 1):
        latin = i in read and chars.joiner(a.text, b.text)
        result += (" " if latin or steps[i - 1] > wide else "") + b.text
    return result


def _placed_well(steps: Sequence[float]) -> bool:
    """Whether most steps are alike: else it is not the gaps that are uneven but the places."""
    if len(steps) < FEW:
        return True
    usual = statistics.median(steps)
    return sum(abs(step - usual) <= BLUR * usual for step in steps) >= MOSTLY * len(steps)


def _usual(steps: Sequence[float], lines: Sequence[Line]) -> float:
    """The usual step from one glyph to the next."""
    em = statistics.median(line.em for line in lines)
    if len(steps) < FEW:
        return em
    # Places come in sixths of an em: a mean blurs less than a median.
    even = EVEN * statistics.median(steps)
    return max(0.8 * em, statistics.mean(step for step in steps if step <= even))


def _own_spaces(text: str) -> str:
    words = text.split()
    few = len(words) - 1 <= sum(map(len, words)) / SPACED_OUT
    return " ".join(words) if few else chars.without_cjk_spaces(text)


def _spaces_read(text: str) -> set[int]:
    """Before which glyphs, counted without spaces, the recogniser put a space."""
    counts = accumulate(len(word) for word in text.split())
    return set(counts)


def _han(a: Glyph, b: Glyph) -> bool:
    return chars.is_han(a.text[0]) and chars.is_han(b.text[0])
