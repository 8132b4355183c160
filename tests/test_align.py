"""The order-free alignment: what it must never do, on random and on real text."""

from __future__ import annotations

import random

import pytest
from evaluation import WRONG, in_lines, sample_paragraphs, shuffled, with_errors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from digitize.evaluate.align import Alignment, align

FEW = st.lists(st.text(alphabet="甲乙丙丁", max_size=12), max_size=6)
VARIED = st.lists(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x5200),
                          max_size=60), max_size=8)  # fmt: skip
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pieces(alignment: Alignment, reference: list[str], hypothesis: list[str]) -> int:
    """The errors that the blocks have by their own text; every character is in one place."""
    for texts, stretches in (
        (reference, [b.reference for b in alignment.blocks] + list(alignment.omitted)),
        (hypothesis, [b.hypothesis for b in alignment.blocks] + list(alignment.inserted)),
    ):
        covered = sorted((s.paragraph, i) for s in stretches for i in range(s.start, s.end))
        assert covered == [(p, i) for p, text in enumerate(texts) for i in range(len(text))]
    total = 0
    for block in alignment.blocks:
        ours, theirs = block.reference, block.hypothesis
        text = reference[ours.paragraph][ours.start : ours.end]
        there = hypothesis[theirs.paragraph][theirs.start : theirs.end]
        assert text
        assert there
        assert block.errors == Levenshtein.distance(text, there)
        total += block.errors
    return total


@pytest.mark.parametrize("texts", [FEW, VARIED], ids=["few", "varied"])
def test_shuffling_changes_nothing(texts: st.SearchStrategy[list[str]]) -> None:
    @RELAXED
    @given(texts, texts, st.randoms(use_true_random=False))
    def check(reference: list[str], hypothesis: list[str], chance: random.Random) -> None:
        errors = align(reference, hypothesis).errors
        for _ in range(2):
            chance.shuffle(reference)
            chance.shuffle(hypothesis)
            assert align(reference, hypothesis).errors == errors

    check()


@RELAXED
@given(FEW, st.data())
def test_deleting_characters_costs_exactly_these(reference: list[str], data: st.DataObject) -> None:
    places = [(p, i) for p, text in enumerate(reference) for i in range(len(text))]
    gone = data.draw(st.sets(st.sampled_from(places)) if places else st.just(set()))
    left = [
        "".join(c for i, c in enumerate(text) if (p, i) not in gone)
        for p, text in enumerate(reference)
    ]
    chance = data.draw(st.randoms(use_true_random=False))
    chance.shuffle(left)
    assert align(reference, left).errors == len(gone)


@RELAXED
@given(st.one_of(FEW, VARIED), st.one_of(FEW, VARIED))
def test_every_character_is_in_one_place(reference: list[str], hypothesis: list[str]) -> None:
    found = align(reference, hypothesis)
    ours, theirs = sum(map(len, reference)), sum(map(len, hypothesis))
    assert pieces(found, reference, hypothesis) <= found.errors
    assert abs(ours - theirs) <= found.errors <= max(ours, theirs)


@RELAXED
@given(st.one_of(FEW, VARIED))
def test_a_text_is_like_itself(texts: list[str]) -> None:
    found = align(texts, texts)
    assert found.errors == 0
    assert found.omitted == found.inserted == ()


@pytest.mark.parametrize("sample", ["zaozhuang-2col-clean", "front-clean", "vertical-clean"])
@pytest.mark.parametrize("count", [0, 1, 30, 300])
def test_deleted_from_real_text(sample: str, count: int) -> None:
    reference = sample_paragraphs(sample)
    chance = random.Random(count)
    places = [(p, i) for p, text in enumerate(reference) for i in range(len(text))]
    gone = set(chance.sample(places, count))
    left = [
        "".join(c for i, c in enumerate(text) if (p, i) not in gone)
        for p, text in enumerate(reference)
    ]
    assert align(reference, shuffled(left)).errors == count


