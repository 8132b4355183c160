"""The word list: what it counts, and what is said where it is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import MissingLanguageError
from digitize.language import jieba_data
from digitize.language import lexicon as module
from digitize.language.lexicon import UNKNOWN, lexicon, read

CHARS = "任务目标产业的"
WORDS = st.dictionaries(st.text(CHARS, min_size=1, max_size=4), st.integers(1, 9999), min_size=1)


def write(folder: Path, lines: str) -> Path:
    file = folder / "dict.txt"
    file.write_text(lines, "utf-8")
    return file


def test_shares_are_counts_over_all(tmp_path: Path) -> None:
    words = read(write(tmp_path, "任 1 v\n任务 6 n\n任务书 1 n\n服务 2 v\n"))
    assert words.word("任务") == 0.6
    assert words.word("服务") == 0.2
    assert words.word("务") == UNKNOWN
    assert words.word("务任") == 0.0
    assert words.beginning("任") == pytest.approx(0.7)
    assert words.beginning("任务") == pytest.approx(0.1)
    assert words.ending("务") == pytest.approx(0.8)
    assert words.ending("标") == 0.0


def test_words_without_a_key_are_left_out(tmp_path: Path) -> None:
    words = read(write(tmp_path, "B超 5 n\nAT&T 3 nz\n中华人民共和国 7 ns\n㐀 4 n\n任务 2 n"))
    assert words.word("任务") == 1.0
    assert words.word("中华人民共和国") == 0.0


@given(counts=WORDS)
def test_the_arrays_say_what_the_list_says(
    counts: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = "".join(f"{word} {count} n\n" for word, count in counts.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 16)  # so that a few words fill several
        words = read(write(tmp_path_factory.mktemp("list"), lines))
    total = sum(counts.values())
    for part in {word[:i] for word in counts for i in range(1, 5)}:
        longer = sum(n for w, n in counts.items() if w.startswith(part) and w != part)
        assert words.beginning(part) == pytest.approx(longer / total)
        longer = sum(n for w, n in counts.items() if w.endswith(part) and w != part)
        assert words.ending(part) == pytest.approx(longer / total)
        known = counts.get(part, 0) / total
        assert words.word(part) == pytest.approx(known or (UNKNOWN if len(part) == 1 else 0.0))


def test_a_list_without_words_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingLanguageError, match="no words in it; pip install"):
        read(write(tmp_path, "AT&T 3 nz\n"))


def test_without_jieba_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jieba_data, "find_spec", lambda name: None)
    with pytest.raises(MissingLanguageError, match=r"dict\.txt is missing; pip install .*jieba"):
        jieba_data.table("dict.txt")


def test_jieba_is_read_and_never_imported() -> None:
    assert lexicon().word("任务") > lexicon().word("务") > 0
    assert "jieba" not in sys.modules
