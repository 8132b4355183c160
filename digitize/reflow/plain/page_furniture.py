"""Page furniture in text without geometry: only short lines by themselves at a page's edges.

A line that merely mentions a date or a hot-line is text. So a line counts as furniture when next to
nothing is left of it once its marks are taken out, and a row of such lines goes only from the start
or the end of a page (of the text, of a form feed), or from between two paragraphs, and only if one
of them can be nothing else: a page number with its 版, editors with their posts, a name of a paper
with a date. A date alone may be a diary's, a number alone a chapter's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digitize import text as chars
from digitize.reflow.paper import ANY, Paper
from digitize.reflow.plain.blocks import LINES, Block
from digitize.reflow.plain.kinds import prose_breaks_off

LONGEST = 40  # characters; an imprint may be longer, and is then taken for text
SOFT = 16  # characters of a line that is furniture only beside surer lines
BROKEN = 12  # characters of a line of prose that breaks off before a page number
REST = 4  # characters that may be left of a line when its marks are taken out
RUNNING = 2  # pages on which a line must head or close the page to be a running head
NUMBERS = 3  # lines of a number alone, fewer tell nothing

_DIGITS = r"[\d一二三四五六七八九十〇零○]"
_DATE = re.compile(
    rf"(?:[12]\d{{3}}|[一二三四五六七八九〇零○]{{4}})\s?[年./\-]\s?{_DIGITS}{{1,3}}\s?[月./\-]\s?"
    rf"{_DIGITS}{{1,3}}\s?日?|(?:公元|中華民國){_DIGITS}{{1,4}}年(?:{_DIGITS}{{1,3}}月{_DIGITS}{{1,3}}日)?"
)
_WEEKDAY = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"\S{0,8}|农历\S{2,8}"
)
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:[日晚早晨时時商都快周週]|青年|都市|经济)?(?:报|報)(?:社|讯)?"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{1,5}(?:[日晚早晨时時商]|周|青年|都市|经济)[报報]")
_POSTS = (
    r"(?:(?:本版|责任|責任|值班|执行|见习|美术|视觉|文字|图片|版面)?(?:编辑|編輯)|责编|美编|校对|校對|组版|版式"
    r"|检校|排版|审读|编审)"
)
_POST = re.compile(
    rf"{_POSTS}\s?[:：/|／丨■\s]\s?(?:[\u4e00-\u9fff]{{2,4}}|[\u4e00-\u9fff] [\u4e00-\u9fff])"
    r"(?:[\s、/／][\u4e00-\u9fff]{2,3}(?![\u4e00-\u9fff:：]))*"
    r"|(?:主编|设计|制图|值班(?:主任|总编|编委)|签发|统筹)\s?[:：/|／丨■]\s?[\u4e00-\u9fff]{2,4}"
)
_FOLIO = re.compile(
    rf"第\s?{_DIGITS}{{1,3}}\s?[版页頁]|[A-Z]?\d{{1,2}}\s?版|共\s?{_DIGITS}{{1,3}}\s?[版页]"
)
_PAGE_NUMBER = re.compile(r"[-—–·~\s]*(?:[A-Z]-?)?(\d{1,4})[-—–·~\s]*(?:/\s?\d{1,4})?$")
_DASHED = re.compile(r"[-—–·~]+\s?\d{1,4}\s?[-—–·~]+$")
_PHONE = re.compile(
    r"(?<![\d.·－-])(?:(?:0\d{2,3}[-—–]?)?\d{7,8}|1\d{10}|400[-—–]?\d{3}[-—–]?\d{4})(?![\d.·－])"
)
_NET = re.compile(r"[\w.\-]+@[\w.\-]+\.\w+|(?:https?://|www\.)[\w./\-?=&]+", re.IGNORECASE)
_CONTACT_WORD = re.compile(
    r"(?:新闻|读者|报料|爆料|服务|广告|发行|投稿|订阅|监督|投诉|本报)*(?:热线|熱線|电话|電話|传真|信箱|邮箱|网址|邮编|E-?mail)",
    re.IGNORECASE,
)
_EDITOR = re.compile(_POSTS)
_NOTICE = re.compile(
    r"热线|熱線|找记者|壹点|客户端|微信|微博|扫码|二维码|投稿|报料|爆料|网址|邮箱|www\.|统一刊号|邮发代号"
    r"|国内统一|零售价?|今日\S{0,4}版|社址|主管|主办|出版"
)
_MARKS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a line says: its kinds, and whether it can be nothing but furniture."""

    kinds: frozenset[str] = frozenset()
    sure: bool = False
    soft: bool = False


_NOTHING = _Look()
_CONTACT = frozenset({"phone", "contact", "net"})
_SOFT = frozenset({"paper", "number", "contact"})


def find(blocks: Sequence[Block], paper: Paper = ANY) -> dict[int, str]:
    """The places of the blocks that are page furniture, each with its kind.

    What is known of the ``paper`` counts wherever it stands.
    """
    pages = list(_pages(blocks))
    found = {i: "furniture" for i, block in enumerate(blocks) if paper.claims(block.text)}
    found |= _running(blocks, pages)
    looks = [_NOTHING if i in found else _look(block.text) for i, block in enumerate(blocks)]
    for first, last in pages:
        inside = range(first, last)
        found |= _zone(looks, [i for i in inside if i not in found], foot=False)
        found |= _zone(looks, [i for i in reversed(inside) if i not in found], foot=True)
    found |= _between(looks)
    return found | _numbers(blocks, found, len(pages) > 1)


