"""Traditional characters as simplified ones, one for one, so that places in a text stay."""

from __future__ import annotations

from functools import cache

from digitize.script.conversion import converted

FIRST, LAST = 0x3400, 0x9FFF  # extension A and the unified ideographs


def simplified(text: str) -> str:
    """``text`` with every traditional character replaced by its usual simplified form.

    OpenCC's table of single characters; as many characters come out as go in. Phrases are not
    looked at (乾坤 becomes 干坤): good for looking words up, not for print.
    """
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    chars = [chr(code) for code in range(FIRST, LAST + 1)]
    forms = converted("\n".join(chars), "t2s").split("\n")
    pairs = zip(chars, forms, strict=True)
    return {ord(char): form for char, form in pairs if char != form and len(form) == 1}
