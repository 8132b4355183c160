"""Any text as characters that a reader can see and that UTF-8 can hold."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # they shape the letters or emoji beside them
# Controls but tab and newline, lone surrogates, marks without width or that turn the direction of
# writing, line and paragraph separators, and code points that are no characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """``text`` with characters that cannot be seen or written as ⟨U+001B⟩."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def excerpt(text: str, longest: int) -> str:
    """``text`` in one line, its middle left out where it is longer."""
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}…{text[-half:]}"
    return visible(" ".join(text.split("\n")))


def is_word(char: str) -> bool:
    """Whether ``char`` may stand in the name of a file as it is."""
    return char in "-." or unicodedata.category(char)[0] in "LMN"
