"""Invented names, captions, adverts and page furniture."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

PAPERS = ["望江日报", "青原晚报", "云川都市报", "河湾商报", "东岭时报", "清河早报"]
OLD_PAPERS = ["滬濱新報", "江天日報", "中州公報", "羣言報"]
SECTIONS = ["城市新闻", "要闻", "民生", "文化周刊", "乡村振兴", "教育", "科技", "经济观察", "体育"]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ["志远", "晓梅", "建国", "雨桐", "文博", "静", "海燕", "立新", "思齐", "敏", "子涵", "卫东"]
WEEK = "一二三四五六日"
CAPTIONS = [
    "图为活动现场，市民正在排队体验。",
    "清晨，渔民在码头整理网具。　本报记者 摄",
    "施工人员在桥面上进行最后的检查。",
    "孩子们在新建成的操场上奔跑。",
    "丰收时节，村民忙着晾晒谷物。通讯员 供图",
    "老街修缮后重新开放，吸引不少游客。",
    "工作人员介绍新设备的使用方法。",
    "志愿者为老人讲解手机操作。　资料图片",
]
KICKERS = ["深入基层调研行", "民生热点追踪", "今年以来变化大", "本报记者走基层", "聚焦高质量发展"]
SUBTITLES = ["一线见闻录", "从“没人管”到“抢着干”", "小切口里看变化", "——来自基层的报告"]
OLD_CAPTIONS = ["新落成之校舍", "江岸碼頭近景", "參加運動會之健兒", "水災後之街市"]
ADVERTS = [
    "家具惠民节|全场实木家具八折起|地址：长宁路118号　电话：0571-8800 1234",
    "诚聘英才|机械工程师3名　会计1名　驾驶员若干|待遇从优，食宿全包，周末双休",
    "春季车展|三十余个品牌　二百款新车|4月12日至14日　会展中心东馆",
    "遗失声明|赵海燕遗失残疾人证一本，声明作废|青原市宏达商行公章遗失，声明作废",
    "山泉茶庄|明前新茶上市　买二斤送半斤|老街57号　订购热线：5550 2266",
]
OLD_ADVERTS = [
    "仁和藥房|專治咳嗽|各埠均售",
    "大同書局|新書出版|批發從廉",
    "裕豐布莊|新到綢緞|歡迎惠顧",
]
TABLES = [
    [
        "品名 产地 今日价 昨日价",
        "白菜 本地 1.20 1.25",
        "土豆 滦南 2.10 2.10",
        "鸡蛋 沧州 8.60 8.75",
    ],
    ["城市 天气 气温 风力", "北京 多云 3~12℃ 3级", "上海 小雨 9~14℃ 2级", "成都 阴 8~15℃ 1级"],
    ["名次 球队 胜 积分", "1 东岭队 9 28", "2 望江队 8 25", "3 云川队 7 24", "4 清河队 6 20"],
]
DIGITS = "〇一二三四五六七八九"


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def some_day(rng: Random, first: int = 2003, last: int = 2024) -> date:
    return date(first, 1, 1) + timedelta(days=rng.randrange(365 * (last - first + 1)))


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日　星期{WEEK[day.weekday()]}"


def dotted_date(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}　星期{WEEK[day.weekday()]}"


def han_number(number: int) -> str:
    """1 to 99 as written in old papers."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def old_date(day: date) -> str:
    """A date of the republic."""
    year = han_number(day.year - 1911)
    month, number = han_number(day.month), han_number(day.day)
    return f"中華民國{year}年{month}月{number}日　星期{WEEK[day.weekday()]}"


def editors(rng: Random) -> str:
    return f"责任编辑：{person(rng)}　美术编辑：{person(rng)}"
