from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.journal import merged


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("", "abc", "abc"),
        ("abc", "", "abc"),
        ("abc", "abc", "abc"),
        ("abc", "cba", "cba"),
        ("abc", "axbyc", "axbyc"),
        ("abcd", "b", "abcd"),
        ("abcd", "db", "adcb"),
        ("abcd", "xb", "axbcd"),
        ("abcd", "bx", "abxcd"),
        ("ab", "xy", "abxy"),
    ],
)
def test_merged(before: str, now: str, expected: str) -> None:
    assert "".join(merged(before, now)) == expected


ORDERS = st.lists(st.integers(0, 12), unique=True)


@given(ORDERS, ORDERS)
def test_each_is_there_once_and_both_orders_hold(before: list[int], now: list[int]) -> None:
    order = merged(before, now)
    assert sorted(order) == sorted({*before, *now})
    assert [item for item in order if item in now] == now
    alone = [item for item in order if item not in now]
    assert alone == [item for item in before if item not in now]


@given(ORDERS, ORDERS)
def test_a_second_run_of_the_same_changes_nothing(before: list[int], now: list[int]) -> None:
    order = merged(before, now)
    assert merged(order, now) == order
