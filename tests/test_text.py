from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize import text

han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)
latin = st.text("abcxyzABC", min_size=1, max_size=8)


@pytest.mark.parametrize("char", "水𠀀㐀豈")
def test_han(char: str) -> None:
    assert text.is_han(char)
    assert text.is_cjk(char)


@pytest.mark.parametrize("char", "，。「」Ａ１カぁ　“”…—·︽")
def test_cjk_but_not_han(char: str) -> None:
    assert text.is_cjk(char)
    assert not text.is_han(char)


@pytest.mark.parametrize("char", "aZ0 .,-(\"'é한")
def test_not_cjk(char: str) -> None:
    assert not text.is_cjk(char)
    assert not text.is_han(char)


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("水渠", "完工", ""),
        ("水渠", "GDP", ""),
        ("GDP", "增长", ""),
        ("the", "canal", " "),
        ("the ", "canal", ""),
        ("the", " canal", ""),
        ("", "canal", ""),
        ("canal", "", ""),
        ("20", "24", ""),
        ("12", ".5", ""),
        ("12.", "5", ""),
        ("12", "%", ""),
        ("1,", "000", ""),
        ("in", "2024", " "),
        ("2024", "was", " "),
        ("end.", "Then", " "),
        ("，", "the", ""),
    ],
)
def test_joiner(before: str, after: str, between: str) -> None:
    assert text.joiner(before, after) == between


@given(han, han)
def test_chinese_is_joined_without_a_space(a: str, b: str) -> None:
    assert text.join([a, b]) == a + b


@given(st.lists(latin, min_size=1))
def test_latin_words_are_joined_with_a_space(words: list[str]) -> None:
    assert text.join(words) == " ".join(words)


@given(st.lists(st.text(max_size=9)))
def test_join_loses_nothing_but_spaces(pieces: list[str]) -> None:
    assert "".join(text.join(pieces).split()) == "".join("".join(pieces).split())


def test_join_strips_and_passes_over_what_is_empty() -> None:
    assert text.join([" 水 ", "", "  ", "渠"]) == "水渠"
    assert text.join([]) == ""


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("水 渠 完 工", "水渠完工"),
        ("水渠 GDP 增长", "水渠GDP增长"),
        ("the new canal", "the new canal"),
        ("水渠　完工", "水渠　完工"),  # a full-width space parts two things
        ("a \t b", "a b"),
        (" 水", " 水"),
        ("水 ", "水 "),
        ("12 % 水", "12 %水"),
    ],
)
def test_spaces_beside_chinese_go(given_: str, kept: str) -> None:
    assert text.without_cjk_spaces(given_) == kept


@given(st.text("水渠，ab \t", max_size=20))
def test_spaces_go_only_once(raw: str) -> None:
    once = text.without_cjk_spaces(raw)
    assert text.without_cjk_spaces(once) == once
    assert "".join(once.split()) == "".join(raw.split())


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("完工了。", True),
        ("“完工了。”", True),
        ("（完工了！）", True),
        ("他说：「完工了？」』", True),
        ("完工了。 ", True),
        ("完工了……", True),
        ("It is done!", True),
        ("完工了", False),
        ("完工了，", False),
        ("“完工了”", False),
        ("", False),
        ("”）", False),
    ],
)
def test_sentence_ends(line: str, ends: bool) -> None:
    assert text.ends_sentence(line) is ends


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("完工了，", True),
        ("水渠、", True),
        ("他说：“", True),
        ("（见", True),
        ("读《水", True),
        ("(见", True),
        ("(见图）", False),
        ("（见图）", False),
        ("他说“水", False),  # a quotation may span paragraphs
        ("完工了。", False),
        ("完工了", False),
        ("", False),
    ],
)
def test_goes_on(line: str, on: bool) -> None:
    assert text.goes_on(line) is on


def test_plain() -> None:
    assert text.plain(" Ａ１ 水\u3000渠\n，") == "A1水渠,"


@pytest.mark.parametrize(
    "words", ["攜帶望遠鏡、攝影機及分光", "臺長對記者稱：「日蝕為研", "据本报记者了解"]
)
def test_a_sentence_that_mentions_a_reporter_is_no_byline(words: str) -> None:
    assert not text.is_byline(words)
