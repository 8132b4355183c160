from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typesetter.wording import han_number

from digitize.reflow.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24", 24),
        ("2024", 2024),
        ("O6", 6),  # misread noughts and ones
        ("l2", 12),
        ("2O24", 2024),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("二零二四", 2024),
        ("二O二四", 2024),
        ("一九四八", 1948),
        ("一千九百四十八", 1948),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("三十一", 31),
        ("一百一十三", 113),
        ("廿三", 23),
        ("卅", 30),
        ("卅一", 31),
        ("初六", 6),
        ("元", 1),
        ("三 十 七", 37),
        ("", None),
        ("年", None),
        ("初", None),
        ("十二月", None),
    ],
)
def test_what_a_number_is_worth(text: str, value: int | None) -> None:
    assert number(text) == value


@given(st.integers(1, 99))
def test_old_numbers_are_read_back(value: int) -> None:
    assert number(han_number(value)) == value


@given(st.integers(0, 9999))
def test_digits_are_read_back(value: int) -> None:
    assert number(str(value)) == value
    assert number("".join("〇一二三四五六七八九"[int(d)] for d in str(value))) == value
