"""Numbers as newspapers print them: 24, 二十四, 廿四, 二〇二四, 一九四八, with OCR's confusions."""

from __future__ import annotations

# What OCR reads for a nought and a one among digits.
_DIGITS = str.maketrans("OoQ〇○◯零lIi|丨!", "0000000111111")
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    **dict.fromkeys("○◯零OoＯ0", 0),
    **{"元": 1, "正": 1, "壹": 1, "弌": 1, "貳": 2, "贰": 2, "叁": 3, "參": 3, "两": 2, "兩": 2},
    **{"肆": 4, "伍": 5, "陸": 6, "柒": 7, "捌": 8, "玖": 9},
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卄": 20, "卅": 30, "丗": 30}

# For regular expressions: the characters of a number, without what separates it from others.
ARABIC = "0-9OoQ〇○◯lI|丨"
HAN = "".join(sorted({*_HAN, *_UNITS, *_TENS, "初"} - set("Oo0Ｏ"))) + "Oo0Ｏ"


def number(text: str) -> int | None:
    """The value of ``text``, white space aside; None where it is no number."""
    text = "".join(text.split())
    arabic = text.translate(_DIGITS)
    if arabic.isascii() and arabic.isdigit() and any(c.isascii() and c.isdigit() for c in text):
        return int(arabic)
    text = text.removeprefix("初")
    if not text:
        return None
    if all(c in _HAN for c in text):
        return int("".join(str(_HAN[c]) for c in text))
    return _by_units(text)


def _by_units(text: str) -> int | None:
    """A number written with 十, 百, 千, or with the signs of twenty and thirty."""
    total, digit = 0, None
    for char in text:
        if char in _HAN:
            digit = _HAN[char]
        elif char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _TENS:
            total += _TENS[char]
        else:
            return None
    return total + (digit or 0)
