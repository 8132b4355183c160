"""What page furniture says: how much of a text is date, page number, credits, imprint, contact.

A text is read part by part; what was recognised is masked, so that no other pattern reads it as
well. ``Notice.share`` tells furniture from a sentence that merely mentions an editor, a hot line or
a day: of furniture, little is left over.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from digitize.reflow import dates, editors, folios

MAX_TEXT = 400  # characters: an imprint may run across the whole foot of the page
MASK = "\0"
KINDS = ("date", "editors", "folio", "imprint", "contact", "weather", "ornament")

_PHONE = r"(?:[（(]?0\d{2,3}[）)|]?[\-—–一\s]{0,2})?\d[\d\-—–\s]{3,13}\d(?:转\d+)?"
_PHONES = rf"{_PHONE}(?:[、,，/;；\s]+{_PHONE})*"
_WHAT_FOR = (
    r"(?:新闻|新聞|线索|征集|采编|投稿|读者|讀者|编辑|編輯|电子|電子|质量|监督|投诉|举报|发行|發行|广告|廣告|订阅|订报|訂閱"
    r"|征订|订购|服务|服務|咨询|联系|聯絡|本报|本報|本版|本刊|报料|爆料|值班|采访|夜班|法律|维权|办公|总编|总机|查号|热线"
    r"|市民|客服|违法|不良|信息|违规|零售|投递|技术|印务|部|室|台|24小时|全国|统一|官方|交流|互动)*"
)
_LINE = (
    rf"(?:{_WHAT_FOR}(?:热线|熱線)(?:电话|電話)?|{_WHAT_FOR}(?:电话|電話)|传真|傳真|总机|總機|手机"
    rf"|QQ群?|{_WHAT_FOR}微信(?:公众)?号?)"
)
_MAIL = rf"{_WHAT_FOR}(?:E\s?[\-—–一]?\s?mail|电邮|邮箱|郵箱|信箱|邮件|网址|網址|网站|微博|官网)\s*[:：>》@]+\s*"
_HAND = r"[A-Za-z0-9_./:@\-—–一]+"
_CONTACT = (
    rf"{_MAIL}{_HAND}",
    r"(?:https?:/?/?|www\.)[\w./\-]+",
    r"[A-Za-z0-9_.\-]+@[A-Za-z0-9.\-]+",
    r"\b[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.(?:com|cn|net|org|tw|hk|sg)(?:\.\w\w)?\b[\w/]*",
    rf"{_LINE}\s*[:：>》]*\s*(?:查号台|总机|分机)?{_PHONES}",
    r"扫一扫|扫[码描][\u3400-\u9fff]{0,10}|关注[\u3400-\u9fff]{0,8}(?:微信|微博|公众号)|找记者|上壹点"
    r"|官方(?:微信|微博)|微信公众号|公众号|客户端|微信号|抖音号|视频号|下载\S{0,6}APP",
)
_LABEL = rf"{_LINE}|(?:今日)?天[气氣](?:预报|預報)?|{_MAIL.replace('[:：>》@]+', '[:：>》@]*')}|官方|微信|微博|零售|广告"
_N = r"[\d一二三四五六七八九十百千萬万〇○零]"
_FIELD = (
    r"(?:主管|主办|主辦|协办|出版|承印|印刷|印制|社址|地址|馆址|館址|邮编|邮政编码|郵政編碼|邮发代号|报头题字"
    r"|报名题字|刊号|國內統一刊號|国内统一刊号|发行|發行|法律顾问|广告部?|总经销|经销|訂閱|订阅|值班律师)"
)
_IMPRINT = (
    r"(?:国内|國內|国际|國際)?(?:统一|統一)?(?:连续|連續)?(?:出版物|刊)[号號]?\s*[:：]?\s*(?:CN|ISSN)\s*[\d\-—–一()（）/A-Z]+",
    r"(?:国内|國內)?(?:统一|統一)(?:连续|連續)?(?:出版物[号號]|刊[号號])",
    r"\bCN\s*\d{2}\s?[\-—–一]\s?\d{4}(?:/\S{1,2})?|\bISSN\s*\d{4}[\-—–一]\d{3}[\dX]",
    r"(?:邮发|国外|郵發)?代[号號]\s*[:：]?\s*[\dA-Z]+\s?[\-—–一]\s?\d+",
    rf"(?:总|總|新)?第\s?{_N}[\d,，一二三四五六七八九十百千萬万〇○零\s]{{0,9}}[期号號]|总第?\s?\d{{2,6}}",
    rf"(?:今日|今天|本期|共|全|对开|四开|今日出版|本[报報]今日)\s*(?:共|出|出版)?\s?{_N}{{1,3}}\s?(?:大?[张張]|[版頁页])"
    rf"(?:\s?{_N}{{1,3}}\s?[版頁页])?",
    rf"(?:零售|定[价價]|售[价價]|每[份月季年]|全年|订价|訂價|本埠|外埠)[价價]?(?:每[份月季年])?(?:国币|國幣|法币|人民币|金圓)?"
    rf"\s*[:：]?\s*(?:{_N}|\.)+\s?(?:[元角分圆圓]|千|萬)[整正]?",
    r"广告(?:经营)?(?:发布)?(?:登记|许可证?)(?:证?号)?\s*[:：]?\s*[\w\-第号]*|[\u3400-\u9fff]{1,2}工商广字\S*",
    rf"{_FIELD}(?:[、,和]{_FIELD})*(?:单位|單位|所)?\s*[:：]\s*[^\s●■|{MASK}]{{1,40}}",
    r"(?:中共)?[\u3400-\u9fff]{2,12}(?:[报報]社|出版社|集[团團]|[委会會局])(?:主管|主办|主辦|出版|編輯|编辑|印行|发行|發行|承印)+",
    r"(?:中共)?[\u3400-\u9fff]{2,12}委(?:员会|員會)?机关报|本[报報](?:社址|地址|网址|电话)",
    r"[社馆館]址\s*[\u3400-\u9fff0-9]{4,30}",
    r"(?:邮编|邮政编码|郵政編碼|邮码)\s*[:：]?\s*\d{6}",
)
_SKY = r"(?:晴|多云|多雲|阴|陰|小雨|中雨|大雨|暴雨|阵雨|雷阵雨|雨夹雪|小雪|中雪|大雪|雾|霾|雨|雪)"
_WEATHER = (
    rf"(?:(?:今日|今天|今夜|明天|明日|本市|白天|夜间)\s?)?(?:天[气氣])?\s?[:：]?{_SKY}(?:(?:转|轉|到|间|間|有|或){_SKY})+",
    r"[-—–]?\d{1,2}\s?[°度℃C]{0,2}\s?[~～\-—–到至/]\s?[-—–]?\d{1,2}\s?(?:℃|°C?|度)|[-—–]?\d{1,2}\s?(?:℃|°C)",
    r"[东南西北偏]{1,3}风\s?\d?(?:[\-—–~～到至]?\d\s?级)?|(?:降水概率|相对湿度|湿度|风力)\s*[:：]?\s*\d+[\-—–~～%\d]*级?",
)
_LUNAR = (
    r"(?:[农農夏阴陰旧舊古]\s?[历曆歷])?\s?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])\s?[(（]?[鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪]?[)）]?\s?年"
    r"(?:\s?[闰閏]?\s?[正一二三四五六七八九十冬腊臘]{1,2}\s?月\s?(?:[初十廿卅三二][一二三四五六七八九十]{1,2}|[大小]?)[日]?)?"
    r"|[农農夏阴陰旧舊古]\s?[历曆歷]\s?(?:[闰閏]?[正一二三四五六七八九十冬腊臘]{1,2}月)?(?:[初十廿卅三二][一二三四五六七八九十]{1,2})?日?"
    r"|[公西國国][历曆歷]"
)
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, patterns in (
        ("contact", _CONTACT),
        ("imprint", _IMPRINT),
        ("weather", _WEATHER),
        ("date", (_LUNAR,)),
    )
    for pattern in patterns
)
_ORNAMENT = re.compile(r"\s*(?:([…⋯])\1{4,}|([^\w\s\u3400-\u9fff“”‘’…])(?:\s?\2){5,})\s*")
_LABELS = re.compile(rf"\W*(?:{_LABEL})\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[(（]?\d[\d\-—–()（）\s]{5,}\d\s*")
_MONTH = re.compile(r"(?:[12]\d{3}\s?年)?\s?\d{1,2}\s?月\s?(?:\d{1,2}\s?[日号號])?|[12]\d{3}\s?年")
_YEAR = re.compile(r"(?<![0-9A-Za-z])(?:19|20)\d\d年?(?![0-9A-Za-z])")  # a date cut short
_BARS = str.maketrans("│∣┃︱▏￤¦", "|||||||")
_MORE_BETWEEN = re.compile(r"[|｜/／■●◆◇★☆▲△▼:：;；,，。!！?？()（）【】\[\]《》<>〈〉“”\"]+")
# Kinds that stand on no advert and in no story: each shows that furniture is here.
_ISSUE = re.compile(r"CN|ISSN|统一|統一|代[号號]|第.+[期号號]|今日.+[版张張]|[报報]社")


@dataclass(frozen=True, slots=True)
class Notice:
    """A text as furniture reads it.

    ``share``: of its letters and digits that were recognised. ``rest``: the words left over.
    ``strong``: it says what only a page's furniture says (a full date, the people who made the
    page, a page number, an issue).
    """

    text: str
    kinds: frozenset[str]
    share: float
    rest: tuple[str, ...]
    strong: bool
    folio: str = ""
    bare_folio: bool = False

    @property
    def kind(self) -> str | None:
        """The one kind to call it by."""
        return next((kind for kind in KINDS if kind in self.kinds), None)


class _Masking:
    """A text whose recognised parts are blotted out one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: set[str] = set()

    def blot(self, start: int, end: int, kind: str) -> None:
        self.text = self.text[:start] + MASK * (end - start) + self.text[end:]
        self.kinds.add(kind)


