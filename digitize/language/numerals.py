"""Whether a number or a Latin word is cut.

Chinese text has no spaces, so a digit at an edge says much: after it come more digits or a unit.
The values are what cuts in real prose gave (README), rounded towards 0.
"""

from __future__ import annotations

from digitize.language.edges import head, tail

SAME_NUMBER = 2.0  # digits on both sides; measured 2.2 to 2.5
WITH_UNIT = 1.5  # measured 1.9 to 2.5
WITHOUT_UNIT = -1.5  # a digit, then anything else: measured −2.0 to −3.9
FIGURE_STARTS = -0.5  # a figure after an ideograph: paragraphs start so more often; −0.4 to −1.5
SAME_WORD = 2.0  # Latin letters on both sides: seldom, so far below what was measured

# What stands after figures in print: time, money, measures, counters, and marks within a number.
UNITS = frozenset(
    "年月日号时点分秒届版期次岁代世后元角万亿千百十余多个名人位户家所座栋间套件条只头匹株棵本册篇部"
    "项类种批级层楼排组队支团班场站路线里米寸尺丈亩顷平立公吨斤克升度瓦伏码页章节段倍成折%‰℃°.．,:/-~"
)


class Numerals:
    """The signal of :mod:`digitize.language.numerals`."""

    def score(self, before: str, after: str) -> float:
        """Log odds (nats) by the characters at the cut; 0 where a side is empty."""
        left, right = tail(before)[-1:], head(after)[:1]
        if not left or not right:
            return 0.0
        if left.isdigit():
            if right.isdigit():
                return SAME_NUMBER
            return WITH_UNIT if right in UNITS else WITHOUT_UNIT
        if right.isdigit():
            return FIGURE_STARTS if left.isalpha() else 0.0
        return SAME_WORD if _is_latin(left) and _is_latin(right) else 0.0


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
