"""Does confidence tell which lines are wrong? Calibration, and the threshold to proofread by.

Bins and mean confidence against the share that is right make a reliability diagram (M. DeGroot
and S. Fienberg, The Comparison and Evaluation of Forecasters, 1983).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from digitize.evaluate.result import ComparedLine
from digitize.model import Line, Page

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
LOW = 0.8  # below, a line is listed for a second look
WANTED = 0.9  # of the wrong lines


@dataclass(frozen=True, slots=True)
class Bin:
    """Lines with ``low`` <= confidence < ``high`` (the last bin: up to 1), and how many are wrong.

    ``confidence`` is their mean; ``below`` and ``wrong_below`` count all lines under ``high``.
    """

    low: float
    high: float
    lines: int
    wrong: int
    confidence: float | None
    below: int
    wrong_below: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Over all lines that have a confidence and a text in the reference; wrong: any error.

    Reading the ``flagged`` lines of a confidence up to ``threshold`` finds ``found`` of the wrong
    ones, the least that is 90 %; None where no line is wrong.
    """

    lines: int
    wrong: int
    bins: tuple[Bin, ...]
    threshold: float | None
    flagged: int
    found: int


Judged = tuple[float, bool]
"""The confidence of a line, and whether it is wrong."""


def judged(lines: Iterable[ComparedLine]) -> list[Judged]:
    """What is needed of the lines of a page; those that cannot be judged are left out."""
    return [
        (line.confidence, line.errors > 0)
        for line in lines
        if line.confidence is not None and line.expected is not None
    ]


def calibration(lines: Iterable[Judged]) -> Calibration | None:
    """The table over the lines of any number of pages.

    None without confidences: formats that have none are read with 1 for every line.
    """
    known = sorted(lines)
    if not known or known[0][0] == 1.0:
        return None
    threshold = _threshold(known)
    flagged = [wrong for value, wrong in known if threshold is not None and value <= threshold]
    return Calibration(
        len(known),
        sum(wrong for _, wrong in known),
        tuple(_bins(known)),
        threshold,
        len(flagged),
        sum(flagged),
    )


def _bins(known: list[Judged]) -> Iterable[Bin]:
    for low, high in pairwise(EDGES):
        last = high == EDGES[-1]
        inside = [(v, wrong) for v, wrong in known if low <= v and (v < high or last)]
        below = [wrong for v, wrong in known if v < high or last]
        mean = sum(v for v, _ in inside) / len(inside) if inside else None
        wrong = sum(wrong for _, wrong in inside)
        yield Bin(low, high, len(inside), wrong, mean, len(below), sum(below))


def _threshold(known: list[Judged]) -> float | None:
    wrong = [value for value, is_wrong in known if is_wrong]
    return wrong[-int(-WANTED * len(wrong) // 1) - 1] if wrong else None


def low_confidence(page: Page, below: float = LOW) -> tuple[Line, ...]:
    """The lines of a page to look at again: in reading order, those outside the text last."""
    rank = {line_id: i for i, line_id in enumerate(page.order)}
    low = [line for line in page.lines if line.confidence < below]
    return tuple(sorted(low, key=lambda line: rank.get(line.id, len(rank))))
