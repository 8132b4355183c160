"""How well the signals choose in the sample texts, and the program that measures it."""

from __future__ import annotations

import random
import sys
from dataclasses import astuple
from pathlib import Path

import language_table
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_cuts import KINDS, OTHERS, CutPage, Prose, draw, kind_of, misread, possible, read
from language_table import Quality, measure, pages, quality, rows

TEXTS = Path(__file__).resolve().parent.parent / "samples" / "texts"
ROUNDS = 3

# Of 4: right choices among other middles and among starts of paragraphs, of all cuts; a few per
# cent below what was measured, as a changed word list or a new sample text may shift it.
FLOORS = {
    "dictionary": (0.54, 0.42),
    "document": (0.35, 0.35),
    "grammar": (0.43, 0.53),
    "numerals, pairs": (0.28, 0.28),
    "all but the word model": (0.65, 0.66),
    "word model": (0.64, 0.62),
    "all": (0.70, 0.71),
}


@pytest.fixture(scope="module")
def clean() -> list[CutPage]:
    return pages([TEXTS], ROUNDS, 0.0, 100)


@pytest.mark.parametrize("name", FLOORS)
def test_each_signal_chooses_better_than_chance(clean: list[CutPage], name: str) -> None:
    found = quality(measure(clean, rows()[name]).values)
    assert found.cuts >= 200
    middles, starts = FLOORS[name]
    assert found.middles4 >= middles
    assert found.starts4 >= starts


def test_words_are_nearly_always_put_together_again(clean: list[CutPage]) -> None:
    found = quality(measure(clean, rows()["all"]).of("inside"))
    assert min(found.middles4, found.starts4) > 0.93
    assert found.auc > 0.97


def test_together_they_choose_better_than_each_alone(clean: list[CutPage]) -> None:
    made = {name: quality(measure(clean, make).values) for name, make in rows().items()}
    best = made.pop("all")
    assert all(best.auc > other.auc for other in made.values())


def test_misread_characters_cost_little() -> None:
    worn = pages([TEXTS], ROUNDS, 0.03, 100)
    found = quality(measure(worn, rows()["all"]).values)
    assert found.middles4 > 0.66
    assert found.starts4 > 0.64


def test_cuts_are_the_same_twice_and_fit_their_page(clean: list[CutPage]) -> None:
    assert pages([TEXTS], ROUNDS, 0.0, 100) == clean
    for page in clean:
        for cut in page.cuts:
            assert cut.kind in KINDS
            assert {cut.before, cut.after, *cut.middles, *cut.starts} <= set(page.texts)
            assert cut.after not in cut.middles
            assert len(cut.middles) == len(cut.starts) == OTHERS


def test_marked_words_tell_what_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "tagged.txt"
    file.write_text("我们/r 完成/v 任务/n ，/w [全市/n 人民/n]nt 高兴/a\n", "utf-8")
    ((_, (prose, *rest)),) = read([file])
    assert not rest
    assert prose.text.startswith("我们完成任务，全市人民")
    assert [kind_of(prose, i) for i in (1, 2, 5, 6, 7)] == [
        "inside", "between", "inside", "between", "mark",
    ]  # fmt: skip


def test_without_marked_words_the_list_tells() -> None:
    prose = Prose("我们顺利完成全年目标任务，取得了1234万元的收入，并且得到了全市人民的好评和支持")
    kinds = {i: kind_of(prose, i) for i in (3, 11, 10, 13, 17)}
    assert kinds == {3: "inside", 11: "inside", 10: "between", 13: "mark", 17: "inside"}


def test_print_breaks_no_line_before_a_comma_or_after_a_bracket() -> None:
    text = "全市人民都很高兴的是，这（一项）工程终于在今年的年底。前全部完成了，大家都说好得很"
    places = possible(text)
    assert places
    assert all(text[i] not in "，）。" and text[i - 1] not in "（。" for i in places)


@given(st.text(min_size=1, max_size=40), st.floats(0, 1))
def test_misread_text_is_as_long_and_keeps_what_is_no_ideograph(text: str, share: float) -> None:
    found = misread(text, share, "甲", random.Random(1))
    assert len(found) == len(text)
    assert all(b in (a, "甲") for a, b in zip(text, found, strict=True))
    assert misread(text, 0.0, "甲", random.Random(1)) == text


def test_a_page_that_is_too_short_has_no_cuts() -> None:
    assert draw("short", [Prose("全市人民都很高兴")] * 5, seed=1) == CutPage("short", (), ())


def test_quality_counts_ties_in_part() -> None:
    values = np.array([[1.0, 1.0, 0.0, 0.0, 2.0, 2.0, 2.0], [0.0] * 7])
    found = quality(values)
    # Among middles 2 wins and 4 ties of 6, best of four half once and a quarter once; among starts
    # 3 losses and 3 ties, a quarter once.
    assert astuple(found)[:-1] == pytest.approx((2, 4 / 6, 0.375, 0.25, 0.125))
    assert quality(np.array([[1.0, *[0.0] * 6]])) == Quality(1, 1.0, 1.0, 1.0, 1.0, 1.0)


def test_the_program_prints_a_table_and_weights(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["language_table.py", str(TEXTS), "--limit", "3"])
    language_table.main()
    printed = capsys.readouterr().out
    assert all(f"| {name} |" in printed for name in rows())
    monkeypatch.setattr(sys, "argv", ["language_table.py", str(TEXTS), "--limit", "3", "--fit"])
    language_table.main()
    assert capsys.readouterr().out.count("dictionary ") == 2


@pytest.mark.parametrize("name", ["all", "all but the word model"])
def test_the_score_is_what_it_says_log_odds(clean: list[CutPage], name: str) -> None:
    values = measure(clean, rows()[name]).values
    right, wrong = values[:, 0], values[:, 1:].ravel()
    for low, high in ((-3, -1), (-1, 1), (1, 3), (3, 6.01)):
        shares = [((low <= side) & (side < high)).mean() for side in (right, wrong)]
        assert low - 0.5 < np.log(shares[0] / shares[1]) < high + 0.5
