from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.reflow.plain.blocks import parse, usual_gap

WHITE = " \t　\n\r\f\v\x85\u2028\u2029"
texts = st.text(alphabet=st.sampled_from("一二，。aB1#" + WHITE), max_size=80)


@given(texts)
def test_nothing_is_lost(text: str) -> None:
    assert str(parse(text)) == text


@given(texts)
def test_blocks_hold_no_white_space_at_their_ends(text: str) -> None:
    for block in parse(text).blocks:
        assert block.text == block.text.strip() != ""
        assert not (block.gap + block.lead + block.trail).strip()


def test_a_byte_order_mark_is_no_text() -> None:
    assert parse("\ufeff甲\n").blocks[0].text == "甲"
    assert str(parse("\ufeff甲\n")) == "甲\n"


def test_gaps() -> None:
    first, second, third, fourth = parse("甲\n　　乙  \r\n\r\n丙\n\f丁\n").blocks
    assert (first.gap, first.line_ends) == ("", 0)
    assert (second.lead, second.trail, second.line_ends) == ("　　", "  ", 1)
    assert third.line_ends == 2
    assert not third.apart
    assert fourth.new_page
    assert fourth.apart


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("", "\n\n"),
        ("甲", "\n\n"),
        ("甲\n乙\n丙\n\n丁", "\n"),
        ("甲\n\n乙\n\n丙\n丁", "\n\n"),
        ("甲\n\n\n\n乙\n\n\n\n丙", "\n\n"),
        ("甲\r\n\r\n乙", "\r\n\r\n"),
    ],
)
def test_usual_gap(text: str, gap: str) -> None:
    parsed = parse(text)
    assert usual_gap(parsed.blocks, parsed.line_end) == gap
