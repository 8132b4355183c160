"""Reading order, articles, paragraphs and joins on pages drawn in text; see sketch.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sketch

from digitize.reflow import reflow

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_is_read_as_drawn(path: Path) -> None:
    case = sketch.load(path)
    assert sketch.shown(reflow(case.page)) == case.expected


QUOTED = """
　　　　＃治沙人与树


　　“沙子欺负人，你就得　　草扎成一米见方的格子，
比它更有耐心。”何建国慢　　把流沙固定住，再在格子里
－－－－－－－－－－－－　　种梭梭和花棒，三年以后才
％用心才种得活　　　　　　　轮到乔木。
　　　　　　　　　　　　　　　　霜降刚过，清河县北塬
－－－－－－－－－－－－　　乡的果园里一片忙碌。红彤
慢摸索出了门道：先用麦　　　彤的苹果挂满枝头。
"""


def test_a_sentence_goes_on_under_a_quotation_set_large() -> None:
    found = reflow(sketch.page_of(QUOTED.strip("\n").split("\n")))
    texts = [p.text for article in found.articles for p in article.paragraphs]
    assert (
        "“沙子欺负人，你就得比它更有耐心。”何建国慢慢摸索出了门道：先用麦草扎成一米见方的格子，"
        "把流沙固定住，再在格子里种梭梭和花棒，三年以后才轮到乔木。"
    ) in texts
    assert any("用心才种得活" in text for text in texts)