def normal(text: str) -> str:
    """``text`` in the form in which furniture is read: NFKC, one kind of bar between parts."""
    return unicodedata.normalize("NFKC", text).translate(_BARS)


@lru_cache(maxsize=4096)
def read(text: str) -> Notice:
    """What ``text`` says as furniture."""
    plain = normal(text)
    if len(plain) > MAX_TEXT:
        return Notice(plain, frozenset(), 0.0, (), strong=False)
    if _ORNAMENT.fullmatch(text):
        return Notice(plain, frozenset({"ornament"}), 1.0, (), strong=False)
    masking = _Masking(plain)
    strong = _dates(masking)
    for kind, pattern in _PARTS:
        for match in list(pattern.finditer(masking.text)):
            if not match.group():
                continue
            strong |= kind == "imprint" and _ISSUE.search(match.group()) is not None
            masking.blot(*match.span(), kind)
    strong |= _people(masking)
    folio = _folio(masking)
    _whole(masking)
    if masking.kinds & {"date", "folio"}:
        for match in _YEAR.finditer(masking.text):
            masking.blot(*match.span(), "date")
    letters = sum(map(str.isalnum, plain))
    left = sum(map(str.isalnum, masking.text))
    share = 1 - left / letters if letters else 0.0
    strong |= folio is not None and not folio.bare
    page = folio.page if folio else ""
    bare = folio is not None and folio.bare
    kinds = frozenset(masking.kinds)
    return Notice(plain, kinds, share, _rest(masking.text), strong, page, bare)


