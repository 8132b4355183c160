"""Lines that were wrapped are put together; lines that are paragraphs, verse or tables are not."""

from __future__ import annotations

import pytest
from plain_cuts import sample_docs, text_of, unmarked, wrapped

from digitize.reflow.plain.repair import reflow_text

PROSE = [
    "石门村在海拔1100米的山上，全村213户人家分散在11个山坳里。过去这里最有名的是“三多”：石头多、坡地多。",
    "“你听，满山都是嗡嗡声。”52岁的村民罗立新揭开蜂箱的木盖，提起一块巢脾，蜜蜂爬满了蜂房。他养了120箱蜂。",
    "八年前，罗立新还在外地的工地上扎钢筋。听说村里来了一位教授，要教大家养蜂，便抱着试试看的心态领了5箱。",
]


@pytest.mark.parametrize("measure", range(10, 41, 3))
def test_wrapped_paragraphs_between_blank_lines(measure: int) -> None:
    assert reflow_text(text_of(wrapped(PROSE, measure))).text == text_of(PROSE)


@pytest.mark.parametrize("measure", [12, 17, 25, 38])
def test_wrapped_paragraphs_with_indents(measure: int) -> None:
    lines = wrapped([f"　　{p}" for p in PROSE], measure)
    assert reflow_text("\n".join(lines) + "\n").text == "".join(f"　　{p}\n" for p in PROSE)


def test_wrapped_by_columns_with_latin_words() -> None:
    text = (
        "操作系统由多种基础程序构成。它们使计算机可以\n"
        "与用户进行交流并接受指令，读取数据或将其写入\n"
        "硬盘、磁带或打印机，在 Linux 中 Linux kernel \n"
        "就是内核组件，其余部分由 GNU 工程编写，因此我\n"
        "们更倾向使用 GNU/Linux 一词来表达它。\n"
    )
    found = reflow_text(text).text
    assert found.count("\n") == 1
    assert "可以与用户" in found
    assert "Linux kernel 就是" in found or "Linux kernel就是" in found


def test_wrapped_english() -> None:
    text = (
        "The quick brown fox jumps over the lazy dog and\n"
        "runs away from the hounds that were sleeping in\n"
        "the yard of the old inn, where nobody had heard\n"
        "of them for years and years.\n"
    )
    assert reflow_text(text).text == text.replace("\n", " ").rstrip() + "\n"


def test_a_word_broken_at_its_mark_gets_no_space() -> None:
    text = (
        "关于移植的更多信息可以在网上找到，请看 https://\n"
        "www.example.org/ports 这一页，里面列出了所有支\n"
        "持的机器，也写明了各个版本发布的时间和现在的状\n"
        "态以及维护者的姓名和联系方式，请自行查阅。\n"
    )
    assert "https://www.example.org" in reflow_text(text).text


def test_headings_stay_apart_in_wrapped_text() -> None:
    text = (
        "\n".join(["山里的蜂", wrapped(PROSE[:1], 16)[0], "蜂与人", *wrapped(PROSE[1:], 16)]) + "\n"
    )
    assert reflow_text(text).text.split("\n")[:3] == ["山里的蜂", PROSE[0], "蜂与人"]


def test_a_marked_heading_of_two_lines_is_one() -> None:
    text = text_of(["## 枣庄高新区：谱写高质量发展\n新篇章", *wrapped(PROSE, 16)])
    assert reflow_text(text).text.startswith("## 枣庄高新区：谱写高质量发展新篇章\n\n石门村")


VERSE = {
    "five": "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n",
    "ten": (
        "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n"
        "白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n"
    ),
    "seven": "两个黄鹂鸣翠柳，\n一行白鹭上青天。\n窗含西岭千秋雪，\n门泊东吴万里船。\n",
    "fourteen": ("朝辞白帝彩云间，千里江陵一日还，\n两岸猿声啼不住，轻舟已过万重山，\n" * 3),
    "free": (
        "那音韵如轻柔的夜风，\n惊溅起不可言传的天籁。\n是清冽的夜，\n在半梦半醒之间。\n远处有灯\n"
    ),
    "bare": (
        "我们有亲爱的小妹妹在田野里奔跑\n她的笑声像铃铛一样响在山冈上边\n"
        "风把它带到很远很远的江水的那岸\n"
    ),
}


@pytest.mark.parametrize("name", VERSE)
def test_verse_is_no_wrapped_prose(name: str) -> None:
    assert reflow_text(VERSE[name]).text == VERSE[name]


@pytest.mark.parametrize(
    "text",
    [
        "张三丰\t男\t52岁\n李四光\t男\t47岁\n王小二\t女\t31岁\n赵大海\t男\t29岁\n",
        "| 年份 | 产量 |\n|---|---|\n| 2023 | 35 |\n| 2024 | 41 |\n",
        "```\nfor line in open(name):\n    print(line)\n    total += 1\n```\n",
        "- 大力实施精致高新建设\n- 宏图河片区建设初具规模\n"
        "- 棚改项目加速推进见成效\n- 商住楼宇塑成新的高地\n",
    ],
)
def test_tables_code_and_lists_stay(text: str) -> None:
    assert reflow_text(text).text == text


def test_samples_wrapped_at_all_measures() -> None:
    """Every paragraph of the samples, wrapped and between blank lines, comes back."""
    paragraphs = broken = 0
    for n, doc in enumerate(map(unmarked, sample_docs())):
        found = reflow_text(text_of(wrapped(doc, 17 + n % 24))).text.split("\n")
        paragraphs += len(doc)
        broken += sum(p not in found for p in doc)
    assert paragraphs > 300
    assert broken <= 0.03 * paragraphs
