"""Words across a cut."""

from __future__ import annotations

from itertools import product
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.language.crossing import STARTS, WORD_CHARS
from digitize.language.dictionary import RUN, Dictionary
from digitize.language.lexicon import LONGEST, Lexicon, read


@pytest.fixture(scope="module")
def real() -> Dictionary:
    return Dictionary()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    file = tmp_path_factory.mktemp("few") / "dict.txt"
    file.write_text("任 3 v\n任务 6 n\n务 1 n\n目标 5 n\n目 2 n\n标任 1 x\n任务书目 2 n\n", "utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        ("交出了一份顺利完成目标任", "务的答卷", "民的生活"),
        ("坚持把改革开", "放作为", "发展"),
        ("本次会议审议通过了有关城市规", "划的决定", "记者"),
        ("这是全省第一条高速铁", "路，全长", "标的"),
        ("三處江堤先後潰決，民衆無家可", "歸者數萬", "的時候"),
        ("他们抢 抓 机 ", " 遇，加快", "的人"),
    ],
)
def test_a_word_that_crosses_beats_one_that_does_not(
    real: Dictionary, before: str, after: str, other: str
) -> None:
    assert real.score(before, after) > 2
    assert real.score(before, after) > real.score(before, other) + 3


def test_an_edge_that_looks_cut_speaks_against_what_does_not_complete_it(real: Dictionary) -> None:
    assert real.score("聚集发展锂电", "务的百分之八十") < -2
    assert real.score("顺利完成目标任", "记者从市热力公司获悉") < -1


def test_between_two_words_the_dictionary_has_no_opinion(real: Dictionary) -> None:
    assert abs(real.score("经济社会", "发展的基础")) < 0.5
    assert abs(real.score("经济社会", "孩子送到学校")) < 0.5


def test_traditional_characters_are_looked_up_as_simplified_ones(real: Dictionary) -> None:
    assert real.score("完成目標任", "務") == real.score("完成目标任", "务")


@given(before=st.text("任务目标书", max_size=6), after=st.text("任务目标书", max_size=6))
def test_the_score_is_what_counting_all_divisions_gives(
    few: Lexicon, before: str, after: str
) -> None:
    expected = _by_enumeration(few, before, after) if before and after else 0.0
    assert Dictionary(few).score(before, after) == pytest.approx(expected, abs=1e-9)


def _by_enumeration(words: Lexicon, before: str, after: str) -> float:
    def whole(text: str) -> float:
        total = 0.0
        for gaps in product((False, True), repeat=max(0, len(text) - 1)):
            share, start = 1.0, 0
            for end in [*(i + 1 for i, gap in enumerate(gaps) if gap), len(text)]:
                share *= words.word(text[start:end]) if text else 1.0
                start = end
            total += share
        return total

    def cut_words() -> float:
        total = 0.0
        for i in range(1, min(len(before), LONGEST - 1) + 1):
            for j in range(1, min(len(after), LONGEST - i) + 1):
                word = words.word(before[-i:] + after[:j])
                total += whole(before[:-i]) * word * whole(after[j:])
        return total

    assert len(before) <= RUN
    loose_before = whole(before) + sum(
        whole(before[:-i]) * words.beginning(before[-i:]) for i in range(1, min(3, len(before)) + 1)
    )
    loose_after = whole(after) + sum(
        whole(after[i:]) * words.ending(after[:i]) for i in range(1, min(3, len(after)) + 1)
    )
    together = whole(before) * whole(after) + cut_words()
    apart = (1 - STARTS) * loose_after / WORD_CHARS + STARTS * whole(after)
    return log(together / (loose_before * apart))
