"""Paragraphs from rows: what the drawn pages cannot show."""

from __future__ import annotations

from digitize.geometry import Box
from digitize.model import Line, Page, Role
from digitize.reflow import reflow

EM = 30.0
LEADING = 1.5


def column(texts: list[str], em: dict[int, float]) -> Page:
    """One column of rows; a full-width space sets its row in. ``em`` says what was measured."""
    lines = []
    for i, text in enumerate(texts):
        indent = len(text) - len(text.lstrip("　"))
        top = 100 + i * LEADING * EM
        box = Box(100 + indent * EM, top, 100 + len(text) * EM, top + EM)
        lines.append(Line(f"l{i:03}", box.polygon(), text.strip("　"), 0.99, EM * em.get(i, 1.0)))
    return Page((600, 1200), lines=tuple(lines))


def test_the_short_end_of_a_paragraph_may_be_measured_too_large() -> None:
    """As 份份令人满|意的优异答卷： on our own sample: the end was taken for a heading."""
    texts = [
        "　　回望这一年，全区上下",
        "加压奋进、砥砺前行，成功",
        "交出了一份份令人满意的优",
        "异答卷：",
        "　　坚持项目强基，凝心聚",
        "力谋发展，走出了一条路。",
    ]
    found = reflow(column(texts, {3: 1.13}))
    assert [p.role for a in found.articles for p in a.paragraphs] == [Role.BODY, Role.BODY]


def test_a_heading_after_a_full_row_that_ends_is_a_heading() -> None:
    texts = [
        "　　回望这一年，全区上下",
        "加压奋进、砥砺前行成功。",
        "顶压前行",
        "　　坚持项目强基，凝心聚",
        "力谋发展，走出了一条路。",
    ]
    found = reflow(column(texts, {2: 1.16}))
    roles = [p.role for a in found.articles for p in a.paragraphs]
    assert roles == [Role.BODY, Role.SUBHEADING, Role.BODY]
