"""Numbers, Latin words, and marks that come in pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.language.numerals import Numerals
from digitize.language.pairs import CLOSES, REACH, Pairs, first_closed, last_open

LONG = "这一段话里没有任何成对的标点" * 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("产值达到12", "34万元"),
        ("产值达到12", ".5亿元"),
        ("截至2023", "年底"),
        ("截至２０２３", "年底"),
        ("全长38", "公里"),
        ("引进BY", "D项目"),
        ("增長了15", "萬元"),
    ],
)
def test_a_cut_number_or_latin_word_goes_on(before: str, after: str) -> None:
    assert Numerals().score(before, after) >= 1


@pytest.mark.parametrize(
    ("before", "after"), [("产值达到12", "锂电产业"), ("住在长宁路", "12月1日起"), ("共有3", "“吃")]
)
def test_a_figure_beside_something_else_speaks_against_it(before: str, after: str) -> None:
    assert Numerals().score(before, after) < 0


@pytest.mark.parametrize(("before", "after"), [("我们", "的"), ("说，", "12月"), ("GDP", "增长")])
def test_without_a_cut_number_there_is_no_opinion(before: str, after: str) -> None:
    assert Numerals().score(before, after) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("被称为“高山上的甜", "蜜事业”，远近闻名"),
        ("出版了《枣庄", "年鉴》一书"),
        ("全县（含三个", "乡镇）共有"),
        ("全县(含三个", "乡镇）共有"),
        ("他説：「今年的", "收成好。」衆人"),
        ("他说：“我看《年", "鉴》，也看‘老’照片。”"),
    ],
)
def test_what_is_open_is_closed(before: str, after: str) -> None:
    assert Pairs().score(before, after) == CLOSES


def test_what_is_open_and_stays_open_speaks_against_it() -> None:
    assert Pairs().score("被称为“高山上的甜", "年鉴》一书") < 0
    assert Pairs().score("被称为“高山上的甜", LONG) < 0
    assert Pairs().score(LONG, "事业”，远近闻名") < 0


def test_what_is_not_seen_is_not_held_to_be_missing() -> None:
    assert Pairs().score("被称为“高山上的甜", LONG[: REACH - 1]) == 0
    assert Pairs().score(LONG[: REACH - 1], "事业”，远近闻名") == 0
    assert Pairs().score(LONG, LONG) == 0


def _in_marks(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.sampled_from(["“”", "《》", "（）", "()", "「」"])
    return st.tuples(pairs, st.lists(inside, max_size=3)).map(
        lambda made: made[0][0] + "".join(made[1]) + made[0][1]
    )


@given(st.recursive(st.text("字文，", max_size=3), _in_marks, max_leaves=8))
def test_a_text_that_closes_all_it_opens_leaves_nothing_open(text: str) -> None:
    assert last_open(text) == first_closed(text) == ""
    assert last_open(f"《{text}") == "《"
    assert first_closed(f"{text}》") == "《"


def test_the_inner_mark_is_the_one_to_close() -> None:
    assert last_open("“看《年") == "《"
    assert last_open("“看《年》") == "“"
    assert first_closed("（一）字》") == "《"
    assert first_closed("《字》") == ""
