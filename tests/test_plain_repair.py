"""The whole repair: the page of Zaozhuang, clean texts, and what holds for any text."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_cuts import sample_docs, text_of, unmarked, wrapped

from digitize.language import signal
from digitize.reflow.plain import Repaired, reflow_text
from digitize.repairing import repaired

GOLDEN = Path(__file__).resolve().parent / "golden"
OCR = (GOLDEN / "zaozhuang-2024-02-06.ocr.txt").read_text("utf-8")
REF = (GOLDEN / "zaozhuang-2024-02-06.ref.txt").read_text("utf-8")


def without_marks(text: str) -> str:
    return re.sub(r"^#+ ", "", text, flags=re.MULTILINE)


def wrapped_lines(text: str, measure: int) -> str:
    return "\n".join(wrapped([p], measure)[0] if p else "" for p in text.split("\n"))


def test_zaozhuang() -> None:
    found = repaired(OCR)
    assert without_marks(found.text) == REF
    assert [line for line in found.text.split("\n") if line.startswith("#")] == [
        "## 枣庄高新区：谱写高质量发展新篇章",
        "### 顶压前行 交出稳中向好答卷",
        "### 加速突破 再启跨越赶超新程",
    ]
    assert [(j.before[-2:], j.after[:2]) for j in found.joins] == [
        ("锂电", "产业"),
        ("创新", "平台"),
        ("标任", "务的"),
    ]
    assert all(0.5 < join.score <= 1 for join in found.joins)
    assert [(move.blocks, move.first) for move in found.moves] == [
        (2, "### 加速突破 再启跨越赶超新")
    ]
    assert [f.text for f in found.removed] == [
        "找记者 上壹点",
        "读者热线>>>",
        "5289997",
        "鲁晚報 2024.2.6 星期二",
    ]


@pytest.mark.parametrize("base", [OCR, without_marks(OCR)], ids=["marked", "bare"])
@pytest.mark.parametrize("measure", [17, 20, 23, 26, 29, 32, 36, 40])
def test_zaozhuang_with_wrapped_lines(base: str, measure: int) -> None:
    assert without_marks(repaired(wrapped_lines(base, measure)).text) == REF


@pytest.mark.parametrize("base", [OCR, without_marks(OCR)], ids=["marked", "bare"])
def test_zaozhuang_in_other_shapes(base: str) -> None:
    spaced = "\n".join(p if p.startswith("#") else " ".join(p) for p in base.split("\n"))
    assert without_marks(repaired(base).text) == REF
    assert without_marks(repaired(spaced).text) == REF
    assert without_marks(repaired(base.replace("\n", "\r\n")).text) == REF.replace("\n", "\r\n")
    lines = re.sub("\n+", "\n", base).lstrip()
    assert without_marks(repaired(lines).text) == re.sub("\n+", "\n", REF)


CLEAN = {
    "letter": (
        "编辑同志：\n\n来信收到，内情尽知，请放心。\n\n此致\n\n敬礼！\n\n王小二\n\n2024年2月6日\n"
    ),
    "dialogue": "他问：\n“什么？”\n“没什么。”她说，“走吧……”\n“好。”\n他们走了\n",
    "list": (
        "任何单位不得从事下列行为：\n\n（一）危及输水安全；\n"
        "（二）堆放易燃物、易爆物及其他物品；\n（三）其他危害设施的行为。\n\n违者依法处罚。\n"
    ),
    "items": (
        "今年重点做好以下工作：\n\n一、推进改革，做好服务\n\n"
        "二、发展产业，增加收入\n\n三、保护环境\n"
    ),
    "names": (
        "主席团成员名单\n\n王小二、李大山（女，壮族）、张三丰、赵四海、钱五岳、孙六合（回族）、周七星\n\n"
        "全国总工会（10人）\n"
    ),
    "verse": "再别康桥\n\n轻轻的我走了，\n正如我轻轻的来；\n我轻轻的招手，\n作别西天的云彩。\n",
    "credits": (
        "展览昨天开幕，观众络绎不绝。（据新华社电）\n\n会议今天闭幕。（王新庆 摄）\n\n（完）\n"
    ),
    "english": "The road was long. We walked on\n\nChapter Two\n\nIt rained all day long.\n",
    "table": "| 年份 | 产量 |\n|---|---|\n| 2023 | 35 |\n\n1998  35.2  41.7\n1999  36.0  42.8\n",
    "markdown": (
        "# 题\n\n> 引用的话，没有句号\n\n**要点** 如下：\n\n- 甲\n- 乙\n\n***\n\n正文到此为止。\n"
    ),
    "gaps": (
        "第一章\n\n\n\n话说天下大势，分久必合，合久必分。\n\n\n\n第二章\n\n\n\n且说那人走了。\n"
    ),
    "signed": "同志们辛苦了，谢谢大家。\n\n枣庄市人民政府办公室\n\n二〇二四年二月六日\n",
    "no end": "他走了。\n\n她也走了。",
    "white": "\n\n  他走了。  \n\n\t她也走了。\n \n",
    "crlf": "他走了。\r\n\r\n她也走了。\r\n",
    "empty": "",
    "blank": " \n\n\t\n",
}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_text_stays_as_it_is(name: str) -> None:
    text = CLEAN[name]
    assert reflow_text(text) == Repaired(text)
    assert repaired(text) == Repaired(text)


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n", "\n\n\n\n"])
def test_samples_stay_as_they_are(between: str) -> None:
    for doc in sample_docs():
        for paragraphs in (doc, unmarked(doc), [f"　　{p}" for p in doc]):
            text = text_of(paragraphs, between)
            assert reflow_text(text) == Repaired(text)
            assert reflow_text(text, signal(doc)) == Repaired(text)


def novel(seed: int, characters: int) -> str:
    """Chapters of made prose: sentences of drawn words, dialogue, paragraphs of any length."""
    rng = random.Random(seed)
    names, verbs = (
        ["老张", "小梅", "村长", "那条黑狗"],
        ["看见了", "想起", "走进", "没有理会", "等着"],
    )
    things = ["河边的石桥", "昨天的雨", "一封旧信", "山上的灯火", "灶台上的热气", "远处的汽笛"]

    def sentence() -> str:
        clauses = [
            rng.choice(names) + rng.choice(verbs) + rng.choice(things)
            for _ in range(rng.randint(1, 4))
        ]
        return "，".join(clauses) + rng.choice("。。。！？")

    parts: list[str] = []
    size = 0
    while size < characters:
        chapter = f"第{len(parts) + 1}章 {rng.choice(things)}"
        body = [
            f"“{sentence()}”{rng.choice(names)}说。"
            if rng.random() < 0.3
            else "".join(sentence() for _ in range(rng.randint(1, 7)))
            for _ in range(40)
        ]
        parts.append("\n\n".join([chapter, *body]))
        size += len(parts[-1])
    return "\n\n\n".join(parts) + "\n"


@pytest.mark.parametrize("seed", range(4))
def test_novels_stay_as_they_are(seed: int) -> None:
    text = novel(seed, 12_000)
    assert repaired(text) == Repaired(text)


def test_a_book_of_a_megabyte_is_quick() -> None:
    text = novel(9, 350_000)
    assert len(text.encode()) > 1_000_000
    began = time.process_time()
    assert repaired(text).text == text
    rng = random.Random(1)
    cut = re.sub(
        "(?<=[见想走没等]).(?=[^”\n]{9}[^”\n。]*。\n)",
        lambda m: m[0] + "\n\n" * (rng.random() < 0.1),
        text,
    )
    assert reflow_text(cut).joins
    assert time.process_time() - began < 20


@cache
def seconds(paragraphs: int) -> float:
    rng = random.Random(2)
    text = "\n\n".join(
        "".join(rng.choice("天地人山水火木石来去上下大小") for _ in range(60)) + "，" + "甲" * 9
        for _ in range(paragraphs)
    )
    began = time.process_time()
    reflow_text(text, signal([text[:5000]]))
    return time.process_time() - began


def test_time_grows_with_length_not_with_its_square() -> None:
    """The worst case: no paragraph ends, so each looks for its rest near and far."""
    seconds(10)  # what is loaded once is loaded now
    assert seconds(4000) < 8 * max(0.3, seconds(1000))


PIECES = st.sampled_from(
    [
        "石门村在海拔1100米的山上，全村213户人家分散在山坳里。过去这里最有名的",
        "是石头多、坡地多、光棍多。",
        "务的关键一年，更是转型升级的一年。",
        "二〇二四年是实现规划目标任",
        "## 一只蜜蜂带富一个村",
        "一只蜜蜂带富一个村",
        "本报记者 吴建国",
        "一、坚持领导；",
        "“走吧。”",
        "，他说",
        "第4版",
        "2024年2月6日 星期二",
        "12",
        "石 门 村 在 海 拔 一 千 米 的 山 上 。",
        "The quick brown fox jumps over",
        "the lazy dog.",
        "| 甲 | 乙 |",
        "```",
        "— 3 —",
        "（王新庆 摄）",
        "甲",
    ]
)
GAPS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n\n\n", "\r\n", "\n\f", "\n　　", "  \n"])


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(PIECES, max_size=14))
    return "".join(piece + draw(GAPS) for piece in pieces)


@settings(max_examples=300, deadline=None)
@given(broken_texts())
def test_what_was_repaired_is_in_order(text: str) -> None:
    once = reflow_text(text)
    assert reflow_text(once.text) == Repaired(once.text)


@settings(max_examples=300, deadline=None)
@given(broken_texts())
def test_no_character_is_lost_or_made(text: str) -> None:
    found = reflow_text(text)
    after = found.text + "".join(f.text for f in found.removed)
    assert Counter("".join(after.split())) == Counter("".join(text.split()))
    kept = reflow_text(text, keep_furniture=True)
    assert kept.removed == ()
    assert Counter("".join(kept.text.split())) == Counter("".join(text.split()))


@settings(max_examples=60, deadline=None)
@given(broken_texts())
def test_with_the_language_signal_too(text: str) -> None:
    once = repaired(text)
    assert repaired(once.text) == Repaired(once.text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    once = reflow_text(text)
    assert reflow_text(once.text) == Repaired(once.text)


HALF = "11月的第一个星期一，周桂芳早早起床，拧开了水龙头。水清得能看见壶底，她"
REST = "特意拍了一张照片，发到了邻居群里，大家都说真好。"
OTHER = "老城区的供水管道大多铺设于上世纪80年代，有的图纸已经找不到了。"


def test_only_what_stands_around_a_repair_is_set_anew() -> None:
    text = f"老水管\n\n\n\n　{OTHER}  \n{HALF}\n{REST}\n\n\n\n{OTHER}\n"
    assert reflow_text(text).text == (f"老水管\n\n　{OTHER}  \n{HALF}{REST}\n\n{OTHER}\n")


def test_indented_lines_are_paragraphs() -> None:
    text = f"　　{HALF}\n　　{REST}\n　　{OTHER}\n"
    assert reflow_text(text).text == text


def test_a_wide_gap_before_a_heading_stays() -> None:
    text = f"{HALF}\n\n{REST}\n\n\n## 第二篇\n\n{OTHER}\n\n\n{OTHER}\n"
    assert reflow_text(text).text == (f"{HALF}{REST}\n\n\n## 第二篇\n\n{OTHER}\n\n{OTHER}\n")


def test_what_is_told_of_a_join() -> None:
    (join,) = reflow_text(f"{HALF}\n\n{REST}\n").joins
    assert join.before == HALF[-16:]
    assert join.after == REST[:16]
    assert "breaks off" in join.reason
    assert join.score == pytest.approx(0.97, abs=0.02)
