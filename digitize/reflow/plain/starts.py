"""How likely a block goes on in a paragraph begun elsewhere: log odds in nats, by its start.

Counted as in :mod:`digitize.reflow.plain.ends`: first words of paragraphs against what stands after
a random cut in mid sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digitize.reflow.plain.blocks import LINES, Block
from digitize.reflow.plain.ends import NEVER
from digitize.reflow.plain.kinds import CLOSING, HEADING_CHARS, Kind

CLOSING_START = 5.0  # starts with a mark that must follow something
HEADING_START = -2.5  # reads like a heading: short, no stop
CAPTION_START = -4.0
INDENTED_START = -6.0  # where the text indents first lines
FLUSH_START = 1.5
ADDRESS_START = -4.0  # a few words and a colon: a salutation, what announces a list
LEAST, MOST = -5.0, 2.0  # what the first words say together

_STARTS = frozenset({Kind.TITLE, Kind.FIXED, Kind.BYLINE, Kind.ITEM, Kind.VERSE})
_STARTS_SO = re.compile(r"…|’\d")  # a quotation that begins with an ellipsis, ’98
_LINKS = (
    "但|但是|然而|首先|其次|再次|最后|最後|同时|同時|此外|另外|因此|所以|于是|後来|后来|目前|当前|现在|如今|近年来"
    "|近来|最近|日前|近日|今年|去年|为此|对此|據悉|据悉|其实|当然|总之|不过|可是|随后|接着|事实上|[第其][一二三四五六七八九十]"
)
_SAYS = "说|說|指出|表示|认为|強調|强调|介绍|称|坦言|告诉记者"
_NUMERALS = "[一二三四五六七八九十]"
# The first words, and how much they say; all that fit count.
_FIRST_WORDS = (
    (re.compile(rf"(?:{_LINKS})[，,]"), -4.0),
    (re.compile(r"[据據][^，。]{1,14}(?:介绍|说|报道|透露|统计|了解|悉|称)"), -4.0),
    (re.compile(r"(?:本报|本報|本刊|新华社|新華社|中新社|中新网|人民网)\S{0,16}?[讯訊电電]"), -5.0),
    (re.compile(rf"[^，。：]{{1,14}}(?:{_SAYS})[，：:]"), -2.0),
    (
        re.compile(
            rf"\d{{4}}年|(?:\d{{1,2}}|{_NUMERALS}{{1,3}})月|[今去当昨]天|[今去当近]年|如今|目前"
        ),
        -2.0,
    ),
    (re.compile(r"[他她它我你这這那此其该該]|[“「『《]"), -1.5),
    (re.compile(r"[^，。：；、“「]{1,6}[。；、]|[^，。：；、“「]{7,12}。"), 1.5),
    (re.compile(r"[A-Z]"), -2.0),
    (re.compile(r"[a-z]"), 1.5),
    (re.compile(r"[的了着們们个個]|[和与及或][^平谐睦]"), 1.5),
)


def start_of(block: Block, kind: Kind, indents: bool) -> float:
    """Log odds that the block goes on in another one's paragraph; NEVER for a sure start.

    ``indents`` says that the text indents first lines.
    """
    if kind in _STARTS:
        return NEVER
    text = block.text
    if text[0] in CLOSING and not _STARTS_SO.match(text):
        return CLOSING_START
    return _place(block, indents) + _form(text, kind) + _words(text)


def _place(block: Block, indents: bool) -> float:
    if not indents:
        return 0.0
    return INDENTED_START if block.lead else FLUSH_START


def _form(text: str, kind: Kind) -> float:
    if len(text) <= HEADING_CHARS and text[-1] in "：:":
        return ADDRESS_START
    return {Kind.HEADING: HEADING_START, Kind.CAPTION: CAPTION_START}.get(kind, 0.0)


@lru_cache(maxsize=LINES)
def _words(text: str) -> float:
    said = sum(odds for pattern, odds in _FIRST_WORDS if pattern.match(text))
    return max(LEAST, min(MOST, said))
