from __future__ import annotations

import random

import jiwer
import pytest
from evaluation import document, sample_paragraphs, shuffled, with_errors
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.evaluate import compare
from digitize.evaluate.cer import errors_in_order, script_of, total_confusions
from digitize.evaluate.figures import CharacterCounts, Script
from digitize.evaluate.profiles import LOOSE, PUNCT, STRICT
from digitize.evaluate.result import Confusion

LETTERS = "的一是不了人在有我他这中大来上个国到说们。，、“”Aab 19"


def changed(text: str, chance: random.Random) -> str:
    """``text`` with any number of random edits."""
    chars = list(text)
    for _ in range(chance.randrange(len(text))):
        place = chance.randrange(len(chars) + 1)
        match chance.randrange(3):
            case 0:
                chars.insert(place, chance.choice(LETTERS))
            case 1:
                chars[place : place + 1] = []
            case _:
                chars[place : place + 1] = [chance.choice(LETTERS)]
    return "".join(chars).strip()


@pytest.mark.parametrize("seed", range(200))
def test_as_jiwer_has_it(seed: int) -> None:
    chance = random.Random(seed)
    reference = "".join(chance.choices(LETTERS, k=chance.randint(1, 120))).strip() or "的"
    hypothesis = changed(reference, chance)
    found = compare(document([hypothesis]), document([reference]), STRICT).figures.characters
    assert found.rates["cer"] == pytest.approx(jiwer.cer(reference, hypothesis))


@settings(deadline=None)
@given(st.text("甲乙丙", max_size=40), st.text("甲乙丙", max_size=40))
def test_one_paragraph_on_either_side(reference: str, hypothesis: str) -> None:
    counts = compare(document([hypothesis]), document([reference])).figures.characters
    assert counts.errors == errors_in_order(reference, hypothesis)
    assert counts.order_free_errors <= max(len(reference), len(hypothesis))
    assert 0 <= counts.order_errors <= counts.errors


def test_long_texts_are_counted_exactly() -> None:
    chance = random.Random(1)
    text = "".join(chance.choices(LETTERS, k=9_000))
    other = with_errors(text, 500, chance)[300:]
    assert errors_in_order(text, other) == pytest.approx(jiwer.cer(text, other) * len(text))


def test_an_accent_in_two_code_points_is_one_error() -> None:
    found = compare(document(["cafe\u0301s"]), document(["cafx\u0301s"]), STRICT).figures
    assert (found.characters.errors, found.characters.reference) == (1, 5)


def test_moved_paragraphs_are_order_errors_only() -> None:
    reference = sample_paragraphs()
    found = compare(document(shuffled(reference)), document(reference))
    counts = found.figures.characters
    assert counts.order_free_errors == 0
    assert counts.errors == counts.order_errors > 0
    assert {d.kind for d in found.differences} == {"moved"}


def test_wrong_characters_are_no_order_errors() -> None:
    reference = sample_paragraphs()
    chance = random.Random(2)
    hypothesis = [with_errors(text, len(text) // 20, chance) for text in reference]
    counts = compare(document(hypothesis), document(reference)).figures.characters
    wrong = sum(len(text) // 20 for text in reference)
    assert counts == CharacterCounts(counts.reference, counts.reference, wrong, 0, wrong, 0)


def test_both_at_once_add_up() -> None:
    reference = sample_paragraphs()
    chance = random.Random(2)
    wrong = [with_errors(text, len(text) // 20, chance) for text in reference]
    hypothesis = [*wrong[6:], *wrong[:6]]
    counts = compare(document(hypothesis), document(reference)).figures.characters
    assert counts.order_free_errors == sum(len(text) // 20 for text in reference)
    assert counts.errors - counts.order_errors == counts.order_free_errors


def test_an_advertisement_and_a_missing_story_are_no_order_errors() -> None:
    reference = sample_paragraphs()
    extra = sample_paragraphs("vertical-clean")[5:8]
    hypothesis = [*reference[:3], *reference[6:], *extra]
    counts = compare(document(hypothesis), document(reference)).figures.characters
    assert counts.order_errors == 0
    assert counts.moved == 0


@pytest.mark.parametrize(
    ("char", "script"),
    [("锂", "han"), ("，", "punctuation"), ("$", "punctuation"), ("3", "digit"), ("①", "digit"),
     ("a", "latin"), ("é", "latin"), ("の", "other"), (" ", "other"), ("я", "other")],
)  # fmt: skip
def test_scripts(char: str, script: str) -> None:
    assert script_of(char) == script


def test_errors_by_script() -> None:
    reference = "锂电产业今年产值达到120亿元，同比增长36%，其中出口占CATL的一半。"
    hypothesis = "理电产业今年产值达到12亿元.同比增长36%，其中出口占CATI的一半。。"
    found = compare(document([hypothesis]), document([reference])).figures.scripts
    wrong = {
        script: (counts.substituted, counts.omitted, counts.inserted)
        for script, counts in found.items()
    }
    assert wrong == {
        Script.HAN: (1, 0, 0),
        Script.PUNCTUATION: (1, 0, 1),
        Script.DIGIT: (0, 1, 0),
        Script.LATIN: (1, 0, 0),
        Script.OTHER: (0, 0, 0),
    }
    assert found[Script.DIGIT].characters == 5
    assert found[Script.LATIN].rates["cer"] == 0.25


def test_confusions_are_counted_in_their_original_forms() -> None:
    reference = ["锂电产业，锂电池，锂矿", "新能源汽车（锂）"]
    hypothesis = ["理电产业，理电池，铝矿", "新能源汽车（锂)"]
    found = compare(document(hypothesis), document(reference), PUNCT).confusions
    assert found == (Confusion("锂", "理", 2), Confusion("锂", "铝", 1))
    strict = compare(document(hypothesis), document(reference), STRICT).confusions
    assert Confusion("）", ")", 1) in strict
    both = total_confusions([found, found[:1]])
    assert both == (Confusion("锂", "理", 4), Confusion("锂", "铝", 1))


def test_the_profile_decides_and_is_named() -> None:
    pair = document(["国语，说话"]), document(["國語、說話"])
    errors = {
        name: compare(*pair, profile).figures.characters.errors
        for name, profile in {"strict": STRICT, "loose": LOOSE}.items()
    }
    assert errors == {"strict": 5, "loose": 0}
    assert compare(*pair, LOOSE).profile == "loose"


@pytest.mark.parametrize(("hypothesis", "reference"), [([], ["甲乙"]), (["甲乙"], []), ([], [])])
def test_empty_texts(hypothesis: list[str], reference: list[str]) -> None:
    found = compare(document(hypothesis), document(reference))
    counts = found.figures.characters
    assert counts.errors == counts.order_free_errors == 2 * bool(hypothesis or reference)
    assert counts.rates["cer"] == (1.0 if reference else None)
    assert len(found.differences) == bool(hypothesis or reference)
