"""Simplified characters on a traditional page: misread ones, put into the script of the page.

A recogniser that knows both scripts takes worn 傷 for 伤, and then what follows as well. A page is
set in one script: where a character that only the other one has was read with doubt, it and its
likes in the line are put into the page's own form. Which characters a script has is taken from its
national code: Big5 for traditional, GB 2312 for simplified. Pages in simplified characters are left
alone, for their mastheads and quotations are often traditional.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from digitize.model import Glyph, Line
from digitize.script.conversion import converted
from digitize.text import encodable

ENOUGH = 20  # characters that only one script has, from which the page's script can be told
SHARE = 0.8  # of them that are traditional on a traditional page, simplified on a simplified one
DOUBT = 0.9  # glyphs read more surely are printed so: 国 and 会 stood in old papers as well

Test = Callable[[str], bool]


def in_one_script(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with doubtful simplified characters as traditional ones, on a traditional page."""
    return tuple(map(_line, lines)) if foreign(lines) is only_simplified else tuple(lines)


def foreign(lines: Sequence[Line]) -> Test | None:
    """Whether a character is one of the script that the page is not set in; None if in doubt."""
    text = "".join(line.text for line in lines)
    counts = (sum(map(only_traditional, text)), sum(map(only_simplified, text)))
    if max(counts) < ENOUGH or max(counts) < SHARE * sum(counts):
        return None
    return only_simplified if counts[0] > counts[1] else only_traditional


def _line(line: Line) -> Line:
    """The line itself where nothing is changed."""
    wrong = [only_simplified(g.text) for g in line.glyphs]
    doubtful = any(w and g.confidence < DOUBT for w, g in zip(wrong, line.glyphs, strict=True))
    if not (doubtful and line.is_spelled):
        return line
    pairs = zip(line.glyphs, _traditional(line.text), wrong, strict=True)
    glyphs = tuple(_glyph(g, form) if mend else g for g, form, mend in pairs)
    return replace(line, text="".join(g.text for g in glyphs), glyphs=glyphs)


def _glyph(glyph: Glyph, form: str) -> Glyph:
    """The glyph in its traditional ``form``; one that both scripts write alike (着) stays."""
    usual = form if form == glyph.text or encodable(form, "big5") else converted(form, "t2tw")
    return replace(glyph, text=usual)


def _traditional(text: str) -> str:
    """As many characters as in ``text``: by phrases where they can be told, or one by one."""
    found = converted(text, "s2t")
    return found if len(found) == len(text) else "".join(converted(c, "s2t") for c in text)


@cache
def only_traditional(char: str) -> bool:
    """Whether Big5 has ``char`` and GB 2312 has not."""
    return not char.isascii() and encodable(char, "big5") and not encodable(char, "gb2312")


@cache
def only_simplified(char: str) -> bool:
    """Whether GB 2312 has ``char`` and Big5 has not."""
    return not char.isascii() and encodable(char, "gb2312") and not encodable(char, "big5")
