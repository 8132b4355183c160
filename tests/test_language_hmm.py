"""Characters as parts of words and parts of speech."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import numpy as np
import pytest

from digitize.language import hmm
from digitize.language.hmm import Grammar, model


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar()


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        ("本报记者王", "海燕报道", "的时候"),  # a name that no dictionary has
        ("我们取得了", "很大的成绩", "们的同志"),
        ("观众们都很", "高兴地鼓掌", "们的同志"),
        ("这是我们", "的责任", "本报讯"),
    ],
)
def test_what_grammar_lets_follow(grammar: Grammar, before: str, after: str, other: str) -> None:
    assert grammar.score(before, after) > 0
    assert grammar.score(before, after) > grammar.score(before, other) + 0.5


def test_marks_and_figures_after_the_cut_are_not_judged(grammar: Grammar) -> None:
    assert grammar.score("我们取得了", "“双丰收”") == 0
    assert grammar.score("我们取得了", "2个") == 0


def test_shares_of_the_model_add_up() -> None:
    found = model()
    assert found.start.sum() == pytest.approx(1)
    assert found.anywhere.sum() == pytest.approx(1)
    assert found.anywhere @ found.steps == pytest.approx(found.anywhere, abs=1e-6)
    rows = found.steps.sum(axis=1)
    assert np.all((rows > 0.999) | (rows == 0))
    assert found.of("报").max() > 1e-4
    assert found.of("A").max() < 1e-7


def test_a_table_that_would_run_code_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "prob_start.p"
    file.write_bytes(pickle.dumps({"B": io.BytesIO}))
    with pytest.raises(pickle.UnpicklingError, match="in a table"):
        hmm._read(file)
