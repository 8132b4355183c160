"""Parts of the pages for machines that know nothing of each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from command import digitize, files
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.errors import ExitCode, UsageError
from digitize.model import Source
from digitize.shard import Shard
from digitize.source import Discovered, output_names


def found(lengths: list[int]) -> Discovered:
    """Files of so many pages each, two of the same name in two folders."""
    return Discovered(
        tuple(
            Source(f"{number % 2}/{number // 2}.pdf", page, count)
            for number, count in enumerate(lengths)
            for page in range(count)
        )
    )


@given(st.lists(st.integers(1, 5), max_size=12), st.integers(1, 9))
def test_all_parts_together_are_every_page_once_and_in_order(
    lengths: list[int], count: int
) -> None:
    whole = found(lengths)
    parts = [Shard(number, count).part(whole) for number in range(1, count + 1)]
    assert tuple(page for part in parts for page in part.sources) == whole.sources
    for part in parts:
        assert {*part.sources, *part.others} == {*whole.sources}
        assert len(part.sources) <= len(whole.sources) / count + 5
        names = output_names((*part.sources, *part.others))
        assert names == output_names(whole.sources)
    for before, after in pairwise(part.sources for part in parts if part.sources):
        assert before[-1].path != after[0].path


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "1/0", "-1/4", "a/b", "1/2/3"])
def test_what_is_no_part_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="--shard takes I/N with I from 1 to N"):
        Shard.of(text)


def test_three_machines_write_what_one_writes(tmp_path: Path) -> None:
    scans = tmp_path / "in"
    for name in ("a/1", "a/2", "b/1", "b/2", "b/3"):
        path = scans / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (60, 40), 255).save(path)
    args = ("run", scans, "--engine", "null", "-j", 1, "-f", "txt")
    assert digitize(*args, "-o", tmp_path / "one").exit_code == ExitCode.OK
    written = []
    for number in (1, 2, 3):
        out = tmp_path / str(number)
        assert digitize(*args, "-o", out, "--shard", f"{number}/3").exit_code == ExitCode.OK
        written += [name for name in files(out) if name.endswith(".txt")]
    names = [name for name in files(tmp_path / "one") if name.endswith(".txt")]
    assert (sorted(written), len(names)) == (names, 5)


def test_more_parts_than_pages(tmp_path: Path) -> None:
    Image.new("L", (60, 40), 255).save(tmp_path / "a.png")
    args = ("run", tmp_path / "a.png", "-o", tmp_path / "out", "--engine", "null", "--shard")
    empty = digitize(*args, "1/2")
    assert (empty.exit_code, empty.stderr) == (
        ExitCode.OK,
        "digitize: nothing to do: 1 pages have no part 1/2\n",
    )
    assert digitize(*args, "2/2").exit_code == ExitCode.OK
    assert digitize(*args, "3/2").exit_code == ExitCode.USAGE
