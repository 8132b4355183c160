"""Adverts: articles that offer something and tell where to get it, in no sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digitize.model import Paragraph, Role

MOST = 240  # characters; longer texts are stories, whatever they mention
PROSE = 0.015  # full stops a character: adverts have hardly any
_SIGNS = (
    re.compile(
        r"\d{3,4}\s*[-—－]\s*\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|[48]00[-—－]?\d{3}[-—－]?\d{4}"
    ),
    re.compile(r"地址|门市|門市|经销|經銷|总店|總店|分店|各埠"),
    re.compile(r"电话|電話|热线|咨询|微信|扫码|网址|QQ|邮购|函索"),
    re.compile(
        r"[\d一二三四五六七八九半]折|优惠|優惠|特价|特價|元起|促销|惠民|大减价|大減價|从廉|從廉|批发|批發"
    ),
    re.compile(
        r"招聘|诚聘|招租|出租|转让|加盟|订购|定購|报名|开盘|开业|開業|开幕|惠顾|惠顧|光临|光臨"
    ),
    re.compile(r"专治|專治|主治|新到|新书|新書|出版|上市|首付|均价|会员|抽奖|赠"),
)
LEAST = 2  # signs
NOT_SAID = {Role.BYLINE, Role.KICKER, Role.SUBHEADING, Role.TURN}


def is_advert(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether an article reads like an advert: short, no prose, and signs of an offer."""
    text = "".join(p.text for p in paragraphs)
    if not text or len(text) > MOST or any(p.role in NOT_SAID for p in paragraphs):
        return False
    prose = text.count("。") > PROSE * len(text)
    return not prose and sum(bool(sign.search(text)) for sign in _SIGNS) >= LEAST
