"""Turn lines leave the text of their article, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from true_lines import page_of, set_page

from digitize.geometry import Box
from digitize.model import Article, Join, Line, Paragraph, Role, TurnLine
from digitize.reflow import reflow
from digitize.reflow.turns import taken_out

OUTLINE = Box(0, 0, 1, 1).polygon()


def made(*paragraphs: tuple[Role, Sequence[str]]) -> tuple[Article, dict[str, Line]]:
    """An article of these paragraphs, each of rows of text, and the page's lines."""
    lines: dict[str, Line] = {}
    parts = []
    for n, (role, rows) in enumerate(paragraphs, 1):
        ids = []
        for row in rows:
            line = Line(f"l{len(lines)}", OUTLINE, row, 0.9, 20.0)
            lines[line.id] = line
            ids.append(line.id)
        parts.append(Paragraph(f"a1p{n}", role, "".join(rows), tuple(ids)))
    return Article("a1", tuple(parts)), lines


def body(*rows: str) -> tuple[Article, dict[str, Line]]:
    return made((Role.HEADLINE, ["水渠完工"]), (Role.BODY, rows))


def shown(article: Article) -> list[tuple[str, str, str]]:
    return [(p.role.value, p.text, " ".join(p.line_ids)) for p in article.paragraphs]


def test_at_the_end_of_the_last_row() -> None:
    article, lines = body("渠水流进三个村的", "田里，推动创新（下转第4版）")
    found = taken_out(article, lines)
    assert shown(found) == [
        ("headline", "水渠完工", "l0"),
        ("body", "渠水流进三个村的田里，推动创新", "l1 l2"),
        ("turn", "（下转第4版）", ""),
    ]
    assert found.turn_on == TurnLine("4", "（下转第4版）", ("l2",))
    assert found.turn_from is None
    assert [p.id for p in found.paragraphs] == ["a1p1", "a1p2", "a1p3"]


def test_a_row_of_its_own_within_the_paragraph() -> None:
    article, lines = body("渠水流进三个村的", "田里，推动", "（下转第4版）")
    found = taken_out(article, lines)
    assert shown(found)[1:] == [
        ("body", "渠水流进三个村的田里，推动", "l1 l2"),
        ("turn", "（下转第4版）", "l3"),
    ]


def test_broken_over_two_rows() -> None:
    article, lines = body("渠水流进三个村的田里（下转", "第4版）")
    found = taken_out(article, lines)
    assert shown(found)[1:] == [
        ("body", "渠水流进三个村的田里", "l1"),
        ("turn", "（下转第4版）", "l2"),
    ]
    assert found.turn_on == TurnLine("4", "（下转第4版）", ("l1", "l2"))


def test_a_paragraph_of_its_own_whatever_role_it_was_given() -> None:
    article, lines = made(
        (Role.HEADLINE, ["水渠完工"]), (Role.SUBTITLE, ["（上接第1版）"]), (Role.BODY, ["田里。"])
    )
    found = taken_out(article, lines)
    assert shown(found)[1] == ("turn", "（上接第1版）", "l1")
    assert found.turn_from == TurnLine("1", "（上接第1版）", ("l1",))


def test_at_the_start_of_the_rest() -> None:
    article, lines = body("（上接第一版）工程旨在", "推动创新。")
    found = taken_out(article, lines)
    assert shown(found)[1:] == [
        ("turn", "（上接第一版）", ""),
        ("body", "工程旨在推动创新。", "l1 l2"),
    ]
    assert found.turn_from == TurnLine("1", "（上接第一版）", ("l1",))


def test_no_subheading_stands_right_before_it() -> None:
    article, lines = made(
        (Role.BODY, ["渠水流进三个村。"]),
        (Role.SUBHEADING, ["老周"]),
        (Role.BODY, ["（下转第4版）"]),
    )
    assert [p.role for p in taken_out(article, lines).paragraphs] == [
        Role.BODY,
        Role.BODY,
        Role.TURN,
    ]


