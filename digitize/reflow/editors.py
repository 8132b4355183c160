"""Who made the page: 责任编辑：张三　美编：李四, 编辑/张三, 本版编辑 张 三, 責編張三美編李四."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digitize.model import Credit
from digitize.reflow import surnames
from digitize.text import is_han

_RANKS = (
    "本版|本期|本刊|本报|本報|今日|当班|值班|轮值|见习|見習|实习|特约|特邀|首席|执行|執行|助理|高级|责任|責任|责|"
    "责仼|美术|美術|图片|圖片|文字|视觉|新闻|版面|栏目|网络|总|總|副|主任"
)
# Posts that only a page's own people hold, and others that prose speaks of as well.
_OWN = (
    "编辑|編輯|编緝|责编|責編|美编|美編|图编|校对|校對|校检|检校|审校|排版|组版|組版|拼版|制版|版式设计|版式制作|"
    "版式编辑|版面设计|版面制作|版式|编审|編審|终审|审读|值班主任|编委|編委|主编|主編|总编|總編"
)
_OTHER = (
    "视觉设计|平面设计|美术设计|视觉|设计|設計|美术|制图|製圖|绘图|统筹|策划|总策划|监制|审核|签发|发行人|"
    "發行人|社长|社長|主筆|一审|二审|三审|初审|复审|值班领导|版面|编排"
)
_ONE = rf"(?:{_RANKS})*(?:{_OWN}|{_OTHER})"
_POST = re.compile(rf"{_ONE}(?:\s?[、/／和兼]\s?{_ONE})*(?![部室者们師师大])")
# Posts after which nothing but names is printed.
_PLAIN_POST = re.compile(
    r"(?:责任编辑|責任編輯|责编|責編|美编|美編|图编|校对|校對|校检|检校|组版|組版|排版|版式)$"
)
_OWN_POST = re.compile(rf"(?:{_OWN})$")
_MARK = re.compile(r"[\s:：/／|｜丨■●◆▲★·・.．、,，;；\-—–_()（）【】\[\]<>《》]*")
_TELLS = frozenset(":：/／|｜丨")  # marks that divide a post from a name, and from nothing else
_BETWEEN = re.compile(r"[\s、,，/／&;；|｜丨●■◆()（）【】\[\]]+")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{2,6}[·•・][\u3400-\u9fff]{2,6}")
NAME_CHARS = 4  # of a name without a mark in it


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one post, and where the text says so. ``sure`` is a post of a page alone."""

    start: int
    end: int
    credits: tuple[Credit, ...]
    sure: bool


def find(text: str) -> tuple[Line, ...]:
    """Every post in ``text`` with the names after it; posts without a name are left out."""
    return tuple(_lines(text))


def posts(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``text`` names a post, with or without the people."""
    return tuple(match.span() for match in _POST.finditer(text))


def _lines(text: str) -> Iterator[Line]:
    found = list(_POST.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        mark = _MARK.match(text, match.end())
        start = mark.end() if mark else match.end()
        post = "".join(match.group().split())
        told = mark is not None and not _TELLS.isdisjoint(mark.group())
        names, last = _names(text[start:end], told)
        if not names and _PLAIN_POST.search(post) and surnames.starts_with_one(text[start:]):
            names, last = _names(text[start:end], told=True)
        if names:
            people = tuple(Credit(post, name) for name in names)
            yield Line(match.start(), start + last, people, _OWN_POST.search(post) is not None)


def _names(text: str, told: bool) -> tuple[list[str], int]:
    """The names at the start of ``text``, and where they end; ``told``: a name has to follow."""
    names: list[str] = []
    end = 0
    for piece, stop in _pieces(text):
        certain = told and not names
        split = [piece] if _FOREIGN.fullmatch(piece) else _split(piece, certain, not names)
        if not split or not (certain or surnames.starts_with_one(piece)):
            break
        names += split
        end = stop
    return names, end


def _pieces(text: str) -> list[tuple[str, int]]:
    """What stands between marks, with its end; characters set apart are put together."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for match in [*_BETWEEN.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if piece:
            pieces.append((piece, end))
        at = match.end() if match else end
    return _closed_up(pieces)


def _closed_up(pieces: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """``pieces`` with the characters of a spaced name made one: 张 三 is 张三."""
    if len(pieces) == 3 and all(len(piece) == 1 for piece, _ in pieces):
        return [("".join(piece for piece, _ in pieces), pieces[-1][1])]
    closed: list[tuple[str, int]] = []
    single = 0  # characters of the last name that stood alone
    for piece, end in pieces:
        alone = len(piece) == 1 and is_han(piece)
        family = single == 1 or (bool(closed) and closed[-1][0] in surnames.COMPOUND)
        rest = family and len(piece) <= 2 and all(map(is_han, piece))
        third = alone and single == 2 and not surnames.starts_with_one(piece)
        if rest or third:
            closed[-1] = (closed[-1][0] + piece, end)
            single = single + 1 if alone else 0
        else:
            closed.append((piece, end))
            single = int(alone)
    return closed


def _split(piece: str, certain: bool, first: bool = True) -> list[str]:
    """The names run together in ``piece``; nothing where it reads like something else.

    A later piece that is no single name is other text.
    """
    if not piece or not all(map(is_han, piece)):
        head = re.match(r"[\u3400-\u9fff]{2,4}", piece)
        whole = head is not None and not is_han(piece[head.end() : head.end() + 1] or "x")
        return [head.group()] if head and whole and certain else []
    if 2 <= len(piece) <= 3 or (len(piece) == NAME_CHARS and piece[:2] in surnames.COMPOUND):
        return [piece]
    for cut in (2, 3) if certain or (first and len(piece) == NAME_CHARS) else ():
        rest = piece[cut:]
        if surnames.starts_with_one(rest) and surnames.starts_with_one(piece):
            others = _split(rest, certain)
            if others:
                return [piece[:cut], *others]
    return [piece] if len(piece) == NAME_CHARS and certain else []
