"""Names of papers and of sections among the words of a page's furniture."""

from __future__ import annotations

import re

from digitize.text import is_han

MAX_PAPER, MAX_SECTION = 12, 12  # characters
PIECE = 6  # of a section's name that is known by its end alone
# Names that do not end like a paper's.
_KNOWN_WORDS = (
    "参考消息 參考消息 南方周末 新华每日电讯 新華每日電訊 讽刺与幽默 经济参考 "
    "21世纪经济报道 环球人物 南风窗 南都周刊 新民周刊 三联生活周刊 中国新闻周刊 瞭望周刊 "
    "半月谈 每周文摘 作家文摘 体坛周报 申报 申報 文汇报 文匯報 大公报 大公報 益世報 "
    "时事新报 時事新報 世界日報 新聞報 立報"
)
_KNOWN = frozenset(_KNOWN_WORDS.split())
# Words that end in 报 and are none.
_NO_PAPER = re.compile(
    r"(?:天气预|氣預|[预預情海捷喜电電播简簡战戰通举舉汇匯警墙牆板快线專回申填呈虚谎资書书])[报報]$"
)
_QUICK_PAPER = re.compile(
    r"(?:现代|現代|都市|信息|生活|今日|海峡|半岛|半島|城市|消费|新|金融)快[报報]$"
)
# Ends of names that are clear even where a section's name follows.
_PAPER_HEAD = re.compile(
    r"[\u3400-\u9fff]{1,8}?(?:日|晚|早|晨|时|時|商|都市|导|導|青年|周|週|农民|法制|经济|教育|科技|新)[报報](?=.)"
)
_SECTION_HEAD = re.compile(r"([\u3400-\u9fff]{0,4}(?:新闻|新聞|要闻|要聞|周刊|副刊|专刊))(.{3,8})")
_PAPER = re.compile(r"[\u3400-\u9fff0-9]{1,11}[报報]社?")
_HOUSE = re.compile(r"([\u3400-\u9fff]{1,8}[^刊\W][报報])(?:社|業|业集[团團]|集[团團])")

_SECTIONS_WORDS = (
    "要闻 要聞 新闻 新聞 国内 國內 国际 國際 体育 體育 副刊 理论 理論 广告 廣告 专版 "
    "專版 专题 專題 综合 綜合 经济 經濟 财经 財經 社会 社會 文化 教育 科技 健康 娱乐 "
    "娛樂 民生 时评 時評 评论 評論 社评 社評 社論 言论 观点 觀點 深度 调查 视点 视界 "
    "视觉 特写 特稿 特刊 专刊 周刊 周末 天下 世界 中国 中國 本地 本埠 港闻 港聞 两岸 "
    "兩岸 地方 都市 城事 法治 政法 党建 政治 军事 軍事 环球 产业 产经 企业 公司 证券 "
    "证券市场 股市 金融 理财 保险 基金 楼市 房产 地产 汽车 旅游 旅遊 生活 消费 美食 时尚 "
    "家庭 情感 女性 亲子 阅读 读书 讀書 书评 文艺 文藝 文学 文學 艺术 藝術 收藏 影视 "
    "影視 音乐 戏剧 史海 历史 人物 人文 地理 青年 少年 校园 学生 教师 医疗 卫生 環保 "
    "环保 生态 农业 农村 乡村振兴 三农 气象 信息 服务 公告 分类 分類 分类广告 读者 讀者 "
    "来信 讀者來信 图片 影像 摄影 天气 资讯 通讯 连载 小说 小說 家園 家园 头版 頭版 封面 "
    "导读 时事 時事 焦点 焦點 热点 關注 关注 聚焦 网络 互联网 数码 游戏 竞技 足球 彩票 "
    "讣告 遗失声明 電訊 本報專電 經濟新聞 本市新聞 教育新聞 地方通信"
)
_SECTIONS = frozenset(_SECTIONS_WORDS.split())
_SECTION_END = re.compile(
    r"(?:新闻|新聞|要闻|要聞|周刊|週刊|专刊|專刊|副刊|特刊|视点|视界|观察|纵横|天地|时空|在线|专版|專版|专题|專題|专栏|版"
    r"|评论|評論|经济|财经|文化|教育|体育|生活|健康|科技|广场|论坛|园地|之窗|大观|世界|中国|聚焦|关注|特别报道|报道)$"
)
_SLOGAN = re.compile(r"[！!？?。，,：:]")


def is_paper(word: str) -> bool:
    """Whether ``word`` reads like the name of a newspaper."""
    if word in _KNOWN:
        return True
    if not _PAPER.fullmatch(word) or len(word) > MAX_PAPER or word in {"本报", "本報"}:
        return False
    return not _NO_PAPER.search(word) or bool(_QUICK_PAPER.search(word))


def house(text: str) -> str:
    """The paper whose publishers ``text`` names (齐鲁晚报社); "" for none."""
    found = _HOUSE.search(text)
    return found[1] if found and is_paper(found[1]) else ""


def parts(word: str) -> tuple[str, ...]:
    """``word`` parted where a paper's name and a section's were run together."""
    led = _SECTION_HEAD.fullmatch(word)
    if led and is_paper(led[2]):
        return (led[1], led[2].removesuffix("社"))
    if is_paper(word):
        return (word.removesuffix("社"),)
    pieces = [piece for piece in re.split(r"[·•・]", word) if piece]
    if any(map(is_paper, pieces)):
        return tuple(piece.removesuffix("社") for piece in pieces)
    head = _PAPER_HEAD.match(word)
    return (head.group(), word[head.end() :]) if head and is_paper(head.group()) else (word,)


def is_section(word: str) -> bool:
    """Whether ``word`` is what sections are called: 要闻, 国际新闻, 文化周刊, 要闻·综合."""
    pieces = [piece for piece in re.split(r"[·•・/／&]", word) if piece]
    return bool(pieces) and all(
        p in _SECTIONS or (len(p) <= PIECE and _SECTION_END.search(p) is not None) for p in pieces
    )


def may_be_section(word: str) -> bool:
    """Whether ``word`` may be a section's name by its form: a few Han characters, no sentence."""
    han = sum(map(is_han, word))
    return (
        2 <= han <= MAX_SECTION
        and len(word) <= MAX_SECTION + 2
        and han >= len(word) - 2
        and not _SLOGAN.search(word)
        and not is_paper(word)
    )
