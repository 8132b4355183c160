"""Hard-wrapped lines: whether a text has them, and the paragraphs that they make up.

A line that was filled is full: the first word of the next line would not have gone on it. In a
wrapped text nearly every line that ends in mid sentence is full at one measure and few lines are
longer; in a text with a paragraph a line, lines without a stop are headings of any length, and in
verse the lines end with their commas. So a measure is looked for that explains the open lines, not
one threshold for all lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from digitize import text as chars
from digitize.reflow.plain.blocks import LINES, Block
from digitize.reflow.plain.kinds import CLOSING, Kind, prose_breaks_off, starts_item

LEAST_MEASURE = 16  # half-width columns: of verse, slogans and names; no page has narrower columns
MOST_MEASURE = 200  # columns: beyond it a line is a paragraph
SLACK = 2  # columns: squeezed punctuation, a lost character
HANG = 4  # columns: two marks that may not start a line and hang over its end
FULL_SHARE = 0.6  # of the open lines are full in a wrapped text; the others are its headings
LONGER = 0.08  # of all lines that may be longer than the measure: addresses, tables
LEAST_LINES = 3  # full open lines that make a wrapped text
LEAST_SPACED = 8  # the same where blank lines stand between all lines
COMMA_SHARE = 0.5  # of the full open lines that end with a comma: more are verse
INNER_SHARE = 0.3  # of the full lines that have punctuation within: fewer are names or slogans
BARE_SHARE = 0.15  # of paragraphs that start without a mark where the others have one
FIRST_INDENT = 4  # columns

Ruler = Callable[[str], int]

_WORD = re.compile(r"[^\W\u2e80-\uffff]+[^\w\s\u2e80-\uffff]*|.", re.DOTALL)
_INNER = re.compile(r"[，。、；：！？,.;:!?]")
_MARKER = re.compile(r"\W{0,2}[\w]{0,3}\W{1,2}\s*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A block as a line of type.

    ``head`` is the width of what the line before had no room for; ``open`` says that the line ends
    in mid sentence.
    """

    block: Block
    kind: Kind
    indent: int
    width: int
    head: int
    open: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    """A measure and the share of the open lines that it explains; no measure, no share.

    ``marked`` says that every paragraph starts with an indent or after a blank line.
    """

    measure: int = 0
    share: float = 0.0
    marked: bool = False

    def __bool__(self) -> bool:
        return self.measure > 0


_ALONE = frozenset({Kind.TITLE, Kind.FIXED})
_STARTS = _ALONE | {Kind.ITEM, Kind.BYLINE}


