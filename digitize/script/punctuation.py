"""Punctuation in one width: that of Chinese characters, or that of Latin letters.

GB/T 15834-2011 for the marks of Chinese. Digits and letters stay as they are.
"""

from __future__ import annotations

import re

from digitize.text import is_han

# Beside Chinese, a mark in half the width is the one in full width that says the same.
_FULL = {",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；", "(": "（", ")": "）"}
_HALF = {
    "，": ",", "。": ".", "．": ".", "？": "?", "！": "!", "：": ":", "；": ";", "（": "(",
    "）": ")", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'",
    "……": "...", "…": "...", "——": "--", "—": "-", "～": "~", "％": "%", "／": "/",
}  # fmt: skip
_DOTS = re.compile(r"\.{3,}|。{3,}|…+")
_DASHES = re.compile(r"-{2,}|—{2,}")
_IN_HALF = re.compile("|".join(sorted(map(re.escape, _HALF), key=len, reverse=True)))
_MARK = re.compile("[" + re.escape("".join(_FULL)) + "]")
_CLOSING = frozenset("，。？！：；）”’》〉」』】、…")
_OPENING = frozenset("（“‘《〈「『【")


def full_width(text: str) -> str:
    """Marks beside Chinese as Chinese has them; those in numbers and Latin words stay.

    Straight quotes open and close in turns.
    """
    while (wider := _once(text)) != text:  # a mark that became one of Chinese has neighbours
        text = wider
    return text


def _once(text: str) -> str:
    wide = widened(text)
    wide = _DOTS.sub(lambda found: "……" if _chinese(wide, found) else found[0], wide)
    dashed = _DASHES.sub(lambda found: "——" if _chinese(wide, found) else found[0], wide)
    return _curled(dashed)


def half_width(text: str) -> str:
    """Marks as Latin has them; 《》 and the like, which it does not have, stay."""
    return _IN_HALF.sub(lambda found: _HALF[found[0]], text)


def widened(text: str) -> str:
    """Single marks beside Chinese in full width; as long as ``text``, mark for mark.

    Runs of dots and dashes, and quotes, are left to :func:`full_width`.
    """
    made = list(text)
    for found in _MARK.finditer(text):
        at = found.start()
        before, after = "".join(made[:at])[-1:], text[at + 1 : at + 2]
        if before.isdigit() and after.isdigit():
            continue  # 3.5, 1,000, 12:30
        if _is_chinese(before) or (found[0] in "(" and _is_chinese(after)) or _spans(text, at):
            made[at] = _FULL[found[0]]
    return "".join(made)


def _spans(text: str, at: int) -> bool:
    """Whether a mark stands between Latin and Chinese: "GDP,是", "(GDP)是"."""
    return text[at] not in "(." and _is_chinese(text[at + 1 : at + 2])


def _curled(text: str) -> str:
    made, inside = [], {'"': False, "'": False}
    for i, char in enumerate(text):
        if char in inside and _beside_chinese(text, i):
            made.append({'"': "”“", "'": "’‘"}[char][not inside[char]])
            inside[char] = not inside[char]
        else:
            made.append(char)
    return "".join(made)


def _beside_chinese(text: str, at: int) -> bool:
    return _is_chinese(text[:at][-1:]) or _is_chinese(text[at + 1 : at + 2])


def _chinese(text: str, found: re.Match[str]) -> bool:
    return _is_chinese(text[: found.start()][-1:]) or _is_chinese(text[found.end() :][:1])


def _is_chinese(char: str) -> bool:
    return bool(char) and (is_han(char) or char in _CLOSING or char in _OPENING)
