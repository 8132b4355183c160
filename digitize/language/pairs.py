"""Whether quotation marks, brackets and title marks open before the cut are closed after it.

The one signal that looks further than a few characters: as far as a quoted phrase or a title
reaches. Where less text than that is given, an end that is not seen is not held to be missing.
"""

from __future__ import annotations

from functools import lru_cache

from digitize.language.edges import EDGES

REACH = 60  # characters on either side in which the other mark is looked for
# Log odds; measured 3.0 to 3.7, −2.3 or less, and −1.3 or less (README). Engines lose quotation
# marks, so what is missing counts less than what is there.
CLOSES = 2.5
LEFT_OPEN = -1.5
NEVER_OPENED = -1.0

OPENER_OF = {
    "”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "〉": "〈",
    "）": "（", ")": "（", "】": "【", "〕": "〔", "]": "［", "］": "［",
}  # fmt: skip
_SAME = {"(": "（", "[": "［"}
_OPENERS = frozenset(OPENER_OF.values())


class Pairs:
    """The signal of :mod:`digitize.language.pairs`."""

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by marks that come in pairs; 0 where a side is empty."""
        before, after = before.rstrip()[-REACH:], after.lstrip()[:REACH]
        if not before or not after:
            return 0.0
        opened, closed = last_open(before), first_closed(after)
        if opened:
            if opened == closed:
                return CLOSES
            return LEFT_OPEN if closed or len(after) == REACH else 0.0
        return NEVER_OPENED if closed and len(before) == REACH else 0.0


@lru_cache(maxsize=EDGES)
def last_open(text: str) -> str:
    """The opening mark that stands open at the end of ``text``; empty if there is none."""
    stack: list[str] = []
    for char in text:
        mark = _SAME.get(char, char)
        if mark in _OPENERS:
            stack.append(mark)
        elif OPENER_OF.get(mark) in stack:
            while stack.pop() != OPENER_OF[mark]:
                pass
    return stack[-1] if stack else ""


@lru_cache(maxsize=EDGES)
def first_closed(text: str) -> str:
    """The opening mark of the first that ``text`` closes without having opened it."""
    open_here: list[str] = []
    for char in text:
        mark = _SAME.get(char, char)
        if mark in _OPENERS:
            open_here.append(mark)
        elif opener := OPENER_OF.get(mark):
            if opener not in open_here:
                return opener
            open_here.remove(opener)
    return ""
