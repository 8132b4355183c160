"""Page numbers as papers print them: 4, 04, A03, 第四版, 十二, 头版."""

from __future__ import annotations

import re
import unicodedata

from digitize.reflow.numerals import number

_HAN, _TENS = "〇零○一二三四五六七八九两", "十廿卅"
# What OCR reads for the digits 1 and 0.
_SLIPS = str.maketrans("lIi|丨!oO", "11111100")

# Patterns of one number, for others to build on. A letter before digits is a section's; I and O
# are left out, they are misread digits.
CODE = r"[A-HJ-NP-Za-hjkmnp-zＡ-ＨＪ-ＮＰ-Ｚ]\s?[-－]?\s?[0-9０-９OoＯlI|]{1,2}"
DIGITS = r"[0-9０-９OoＯlIｌＩ|丨]{1,3}"
HAN = f"[{_HAN}{_TENS}]{{1,4}}"
DASH = r"[-—–ー―]"  # 一, misread

_NUMBER = re.compile(rf"{CODE}|{DIGITS}|{HAN}")
_FIRST = re.compile(rf"[头頭首]\s?[版板页頁]|[第弟笫苐]\s?{DASH}")


def codes(text: str) -> tuple[str, ...]:
    """Every page number in ``text``, in digits and letters as printed: "4", "04", "A03".

    The front page (头版) is "1".
    """
    if _FIRST.search(text):
        return ("1",)
    return tuple(_code(found.group()) for found in _NUMBER.finditer(text))


def parsed(code: str) -> tuple[str, int] | None:
    """Section letters and number of a code from :func:`codes`; None where it has no number."""
    found = re.fullmatch(r"([A-Z]*)0*(\d{1,4})", code.upper())
    return (found[1], int(found[2])) if found else None


def _code(text: str) -> str:
    if text[0] in _HAN + _TENS:
        digits = not set(text) & set(_TENS)  # 〇四 is 04, 十四 is 14
        return str(number(text)).zfill(len(text) if digits else 0)
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c == "|")
    letter = plain[0].upper() if re.match(CODE, plain) else ""
    return letter + plain[len(letter) :].translate(_SLIPS)
