"""The few characters on either side of a cut, in the form in which they are looked up."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from digitize.script.simplified import simplified

REACH = 12  # characters on either side: a word 3-gram beyond a cut word ends within them
# Spaces and wide forms may change the count, so more is taken before the form is made.
RAW_REACH = 2 * REACH
# Edges remembered by each signal, for each is asked for with many others: those of several pages,
# and 2 to 5 kB each in all.
EDGES = 1 << 11


def normal(text: str) -> str:
    """``text`` in NFKC and simplified characters, without white space."""
    return simplified("".join(unicodedata.normalize("NFKC", text).split()))


def tail(before: str) -> str:
    """The last characters of ``before``."""
    return _normal(before.rstrip()[-RAW_REACH:])[-REACH:]


def head(after: str) -> str:
    """The first characters of ``after``."""
    return _normal(after.lstrip()[:RAW_REACH])[:REACH]


def is_word_char(char: str) -> bool:
    """Whether ``char`` can stand in a word of the dictionary: an ideograph of the basic block."""
    return "\u4e00" <= char <= "\u9fff"


def last_run(text: str) -> str:
    """The ideographs that ``text`` ends with."""
    start = len(text)
    while start and is_word_char(text[start - 1]):
        start -= 1
    return text[start:]


def begins_clause(text: str, run: str) -> bool:
    """Whether the last ``run`` of ``text`` follows a mark, not a figure or what is not seen."""
    previous = text[: len(text) - len(run)][-1:]
    return bool(previous) and not previous.isalnum()


def first_run(text: str) -> str:
    """The ideographs that ``text`` begins with."""
    end = 0
    while end < len(text) and is_word_char(text[end]):
        end += 1
    return text[:end]


@lru_cache(maxsize=EDGES)
def _normal(text: str) -> str:
    return normal(text)
