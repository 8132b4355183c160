"""Grapheme clusters: what a reader takes for one character, however many code points it has.

Boundaries are those of Unicode Standard Annex 29 (extended clusters), as the ``regex`` package
finds them; a letter with its accents, a Han character with a variation selector and a joined
emoji count once.
"""

from __future__ import annotations

from itertools import count

import regex

_CLUSTER = regex.compile(r"\X")
# Edit distances are computed over strings of single code points. A cluster that has no code
# point of its own is lent one of the private planes 15 and 16, the same one every time.
_FIRST_LENT, _LAST_LENT = 0xF0000, 0x10FFFD
_lent: dict[str, str] = {}
_next = count(_FIRST_LENT)


def clusters(text: str) -> list[str]:
    """The grapheme clusters of ``text``; put together they are ``text`` again."""
    if text.isascii() and "\r" not in text:
        return list(text)
    found: list[str] = _CLUSTER.findall(text)
    return found


def as_code_point(cluster: str) -> str:
    """One code point that stands for ``cluster`` in this process and for nothing else.

    Raises OverflowError after 131,070 different clusters of several code points, which no
    newspaper has.
    """
    if len(cluster) == 1 and not _ambiguous(ord(cluster)):
        return cluster
    if cluster not in _lent:
        code = next(_next)
        while code & 0xFFFF >= 0xFFFE:  # no characters; they divide paragraphs in alignment
            code = next(_next)
        if code > _LAST_LENT:
            raise OverflowError("too many different grapheme clusters")
        _lent[cluster] = chr(code)
    return _lent[cluster]


def _ambiguous(code: int) -> bool:
    """Whether a text's own character could be taken for a lent one or for a dividing mark."""
    return code >= _FIRST_LENT or code & 0xFFFF >= 0xFFFE
