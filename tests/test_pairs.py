from __future__ import annotations

import pytest

from digitize.evaluate.pairs import is_text, paired, stem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page1.txt", "page1"),
        ("page1.ref.txt", "page1"),
        ("page1.gt.txt", "page1"),
        ("page1.truth.json", "page1"),
        ("page1.alto.xml", "page1"),
        ("page1.HOCR", "page1"),
        ("2024.02.06-p1.txt", "2024.02.06-p1"),
        ("报纸.ref.txt", "报纸"),
        (".ref.txt", ".ref"),
        ("a/b/page1.md", "page1"),
        ("page1.png", "page1.png"),
    ],
)
def test_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.txt", True), ("a.XML", True), (".a.txt", False), ("a.png", False), ("a", False)],
)
def test_what_is_compared(name: str, expected: bool) -> None:
    assert is_text(name) is expected


@pytest.mark.parametrize(
    ("hypotheses", "references", "expected"),
    [
        (["a.txt"], ["a.ref.txt"], [("a.txt", "a.ref.txt")]),
        (["a.txt"], ["a.txt"], [("a.txt", "a.txt")]),
        (["a.txt", "a.json", "a.md"], ["a.gt.txt"], [("a.json", "a.gt.txt")]),
        (["a.json"], ["a.ref.txt", "a.truth.json", "a.txt"], [("a.json", "a.truth.json")]),
        (["p10.txt", "p2.txt"], ["p2.md", "p10.md"], [("p2.txt", "p2.md"), ("p10.txt", "p10.md")]),
        (["x/a.txt", "y/a.txt"], ["x/a.md", "y/a.md"],
         [("x/a.txt", "x/a.md"), ("y/a.txt", "y/a.md")]),
        (["a.txt"], ["page/a.xml"], [("a.txt", "page/a.xml")]),
        (["a.txt"], ["x/a.xml", "y/a.xml"], []),
    ],
)  # fmt: skip
def test_pairs(hypotheses: list[str], references: list[str], expected: list[object]) -> None:
    assert list(paired(hypotheses, references).found) == expected


def test_both_in_one_folder() -> None:
    files = ["a.ref.txt", "a.txt", "b.json", "b.truth.json"]
    assert paired(files, files).found == (("a.txt", "a.ref.txt"), ("b.json", "b.truth.json"))


def test_what_has_no_counterpart() -> None:
    found = paired(["a.txt", "b.txt"], ["b.ref.txt", "c.ref.txt"])
    assert found.without_reference == ("a.txt",)
    assert found.without_hypothesis == ("c.ref.txt",)
