"""One form for the forms of one Han character: traditional and simplified, and print variants.

OpenCC's table of characters (traditional to simplified) comes first. What it leaves apart and old
papers or Japanese type mix is in ``_PAIRS``: variants of the same character, no characters that
merely sound or mean alike.
"""

from __future__ import annotations

from functools import cache

from digitize.script.conversion import converted

# Variant, then the form that it counts as (simplified, where there is such a form).
_PAIRS = """
靑青 淸清 鄕乡 郷乡 緖绪 値值 郞郎 亜亚 歩步 戸户 祇只 衹只 麤粗 麁粗 効效 刧劫 刼劫 嵒岩 図图
対对 黒黑 頼赖 沢泽 辺边 邉边 甯宁 寗宁 甞尝 倂并 竝并 愼慎 塡填 顚颠 巓巅 歴历 暦历 厯历 黙默
壄野 埜野 犂犁 鬪斗 鬭斗 閗斗 龢和 咊和 蘓苏 甦苏 囘回 廻回 囬回 囯国 囶国 圀国 峩峨 鵞鹅 畧略
鍳鉴 讎仇 讐仇 慙惭 槩概 槪概 栢柏 菓果 韮韭 櫈凳 凴凭 隣邻 呪咒 厰厂 廸迪 廼乃 迺乃 輭软 砲炮
礮炮 礟炮 烖灾 粧妆 舗铺 荅答 葢盖 虵蛇 蠭蜂 衞卫 裠裙 帬裙 覇霸 觧解 諠喧 譌讹 讙欢 懽欢 驩欢
豓艳 貎貌 皃貌 躰体 骵体 軆体 逈迥 邨村 醕醇 醻酬 酧酬 銕铁 鉄铁 鎗枪 鏁锁 閙闹 阬坑 隄堤 雑杂
襍杂 霛灵 霊灵 靣面 麺面 靭韧 靱韧 頋顾 頥颐 頣颐 飜翻 繙翻 飮饮 飱餐 飡餐 饍膳 駄驮 験验 騐验
駆驱 髙高 鬂鬓 鼃蛙 鼇鳌 斉齐 斎斋 歯齿 竜龙 亀龟 兎兔 冄冉 冦寇 冨富 冩写 凢凡 剏创 剙创 剳札
劒剑 剣剑 劵券 勅敕 勑敕 勌倦 匃丐 匳奁 籢奁 卬昂 叅参 収收 叓事 敍叙 吿告 呌叫 呉吴 咲笑 啣衔
喒咱 嗁啼 噐器 坿附 垜垛 埀垂 塲场 塩盐 壻婿 聟婿 壷壶 変变 夀寿 夘卯 夲本 奨奖 姊姐 姉姐 姪侄
姙妊 娬妩 媿愧 嬾懒 孼孽 宂冗 宻密 寃冤 寘置 寳宝 実实 寔实 尅克 尙尚 尠鲜 屛屏 峝峒 嶋岛 嶌岛
巵卮 帋纸 幇帮 庻庶 廏厩 弾弹 彊强 彜彝 徃往 徧遍 徴征 徳德 悳德 惪德 悞误 悪恶 恵惠 愽博 慽戚
憇憩 懴忏 戞戛 戯戏 戱戏 扡拖 抅拘 抝拗 抜拔 択择 拏拿 挐拿 挿插 揷插 捜搜 掲揭 揺摇 攷考 攺改
敂叩 敺驱 斅学 斈学 旾春 昬昏 暁晓 暎映 暠皓 皜皓 曁暨 曡叠 疉叠 曺曹 朞期 朶朵 枱台 栁柳 柹柿
桒桑 桮杯 梹槟 棃梨 碁棋 椶棕 楳梅 槑梅 槀槁 樷丛 橤蕊 蘂蕊 檝楫 欵款 歳岁 帰归 殱歼 毘毗 毬球
氷冰 浄净 涙泪 淛浙 渉涉 渋涩 澁涩 渓溪 湻淳 漑溉 潄漱 濳潜 濶阔 灋法 炁气 気气 炤照 焔焰 燄焰
煕熙 熈熙 煑煮 煗暖 煖暖 爕燮 牎窗 窓窗 窻窗 牠它 犠牺 猨猿 獣兽 瑠琉 璢琉 瓌瑰 甎砖 塼砖 甖罂
畆亩 畞亩 畊耕 畱留 畺疆 疎疏 痺痹 瘉愈 発发 髪发 皷鼓 皼鼓 鼔鼓 盌碗 眎视 眡视 覩睹 瞖翳 矁瞅
矙瞰 硏研 碪砧 秊年 秌秋 稺稚 穉稚 穅糠 穽阱 竆穷 竒奇 竚伫 竢俟 筞策 筯箸 箒帚 箎篪 簷檐 籐藤
籖签 紥扎 絏绁 絵绘 経经 継继 続续 総总 緫总 縂总 緜绵 縁缘 繈襁 繊纤 繍绣 罇樽 罸罚 羇羁 羮羹
翄翅 耡锄 聨联 聫联 肎肯 肐胳 胷胸 衇脉 脗吻 脳脑 膓肠 臈腊 臓脏 臯皋 芲花 荘庄 庒庄 萠萌 葊庵
薬药 蔴麻 虗虚 蚘蛔 螡蚊 蟁蚊 蠏蟹 蠧蠹 衂衄 袵衽 褃褙 襃褒 覔觅 覐觉 覚觉 観观 觝抵 読读 謌歌
譔撰 譛谮 譲让 豊丰 貮贰 賍赃 賔宾 賛赞 趂趁 蹔暂 躭耽 躳躬 躱躲 転转 輙辄 煇辉 辠罪 辢辣 辝辞
辤辞 辳农 逓递 逥回 遅迟 遯遁 酔醉 醤酱 醸酿 釈释 鈆铅 鈬铎 銭钱 錬炼 鎔熔 鑛矿 鉱矿 関关 闗关
陿狭 陥陷 隂阴 隠隐 鞌鞍 韈袜 頴颖 顋腮 顕显 飃飘 飈飙 餧喂 騒骚 髥髯 鬰郁 欝郁 鼈鳖 鴈雁 鵶鸦
鶏鸡 鷰燕 鸎莺 麞獐 麐麟 ⺟母 ⺠民 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻓长 ⻔门 ⻘青 ⻚页 ⻛风 ⻝食 ⻢马
⻣骨 ⻥鱼 ⻦鸟 ⻩黄 ⻰龙
"""
VARIANTS: dict[str, str] = {pair[0]: pair[1] for pair in _PAIRS.split()}


@cache
def usual_form(char: str) -> str:
    """The form that ``char`` counts as when variants are one, simplified where there is such."""
    form = VARIANTS.get(char, char)
    simple = converted(form, "t2s")
    return VARIANTS.get(simple, simple)


def unified(text: str) -> str:
    """``text`` with the usual form of every print variant, in the script that the text is in."""
    if VARIANTS.keys().isdisjoint(text):
        return text
    own = _traditional if is_traditional(text) else _simplified
    return "".join(own(char) if char in VARIANTS else char for char in text)


def is_traditional(text: str) -> bool:
    """Whether more characters of ``text`` are traditional only than simplified only."""
    plain = "".join(char for char in text if char not in VARIANTS)
    old, new = (converted(plain, way) for way in ("t2s", "s2t"))
    changed = [sum(a != b for a, b in zip(plain, other, strict=False)) for other in (old, new)]
    return changed[0] > changed[1]


@cache
def _simplified(char: str) -> str:
    return usual_form(char)


@cache
def _traditional(char: str) -> str:
    """The traditional form; a variant of which there are several stays as it is."""
    form = converted(VARIANTS[char], "s2t")
    return form if usual_form(form) == usual_form(char) else char