def _pages(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The first block of every page and the one after its last."""
    starts = [0, *(i for i, block in enumerate(blocks) if i and block.new_page)]
    yield from zip(starts, [*starts[1:], len(blocks)], strict=True)


@lru_cache(maxsize=LINES)
def _look(text: str) -> _Look:
    """What the line says by itself."""
    if len(text) > LONGEST or text[0] in "#>|（(" or _is_prose(text):
        return _NOTHING
    kinds, rest = _taken_out(text)
    left = len(_MARKS.sub("", rest))
    if left > REST:
        soft = len(text) <= SOFT and _NOTICE.search(text) is not None
        return _Look(frozenset({"contact"}), soft=True) if soft else _NOTHING
    if not kinds and _NAME.fullmatch(text):
        kinds = frozenset({"paper"})
    return _Look(kinds, sure=_sure(kinds), soft=kinds <= _SOFT)


def _is_prose(text: str) -> bool:
    return chars.ends_sentence(text) or "，" in text or "。" in text or text[-1] in "，、；"


def _sure(kinds: frozenset[str]) -> bool:
    """Whether a line of these kinds is furniture wherever it stands at a page's edge."""
    return bool(kinds & {"editors", "folio", "phone"}) or (
        "date" in kinds and bool(kinds & {"paper", "folio", "page", "number"})
    )


def _taken_out(text: str) -> tuple[frozenset[str], str]:
    """The kinds found in ``text`` and what is left of it without them."""
    rest, count = _POST.subn(" ", text)
    kinds = {"editors"} if count and _EDITOR.search(text) else set()
    for kind, pattern in _PARTS:
        rest, count = pattern.subn(" ", rest)
        if count:
            kinds.add(kind)
    if "date" in kinds or "folio" in kinds:
        rest, count = _PAPER.subn(" ", rest)
        if count:
            kinds.add("paper")
    return frozenset(kinds), rest


_PARTS = (
    ("net", _NET),
    ("date", _DATE),
    ("date", _WEEKDAY),
    ("folio", _FOLIO),
    ("phone", _PHONE),
    ("contact", _CONTACT_WORD),
    ("page", re.compile(r"(?<![\w.])(?:[A-Z]\d{1,2}|0\d)(?![\w.])")),
    ("number", re.compile(r"(?<![\w.])[A-Z]?\d{1,3}(?![\w.])")),
)


def _zone(looks: Sequence[_Look], places: Sequence[int], foot: bool) -> dict[int, str]:
    """The furniture at one edge of a page; ``places`` lead inwards from there."""
    reach: list[int] = []
    for i in places:
        if not looks[i].kinds:
            break
        reach.append(i)
    while reach and looks[reach[-1]].soft:
        reach.pop()
    kinds = set().union(*(looks[i].kinds for i in reach))
    sure = [i for i in reach if looks[i].sure and not (foot and looks[i].kinds <= _CONTACT)]
    if not sure and not ("date" in kinds and kinds & {"page", "number"}):
        return {}
    return {i: _name(looks[i]) for i in reach}


def _between(looks: Sequence[_Look]) -> dict[int, str]:
    """Furniture between paragraphs: two lines or more of which one is sure, or the editors."""
    found: dict[int, str] = {}
    i = 0
    while i < len(looks):
        end = i
        while end < len(looks) and looks[end].kinds:
            end += 1
        group = list(range(i, end))
        sure = [j for j in group if looks[j].sure and not looks[j].kinds <= _CONTACT]
        if (len(group) > 1 and sure) or any("editors" in looks[j].kinds for j in group):
            found |= {j: _name(looks[j]) for j in group}
        i = max(end, i + 1)
    return found


def _name(look: _Look) -> str:
    for kind in ("editors", "folio", "date"):
        if kind in look.kinds:
            return kind
    return "contact" if look.kinds & {"phone", "contact", "net"} else "furniture"


def _running(blocks: Sequence[Block], pages: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Lines that head or close page after page, numbers aside."""
    edges = [i for first, last in pages for i in {first, last - 1}] if len(pages) > 1 else []
    forms = {i: re.sub(r"\d+", "#", blocks[i].text) for i in edges}
    counts = Counter(forms.values())
    least = max(RUNNING, len(pages) // 2)
    return {
        i: "running head"
        for i, form in forms.items()
        if counts[form] >= least and len(form) <= LONGEST and not _is_prose(form)
    }


def _numbers(blocks: Sequence[Block], found: dict[int, str], paged: bool) -> dict[int, str]:
    """Page numbers by themselves: in order, and where they break sentences or are set in dashes."""
    numbers = {
        i: int(match.group(1))
        for i, block in enumerate(blocks)
        if i not in found and (match := _PAGE_NUMBER.match(block.text))
    }
    places = list(numbers)
    if len(places) < NUMBERS or any(numbers[b] <= numbers[a] for a, b in pairwise(places)):
        return {}
    breaks = sum(i > 0 and _breaks(blocks[i - 1].text) for i in places)
    dashed = sum(_DASHED.match(blocks[i].text) is not None for i in places)
    at_edge = paged and all(
        i + 1 == len(blocks) or blocks[i + 1].new_page or blocks[i].new_page for i in places
    )
    if at_edge or dashed == len(places) or breaks >= max(NUMBERS, len(places) / 4):
        return dict.fromkeys(places, "folio")
    return {}


def _breaks(text: str) -> bool:
    """Whether a line of prose breaks off."""
    return len(text) >= BROKEN and prose_breaks_off(text)
