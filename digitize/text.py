"""What a character is: script, punctuation, and how two pieces of text are put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# A paragraph ends with one of these, closing quotes and brackets aside.
SENTENCE_ENDS = frozenset("。！？!?…")
CLOSERS = frozenset("”’」』）)》〉】〕]\"'")
OPENERS = frozenset("“‘「『（(《〈【〔[")
# Marks after which a sentence must go on.
BULLETS = frozenset("•●○■□◆◇▲△▶※☆★◎")
CONTINUES = frozenset("，、；,;—－-·")

_CJK_RANGES = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x303F),  # CJK punctuation
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x31C0, 0x31EF),  # strokes
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFF00, 0xFFEF),  # full-width forms
    (0x20000, 0x3FFFF),  # extensions B and later
)
# Marks that Chinese shares with Latin text; beside Han they are set without spaces. Fonts have them
# in half an em or a whole one.
SHARED_MARKS = frozenset("“”‘’…—·")


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character (no punctuation, no kana)."""
    code = ord(char)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def is_one_han(text: str) -> bool:
    """Whether ``text`` is a single Chinese character."""
    return len(text) == 1 and is_han(text)


def is_cjk(char: str) -> bool:
    """Whether ``char`` is set in a full em: Han, kana, CJK punctuation, full-width forms."""
    code = ord(char)
    return char in SHARED_MARKS or any(a <= code <= b for a, b in _CJK_RANGES)


LATIN_WIDTH = 0.5  # of a Chinese character's: how a mixed word is divided


def spread(word: str, start: float, length: float) -> Iterator[tuple[str, float, float]]:
    """Every character of ``word`` with where it begins and ends, the word being ``length`` long."""
    shares = [1.0 if is_cjk(char) else LATIN_WIDTH for char in word]
    unit = length / sum(shares) if shares else 0.0
    for char, share in zip(word, shares, strict=True):
        yield char, start, start + share * unit
        start += share * unit


def joiner(before: str, after: str) -> str:
    """What stands between two pieces of one paragraph: a space only between Latin words."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    a, b = before[-1], after[0]
    if is_cjk(a) or is_cjk(b):
        return ""
    if a.isdigit() and b.isdigit():
        return ""  # a number broken at a line's end
    if (a.isdigit() and b in ".%‰℃°,") or (a in ".," and b.isdigit()):
        return ""
    return " "


def join(pieces: list[str]) -> str:
    """The pieces of a paragraph put together by :func:`joiner`; a Latin hyphen is kept."""
    result = ""
    for piece in pieces:
        stripped = piece.strip()
        result += joiner(result, stripped) + stripped
    return result


# A space on either side of which stands CJK; full-width spaces that separate are kept apart.
_CJK_SPACE = re.compile(r"(?<=\S)[ \t]+(?=\S)")


def without_cjk_spaces(text: str) -> str:
    """``text`` without the spaces that OCR puts between Chinese characters."""

    def keep(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        return "" if is_cjk(before) or is_cjk(after) else " "

    return _CJK_SPACE.sub(keep, text)


def core(text: str) -> str:
    """``text`` without trailing space and closing quotes and brackets."""
    end = text.rstrip()
    while end and end[-1] in CLOSERS:
        end = end[:-1]
    return end


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a paragraph may end: a full stop, perhaps inside quotes."""
    end = core(text)
    return bool(end) and end[-1] in SENTENCE_ENDS


def encodable(text: str, code: str = "utf-8") -> bool:
    """Whether ``code`` has all characters of ``text``."""
    try:
        text.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def opens_item(text: str) -> bool:
    """Whether ``text`` opens with a bullet, as the items of a list do."""
    return text.lstrip()[:1] in BULLETS


def goes_on(text: str) -> bool:
    """Whether ``text`` breaks off where no paragraph can end: after a comma, an open bracket."""
    end = text.rstrip()
    return bool(end) and (end[-1] in CONTINUES or end[-1] in OPENERS or _unclosed(end))


def breaks_off(text: str) -> bool:
    """Whether a paragraph cannot end with ``text``: no full stop, or a mark that goes on."""
    return goes_on(text) or not ends_sentence(text)


def ends_bare(text: str) -> bool:
    """Whether ``text`` ends as a heading does: with no stop, and with no mark that goes on."""
    return not ends_sentence(text) and not goes_on(text)


