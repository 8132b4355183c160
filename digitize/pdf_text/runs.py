"""Lines from characters: what follows each other in the file and on the page is one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from digitize import text as chars
from digitize.geometry import Box, WritingMode
from digitize.model import Glyph, Line
from digitize.pdf_text.chars import Char

SAME_SIZE = 1.15  # times larger or smaller that characters of one line may be
IN_LINE = 0.35  # em by which the next character may stand off the line
GAP = 0.8  # em of blank that may follow a character within a line: no gutter is narrower
SPACED = 1.6  # em, where the file has a space there
WORD = 0.15  # em of blank between two Latin words
BACK = 0.4  # em by which a character may overlap the one before
HALF = 0.5  # em more where one of them is a mark whose square is half blank
HALF_BLANK = chars.CLOSERS | chars.SENTENCE_ENDS | chars.CONTINUES

Run = list[Char]


def lines_of(found: Sequence[Char]) -> list[Line]:
    """The lines of a page, each from characters that follow each other in one direction."""
    runs = _runs(found)
    usual = _usual(runs)
    lines: list[Line] = []
    for run in runs:
        mode = _direction(run[0], run[1]) if len(run) > 1 else usual
        lines.append(_line(f"l{len(lines) + 1:04d}", run, mode or usual))
    return lines


def _runs(found: Iterable[Char]) -> list[Run]:
    runs: list[Run] = []
    for char in found:
        if runs and _goes_on(runs[-1], char):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _goes_on(run: Run, char: Char) -> bool:
    """Whether ``char`` is the next of a line, in the line's direction if it has one."""
    direction = _direction(run[-1], char)
    if direction is None:
        return False
    return len(run) == 1 or direction is _direction(run[-2], run[-1])


def _direction(a: Char, b: Char) -> WritingMode | None:
    """In which direction ``b`` follows ``a``; None where it does not."""
    em = max(a.em, b.em)
    if em > SAME_SIZE * min(a.em, b.em):
        return None
    gap = (SPACED if b.spaced else GAP) * em
    back = -(BACK + HALF * (a.text in HALF_BLANK or b.text in chars.OPENERS)) * em
    (ax, ay), (bx, by) = a.box.center, b.box.center
    if abs(by - ay) < IN_LINE * em and back < b.box.x0 - a.box.x1 < gap and bx > ax:
        return WritingMode.HORIZONTAL
    if abs(bx - ax) < IN_LINE * em and back < b.box.y0 - a.box.y1 < gap and by > ay:
        return WritingMode.VERTICAL
    return None


def _usual(runs: Sequence[Run]) -> WritingMode:
    """The direction of most characters, for those that stand alone."""
    votes = dict.fromkeys(WritingMode, 0)
    for run in runs:
        if len(run) > 1 and (mode := _direction(run[0], run[1])):
            votes[mode] += len(run)
    return max(votes, key=lambda mode: votes[mode])


def _line(name: str, run: Run, mode: WritingMode) -> Line:
    text = run[0].text
    for a, b in pairwise(run):
        text += (" " if _is_space(a, b) else "") + b.text
    sure = [1.0 if char.known else 0.0 for char in run]
    glyphs = (Glyph(c.text, c.box.polygon(), s) for c, s in zip(run, sure, strict=True))
    outline = Box.around(char.box for char in run).polygon()
    em = median(char.em for char in run)
    return Line(name, outline, text, sum(sure) / len(run), em, mode, tuple(glyphs))


def _is_space(a: Char, b: Char) -> bool:
    """Whether two Latin words meet there; beside Chinese a space is none."""
    if chars.is_cjk(a.text) or chars.is_cjk(b.text):
        return False
    return b.spaced or b.box.x0 - a.box.x1 > WORD * a.em
