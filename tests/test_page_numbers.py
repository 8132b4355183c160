from __future__ import annotations

import pytest

from digitize.reflow.page_numbers import codes, parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", ["4"]),
        ("04版", ["04"]),
        ("第４版", ["4"]),
        ("A03", ["A03"]),
        ("Ｂ－１２", ["B12"]),
        ("b 7 版", ["B7"]),
        ("第四版", ["4"]),
        ("第十版", ["10"]),
        ("第十二版", ["12"]),
        ("二十版", ["20"]),
        ("二十一版", ["21"]),
        ("廿四版", ["24"]),
        ("第一二版", ["12"]),
        ("〇四版", ["04"]),
        ("第一、四版", ["1", "4"]),
        ("2-3版", ["2", "3"]),
        ("头版", ["1"]),
        ("第—版", ["1"]),
        ("l版", ["1"]),
        ("1O版", ["10"]),
        ("中缝", []),
        ("", []),
    ],
)
def test_codes(text: str, expected: list[str]) -> None:
    assert list(codes(text)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("4", ("", 4)),
        ("04", ("", 4)),
        ("A03", ("A", 3)),
        ("a3", ("A", 3)),
        ("A", None),
        ("", None),
        ("4版", None),
    ],
)
def test_parsed(code: str, expected: tuple[str, int] | None) -> None:
    assert parsed(code) == expected
