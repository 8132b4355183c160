"""Marks that Tesseract takes for others."""

from __future__ import annotations

import pytest

from digitize.ocr.tesseract_marks import amended
from digitize.ocr.tesseract_tsv import Placed


def placed(text: str) -> list[Placed]:
    return [Placed(char, 10.0 * i, 10.0 * i + 9, 0.9) for i, char in enumerate(text)]


@pytest.mark.parametrize(
    ("read", "amends"),
    [
        ("很快搭起了舞台*", "很快搭起了舞台。"),
        ("封存*”她说.", "封存。”她说。"),
        ("会见.据悉.", "会见，据悉。"),
        ("来了三百人,也", "来了三百人，也"),
        ("时间:上午(九点)", "时间：上午（九点）"),
        ("|还要老家伙", "还要老家伙"),
        ("机制，产业基 |", "机制，产业基"),
        ("长3.5米,12:30到", "长3.5米，12:30到"),
        ("比例为38*以上", "比例为38*以上"),
        ("甲|乙", "甲|乙"),
        ("他说...", "他说..."),
        ("评分**", "评分**"),
        ("Mr. Li, 5*", "Mr. Li, 5*"),
        ("|", "|"),
        ("", ""),
    ],
)
def test_marks_beside_chinese(read: str, amends: str) -> None:
    assert "".join(p.text for p in amended(placed(read))) == amends


def test_places_stay() -> None:
    found = placed("|好.")
    assert [(p.start, p.end) for p in amended(found)] == [(p.start, p.end) for p in found[1:]]