@lru_cache(maxsize=LINES)
def columns(text: str) -> int:
    """The width of ``text`` in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def characters(text: str) -> int:
    """The width of ``text`` where the program that wrapped it counted characters."""
    return 2 * len(text)


def unwrapped(blocks: Sequence[Block], kinds: Sequence[Kind]) -> tuple[Block, ...]:
    """The blocks with the lines of hard-wrapped paragraphs put together."""
    tight = 1 if any(b.line_ends == 1 for b in blocks[1:]) else 2
    rulers = (columns, characters)
    runs = [_runs(_lines(blocks, kinds, ruler), tight) for ruler in rulers]
    least = LEAST_LINES if tight == 1 else LEAST_SPACED
    whole = [_fit([line for run in r for line in run], r, least) for r in runs]
    found: list[Block] = []
    for same in zip(*runs, strict=True):
        own = [_fit(run, [run], least) for run in same]
        best = max(range(len(rulers)), key=lambda i: (whole[i].share, own[i].share))
        fit = own[best] or whole[best]
        marked = whole[best].marked if whole[best] else fit.marked
        found += _paragraphs(same[best], replace(fit, marked=marked))
    return tuple(found)


def _lines(blocks: Sequence[Block], kinds: Sequence[Kind], ruler: Ruler) -> list[_Line]:
    return [_line(block, kind, ruler) for block, kind in zip(blocks, kinds, strict=True)]


def _line(block: Block, kind: Kind, ruler: Ruler) -> _Line:
    indent = ruler(block.lead.replace("\t", "    ")) if block.lead else 0
    text = block.text
    open_ = kind not in _ALONE and prose_breaks_off(text)
    return _Line(block, kind, indent, indent + ruler(text), _head(text, ruler), open_)


@lru_cache(maxsize=LINES)
@lru_cache(maxsize=LINES)
def _head(text: str, ruler: Ruler) -> int:
    """The width of the first word or character with the marks that cannot start a line."""
    match = _WORD.match(text)
    end = match.end() if match else 0
    if text[:1] in chars.OPENERS:
        end = max(end, 2)
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return ruler(text[:end])


def _runs(lines: Sequence[_Line], tight: int) -> list[list[_Line]]:
    """Lines right below each other; blank lines and form feeds part them."""
    runs: list[list[_Line]] = []
    for line in lines:
        if not runs or line.block.line_ends != tight or line.block.new_page:
            runs.append([])
        runs[-1].append(line)
    return runs


def _fit(lines: Sequence[_Line], runs: Sequence[Sequence[_Line]], least: int) -> _Fit:
    """The measure at which the lines were wrapped, if they were."""
    pairs = [(a, b) for run in runs for a, b in pairwise(run)]
    pairs = [(a, b) for a, b in pairs if a.open and b.kind not in _STARTS]
    if len(pairs) < least:
        return _Fit()
    measure = _best([a.width for a, _ in pairs])
    if not LEAST_MEASURE <= measure <= MOST_MEASURE:
        return _Fit()
    full = [a for a, b in pairs if _full(a, b, measure)]
    texts = [line.block.text for line in full]
    longer = sum(line.width > measure + HANG for line in lines)
    fits = (
        len(full) >= max(least, FULL_SHARE * len(pairs))
        and longer <= LONGER * len(lines)
        and sum(t[-1] in "，；,;" for t in texts) <= COMMA_SHARE * len(full)
        and sum(_INNER.search(t[:-1]) is not None for t in texts) >= INNER_SHARE * len(full)
    )
    return _Fit(measure, len(full) / len(pairs), _marked(runs, measure)) if fits else _Fit()


def _marked(runs: Sequence[Sequence[_Line]], measure: int) -> bool:
    """Whether hardly any paragraph starts right below a short line without an indent."""
    pairs = [(a, b) for run in runs for a, b in pairwise(run)]
    bare = [a for a, b in pairs if not _full(a, b, measure) and b.indent <= a.indent]
    starts = len(runs) + sum(b.indent > a.indent for a, b in pairs)
    return len(bare) <= BARE_SHARE * starts


def _best(widths: Sequence[int]) -> int:
    """The measure at which most of ``widths`` are, those near it counted as well."""
    counts = Counter(widths)
    near = range(-SLACK, SLACK + 1)
    return max(counts, key=lambda w: (counts[w] + sum(counts[w + i] for i in near), w))


def _full(line: _Line, after: _Line, measure: int) -> bool:
    """Whether the start of ``after`` would not have gone on ``line``."""
    return measure + HANG >= line.width > measure - after.head - SLACK


def _paragraphs(run: Sequence[_Line], fit: _Fit) -> list[Block]:
    """The blocks of a run; those of one paragraph are one."""
    blocks = [run[0].block]
    heading = len(run) == 2
    for before, line in pairwise(run):
        if fit and (_goes_on(before, line, fit) or (heading and _heading(before, line, fit))):
            blocks[-1] = joined(blocks[-1], line.block)
        else:
            blocks.append(line.block)
    return blocks


def _goes_on(before: _Line, line: _Line, fit: _Fit) -> bool:
    if before.kind in _ALONE or line.kind in _STARTS or not _full(before, line, fit.measure):
        return False
    text = before.block.text
    hanging = before.indent + _marker(text) if starts_item(text) else before.indent
    if line.indent > hanging or line.indent < before.indent - FIRST_INDENT:
        return False
    if before.open or fit.marked:
        return True
    squeezed = before.width + line.head <= fit.measure  # there was room: a stop ends a paragraph
    return not squeezed and not _starts(before.block.text, line.block.text)


def _heading(before: _Line, line: _Line, fit: _Fit) -> bool:
    """Whether a heading with Markdown's mark was wrapped into two lines."""
    full = before.kind is Kind.TITLE and _full(before, line, fit.measure)
    return full and line.kind is Kind.HEADING


def _starts(before: str, after: str) -> bool:
    """Whether a line after a full one that ends a sentence is likelier a start: speech, a list."""
    return after[0] in "“「『—" or before[-1] in "”」』：:"


def _marker(text: str) -> int:
    match = _MARKER.match(text)
    return columns(match.group()) if match else 0


def joined(before: Block, after: Block) -> Block:
    """Two pieces of a paragraph as one."""
    seam = seam_between(before.text, after.text)
    return replace(before, text=before.text + seam + after.text, trail=after.trail)


def seam_between(before: str, after: str) -> str:
    """What stands between two pieces; words and addresses broken at their own mark get nothing."""
    if before[-1] in "-/" and before[-2:-1].isascii() and after[0].isascii():
        return ""
    return chars.joiner(before, after)