def _dates(masking: _Masking) -> bool:
    """Mask dates and days of the week; whether there is a full date."""
    full = False
    for date in sorted(dates.find(masking.text), key=lambda d: d.doubt):
        if MASK in masking.text[date.start : date.end]:
            continue
        if date.doubt is dates.Doubt.NONE or date.iso:
            masking.blot(date.start, date.end, "date")
            full |= bool(date.iso) and date.doubt is not dates.Doubt.MUCH
    for start, end in dates.weekday_spans(masking.text):
        masking.blot(start, end, "date")
    return full


def _people(masking: _Masking) -> bool:
    sure = False
    for line in editors.find(masking.text):
        masking.blot(line.start, line.end, "editors")
        sure |= line.sure
    return sure


def _folio(masking: _Masking) -> folios.Folio | None:
    """Mask the page number; the first, and one that says what it is before a mere number."""
    found = folios.find(masking.text)
    for folio in found:
        masking.blot(folio.start, folio.end, "folio")
    if found:
        return found[0]
    bare = folios.bare(masking.text.replace(MASK, " "))
    if bare is not None:
        masking.blot(bare.start, bare.end, "folio")
    return bare


def _whole(masking: _Masking) -> None:
    """Labels and numbers that are furniture only where they are all of the text."""
    text = masking.text.replace(MASK, " ")
    if _LABELS.fullmatch(text) or _NUMBER.fullmatch(text):
        masking.blot(0, len(text), "contact")
    elif _MONTH.fullmatch(text.strip()):
        masking.blot(0, len(text), "date")
    spans = editors.posts(masking.text)
    if spans and sum(end - start for start, end in spans) >= len("".join(text.split())) - 1:
        for start, end in spans:
            masking.blot(start, end, "editors")


def _rest(masked: str) -> tuple[str, ...]:
    """The words between what was recognised; widely spaced characters make one word."""
    words: list[str] = []
    for part in _MORE_BETWEEN.sub(MASK, masked).split(MASK):
        pieces = part.split()
        if pieces and all(len(piece) == 1 for piece in pieces):
            pieces = ["".join(pieces)]
        words += (piece.strip("-—–_~=.、…·•") for piece in pieces)
    return tuple(word for word in words if word)
