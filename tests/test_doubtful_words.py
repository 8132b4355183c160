"""Doubtful characters, from the recogniser's probabilities to the words that settle them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digitize.errors import EngineError
from digitize.geometry import Box
from digitize.image import PageImage
from digitize.language import Cohesion
from digitize.model import Glyph, Line
from digitize.ocr import ctc, recognized
from digitize.ocr.dots import without_dots
from digitize.ocr.one_script import in_one_script
from digitize.ocr.words import settled

ALPHABET = ["", *"荣菜蔬产3"]
HERE = Box(0, 0, 20, 20).polygon()
Doubt = tuple[float, tuple[tuple[str, float], ...]]  # of a character, and what else it may be


@pytest.fixture(scope="module")
def words() -> Cohesion:
    return Cohesion()


def line(text: str, doubts: dict[int, Doubt]) -> Line:
    """``text`` as read, where ``doubts`` say how surely and what else a character may be."""
    sure: Doubt = (0.99, ())
    glyphs = tuple(Glyph(c, HERE, *doubts.get(i, sure)) for i, c in enumerate(text))
    return Line("l1", HERE, text, 0.9, 20.0, glyphs=glyphs)


def text_of(text: str, doubts: dict[int, Doubt], words: Cohesion) -> str:
    (made,) = settled([line(text, doubts)], words)
    assert "".join(glyph.text for glyph in made.glyphs) == made.text
    assert not any(glyph.others for glyph in made.glyphs)
    return made.text


def steps(*shares: Sequence[float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(shares, np.float32)


def test_a_doubtful_character_is_told_with_what_else_it_may_be() -> None:
    vegetables = steps(
        [0, 0, 0, 1, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [0.2, 0.5, 0.3, 0, 0, 0],
        [0.1, 0.6, 0.25, 0, 0.0005, 0.02],
    )
    sure, doubtful = ctc.decode(vegetables, ALPHABET)
    assert (sure.text, sure.others) == ("蔬", ())
    assert (doubtful.text, doubtful.others) == ("荣", (("菜", 0.3), ("3", 0.02)))


def test_equally_likely_ones_come_in_the_order_of_the_alphabet() -> None:
    (glyph,) = ctc.decode(steps([0, 0.4, 0.2, 0.2, 0.2, 0]), ALPHABET)
    assert [text for text, _ in glyph.others] == ["菜", "蔬", "产"]


@pytest.mark.parametrize(
    ("text", "at", "doubt", "expected"),
    [
        ("反季节蔬荣。", 4, (0.6, (("菜", 0.3),)), "反季节蔬菜。"),
        ("反季节蔬荣。", 4, (0.89, (("菜", 0.002),)), "反季节蔬荣。"),  # seen too surely
        ("我田农业", 1, (0.5, (("国", 0.4),)), "我国农业"),
        ("大名鼎墓的", 3, (0.4, (("基", 0.2), ("鼎", 0.05))), "大名鼎鼎的"),
        ("三百五十", 2, (0.5, (("7", 0.4), ("，", 0.45))), "三百五十"),  # digits and marks stay
        ("共300元", 1, (0.4, (("五", 0.39),)), "共300元"),
        (
            "記者李貴欣攝",
            4,
            (0.6, (("新", 0.3), ("斤", 0.1))),
            "記者李貴欣攝",
        ),  # a name
        ("工友與蔬榮", 4, (0.6, (("菜", 0.3),)), "工友與蔬菜"),
        ("她𠮷日", 1, (0.6, (("吉", 0.39),)), "她𠮷日"),
        ("二十年", 0, (0.4, (("三", 0.39),)), "二十年"),
        ("三一年", 1, (0.4, (("十", 0.39),)), "三一年"),
        ("干方百计", 0, (0.6, (("千", 0.39),)), "千方百计"),
    ],
)
def test_words_settle_what_is_doubtful(
    words: Cohesion, text: str, at: int, doubt: Doubt, expected: str
) -> None:
    assert text_of(text, {at: doubt}, words) == expected


def test_two_doubtful_ones_settle_each_other(words: Cohesion) -> None:
    doubts: dict[int, Doubt] = {
        1: (0.5, (("蔬", 0.3),)),
        2: (0.5, (("菜", 0.3),)),
    }
    assert text_of("种疏荣，", doubts, words) == "种蔬菜，"


def test_the_chosen_one_has_the_confidence_with_which_it_was_seen(words: Cohesion) -> None:
    (made,) = settled([line("蔬荣", {1: (0.6, (("菜", 0.3),))})], words)
    assert [glyph.confidence for glyph in made.glyphs] == [0.99, 0.3]


def test_what_has_no_doubt_is_not_touched(words: Cohesion) -> None:
    sure = line("蔬荣和疏莱", {})
    assert settled([sure], words)[0] is sure


def test_the_script_of_the_page_counts(words: Cohesion) -> None:
    """齡 and 龄 make the same words; on a page of other simplified characters it is 龄."""
    page = line("这个国家农业发展经过边远乡镇学习讨论设备质量问题", {})
    doubtful = line("年齡", {1: (0.6, (("龄", 0.3),))})
    assert settled([page, doubtful], words)[1].text == "年龄"
    assert settled([doubtful], words)[0].text == "年齡"


def test_one_in_doubt_takes_others_along_before_it_is_settled(words: Cohesion) -> None:
    page = line(
        "本埠電車公司自下月一日起改訂行車時刻，早班提前至五時半，以便各廠工友上工。" * 3, {}
    )
    hurt = line("伤者送往医院医治", {0: (0.5, (("傷", 0.4),))})
    made = settled(in_one_script([page, hurt]), words)
    assert made[1].text == "傷者送往醫院醫治"


def test_a_text_that_is_not_its_glyphs_stays(words: Cohesion) -> None:
    odd = replace(line("蔬荣", {1: (0.6, (("菜", 0.3),))}), text="蔬 荣")
    (made,) = settled([odd], words)
    assert (made.text, made.glyphs[1].text, made.glyphs[1].others) == ("蔬 荣", "荣", ())


@pytest.mark.parametrize("other", [("菜", 1.5), ("\ud800", 0.1), (7, 0.1)])
def test_an_engine_that_gives_wrong_others_is_told(other: tuple[str, float]) -> None:
    class Odd:
        name = "odd"

        def version(self) -> str:
            return "1"

        def languages(self) -> tuple[str, ...]:
            return ()

        def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
            return (line("蔬荣", {1: (0.6, (other,))}),)

    blank = PageImage(np.full((20, 40), 255, np.uint8))
    with pytest.raises(EngineError, match="the engine odd gave"):
        recognized(Odd(), blank, [line("", {})])


def test_words_gain_and_what_is_none_does_not(words: Cohesion) -> None:
    assert words.gain("蔬菜") > words.gain("我国") > 0
    assert words.gain("葡萄") > 5
    assert words.gain("蔬荣") == words.gain("菜") == words.gain("3月") == words.gain("") == 0
    assert words.gain("國家") == words.gain("国家") > 0
    assert words.begins("国")
    assert words.begins("大名鼎")
    assert not words.begins("蔬荣")
    assert not words.begins("3")


@pytest.mark.parametrize(
    ("text", "at", "doubt", "expected"),
    [
        ("龙头企业·市级", 4, (0.6, (("，", 0.3), ("。", 0.1))), "龙头企业，市级"),
        ("投资.全力", 2, (0.7, (("．", 0.2), ("。", 0.08))), "投资。全力"),
        ("组织建设.", 4, (0.7, (("，", 0.2),)), "组织建设，"),
        ("卡尔·马克思", 2, (0.97, ()), "卡尔·马克思"),
        ("卡尔·马克思", 2, (0.85, (("•", 0.1), ("，", 0.02))), "卡尔·马克思"),
        ("增长3.5倍", 3, (0.5, (("，", 0.4),)), "增长3.5倍"),
        ("共3.", 2, (0.5, (("。", 0.4),)), "共3."),
        ("·本报讯", 0, (0.5, (("。", 0.4),)), "·本报讯"),
        ("好·。", 1, (0.5, (("，", 0.4),)), "好·。"),
        ("好：坏", 1, (0.5, (("，", 0.4),)), "好：坏"),
    ],
)
def test_doubtful_dots_are_commas_and_stops(
    text: str, at: int, doubt: Doubt, expected: str
) -> None:
    (made,) = without_dots([line(text, {at: doubt})])
    assert "".join(glyph.text for glyph in made.glyphs) == made.text == expected
    assert (made.glyphs[at].confidence < doubt[0]) is (made.text != text)


def test_dots_of_a_text_that_is_not_its_glyphs_stay() -> None:
    odd = replace(line("好·坏", {1: (0.5, (("，", 0.4),))}), text="好 · 坏")
    assert without_dots([odd]) == (odd,)
