"""Reading order, articles, paragraphs and joins on pages drawn in text; see sketch.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sketch

from digitize.reflow import reflow

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

# What reflow gets wrong today. The case says what is right; it fails here when it is put right.
WRONG = {
    "box-across-columns": "a frame is a ceiling to its own text: the head in it governs nothing",
    "briefs": "all cuts across the page are made at once: a ruled cut below the head is not seen",
    "briefs-with-short-heads": "a head of four characters or fewer is taken for body type",
    "byline-in-column": "a byline in a head group is given as its subtitle",
    "byline-under-head": "a byline in a head group is given as its subtitle",
    "one-line-between-two-heads": "heads on either side of a single line become one head",
    "vertical-page-under-a-level-head": "level parts are read from the right, the byline first",
    "vertical-boxed-story": "the edges of a column in a frame are learned from rows outside it",
}


def marked(path: Path) -> object:
    reason = WRONG.get(path.stem)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(path, id=path.stem, marks=marks)


def test_there_is_a_case_for_all_that_is_known_to_be_wrong() -> None:
    assert set(WRONG) <= {path.stem for path in CASES}


@pytest.mark.parametrize("path", [marked(path) for path in CASES])
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


@pytest.mark.xfail(strict=True, reason="what interrupts a sentence sends it to the next column")
def test_a_sentence_goes_on_under_a_quotation_set_large() -> None:
    found = reflow(sketch.page_of(QUOTED.strip("\n").split("\n")))
    texts = [p.text for article in found.articles for p in article.paragraphs]
    assert (
        "“沙子欺负人，你就得比它更有耐心。”何建国慢慢摸索出了门道：先用麦草扎成一米见方的格子，"
        "把流沙固定住，再在格子里种梭梭和花棒，三年以后才轮到乔木。"
    ) in texts
    assert any("用心才种得活" in text for text in texts)
