"""Dates as Chinese papers of any time print them: 2024年2月6日, 2024.2.6, 民國三十七年五月一日.

A text may be read as several dates ("2024.2.1 6", "6/2/2024", a year of two digits); the day of
the week printed beside it decides. Dates that no calendar has are refused. Days of the old Chinese
calendar (农历, 光緒) are recognised as such and not taken for days of the common one.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from digitize.reflow.numerals import ARABIC, HAN, number

FIRST_YEAR, LAST_YEAR = 1815, 2099  # of Chinese papers: the first monthly came out in 1815

# Years of an era begin after these; 0 where the era's months are those of the moon.
ERAS = {
    **dict.fromkeys(("民國", "民国", "民囯"), 1911),
    **dict.fromkeys(("康德",), 1933),
    **dict.fromkeys(("昭和",), 1925),
    **dict.fromkeys(("大正",), 1911),
    **dict.fromkeys(("光緒", "光绪", "宣統", "宣统", "同治", "咸豐", "咸丰", "道光"), 0),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Doubt(IntEnum):
    """How much a reading of a date needs the day of the week to bear it out."""

    NONE = 0
    SOME = 1  # it must not speak against it
    MUCH = 2  # it must speak for it


@dataclass(frozen=True, slots=True)
class Date:
    """A reading of ``text[start:end]``; ``iso`` is empty for a day of which it cannot be told."""

    start: int
    end: int
    iso: str
    doubt: Doubt = Doubt.NONE

    @property
    def weekday(self) -> int:
        """0 for Monday."""
        year, month, day = map(int, self.iso.split("-"))
        return calendar.weekday(year, month, day)


_A, _H = f"[{ARABIC}]", f"[{HAN}]"
_S = r"\s{0,3}"
_YEAR = rf"[12lI|丨](?:\s?{_A}){{3}}"
_HAN_YEAR = rf"(?:[一壹](?:\s?{_H}){{3,8}}|[二两](?:\s?{_H}){{3}})"
_ONE = rf"{_A}(?:\s?{_A})?"  # a month or a day of one or two digits
_TIGHT = rf"{_A}{{1,2}}"
_SOME = rf"(?:{_ONE}|{_H}(?:\s?{_H}){{0,3}})"
_DOT = rf"(?:{_S}[.．·•,，、。/／\-－–—一_]{_S})"
_DAY = r"[日曰号號]"
_NO_DIGIT = r"(?!\s{0,1}[0-9OoIl])"
_ERA = "|".join(r"\s?".join(era) for era in ERAS)
_NAME = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"

# Forms with the groups y, m, d (and era); earlier forms are preferred where they overlap.
_FORMS: tuple[tuple[re.Pattern[str], Doubt], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), doubt)
    for pattern, doubt in (
        (
            rf"(?:[中大]\s?[華华清日滿满]\s?)?(?P<era>{_ERA}){_S}(?P<y>{_A}{{1,3}}|{_H}(?:\s?{_H}){{0,4}}){_S}年"
            rf"{_S}(?P<m>{_SOME}){_S}月{_S}(?P<d>{_SOME}){_S}{_DAY}?",
            Doubt.NONE,
        ),
        (
            rf"(?<![0-9])(?P<y>{_YEAR}|{_HAN_YEAR}){_S}年{_S}(?P<m>{_SOME}){_S}月{_S}"
            rf"(?P<d>{_SOME}){_S}{_DAY}",
            Doubt.NONE,
        ),
        (
            rf"(?<![0-9])(?P<y>{_YEAR}){_S}年?{_DOT}?(?P<m>{_TIGHT})(?:{_DOT}|{_S}月{_S})"
            rf"(?P<d>{_TIGHT})(?![0-9]){_S}{_DAY}?",
            Doubt.NONE,
        ),
        (rf"(?<![0-9])(?P<y>{_YEAR}){_DOT}(?P<m>{_ONE}){_DOT}(?P<d>{_ONE})(?![0-9])", Doubt.SOME),
        (
            rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?P<m>{_NAME}),?\s?(?P<y>[12]\d{{3}})",
            Doubt.NONE,
        ),
        (
            rf"(?P<m>{_NAME})\s?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[,.\s]\s?(?P<y>[12]\d{{3}})",
            Doubt.NONE,
        ),
        (
            r"(?<![0-9])(?P<d>[0-9]{1,2})([./\-])(?P<m>[0-9]{1,2})\2(?P<y>[12]\d{3})(?![0-9])",
            Doubt.NONE,
        ),
        (
            r"(?<![0-9])(?P<m>[0-9]{1,2})([./\-])(?P<d>[0-9]{1,2})\2(?P<y>[12]\d{3})(?![0-9])",
            Doubt.SOME,
        ),
        # Set in rows of their own: the day over the month, the year under the day.
        (
            rf"(?<![0-9])(?P<d>{_TIGHT})\s?{_DAY}?\s{{1,3}}(?P<y>{_YEAR}){_S}[年./]{_S}"
            rf"(?P<m>{_TIGHT}){_S}月?{_NO_DIGIT}",
            Doubt.SOME,
        ),
        (
            rf"(?<![0-9])(?P<m>{_TIGHT})(?:{_S}月{_S}|[./\-])(?P<d>{_TIGHT})\s?{_DAY}?\s{{1,3}}"
            rf"(?P<y>{_YEAR})(?![0-9])",
            Doubt.SOME,
        ),
        (
            rf"(?<![0-9])(?P<y>{_YEAR})[./](?P<m>{_TIGHT})\s{{1,3}}(?P<d>{_TIGHT})(?![0-9])",
            Doubt.SOME,
        ),
        (r"(?<![0-9])(?P<y>(?:19|20)\d\d)\s?(?P<m>\d\d)\s?(?P<d>\d\d)(?![0-9])", Doubt.SOME),
        (
            rf"(?<![0-9])(?P<y>[0-9]{{2,3}}|{_H}{{2,4}}){_S}年{_S}(?P<m>{_SOME}){_S}月{_S}"
            rf"(?P<d>{_SOME}){_S}{_DAY}",
            Doubt.MUCH,
        ),
    )
)
_WEEKDAY = re.compile(
    r"(?:星\s?期|禮\s?拜|礼\s?拜|周|週)\s{0,3}(?P<han>[一二三四五六日天])"
    rf"|\b(?P<name>{'|'.join(_WEEKDAYS)})(?:day|sday|nesday|rsday|urday)?\b",
    re.IGNORECASE,
)
# What bears a date that is not the page's: the day on which a paper was founded, a lunar day; and
# the day in brackets under a speech's headline.
_FOUNDED = "创刊|創刊|创办|創辦|创建|創建|成立|批准"
_BEFORE = re.compile(
    rf"(?:(?<!日)(?:{_FOUNDED})[日于於]?|[农農夏阴陰旧舊古]\s?[历曆歷])\s?[:：]?\s?$"
)
_AFTER = re.compile(rf"^\s?(?:{_FOUNDED}|[起至])")
_BRACKETED = re.compile(r"\s*[（(].*[）)]\s*")


def find(text: str) -> tuple[Date, ...]:
    """Every reading of every date in ``text``, the likeliest first."""
    found: list[Date] = []
    for form, doubt in _FORMS:
        for match in form.finditer(text):
            if doubt is Doubt.SOME or not any(
                d.start < match.end() and match.start() < d.end for d in found
            ):
                found += _readings(match, text, doubt)
    return tuple(found)


def weekdays(text: str) -> frozenset[int]:
    """The days of the week that ``text`` names, 0 for Monday."""
    return frozenset(map(_weekday, _WEEKDAY.finditer(text)))


def weekday_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``text`` names a day of the week."""
    return tuple(match.span() for match in _WEEKDAY.finditer(text))


