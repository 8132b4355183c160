"""Decoding of a CTC recogniser's output into glyphs with places (Graves et al. 2006)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLANK = 0
DOUBT = 0.9  # of a character read with less, it is told what else it may be
OTHERS = 5  # characters it may be; ten do no better (README.md)
LEAST = 0.001  # of the probability: less likely characters are not told

Others = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Decoded:
    """One character: where its centre lies along the line (0–1 of the picture), how sure.

    ``others`` are what else a doubtful one may be, the likeliest first.
    """

    text: str
    center: float
    confidence: float
    others: Others = ()


def decode(probabilities: npt.NDArray[np.float32], alphabet: list[str]) -> list[Decoded]:
    """Best path through ``probabilities`` of shape (steps, classes); class 0 is the blank.

    Repeats without a blank between them are one character; its place is the mean of its steps.
    """
    best = probabilities.argmax(axis=1)
    score = probabilities[np.arange(len(best)), best]
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    steps = len(best)
    found = []
    for a, b in zip(starts, ends, strict=True):
        if best[a] == BLANK:
            continue
        sure = float(score[a:b].max())
        others = _others(probabilities[a:b], int(best[a]), alphabet) if sure < DOUBT else ()
        found.append(Decoded(alphabet[best[a]], float(a + b) / 2 / steps, sure, others))
    return found


def _others(probabilities: npt.NDArray[np.float32], best: int, alphabet: list[str]) -> Others:
    """The likeliest characters but ``best`` in the steps (n, classes) of one character."""
    shares = probabilities.max(axis=0)
    shares[[BLANK, best]] = 0
    likely = np.flatnonzero(shares >= LEAST)
    likely = likely[np.argsort(-shares[likely], kind="stable")][:OTHERS]
    return tuple((alphabet[i], round(float(shares[i]), 4)) for i in likely)


def extents(centers: list[float], width: float, em: float) -> list[tuple[float, float]]:
    """Left and right edge of every glyph from the centres: half-way to the neighbours.

    Never wider than one em, so that a space keeps its place; ``width`` is the whole line's.
    """
    result = []
    for i, center in enumerate(centers):
        left = centers[i - 1] if i else center - em
        right = centers[i + 1] if i + 1 < len(centers) else center + em
        a = max(0.0, (left + center) / 2, center - em / 2)
        b = min(width, (center + right) / 2, center + em / 2)
        result.append((a, max(a, b)))
    return result
