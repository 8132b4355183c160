"""Punctuation in one width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.script.punctuation import full_width, half_width

FULL = {
    "今天,三月.": "今天，三月。",
    "是吗?不!": "是吗？不！",
    "记者(张三)报道": "记者（张三）报道",
    "增长3.5%,达1,000万": "增长3.5%，达1,000万",
    "12:30开会": "12:30开会",
    "GDP,是": "GDP，是",
    "he said, ok.": "he said, ok.",
    '他说:"好."': "他说：“好。”",
    '"好"和"坏"': "“好”和“坏”",
    "等等...": "等等……",
    "水--火": "水——火",
    "A. B": "A. B",
    "（一）、“二”。": "（一）、“二”。",
    "": "",
}
HALF = {
    "今天，三月。": "今天,三月.",
    "“好”——他说……": '"好"--他说...',
    "《人民日报》（海外版）、": "《人民日报》(海外版),",
    "５０％": "５０%",
    "abc": "abc",
}


@pytest.mark.parametrize("text", FULL)
def test_full_width(text: str) -> None:
    assert full_width(text) == FULL[text]


@pytest.mark.parametrize("text", HALF)
def test_half_width(text: str) -> None:
    assert half_width(text) == HALF[text]


@given(st.text("今天,.?!:;()\"'，。（）“”…—-3a "))
def test_both_say_the_same_a_second_time(text: str) -> None:
    assert full_width(full_width(text)) == full_width(text)
    assert half_width(half_width(text)) == half_width(text)


@given(st.text("今天,.?!:;()3a，。"))
def test_letters_digits_and_characters_stay(text: str) -> None:
    kept = [c for c in text if c in "今天3a"]
    for form in (full_width, half_width):
        assert [c for c in form(text) if c in "今天3a"] == kept
