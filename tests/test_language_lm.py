"""The word model: a made one of five words, and the installed one."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest

from digitize.errors import MissingLanguageError
from digitize.language import lm_file
from digitize.language.crossing import STARTS, WORD_CHARS
from digitize.language.lexicon import UNKNOWN, Lexicon, read
from digitize.language.lm import NATS, WordModel

ARPA = r"""
\data\
ngram 1=6
ngram 2=2

\1-grams:
-2.0	<unk>
-99	<s>	-0.5
-1.0	</s>
-1.0	目标	-0.5
-1.5	任务
-1.5	记者

\2-grams:
-0.1	目标	任务
-1.2	<s>	记者

\end\
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordModel:
    file = tmp_path / "made.arpa"
    file.write_text(ARPA, "utf-8")
    monkeypatch.setenv(lm_file.VARIABLE, str(file))
    return WordModel(lm_file.load(), few(tmp_path))


def few(folder: Path) -> Lexicon:
    file = folder / "dict.txt"
    file.write_text("目标 1 n\n任务 1 n\n记者 1 n\n任 1 v\n", "utf-8")
    return read(file)


def test_a_word_that_is_expected_beats_one_that_is_not(made: WordModel) -> None:
    assert made.score("目标", "任务") > made.score("目标", "记者")
    assert made.score("目标任", "务") > made.score("目标任", "记者")


def test_the_score_is_what_the_model_says_by_hand(made: WordModel) -> None:
    # 目 and 标 begin longer words, but neither 目标's rest nor 务 stands in the list by itself.
    together = -1.0 - 0.1
    before = -1.0 * NATS
    start, anywhere = (-0.5 - 1.5) * NATS, -1.5 * NATS
    apart = log((1 - STARTS) / WORD_CHARS * 10 ** (anywhere / NATS) + STARTS * 10 ** (start / NATS))
    assert made.score("目标", "任务") == pytest.approx(together * NATS - before - apart, abs=1e-4)
    assert UNKNOWN < 1e-4  # so that parts of words count for nothing above


def test_an_empty_side_says_nothing(made: WordModel) -> None:
    assert made.score("", "任务") == made.score("目标", " ") == 0


def test_the_installed_model_knows_what_is_said() -> None:
    installed = WordModel(lm_file.load())
    for before, after, other in (
        ("经济社会", "发展的基础", "孩子送到学校"),
        ("提高人民生活", "水平", "蜂箱"),
        ("顺利完成目标任", "务的答卷", "记者从市热力公司"),
        ("我們取得了", "很大的成績", "們的同志"),
    ):
        assert installed.score(before, after) > 2
        assert installed.score(before, other) < 0


def test_the_model_is_found_where_debian_puts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lm_file.VARIABLE, raising=False)
    found = lm_file.path()
    assert found is not None
    assert found.name == "zh_CN.lm"
    assert str(found) in lm_file.describe()


def test_the_model_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(lm_file.VARIABLE, "off")
    assert lm_file.load() is None
    assert "off" in lm_file.describe()


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lm_file.VARIABLE, raising=False)
    monkeypatch.setattr(lm_file, "PLACES", ("/nowhere/zh_CN.lm",))
    assert lm_file.load() is None
    assert "apt-get install libime-data-language-model" in lm_file.describe()
    monkeypatch.setattr(lm_file, "find_spec", lambda name: None)
    assert 'pip install "digitize[lm]"' in lm_file.describe()
    assert lm_file.load() is None


def test_a_named_model_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(lm_file.VARIABLE, str(tmp_path / "gone.lm"))
    with pytest.raises(MissingLanguageError, match=r"gone\.lm: no such file; name a KenLM model"):
        lm_file.load()


@pytest.mark.parametrize("content", [b"", b"not a model\n", b"\\data\\\nngram 1=5\n"])
def test_a_broken_model_is_one_line(
    content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "broken.lm"
    file.write_bytes(content)
    monkeypatch.setenv(lm_file.VARIABLE, str(file))
    with pytest.raises(MissingLanguageError, match="KenLM cannot read it") as caught:
        lm_file.load()
    assert "\n" not in str(caught.value)


def test_a_model_in_text_form_is_read_without_a_word(
    made: WordModel, capfd: pytest.CaptureFixture[str]
) -> None:
    assert capfd.readouterr() == ("", "")
