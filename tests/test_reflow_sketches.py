"""Reading order, articles, paragraphs and joins on pages drawn in text; see sketch.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sketch

from digitize import language
from digitize.reflow import reflow

FOLDER = Path(__file__).parent / "cases"
# What is read wrong, and how. A case that is put right fails until it is taken out here.
WRONG = {
    "letters-with-signatures": "a signature is put together with the next headline",
    "sub-headline-of-two-rows": "two rows under the headline are taken for a subheading",
    "vertical-kicker-and-headline-of-two-lines": "a kicker beside the headline is left alone",
}


def _case(path: Path) -> object:
    cause = WRONG.get(path.stem)
    marks = pytest.mark.xfail(strict=True, reason=str(cause)) if cause else ()
    return pytest.param(path, id=path.stem, marks=marks)


CASES = [_case(path) for path in sorted(FOLDER.glob("*.txt"))]


def test_what_is_wrong_is_drawn() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} >= set(WRONG)


@pytest.mark.parametrize("speaks", [False, True], ids=["mute", "language"])
@pytest.mark.parametrize("path", CASES)
def test_is_read_as_drawn(path: Path, speaks: bool) -> None:
    case = sketch.load(path)
    lines = [line.text for line in case.page.lines]
    continuity = language.signal(lines) if speaks else None
    assert sketch.shown(reflow(case.page, continuity=continuity)) == case.expected


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