def test_beside_the_headline() -> None:
    article, lines = made((Role.HEADLINE, ["水渠完工（上接第一版）"]), (Role.BODY, ["田里。"]))
    found = taken_out(article, lines)
    assert found.headline == "水渠完工"
    assert found.turn_from is not None
    assert found.turn_from.page == "1"


def test_a_rest_that_goes_on_again() -> None:
    article, lines = body("（上接第一版）工程旨在", "推动创新（下转第5版）")
    found = taken_out(article, lines)
    assert found.turn_from is not None
    assert found.turn_on is not None
    assert (found.turn_from.page, found.turn_on.page) == ("1", "5")
    assert [p.role for p in found.paragraphs[1:]] == [Role.TURN, Role.BODY, Role.TURN]


def test_what_ran_together_comes_apart() -> None:
    article, lines = body("渠水流进（下转第四版）", "果园里一片忙碌。")
    assert shown(taken_out(article, lines))[1:] == [
        ("body", "渠水流进", "l1"),
        ("turn", "（下转第四版）", ""),
        ("body", "果园里一片忙碌。", "l2"),
    ]


def test_joins_stay_with_the_rows_that_they_join() -> None:
    article, lines = body("渠水流进", "三个村的田里", "（下转第四版）")
    joins = (Join("l1", "l2", "open end", 0.9), Join("l2", "l3", "open end", 0.9))
    parts = (article.paragraphs[0], Paragraph("a1p2", Role.BODY, *_text(article), joins=joins))
    found = taken_out(Article("a1", parts), lines)
    assert [p.joins for p in found.paragraphs] == [(), joins[:1], ()]


def _text(article: Article) -> tuple[str, tuple[str, ...]]:
    return article.paragraphs[1].text, article.paragraphs[1].line_ids


@pytest.mark.parametrize("text", ["详见A05", "（相关报道见第3版）", "上接长安街，下转二环路。"])
def test_references_and_prose_stay(text: str) -> None:
    article, lines = body("渠水流进三个村的田里。", text)
    assert taken_out(article, lines) is article


def test_lines_that_are_not_known_stay_with_the_text() -> None:
    article, _ = body("渠水流进三个村的田里（下转第4版）")
    found = taken_out(article, {})
    assert shown(found)[1:] == [
        ("body", "渠水流进三个村的田里", "l1"),
        ("turn", "（下转第4版）", ""),
    ]


rows = st.lists(
    st.text("水渠完工下转上接第一四版（）。， ", min_size=1, max_size=12), min_size=1, max_size=4
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Role), rows), min_size=1, max_size=4))
def test_nothing_is_lost_or_moved(paragraphs: list[tuple[Role, list[str]]]) -> None:
    article, lines = made(*paragraphs)
    found = taken_out(article, lines)
    assert _letters(found) == _letters(article)
    assert [i for p in found.paragraphs for i in p.line_ids] == list(lines)
    again = taken_out(found, lines)
    assert shown(again) == shown(found)


def _letters(article: Article) -> str:
    return "".join("".join(p.text for p in article.paragraphs).split())


@pytest.mark.parametrize("seed", range(300, 308))
def test_on_set_pages(seed: int) -> None:
    """The truth keeps them apart from the paragraphs as well."""
    true = set_page("continued", seed)
    found = reflow(page_of(true))
    expected = [a["continued_on"] or a["continued_from"] for a in true["articles"]]
    turns = [(a.turn_on or a.turn_from, a) for a in found.articles if a.turn_on or a.turn_from]
    ((turn, article),) = turns
    assert turn is not None
    assert [turn.text] == [f"（{text}）" for text in expected if text]
    assert article.headline.replace(" ", "") == true["articles"][0]["headline"].replace(" ", "")
    assert not any("下转" in p.text or "上接" in p.text for p in texts(found.articles))


def texts(articles: Sequence[Article]) -> list[Paragraph]:
    return [p for a in articles for p in a.paragraphs if p.role is not Role.TURN]