def choose(texts: Sequence[str]) -> str:
    """The day in ISO 8601 that ``texts`` are dated with, likelier ones first; "" for none."""
    days = frozenset(day for text in texts for day in weekdays(text))
    dates = [date for text in texts for date in find(text) if date.iso]
    return best(dates, days)


def best(dates: Sequence[Date], days: frozenset[int]) -> str:
    """The likeliest of ``dates`` beside which ``days`` of the week are printed."""
    borne_out = [date for date in dates if date.weekday in days]
    if borne_out:
        first = min(borne_out, key=lambda date: date.doubt)
        open_still = first.doubt is Doubt.MUCH and len({d.iso for d in borne_out}) > 1
        return "" if open_still else first.iso
    most = Doubt.NONE if days else Doubt.SOME
    possible = [date for date in dates if date.doubt <= most]
    return min(possible, key=lambda date: date.doubt).iso if possible else ""


def iso(year: int | None, month: int | None, day: int | None) -> str:
    """The day in ISO 8601; "" where no calendar or no paper has it."""
    if year is None or month is None or day is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def _readings(match: re.Match[str], text: str, doubt: Doubt) -> Iterator[Date]:
    start, end = match.span()
    other_day = _BEFORE.search(text[:start]) or _AFTER.search(text[end:])
    if other_day or _BRACKETED.fullmatch(text):
        yield Date(start, end, "", doubt)
        return
    month = _month(match["m"])
    for year in _years(match):
        yield Date(start, end, iso(year, month, number(match["d"])), doubt)


def _years(match: re.Match[str]) -> tuple[int, ...]:
    """The years of the common calendar that are meant."""
    year = number(match["y"])
    era = match.groupdict().get("era")
    if year is None:
        return (0,)
    if era is not None:
        first = ERAS["".join(era.split())]
        return (first + year,) if first else (0,)
    if year >= 1000:
        return (year,)
    return (1911 + year, 1900 + year, 2000 + year) if year < 50 else (1911 + year, 1900 + year)


def _month(text: str) -> int | None:
    name = text[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else number(text)


def _weekday(match: re.Match[str]) -> int:
    if match["han"]:
        return "一二三四五六日".find(match["han"].replace("天", "日"))
    return _WEEKDAYS.index(match["name"].lower())
