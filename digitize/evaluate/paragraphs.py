"""What became of the paragraphs: exact, split, merged, missing, invented; the cut ones rejoined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from digitize.evaluate.figures import ParagraphCounts
from digitize.evaluate.mapping import NOWHERE, Mapping, Places
from digitize.evaluate.result import ParagraphState
from digitize.evaluate.side import Side

LONG = 15  # characters: shorter paragraphs (headings) occur twice by chance and are not counted
SAME = 0.9  # similarity of a paragraph with the one that it became
HEADS = frozenset({"headline", "kicker", "subtitle", "byline"})  # not counted, where they are known
FOUND = 0.5  # of a paragraph's characters must be found, or it is missing or invented
PIECE = 0.1  # of a paragraph in another one: less is a word at its end, no piece,
LINE = 12  # unless it is as long as a line


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The counts, the state of every paragraph of the reference, and which ones are invented."""

    counts: ParagraphCounts
    states: tuple[ParagraphState, ...]
    invented: tuple[bool, ...]


def paragraph_counts(reference: Side, hypothesis: Side, found: Mapping) -> Paragraphs:
    """Judge every paragraph of both sides; only long ones are counted."""
    table = _table(reference, hypothesis, found)
    states = tuple(_state(i, table, reference, hypothesis) for i in range(len(reference.forms)))
    invented = tuple(_is_invented(j, hypothesis, found) for j in range(len(hypothesis.forms)))
    long = [
        i
        for i, form in enumerate(reference.forms)
        if len(form.text) >= LONG and reference.paragraphs[i].role not in HEADS
    ]
    theirs = [j for j, form in enumerate(hypothesis.forms) if len(form.text) >= LONG]
    cut = [i for i in long if reference.paragraphs[i].cut]

    def count(*wanted: ParagraphState) -> int:
        return sum(states[i] in wanted for i in long)

    counts = ParagraphCounts(
        reference=len(long),
        hypothesis=len(theirs),
        exact=count(ParagraphState.EXACT),
        split=count(ParagraphState.SPLIT, ParagraphState.RECUT),
        merged=count(ParagraphState.MERGED, ParagraphState.RECUT),
        altered=count(ParagraphState.ALTERED),
        missing=count(ParagraphState.MISSING),
        invented=sum(invented[j] for j in theirs),
        cut=len(cut),
        rejoined=sum(states[i] is ParagraphState.EXACT for i in cut),
    )
    return Paragraphs(counts, states, invented)


Table = dict[int, dict[int, int]]
"""Reference paragraph, hypothesis paragraph: characters that they have in common."""


def _table(reference: Side, hypothesis: Side, found: Mapping) -> tuple[Table, Table]:
    """Common characters by paragraph of the reference, and by paragraph of the hypothesis."""
    ours = np.repeat(np.arange(len(reference.forms)), np.diff(found.starts))
    theirs = np.repeat(np.arange(len(hypothesis.forms)), np.diff(found.starts_there))
    known = found.there != NOWHERE
    pairs: Places = np.stack([ours[known], theirs[found.there[known]]])
    rows: Table = {}
    columns: Table = {}
    for (i, j), size in zip(*np.unique(pairs.T, axis=0, return_counts=True), strict=True):
        rows.setdefault(int(i), {})[int(j)] = int(size)
        columns.setdefault(int(j), {})[int(i)] = int(size)
    return rows, columns


def _state(
    number: int, table: tuple[Table, Table], reference: Side, hypothesis: Side
) -> ParagraphState:
    text = reference.forms[number].text
    homes = table[0].get(number, {})
    if any(_same(text, hypothesis.forms[j].text) for j in homes) or not text:
        return ParagraphState.EXACT
    if sum(homes.values()) < FOUND * len(text):
        return ParagraphState.MISSING
    pieces = [j for j, size in homes.items() if size >= min(LINE, PIECE * len(text))]
    home = max(homes, key=lambda j: (homes[j], -j))
    merged = any(
        _is_guest(size, len(reference.forms[i].text), len(hypothesis.forms[home].text))
        for i, size in table[1][home].items()
        if i != number
    )
    if len(pieces) > 1:
        return ParagraphState.RECUT if merged else ParagraphState.SPLIT
    return ParagraphState.MERGED if merged else ParagraphState.ALTERED


def _same(text: str, there: str) -> bool:
    return Levenshtein.normalized_similarity(text, there, score_cutoff=SAME) >= SAME


def _is_guest(size: int, whole: int, home: int) -> bool:
    """Whether ``size`` characters make another paragraph's presence in a paragraph."""
    return size >= FOUND * whole or size >= min(LINE, PIECE * home)


def _is_invented(number: int, hypothesis: Side, found: Mapping) -> bool:
    start, end = found.starts_there[number : number + 2]
    known = int((found.back[start:end] != NOWHERE).sum())
    return known < FOUND * len(hypothesis.forms[number].text)
