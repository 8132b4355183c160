"""Page numbers in furniture: 第4版, A03, 要闻 4, 03/04; not 今日8版, which counts the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digitize.reflow.page_numbers import CODE, DIGITS, HAN, codes, parsed

_MARKS = r"[\s·•・*|｜:：/／\-—–_●■◆★▲()（）【】\[\]<>《》]*"
_SECTION = r"(?:[\u3400-\u9fff·•・]{1,8}\s*){0,3}"
# One number of those that a page across the fold bears: 03/04, A02-A03.
_PAIR = rf"(?:\s?[/／\-—–、]\s?(?:{CODE}|[0-9]{{1,3}}))?"
# Not the number of all pages: 今日8版, 共 8 版.
_COUNTED = "".join(
    rf"(?<!{word})(?<!{word}\s)" for word in ("今日", "今天", "本期", "[共出全开開刊]")
)
_PRINTED = re.compile(
    rf"[第弟]\s?(?P<nth>{CODE}|{DIGITS}|{HAN}){_PAIR}\s?[版頁页]"
    rf"|(?<![0-9A-Za-z第]){_COUNTED}(?P<code>{CODE}){_PAIR}(?:\s?版)?(?![0-9A-Za-z.])"
    rf"|(?<![0-9A-Za-z第十百.\-]){_COUNTED}(?P<page>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})\s?版(?![本式面权權])"
    rf"|(?P<front>[头頭]\s?版)"
)
_BARE = re.compile(
    rf"{_MARKS}(?P<page>[0-9OoIl|]{{1,3}}){_PAIR}{_MARKS}"
    rf"|{_MARKS}(?P<first>[0-9]{{1,2}}){_PAIR}[\s·•・*|:/]*{_SECTION}"
    rf"|{_SECTION}[\s·•・*|:/]*(?P<last>[0-9]{{1,2}}){_PAIR}{_MARKS}"
)

_PARTED = re.compile(r"^\W*0\d|^\W*\d{1,3}(?!\w)|(?<!\w)\d{1,3}\W*$|(?<!\d)0\d\W*$")


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number and where the text says it; a ``bare`` one is a number and no more."""

    start: int
    end: int
    page: str
    bare: bool = False


def find(text: str) -> tuple[Folio, ...]:
    """Every page number in ``text`` that says that it is one."""
    found = []
    for match in _PRINTED.finditer(text):
        code = match["nth"] or match["code"] or match["page"] or match["front"]
        if page := page_of(code):
            found.append(Folio(match.start(), match.end(), page))
    return tuple(found)


def bare(text: str) -> Folio | None:
    """The number that is all of ``text``, or stands at an end of it beside a short word or two."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    name = next(name for name in ("page", "first", "last") if match[name])
    page = page_of(match[name])
    start, end = match.span(name)
    return Folio(start, end, page, bare=True) if page else None


def parted(text: str) -> bool:
    """Whether a mere number in ``text`` is set off from the words beside it, or has a nought."""
    return _PARTED.search(text) is not None


def page_of(code: str) -> str:
    """A page number as metadata has it: 4 for 04 and 第四版, A03 as it is; "" for no number."""
    numbers = codes(code)
    page = parsed(numbers[0]) if numbers else None
    if page is None or page[1] == 0:
        return ""
    return numbers[0] if page[0] else str(page[1])
