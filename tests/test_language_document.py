"""The document's own n-grams."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.language.document import ALPHABET, Document, fold

PAGE = [
    "聚焦聚力“锂电产业核心区”定位，全区上下砥砺奋进",
    "锂电产业集聚发展，产值增长两成",
    "到2023年，长宁路小学的学生增加到1200人",
]


def test_what_stands_together_elsewhere_goes_on() -> None:
    signal = Document(PAGE)
    assert signal.score("今年继续做大锂电", "产业，引进项目") > 2
    assert signal.score("今年继续做大锂电", "学生增加到") < 0
    assert signal.score("今年继续做大锂", "电产业，引进项目") > 2


def test_a_longer_match_counts_more() -> None:
    signal = Document(PAGE)
    assert signal.score("住在长宁路", "小学旁") > signal.score("住在高宁路", "小学旁") > 0


def test_a_cut_does_not_count_for_itself() -> None:
    cut = ["市民在滨河", "公园里散步"]
    assert Document([*PAGE, *cut]).score(*cut) <= 0
    assert Document([*PAGE, *cut, "滨河公园昨天开放"]).score(*cut) > 1


def test_a_document_without_text_knows_nothing() -> None:
    assert Document([]).score("今年继续做大锂电", "产业") == 0


def test_figures_widths_and_forms_do_not_matter() -> None:
    signal = Document(PAGE)
    assert signal.score("早在１９９８", "年就") == signal.score("早在2011", "年就") > 0
    assert signal.score("做大鋰電", "產業") == signal.score("做大 锂 电", "产业")


def test_two_characters_are_worth_what_their_counts_say() -> None:
    # After 甲 there was 乙 twice; 乙 is one of two kinds among four characters.
    signal = Document(["甲乙", "甲乙"])
    alone = (2 + 2 / ALPHABET) / (4 + 2)
    after = (2 + alone) / (2 + 1)
    assert signal.score("甲", "乙") == pytest.approx(log(after / alone))


@given(st.text())
def test_only_digits_are_folded(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(a == b or (a.isdigit() and b == "0") for a, b in zip(text, fold(text), strict=True))
