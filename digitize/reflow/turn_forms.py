"""The forms in which Chinese papers print "continued on page 4" and "continued from page 1".

    brackets or arrows   verb (下转 下接 转, 上接 紧接 接)   page (第4版 A04 第十二版 头版)   a name

Such a turn line stands by itself, ends a text, or starts one. What may be prose is left alone: a
verb without brackets needs a page spelt out and the text's end to stand at, and the short verbs 转
and 接 need brackets or a row of their own. "See page 3" (详见第3版) has none of the verbs: it is a
reference and stays in the text. What OCR makes of the characters most often is allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digitize.reflow.page_numbers import CODE, DASH, DIGITS, HAN, codes

LONGEST = 48  # characters of a turn line with a headline in it

_S = r"\s{0,3}"
_OPENERS, _CLOSERS = r"（(〔［\[【〖〈<「『{｛︵﹙", r"）)〕］\]】〗〉>」』}｝︶﹚"
_OPEN, _CLOSE = f"[{_OPENERS}]", f"[{_CLOSERS}]"
_ARROW = r"[▶►▷▸▹▲△▼▽◆◇■□●★☆※→⇒➔➜➡↗↘↙◀◁←⇐>＞<＜》《]"
_ORNAMENTS = rf"(?:{_ARROW}|[…．.·—\-~～\s])*"
_SPECKS = r"[。．.·、，,\s]{0,2}"

_TO = r"[至到往]?"
_ON = rf"[下卜丅]{_S}[转轉传砖專接续續]{_S}{_TO}"
_BACK = rf"(?:[上土止丄]{_S}[接按]|[紧緊承]{_S}接|上{_S}承)"
_SHORT_ON = rf"文?{_S}[转轉]{_S}{_TO}"
_SHORT_BACK = r"文?[接承续續]"
_NEVER = r"(?!)"
_MORE = r"(?:(?:未完(?:待[续續])?|[本正]?文)[，,、。；;\s]{0,2})?"

_SHEET = r"[版板反叛阪页頁]"
_ONE = rf"(?:{CODE}|{DIGITS}|{HAN})"
_OTHERS = rf"(?:{_S}[、,，\-—至和]{_S}{_ONE})?"
_NTH = rf"[第弟笫苐]{_S}(?:{_ONE}{_OTHERS}|{DASH}){_S}{_SHEET}"
_SPELT = rf"(?:{_NTH}|{_ONE}{_OTHERS}{_S}{_SHEET}|{CODE}(?!\w)|[头頭首]{_S}{_SHEET})"
_LOOSE = rf"(?:{_SPELT}|[第弟笫苐]?{_S}{_ONE}(?={_S}{_CLOSE})|中[缝縫]|[下上前后後次]{_S}{_SHEET})"
_TITLE = r"(?:《[^《》\n]{1,40}》|“[^“”\n]{1,40}”|「[^「」\n]{1,40}」)"
_NOTE = rf"[^{_OPENERS}{_CLOSERS}。；;！!？?《》“”\n]{{0,12}}"
_NAME = rf"(?P<name>{_S}[·•・:：,，]?{_S}{_TITLE}|{_NOTE})"
_AFTER_DOT = rf"(?P<name>{_S}[·•・:：]?{_S}{_TITLE}|{_S}[·•・]{_NOTE}|)"
_ONLY_TITLE = rf"(?P<name>{_S}{_TITLE}|)"


def _form(start: str, on: str, back: str, page: str, end: str) -> re.Pattern[str]:
    return re.compile(rf"{start}{_S}(?:(?P<on>{on})|{back}){_S}(?P<page>{page}){end}")


_IN_BRACKETS = (rf"{_OPEN}{_S}{_MORE}", rf"{_NAME}{_S}{_CLOSE}(?:{_SPECKS}$)?")
_ALONE = (rf"^{_ORNAMENTS}{_OPEN}?{_S}{_MORE}", rf"{_AFTER_DOT}{_S}{_CLOSE}?{_ORNAMENTS}$")
_BRIEFLY = rf"{_ONLY_TITLE}{_S}{_CLOSE}"
_NEAR = rf"(?:{_SPELT}|[上下]{_S}{_SHEET})"
_FORMS = (
    _form(_IN_BRACKETS[0], _ON, _BACK, _LOOSE, _IN_BRACKETS[1]),
    _form(_ALONE[0], _ON, _BACK, _SPELT, _ALONE[1]),
    _form(_ALONE[0], _SHORT_ON, _SHORT_BACK, _SPELT, _ALONE[1]),
    # 转 and 接 in brackets, at the text's end or start
    _form(_OPEN, _SHORT_ON, _SHORT_BACK, _NEAR, rf"{_BRIEFLY}{_SPECKS}$"),
    _form(rf"^{_OPEN}", _NEVER, _SHORT_BACK, _NEAR, _BRIEFLY),
    # one bracket lost, an arrow instead, or none
    _form(rf"(?:{_OPEN}|{_ARROW}+)", _ON, _NEVER, _SPELT, rf"{_ONLY_TITLE}{_CLOSE}?{_SPECKS}$"),
    _form("", _ON, _NEVER, _SPELT, rf"{_BRIEFLY}{_SPECKS}$"),
    _form("", _ON, _NEVER, _NTH, rf"{_ONLY_TITLE}{_SPECKS}$"),
    _form(rf"^(?:{_OPEN}|{_ARROW}+)", _NEVER, _BACK, _SPELT, rf"{_ONLY_TITLE}{_CLOSE}?"),
    _form("^", _NEVER, _BACK, _SPELT, _BRIEFLY),
    _form("^", _NEVER, _BACK, _NTH, rf"{_ONLY_TITLE}(?=\s)"),
)
_AROUND_NAME = re.compile(r"^\W+|\W+$")
_OPENED = re.compile(rf"{_OPEN}[^{_OPENERS}{_CLOSERS}]{{0,12}}$")


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn line within a text: where, which way, to what pages.

    ``pages`` are in digits and letters ("4", "A03"), empty for 中缝 or "the next page"; ``name``
    is the headline or section that it names after the page.
    """

    start: int
    end: int
    on: bool
    pages: tuple[str, ...]
    name: str = ""


def find(text: str) -> Turn | None:
    """A turn line in ``text``, or None."""
    for form in _FORMS:
        found = form.search(text)
        if found is None or found.end() - found.start() > LONGEST:
            continue
        if _OPENED.search(text[: found.start()]):
            continue  # (相关报道下转第3版) is a reference
        name = _AROUND_NAME.sub("", found["name"])
        return Turn(found.start(), found.end(), bool(found["on"]), codes(found["page"]), name)
    return None


def find_all(text: str) -> Iterator[Turn]:
    """Every turn line in ``text``, in order."""
    found = find(text)
    if found is None:
        return
    # Before and after it may stand others, of forms that were tried later.
    yield from find_all(text[: found.start])
    yield found
    for turn in find_all(text[found.end :]):
        yield replace(turn, start=turn.start + found.end, end=turn.end + found.end)
