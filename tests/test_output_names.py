from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.model import Source
from digitize.source import natural_key, output_names, stem


@given(st.lists(st.integers(0, 10**12), min_size=2))
def test_natural_key_counts(numbers: list[int]) -> None:
    ordered = sorted((f"版/page{n}.png" for n in numbers), key=natural_key)
    assert ordered == [f"版/page{n}.png" for n in sorted(numbers)]


def page(path: str, page_no: int = 0, page_count: int = 1) -> Source:
    return Source(path, page_no, page_count)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (page("a/人民日报.1980.05.jpg"), "人民日报.1980.05"),
        (page("b.pdf", 0, 2), "b-p0001"),
        (page("b.tiff", 99999, 100000), "b-p100000"),
    ],
)
def test_stem(source: Source, expected: str) -> None:
    assert stem(source) == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["x/a.png", "x/b.png"], ["a", "b"]),
        (["x/a.png", "y/a.png", "b.png"], ["a-x", "a-y", "b"]),
        (["x/a.jpg", "x/a.png"], ["a", "a-2"]),
        (["p/x/a.png", "q/x/a.png"], ["a", "a-2"]),
        (["x/a.jpg", "x/a.png", "y/a.png"], ["a-x", "a-x-2", "a-y"]),
        (["a.png", "x/a.png"], ["a", "a-x"]),
        (["../a.png", "x/a.png"], ["a", "a-x"]),
        (["x/a.png", "x/A.jpg"], ["a-2", "A"]),
        (["x/a.jpg", "x/a.png", "x/a-2.png"], ["a", "a-3", "a-2"]),
        (["x/Report.jpg", "y/b.png"], ["Report-2", "b"]),
    ],
)
def test_output_names(paths: list[str], expected: list[str]) -> None:
    chosen = output_names([page(path) for path in paths])
    assert [chosen[page(path)] for path in paths] == expected


def test_pages_of_a_file_keep_one_base() -> None:
    scan = [page("x/scan.pdf", n, 2) for n in range(2)]
    single = page("x/scan-p0001.png")
    chosen = output_names([*scan, single])
    assert chosen[single] == "scan-p0001"
    assert [chosen[s] for s in scan] == ["scan-2-p0001", "scan-2-p0002"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("x/a.png", "a"),  # known, and asked for again
        ("y/a.png", "a-y"),
        ("y/a-y.png", "a-y-2"),
        ("y/A.jpg", "A-y"),
        ("x/a.jpg", "a-2"),
        ("y/b.png", "b"),
    ],
)
def test_known_pages_keep_their_names(path: str, expected: str) -> None:
    known = {page("x/a.png"): "a", page("z/gone.png"): "a-y"} if "a-y" in path else {}
    known |= {page("x/a.png"): "a"}
    assert output_names([page(path)], known) == {page(path): expected}


FOLDERS = st.sampled_from(["", "x", "y", "X", "..", "x/y", "é", "e\u0301"])
STEMS = st.sampled_from(["a", "A", "a-x", "a-2", "a-p0001", "版", "é", "e\u0301"])
SUFFIXES = st.sampled_from([".png", ".jpg", ""])
PATHS = st.builds(lambda f, s, e: f"{f}/{s}{e}".lstrip("/"), FOLDERS, STEMS, SUFFIXES)
FILES = st.dictionaries(PATHS, st.integers(1, 3), max_size=12)


@given(FILES, st.randoms())
def test_output_names_are_unique_and_stable(files: dict[str, int], chance: random.Random) -> None:
    sources = [page(path, n, count) for path, count in files.items() for n in range(count)]
    chosen = output_names(sources)
    assert set(chosen) == set(sources)
    folded = {unicodedata.normalize("NFC", name.casefold()) for name in chosen.values()}
    assert len(folded) == len(sources)
    shuffled = chance.sample(sources, len(sources))
    assert output_names(shuffled) == chosen


@given(FILES, FILES, st.randoms())
def test_names_last_whatever_comes_later(
    first: dict[str, int], then: dict[str, int], chance: random.Random
) -> None:
    def pages(files: dict[str, int]) -> list[Source]:
        return [page(path, n, count) for path, count in files.items() for n in range(count)]

    known = output_names(pages(first))
    later = pages({path: count for path, count in then.items() if path not in first})
    some = chance.sample(pages(first), len(known) // 2)
    chosen = output_names([*some, *later], known)
    assert {source: chosen[source] for source in some} == {source: known[source] for source in some}
    folded = [unicodedata.normalize("NFC", n.casefold()) for n in {**known, **chosen}.values()]
    assert len(set(folded)) == len(folded)