def ends_in_blank(text: str) -> bool:
    """Whether the last glyph's ink fills only the left half of its square, as a stop's does."""
    last = text[-1:]
    return last in CLOSERS or last in SENTENCE_ENDS or last in CONTINUES


def opens_in_blank(text: str) -> bool:
    """Whether the first glyph's ink fills only the right half of its square."""
    return text[:1] in OPENERS


def _unclosed(text: str) -> bool:
    """Whether the last bracket of ``text`` is still open; quotes may span paragraphs."""
    return any(
        max(map(text.rfind, opening)) > max(map(text.rfind, closing))
        for opening, closing in (("（(", "）)"), ("《", "》"))
    )


def plain(text: str) -> str:
    """NFKC without white space: the form in which texts are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


BYLINE_CHARS = 44  # a longer line is a sentence that mentions its reporter
NAME_CHARS = 5  # of a reporter's name or post, the longest piece left when titles are taken out

_TITLES = (
    "记者|記者|通讯员|通訊員|评论员|評論員|訪員|特派员|特派員|作者|摄影|攝影|撰文|编译|整理|报道"
    "|文/图|图/文|文/片|文图|图文|[文图]\\s?[/／]"
)
_PAPERS = "本报|本報|本刊|本网|新华社|新華社|中新社|新华网|人民网|讯|訊|电|電|特訊|特讯"
_POSTS = "首席|特约|特派|实习|见习|全媒体|融媒体|驻"
_TITLE = re.compile(_TITLES)
_WORDS = re.compile(f"{_TITLES}|{_PAPERS}|{_POSTS}")
_SHORT_SOURCE = re.compile(r"^(?:本[报報刊]|新[华華]社).{0,4}[讯訊电電]$")
# "Our paper (reporter X)": the first words of a story's first sentence.
_DATELINE = re.compile(r"[讯訊电電]\s*[（(]")
# A title stands first, after the paper's name and posts, or apart from what is before it; or last.
_STANDS_FREE = re.compile(
    rf"(?:^|\d日|[\s/／|｜()（）【】■●◆□○▲▶:：;；&·\-—])(?:{_PAPERS}|{_POSTS}|\s)*$"
)
_LAST = re.compile(
    r"(?:摄影?|攝影?|撰文|编译|整理|报道|文/图|图/文|文|图|评论员|記者|记者)\s*[)）】]?\s*$"
)
_MARKS = re.compile(r"[\s、/／|｜()（）【】■●◆□○▲▶:：;；&·\-—]+")


_SOURCE_FIRST = re.compile(r"^(?:本[报報刊]|新[华華]社|中新社).{0,8}?[讯訊电電]")


def opens_with_source(text: str) -> bool:
    """Whether ``text`` starts with where its story came from: "本报讯", "新华社北京1月8日电"."""
    return bool(_SOURCE_FIRST.match(text.strip()))


def is_byline(text: str) -> bool:
    """Whether ``text`` names who wrote the story, or where it came from, and nothing else."""
    text = text.strip()
    if not 3 <= len(text) <= BYLINE_CHARS:
        return False
    if _DATELINE.search(text):
        return False
    if _SHORT_SOURCE.match(_MARKS.sub("", text)):
        return True
    first = _TITLE.search(text)
    if first is None or not (_LAST.search(text) or _STANDS_FREE.search(text[: first.start()])):
        return False
    names = _MARKS.split(_WORDS.sub(" ", text))
    return all(len(name) <= NAME_CHARS and not any(map(_ends_clause, name)) for name in names)


def _ends_clause(char: str) -> bool:
    return char in SENTENCE_ENDS or char in "，,"


_CAPTION = re.compile(
    r"^[\s▲▶◀▼↑↓←→△▷◁▽■●]*(?:图[为：:①-⑩一二三]|[上下左右]图|图片|资料图)|资料(?:图片|照片)"
    r"|(?:摄|攝)(?:影)?[）)]?\s*$|(?:新华社发|供图|发)[）)]?\s*$|^[▲▶◀▼↑↓←→△▷◁▽]"
)


def is_caption(text: str) -> bool:
    """Whether ``text`` reads like the line under a picture or its credit."""
    return bool(_CAPTION.search(text))
