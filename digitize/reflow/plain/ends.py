"""How likely a block breaks off at its end: log odds in nats, to be added to those of language.

The figures were set by hand after counting a month of a daily's text, 9,000 paragraphs of prose and
as many random cuts: of paragraphs that hold a full stop one in three hundred ends without one; of
lines no longer than a heading without a stop nearly all are headings, unless they read like the
beginning of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from digitize import text as chars
from digitize.reflow.plain.blocks import LINES, Block
from digitize.reflow.plain.kinds import HEADING_CHARS, Kind, unclosed

NEVER = -inf

SHORT = 14  # characters: a shorter piece is verse, a name, a heading
SHORT_END = -7.0
PROSE_END = 3.5  # it holds a full stop and ends without one
LONG_END = 1.5  # no full stop, but a comma, and longer than a heading
BARE_LONG_END = -1.5  # a list of names, a row of a table
HEAD_END = -3.0  # as short as a heading
MOST_HEAD_END = 2.0  # with all that speaks against a heading
MARKED_END = 1.5  # headings of this text have Markdown's mark, and this line has none
COMMA = 1.5  # ends with a comma: no heading does, but verse
CREDIT = -4.0  # ends with a bracket: who took the picture, who wrote
QUOTE = -1.5  # ends with a quotation mark or a title's bracket
SEMICOLON = -5.0  # a list of clauses
DASH = -4.0  # headings end so too

_STOP = re.compile(r"[。！？!?…]|[；;].*[；;]|[a-z]\.\s")
# A full stop in Latin style; after a figure in Chinese text it may be a decimal point.
_LATIN_STOP = re.compile(r"(?<![\u3400-\u9fff\d]\d)(?<![\u3400-\u9fff]\d\d)\s?\.[\"'”’)\]]*$")
_SIGNED = re.compile(r"[。！？!?…”』」]\s*(?:[（(][^（()）]*[)）]|[—－―-]{2,}\s*\S{1,8})$")
_UNENDED = "的和与與及或在把被对對为為从從向将將是于於以其这這该該并並而但也还還使让讓给給由则則"
# What a first piece of prose has and a heading mostly not, and how much it says.
_AGAINST_HEAD = (
    (re.compile(r"[，,]"), 2.0),
    (re.compile(r"[，,：:].*[，,：:]"), 1.0),
    (re.compile(r"、"), 1.0),
    (re.compile(r"\d"), 1.0),
    (re.compile(r"的"), 1.0),
    (re.compile(r"月[\d一二三四五六七八九十]+日|[昨今]日|^(?:本报|本報|新华社|据)"), 2.0),
    (
        re.compile(
            r"[的和与與及或在把被对對为為从從向将將是于於以其这這该該并並而但也还還使让讓给給由则則]$"
        ),
        2.5,
    ),
)
_WHOLE = frozenset({Kind.TITLE, Kind.FIXED, Kind.BYLINE, Kind.VERSE})


def end_of(block: Block, kind: Kind, marked: bool = False) -> float:
    """Log odds that the block breaks off in mid paragraph; NEVER where it is whole.

    ``marked`` says that the text's headings are known by their marks.
    """
    return NEVER if kind in _WHOLE else _end(block.text, marked)


@lru_cache(maxsize=LINES)
def _end(text: str, marked: bool) -> float:
    if closed(text):
        return NEVER
    if len(text) < SHORT:
        return SHORT_END
    return _body(text, marked) + _last_mark(text)


def closed(text: str) -> bool:
    """Whether ``text`` ends as a paragraph does: a stop, or a colon before what it announces.

    Who wrote it, or took the picture, may stand after the stop.
    """
    if chars.ends_sentence(text) or chars.core(text)[-1:] in "：:":
        return True
    return _LATIN_STOP.search(text) is not None or _SIGNED.search(text) is not None


def _body(text: str, marked: bool) -> float:
    if _STOP.search(text[:-1]):
        return PROSE_END
    against = sum(odds for pattern, odds in _AGAINST_HEAD if pattern.search(text))
    if len(text) <= HEADING_CHARS:
        return min(MOST_HEAD_END, HEAD_END + against + (MARKED_END if marked else 0.0))
    return LONG_END if "，" in text[:-1] or "," in text[:-1] else BARE_LONG_END


def _last_mark(text: str) -> float:
    """What the last character adds."""
    last = text[-1]
    if last in "，,、" or unclosed(text):
        return COMMA
    if last in "；;":
        return SEMICOLON
    if last in "—－-·":
        return DASH
    if last in ")）]】〕":
        return CREDIT
    return QUOTE if last in chars.CLOSERS else 0.0
