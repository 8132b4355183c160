"""Reading order: whether the lines that were found stand in the order of the reference.

Kendall's tau (M. G. Kendall, A New Measure of Rank Correlation, 1938) over the places of matched
lines, as used for reading order by M. Lapata (2006); and the share of lines that are followed by
the right line, which one moved block hardly changes.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from digitize.evaluate.figures import OrderCounts
from digitize.evaluate.mapping import NOWHERE, Mapping
from digitize.evaluate.sequence import discordant_pairs
from digitize.evaluate.side import Side

LINE = 20  # characters of a line where the reference has paragraphs only
FOUND = 0.5  # of a line's characters must be right


class RefLine(NamedTuple):
    """A line of the reference: places in the mapping, and its article."""

    start: int
    end: int
    article: int


def order_counts(reference: Side, found: Mapping, moves: int) -> OrderCounts:
    """Order over the whole page; successors within articles, whose own order is free."""
    lines = _lines(reference, found)
    places = [(line, place) for line in lines if (place := _place(line, found)) != NOWHERE]
    keys = [place for _, place in places]
    rank = {place: i for i, place in enumerate(sorted(keys))}
    neighbours = [
        (rank[place], rank[other])
        for (line, place), (following, other) in pairwise(places)
        if line.article == following.article
    ]
    return OrderCounts(
        lines=len(lines),
        matched=len(keys),
        pairs=len(keys) * (len(keys) - 1) // 2,
        discordant=discordant_pairs(keys),
        successors=len(neighbours),
        followed=sum(after == before + 1 for before, after in neighbours),
        moves=moves,
    )


def _lines(reference: Side, found: Mapping) -> list[RefLine]:
    """The reference's own lines, or its paragraphs in pieces of a line's length."""
    lines: list[RefLine] = []
    for number, form in enumerate(reference.forms):
        begin, article = int(found.starts[number]), reference.article_of[number]
        spans = [
            (bisect_left(form.starts, line.start), bisect_left(form.starts, line.end))
            for line in reference.paragraphs[number].lines
        ] or [(at, min(at + LINE, len(form.text))) for at in range(0, len(form.text), LINE)]
        lines += (RefLine(begin + a, begin + b, article) for a, b in spans if a < b)
    return lines


def _place(line: RefLine, found: Mapping) -> int:
    """Where the middle of a line stands in the hypothesis; ``NOWHERE`` if it was not found."""
    if found.right[line.start : line.end].sum() < FOUND * (line.end - line.start):
        return NOWHERE
    there = np.sort(found.there[line.start : line.end])
    there = there[there != NOWHERE]
    return int(there[len(there) // 2])
