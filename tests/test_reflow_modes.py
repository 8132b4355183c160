"""How far reflow goes: none, geometry, full; and what it tells of its joins."""

from __future__ import annotations

import pytest
from sketch import page_of

from digitize import explain
from digitize.model import PageResult, PageStatus, Source
from digitize.options import ReflowOptions
from digitize.reflow import Reflowed, reflow
from digitize.reflow.continuity import Mode

DRAWN = """\
　　　　＃治沙人与树


　　霜降刚过，清河县北塬　　出来，远处的收割机正等待
乡的果园里一片忙碌。红彤　　着开镰的那一天。
彤的苹果挂满枝头，果农们　　　　夕阳西下，最后一架无
踩着梯子，小心地剪下果柄　　人机稳稳落在田边，绿色一
的时候，太阳才刚刚从东边　　直延伸到了天边。
""".splitlines()


def read(mode: Mode) -> Reflowed:
    return reflow(page_of(DRAWN), mode)


def texts(found: Reflowed) -> list[str]:
    return [p.text for a in found.articles for p in a.paragraphs]


def test_full_joins_across_the_cut() -> None:
    found = read("full")
    assert any("东边出来" in text for text in texts(found))
    (join,) = [j for a in found.articles for p in a.paragraphs for j in p.joins]
    assert join.joined
    assert join.score > 0.75
    assert join.reason == "open end, unindented start"


def test_geometry_orders_columns_and_joins_nothing() -> None:
    found = read("geometry")
    assert len(texts(found)) == len(texts(read("full"))) + 1
    assert "".join(texts(found)) == "".join(texts(read("full")))
    assert not [j for a in found.articles for p in a.paragraphs for j in p.joins]


def test_none_leaves_the_lines_from_top_to_bottom() -> None:
    found = read("none")
    assert len(texts(found)) == 11
    assert texts(found)[1:3] == ["霜降刚过，清河县北塬", "出来，远处的收割机正等待"]


@pytest.mark.parametrize("mode", ["none", "geometry", "full"])
def test_no_line_is_lost(mode: Mode) -> None:
    page = page_of(DRAWN)
    found = reflow(page, mode)
    assert sorted(found.page.order) == sorted(line.id for line in page.lines)


def test_options_know_the_modes() -> None:
    assert ReflowOptions().mode == "full"
    with pytest.raises(ValueError, match="mode"):
        ReflowOptions.model_validate({"mode": "some"})


class Against:
    """Language that says no to everything."""

    def score(self, before: str, after: str) -> float:
        return -9.0


def test_language_against_an_open_end_leaves_a_doubt() -> None:
    found = reflow(page_of(DRAWN), continuity=Against())
    (doubt,) = found.doubts
    assert doubt.joined
    assert 0.5 < doubt.score < 0.75
    assert "language -9.0" in doubt.reason


def test_explain_names_page_paragraph_place_and_reason() -> None:
    found = reflow(page_of(DRAWN), continuity=Against())
    result = PageResult(
        Source("a.png"), PageStatus.OK, found.page, found.articles, doubts=found.doubts
    )
    joined, doubt = explain.lines(result)
    assert joined.startswith("a.png a1p2: joined …太阳才刚刚从东边|出来，远处的收割…")
    assert doubt.startswith("a.png: in doubt, joined …")
    assert "open end, unindented start, language -9.0; 0.67" in joined


def test_explain_says_nothing_of_a_page_that_failed() -> None:
    assert list(explain.lines(PageResult(Source("a.png"), PageStatus.FAILED))) == []
