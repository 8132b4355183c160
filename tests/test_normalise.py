from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import OptionError
from digitize.evaluate.graphemes import as_code_point, clusters
from digitize.evaluate.normalise import normalise
from digitize.evaluate.profiles import LOOSE, PROFILES, PUNCT, STRICT, VARIANTS, profile
from digitize.script.variants import VARIANTS as TABLE
from digitize.script.variants import usual_form

PROFILE_LIST = list(PROFILES.values())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("中文", 2),
        ("e\u0301", 1),  # é in two code points
        ("葛\U000e0100城", 2),  # with a variation selector
        ("👨\u200d👩\u200d👧", 1),  # joined emoji
        ("\r\n", 1),
        ("", 0),
        ("각", 1),  # Hangul in three jamo
    ],
)
def test_grapheme_clusters(text: str, count: int) -> None:
    found = clusters(text)
    assert len(found) == count
    assert "".join(found) == text


@given(st.text())
def test_clusters_lose_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_a_cluster_is_lent_the_same_code_point_every_time() -> None:
    lent = as_code_point("x\u0301\u0302")
    assert len(lent) == 1
    assert as_code_point("x\u0301\u0302") == lent
    assert as_code_point("y\u0301\u0302") != lent
    assert as_code_point("中") == "中"


def test_private_characters_of_a_text_are_not_taken_for_lent_ones() -> None:
    lent = as_code_point("z\u0301\u0302")
    assert as_code_point(lent) != lent  # the text's own, lent another
    assert "\ufffe" not in normalise("\ufffe甲\uffff", STRICT).text


@pytest.mark.parametrize("name", PROFILES)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_character_leads_back_to_the_original(name: str, text: str) -> None:
    form = normalise(text, PROFILES[name])
    assert form.original == text
    assert len(form.text) == len(form.starts) == len(form.ends)
    for i in range(len(form.text)):
        start, end = form.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        again = normalise(text[start:end], PROFILES[name]).text
        # A mark that combines with a space is another cluster once the space is gone.
        assert form.text[i] in again or text[start:end] != text[start:end].strip()


@pytest.mark.parametrize("name", PROFILES)
@given(st.text(alphabet="中文a1，“” é─…①Ａ國", max_size=30))
def test_normalising_twice_changes_nothing(name: str, text: str) -> None:
    once = normalise(text, PROFILES[name]).text
    assert normalise(once, PROFILES[name]).text == once


@pytest.mark.parametrize(
    ("a", "b", "same_under"),
    [
        ("é", "e\u0301", "strict punct variants loose"),
        ("中 文", "中文", "punct variants loose"),
        ("“中”", "「中」", "punct variants loose"),
        ("中——文", "中──文", "punct variants loose"),
        ("１２，", "12,", "punct variants loose"),
        ("……", "......", "punct variants loose"),
        ("國語說話", "国语说话", "variants loose"),
        ("爲羣峯", "为群峰", "variants loose"),
        ("淸", "清", "variants loose"),  # not in OpenCC's table
        ("葛\U000e0100", "葛", "variants loose"),
        ("中，文。", "中文", "loose"),
        ("Covid", "COVID", "loose"),
        ("中", "串", ""),
        ("。", "，", "loose"),
        ("锂", "理", ""),
    ],
)
def test_what_is_the_same_under_which_profile(a: str, b: str, same_under: str) -> None:
    same = [p.name for p in PROFILE_LIST if normalise(a, p).text == normalise(b, p).text]
    assert same == same_under.split()


def test_strict_keeps_spaces_within_and_none_at_the_ends() -> None:
    assert normalise("  a  b \n", STRICT).text == "a  b"
    form = normalise(" 中 文", PUNCT)
    assert (form.text, form.span(0, 2)) == ("中文", (1, 4))


def test_a_span_of_nothing() -> None:
    form = normalise("中 文", PUNCT)
    assert form.span(1, 1) == (2, 2)
    assert form.span(2, 2) == (3, 3)
    assert normalise("", PUNCT).span(0, 0) == (0, 0)


def test_text_left_out_of_the_comparison() -> None:
    form = normalise("甲乙丙丁", PUNCT).without([(1, 3)])
    assert (form.text, form.original) == ("甲丁", "甲乙丙丁")
    assert form.span(1, 2) == (3, 4)


def test_the_variant_table_says_something_that_opencc_does_not() -> None:
    for variant, usual in TABLE.items():
        assert len(variant) == len(usual) == 1
        assert variant != usual
        assert usual_form(variant) == usual_form(usual)
    assert usual_form("中") == "中"
    assert unicodedata.normalize("NFC", "淸") != "清"


def test_profiles_are_found_by_name() -> None:
    assert profile("loose") is LOOSE
    assert profile("variants") is VARIANTS
    with pytest.raises(OptionError, match="strict, punct, variants, loose"):
        profile("sloppy")
