"""What a block is by its form alone: heading, list item, table row, caption, or prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache

from digitize import text as chars
from digitize.reflow.plain.blocks import LINES, Block


class Kind(Enum):
    """The sort of a block, as far as its form tells."""

    PROSE = "prose"
    TITLE = "title"  # a heading by its mark: Markdown
    HEADING = "heading"  # a heading by its look: short, without a stop
    ITEM = "item"  # starts with a number or a bullet
    BYLINE = "byline"
    CAPTION = "caption"
    VERSE = "verse"  # a line of a poem, an entry of a list of names
    FIXED = "fixed"  # rules, tables, code, quotations: lines that stay as they are


HEADING_CHARS = 30  # a longer line without a stop is no heading
CAPTION_CHARS = 60
VERSE_CHARS = 24
VERSE_LINES = 4  # short blocks one after another: no paragraph is cut that often
VERSE_MARKS = 0.6  # of their lines end with a comma or a stop: a cut hits one in ten
NUMBERS = 0.5  # of a line's characters that make it a row of figures
HAN = 0.2  # of its characters that are Chinese in prose with many figures

_TITLE = re.compile(r"#{1,6}\s+\S")
_FENCE = re.compile(r"(?:```|~~~)")
_FIXED = re.compile(
    r"[|>│┃┌├└─━═]"  # a table or a quotation
    r"|(?:[^\w\s]\s*){3,}$"  # a rule, a row of stars
    r"|<[/!a-zA-Z]"
)
_NUMERALS = "一二三四五六七八九十百零〇"
_BULLET = "[" + "".join(sorted(chars.BULLETS)) + "]"
_ITEM = re.compile(
    rf"[-*+]\s|{_BULLET}|\d{{1,3}}(?:[、．)）]|\.(?!\d))|\d{{1,2}}(?:\.\d{{1,2}})+\.\s"
    rf"|[（(][{_NUMERALS}\d]{{1,4}}[)）]|[{_NUMERALS}]{{1,4}}、"
    rf"|第\s?[{_NUMERALS}\d]{{1,5}}\s?[条條款项項章节節回卷编編篇部讲講课課]|[①-⑳⑴-⒇㈠-㈩]"
    r"|[A-Za-z][.)、]\s?(?![A-Za-z])"
)
# Clauses of five or seven characters throughout, line after line: classical verse.
_MARK = "[，。；？！、,]"
_HAN = r"[\u3400-\u9fff]"
_METRES = tuple(
    (n, re.compile(rf"(?:{_HAN}{{{n}}}{_MARK}){{1,7}}{_HAN}{{{n}}}{_MARK}?")) for n in (5, 7)
)
_CREDIT = re.compile(r"^[\s▲▶◀▼△▷◁▽↑↓←→（(]*图|[）)]\s*$|[摄攝]\s*$")


def in_context(blocks: Sequence[Block]) -> list[Kind]:
    """The kinds of blocks that are whole paragraphs: short ones in a row are verse."""
    found = _with_metre(blocks, kinds_of(blocks))
    start = 0
    for end in range(len(blocks) + 1):
        if end < len(blocks) and found[end] in _IN_VERSE and len(blocks[end].text) <= VERSE_CHARS:
            continue
        if _verse(blocks[start:end]):
            found[start:end] = [Kind.VERSE] * (end - start)
        start = end + 1
    return found


def _with_metre(blocks: Sequence[Block], found: Sequence[Kind]) -> list[Kind]:
    """The kinds with neighbours of one metre as verse."""
    clauses = [_metre(b.text) if k in _IN_VERSE else 0 for b, k in zip(blocks, found, strict=True)]
    around = zip([0, *clauses], clauses, [*clauses[1:], 0], found, strict=False)
    return [Kind.VERSE if own and own in (up, down) else k for up, own, down, k in around]


def _verse(run: Sequence[Block]) -> bool:
    ended = sum(b.text[-1] in "，。；！？、,.;!?…" for b in run)
    return len(run) >= VERSE_LINES and ended >= VERSE_MARKS * len(run)


def _metre(text: str) -> int:
    """How many characters each clause of the line has, if all have five or seven; else 0."""
    return next((n for n, form in _METRES if form.fullmatch(text)), 0)


_IN_VERSE = frozenset({Kind.PROSE, Kind.HEADING, Kind.VERSE})


def kinds_of(blocks: Sequence[Block]) -> list[Kind]:
    """The kind of every block; between two code fences everything is fixed."""
    found, fenced = [], False
    for block in blocks:
        fence = _FENCE.match(block.text) is not None
        found.append(Kind.FIXED if fence or fenced else kind_of(block.text))
        fenced ^= fence
    return found


@lru_cache(maxsize=LINES)
def kind_of(text: str) -> Kind:
    """The kind of one block by its own text."""
    return next((kind for kind, fits in _TESTS if fits(text)), Kind.PROSE)


def prose_breaks_off(text: str) -> bool:
    """Whether a line of prose ends in mid sentence: with no stop, and no colon before a list."""
    return not chars.ends_sentence(text) and text[-1] not in "：:"


def reads_as_heading(text: str) -> bool:
    """Whether the block is short and neither ends a sentence nor breaks one off."""
    if len(text) > HEADING_CHARS or not chars.ends_bare(text):
        return False
    return text[-1] not in "：:.。" and text[0] not in CLOSING and not unclosed(text)


CLOSING = frozenset("，。、；：！？”’）》〉】〕」』,;:!?)%％…")


_PAIRS = ("“”", "‘’", "「」", "『』", "（）", "《》", "〈〉", "【】")


def unclosed(text: str) -> bool:
    """Whether a bracket or a quotation is still open at the end of ``text``."""
    return any(text.rfind(pair[0]) > text.rfind(pair[1]) for pair in _PAIRS)


def starts_item(text: str) -> bool:
    """Whether the block starts as a list item does."""
    return _ITEM.match(text) is not None


_WIDE_SPACE = re.compile(r"\S(?:\t|[^\S\n]{3,})(?=\S)")
_DOUBLE_SPACE = re.compile(r"\S\s{2}(?=\S)")


def _fields(text: str) -> bool:
    """Whether the line is divided as a row of a table is."""
    if "\t" in text or _WIDE_SPACE.search(text):
        return True
    return len(_DOUBLE_SPACE.findall(text)) > 1


def _figures(text: str) -> bool:
    if chars.ends_sentence(text) or "，" in text:
        return False
    marks = sum(c.isdigit() or c in " .,%-+/·" for c in text)
    han = sum(map(chars.is_han, text))
    return marks >= max(4, NUMBERS * len(text)) and han < HAN * len(text)


def _caption(text: str) -> bool:
    short = len(text) <= CAPTION_CHARS
    return short and chars.is_caption(text) and _CREDIT.search(text) is not None


# In this order: the first that fits is the kind; prose where none does.
_TESTS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    (Kind.TITLE, _TITLE.match),
    (Kind.FIXED, _FIXED.match),
    (Kind.FIXED, _fields),
    (Kind.FIXED, _figures),
    (Kind.ITEM, _ITEM.match),
    (Kind.BYLINE, chars.is_byline),
    (Kind.CAPTION, _caption),
    (Kind.HEADING, reads_as_heading),
)
