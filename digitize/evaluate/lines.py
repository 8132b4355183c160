"""The reference's text, line by line of the hypothesis."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digitize.evaluate.align import Block
from digitize.evaluate.edits import Edit
from digitize.evaluate.result import ComparedLine
from digitize.evaluate.side import Side
from digitize.evaluate.strand import Stretch
from digitize.model import Line
from digitize.text import OPENERS

FOUND = 0.5  # of a line's characters must stand in the reference


@dataclass(slots=True)
class LineText:
    """The reference's text for one line: stretches of its paragraphs, and how many edits.

    Of the line's ``size`` characters ``found`` stand for characters of the reference.
    """

    parts: list[Stretch] = field(default_factory=list)
    errors: int = 0
    size: int = 0
    found: int = 0

    def add(self, paragraph: int, at: int) -> None:
        """Take a character of the reference."""
        last = self.parts[-1] if self.parts else None
        if last is not None and last.paragraph == paragraph and last.end == at:
            self.parts[-1] = Stretch(paragraph, last.start, at + 1)
        else:
            self.parts.append(Stretch(paragraph, at, at + 1))

    @property
    def known(self) -> bool:
        """Whether enough of the line stands in the reference."""
        return self.size > 0 and self.found >= FOUND * self.size

    def text(self, reference: Side) -> str:
        """The original text, with the spaces in it."""
        return "".join(reference.original(reference.place(part)) for part in self.parts)


def line_texts(reference: Side, hypothesis: Side, blocks: Sequence[Block]) -> dict[str, LineText]:
    """The reference's text for every line of the hypothesis that stands in its paragraphs.

    What a line left out at its end is counted to it and not to the line after it, unless it is
    an opening mark.
    """
    found: dict[str, LineText] = {}
    owners = [_owners(hypothesis, number, found) for number in range(len(hypothesis.forms))]
    for block in blocks:
        _give(block, reference, owners[block.hypothesis.paragraph], found)
    return found


def compared_lines(
    reference: Side, hypothesis: Side, blocks: Sequence[Block]
) -> tuple[ComparedLine, ...]:
    """The same as results, in reading order; empty where the hypothesis has no lines."""
    page = hypothesis.document.page
    known = {line.id: line for line in page.lines} if page else {}
    if not known:
        return ()
    texts = line_texts(reference, hypothesis, blocks)
    return tuple(_compared(known[i], text, reference) for i, text in texts.items() if i in known)


def _owners(hypothesis: Side, number: int, found: dict[str, LineText]) -> list[str]:
    """The line of every normalised character of a paragraph."""
    form = hypothesis.forms[number]
    owners = [""] * len(form.text)
    for line in hypothesis.paragraphs[number].lines:
        start, end = (bisect_left(form.starts, at) for at in (line.start, line.end))
        owners[start:end] = [line.line_id] * (end - start)
        found.setdefault(line.line_id, LineText()).size += end - start
    return owners


class _Step(NamedTuple):
    """A character of the reference, of the hypothesis or of both, in their paragraphs.

    Where the hypothesis has none (``missing``), ``there`` is the place after it.
    """

    at: int | None
    there: int
    missing: bool
    wrong: bool


def _give(block: Block, reference: Side, owners: Sequence[str], found: dict[str, LineText]) -> None:
    """Hand the characters of a block of the reference to the lines."""
    paragraph = block.reference.paragraph
    form = reference.forms[paragraph]
    for step in _steps(block):
        place = step.there
        if step.missing and step.at is not None:
            opens = place < block.hypothesis.end and form.original[form.starts[step.at]] in OPENERS
            place -= place > block.hypothesis.start and not opens
        taker = found.get(owners[place])
        if taker is None:
            continue
        taker.errors += step.wrong
        if step.at is not None:
            taker.add(paragraph, step.at)
            taker.found += not step.missing


def _steps(block: Block) -> Iterator[_Step]:
    ours, theirs = block.reference.start, block.hypothesis.start
    at = there = 0
    for edit in (*block.edits, Edit(block.reference.length, 0, 0, 0)):
        for offset in range(edit.start - at):
            yield _Step(ours + at + offset, theirs + there + offset, False, False)
        size = max(0, min(edit.end - edit.start, edit.found_end - edit.found_start))
        for offset in range(size):
            place = theirs + edit.found_start + offset
            yield _Step(ours + edit.start + offset, place, False, True)
        for place in range(edit.start + size, edit.end):
            yield _Step(ours + place, theirs + edit.found_start + size, True, True)
        for place in range(edit.found_start + size, edit.found_end):
            yield _Step(None, theirs + place, False, True)
        at, there = edit.end, edit.found_end


def _compared(line: Line, found: LineText, reference: Side) -> ComparedLine:
    return ComparedLine(
        line.id,
        line.text,
        found.text(reference) if found.known else None,
        found.errors if found.known else found.size,
        line.confidence,
        line.polygon.points,
    )
