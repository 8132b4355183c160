"""Reading order, articles, paragraphs and joins on pages drawn in text; see sketch.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sketch

from digitize import language
from digitize.model import Role
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


SHORT_ENDS = """
　　　　　＃名师下沉到乡村

田玉　　　　　　　　　　　　长训练，一年之后都能独
　　刨花堆得比门槛还高，　　当一面。
路过的人总要停下来闻一闻
松香。　　　　　　　　　　　　　％一道菜单式实施精准
　　孩子们坐上去都说不　　　％滴灌
晃，他这才笑了，把剩下的　　　　县图书馆把夜间开放的
名额分给几个学校的年轻校　　时间延到了十点。
"""


def test_rows_of_two_characters_are_measured_badly() -> None:
    """The name of an author in a column, and the end of a heading, each a third too large."""
    page = sketch.page_of(SHORT_ENDS.strip("\n").split("\n"))
    lines = [replace(x, em=1.3 * x.em if len(x.text) == 2 else x.em) for x in page.lines]
    found = reflow(replace(page, lines=tuple(lines)))
    (article,) = found.articles
    roles = {p.text: p.role for p in article.paragraphs}
    assert roles["名师下沉到乡村"] is Role.HEADLINE
    assert roles["一道菜单式实施精准滴灌"] is Role.SUBHEADING
    assert "田玉" in roles


BRIEFS = """
　　　　　　　　　　　　　＃短波

＊市集开张　　　　　场，共设摊位二百个。　民可以从老城区一路走
　　　　　　　　　　　　　　　　　　　　　到海边。
　　本报讯旧书市集
将于本周六在文化广　＊公交改道　　　　　　＊闭馆推迟
场开张，读者可以带
旧书去换新书。　　　　　本报讯因道路施工　　　本报讯从下月起，
　　　　　　　　　　从本周六起两路公交　　市图书馆的闭馆时间推
＊正月灯会　　　　　车临时改道。　　　　　迟两小时。

　　本报讯老城区今　＊绿道完工　　　　　　＊雨伞上岗
年正月照旧办灯会，
灯会设在清河文化广　　　本报讯滨水绿道二　　　本报讯首批共享雨
　　　　　　　　　　期工程已经完工，市　　伞日前在车站上岗。
"""


@pytest.mark.parametrize("speaks", [False, True], ids=["mute", "language"])
def test_briefs_go_on_over_columns_under_the_name_of_their_section(speaks: bool) -> None:
    page = sketch.page_of(BRIEFS.strip("\n").split("\n"))
    continuity = language.signal([line.text for line in page.lines]) if speaks else None
    found = reflow(page, continuity=continuity)
    stories = {a.paragraphs[0].text: [p.text for p in a.paragraphs[1:]] for a in found.articles}
    assert stories["短波"] == []
    assert stories["正月灯会"] == [
        "本报讯老城区今年正月照旧办灯会，灯会设在清河文化广场，共设摊位二百个。"
    ]
    assert stories["绿道完工"] == ["本报讯滨水绿道二期工程已经完工，市民可以从老城区一路走到海边。"]
    assert len(stories) == 7
