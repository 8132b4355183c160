"""Character errors: in order, order-free, by script, and what was read for what.

CER: edit distance over the length of the reference (UNLV/ISRI: S. Rice, Measuring the Accuracy of
Page-Reading Systems, 1996). Counted over grapheme clusters; paragraph ends are no characters.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from digitize.evaluate.align import Alignment, Block
from digitize.evaluate.edits import LARGE, Edit, in_order
from digitize.evaluate.figures import CharacterCounts, Script, ScriptCounts
from digitize.evaluate.long_pairs import cost, pair_edits
from digitize.evaluate.moves import moved_back
from digitize.evaluate.result import Confusion
from digitize.evaluate.side import Side
from digitize.text import is_han


def errors_in_order(reference: str, hypothesis: str) -> int:
    """The edit distance of two texts of any length, exact."""
    longest = max(len(reference), len(hypothesis))
    guess = longest if longest <= LARGE else cost(pair_edits(reference, hypothesis))
    return in_order(reference, hypothesis, guess)


def character_counts(
    reference: Sequence[str],
    hypothesis: Sequence[str],
    alignment: Alignment,
    in_place: frozenset[int],
) -> CharacterCounts:
    """The edits of a page; ``in_place`` are the blocks that were not moved."""
    text, there = "".join(reference), "".join(hypothesis)
    errors = errors_in_order(text, there)
    moved = sum(
        block.reference.length for i, block in enumerate(alignment.blocks) if i not in in_place
    )
    order_errors = 0
    if moved:
        back = moved_back(hypothesis, alignment.blocks, in_place)
        order_errors = max(0, errors - cost(pair_edits(text, back)))
    return CharacterCounts(len(text), len(there), errors, order_errors, alignment.errors, moved)


def script_of(char: str) -> Script:
    """The group that a character is counted in."""
    return _script(char[0])


@cache
def _script(char: str) -> Script:
    category = unicodedata.category(char)
    if is_han(char):
        return Script.HAN
    if category[0] == "N":
        return Script.DIGIT
    if category[0] in "PS":
        return Script.PUNCTUATION
    if category[0] == "L" and "LATIN" in unicodedata.name(char, ""):
        return Script.LATIN
    return Script.OTHER


def script_counts(
    reference: Side, hypothesis: Side, blocks: Sequence[Block]
) -> dict[Script, ScriptCounts]:
    """Errors by script, within the blocks: text that is missing as a whole says nothing of it."""
    seen: Counter[Script] = Counter()
    wrong: dict[str, Counter[Script]] = {
        kind: Counter() for kind in ("substituted", "omitted", "inserted")
    }
    for block in blocks:
        ours = reference.texts[block.reference.paragraph]
        for char, count in Counter(ours[block.reference.start : block.reference.end]).items():
            seen[script_of(char)] += count
    for expected, found in _character_edits(reference, hypothesis, blocks):
        kind = "substituted" if expected and found else "omitted" if expected else "inserted"
        wrong[kind][script_of(expected or found)] += 1
    return {
        script: ScriptCounts(
            seen[script],
            wrong["substituted"][script],
            wrong["omitted"][script],
            wrong["inserted"][script],
        )
        for script in Script
    }


def confusions(reference: Side, hypothesis: Side, blocks: Sequence[Block]) -> tuple[Confusion, ...]:
    """Pairs of characters read for each other, the frequent ones first; original forms."""
    pairs = Counter(
        (expected, found)
        for expected, found in _character_edits(reference, hypothesis, blocks)
        if expected and found
    )
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(expected, found, count) for (expected, found), count in ordered)


def total_confusions(pages: Iterable[Sequence[Confusion]]) -> tuple[Confusion, ...]:
    """The confusions of several pages added up."""
    pairs: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for confusion in page:
            pairs[confusion.expected, confusion.found] += confusion.count
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(expected, found, count) for (expected, found), count in ordered)


def _character_edits(
    reference: Side, hypothesis: Side, blocks: Sequence[Block]
) -> Iterator[tuple[str, str]]:
    """Every wrong character: what is expected and what was found, one of them perhaps empty."""
    for block in blocks:
        ours, theirs = block.reference, block.hypothesis
        form, other = reference.forms[ours.paragraph], hypothesis.forms[theirs.paragraph]
        for edit in block.edits:
            for i in range(max(edit.end - edit.start, edit.found_end - edit.found_start)):
                yield (
                    _at(form.original, form.span(*_one(ours.start, edit, i))),
                    _at(other.original, other.span(*_one_found(theirs.start, edit, i))),
                )


def _one(start: int, edit: Edit, number: int) -> tuple[int, int]:
    at = min(edit.start + number, edit.end)
    return start + at, start + min(at + 1, edit.end)


def _one_found(start: int, edit: Edit, number: int) -> tuple[int, int]:
    at = min(edit.found_start + number, edit.found_end)
    return start + at, start + min(at + 1, edit.found_end)


def _at(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]