@pytest.mark.parametrize("seed", range(4))
def test_wrong_and_deleted_characters_add_up(seed: int) -> None:
    chance = random.Random(seed)
    reference = sample_paragraphs()
    hypothesis = [with_errors(text, len(text) // 25, chance) for text in reference]
    wrong = sum(len(text) // 25 for text in reference)
    assert align(reference, shuffled(hypothesis, seed)).errors == wrong
    places = [(p, i) for p, t in enumerate(hypothesis) for i, c in enumerate(t) if c not in WRONG]
    gone = set(chance.sample(places, 40))
    left = [
        "".join(c for i, c in enumerate(t) if (p, i) not in gone) for p, t in enumerate(hypothesis)
    ]
    assert align(reference, shuffled(left, seed)).errors == wrong + 40


@pytest.mark.parametrize("sample", ["zaozhuang-2col-clean", "front-clean", "vertical-clean"])
@pytest.mark.parametrize("length", [12, 20, 40])
def test_moved_text_has_no_wrong_characters(sample: str, length: int) -> None:
    reference = sample_paragraphs(sample)
    lines = in_lines(reference, length)
    for hypothesis in (shuffled(reference), shuffled(lines), ["".join(reference)]):
        assert align(reference, hypothesis).errors == 0
    # Run together, nothing but the text tells where a line begins: where two lines go on with
    # the same character, a piece of one or two characters may find no place.
    for hypothesis in (["".join(shuffled(lines))], [a + b for a, b in _across(lines)]):
        found = align(reference, hypothesis)
        assert found.errors <= (2 if length > 12 else 8)
        assert pieces(found, reference, hypothesis) <= found.errors


def _across(lines: list[str]) -> list[tuple[str, str]]:
    half = (len(lines) + 1) // 2
    return list(zip(lines[:half], [*lines[half:], ""], strict=False))


@pytest.mark.parametrize("rate", [20, 10])
@pytest.mark.parametrize("cut", [False, True], ids=["paragraphs", "lines"])
def test_noise_costs_hardly_more_than_in_order(rate: int, cut: bool) -> None:
    """Wrong, missing and added characters, and lines set against paragraphs."""
    chance = random.Random(rate)
    reference = sample_paragraphs("front-clean")
    noisy = ["".join(_noise(char, rate, chance) for char in text) for text in reference]
    in_order = Levenshtein.distance("".join(reference), "".join(noisy))
    found = align(reference, shuffled(in_lines(noisy) if cut else noisy))
    assert found.errors <= (1.1 if cut else 1.01) * in_order


def _noise(char: str, rate: int, chance: random.Random) -> str:
    if chance.randrange(rate):
        return char
    return chance.choice([chance.choice(WRONG), "", char + chance.choice(WRONG)])


def test_a_phrase_that_was_misread_in_its_place_is_not_taken_from_elsewhere() -> None:
    reference = ["今年上半年全市新能源汽车销量同比增长两成", "他说两成以上的企业去年没有盈利的"]
    hypothesis = ["今年上半年金市新能源汽车销量同北增长两成", "他说两戊以上的企业去年没有盈利的"]
    found = align(reference, hypothesis)
    assert [b.hypothesis.paragraph for b in found.blocks] == [0, 1]
    assert found.errors == 3


def test_text_that_is_there_twice_is_too_much_once() -> None:
    reference = sample_paragraphs()
    chance = random.Random(3)
    again = [with_errors(text, len(text) // 30, chance) for text in reference]
    size = sum(map(len, reference))
    found = align(reference, shuffled([*reference, *again]))
    assert found.errors == size
    assert not found.omitted


def test_what_is_on_one_side_only() -> None:
    assert align([], []) == Alignment((), (), (), 0)
    found = align(["甲乙丙"], [])
    assert (found.errors, [tuple(s) for s in found.omitted]) == (3, [(0, 0, 3)])
    found = align(["", ""], ["甲乙丙", ""])
    assert (found.errors, [tuple(s) for s in found.inserted]) == (3, [(0, 0, 3)])


def test_unrelated_text_is_not_moved() -> None:
    chance = random.Random(5)
    pool = "".join(sample_paragraphs())
    hypothesis = ["".join(chance.sample(pool, 90)) for _ in range(10)]
    found = align(sample_paragraphs("vertical-clean"), hypothesis)
    assert sum(b.reference.length for b in found.blocks) <= 40
