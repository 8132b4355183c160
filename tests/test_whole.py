"""The whole of a story from its parts, and texts that the end of a page cuts."""

from __future__ import annotations

from dataclasses import replace

import made_issue as made
import pytest
from linked_pages import Hears, chain, document, linked, paragraphs, stitched
from made_issue import head, page, text

from digitize.formats import from_json, to_json, to_markdown, to_text
from digitize.model import PageResult, Role


def test_the_whole_story_stands_where_it_begins() -> None:
    first, fourth = stitched(made.front(), made.fourth())
    assert paragraphs(first, made.CANAL) == [made.CANAL, *made.CANAL_WHOLE]
    assert to_text(first).split("\n\n\n")[1] == f"{made.SCHOOL}\n\n{made.SCHOOL_TEXT}\n"
    assert to_text(fourth) == f"{made.FERRY}\n\n{made.FERRY_TEXT}\n"
    assert to_markdown(fourth) == f"## {made.FERRY}\n\n{made.FERRY_TEXT}\n"


def test_the_joined_break_is_on_record() -> None:
    first, _ = stitched(made.front(), made.fourth())
    joined = first.articles[0].paragraphs[2]
    (join,) = [j for j in joined.joins if j.reason == "page break"]
    assert (join.before, join.after, join.joined) == ("l5", "n1#l5", True)
    assert join.score > 0.75
    assert joined.line_ids == ("l4", "l5", "n1#l5", "n1#l6")


def test_the_other_page_keeps_its_lines_and_says_where_the_text_went() -> None:
    before = made.fourth()
    _, fourth = stitched(made.front(), before)
    rest = fourth.articles[1]
    assert rest.paragraphs == before.articles[1].paragraphs
    assert (rest.continued_from, rest.stitched_to) == ("n0#a1", "n0#a1")
    assert fourth.articles[0].stitched_to is None


def test_json_gives_the_same_text_again() -> None:
    for result in stitched(made.front(), made.fourth()):
        again = from_json(to_json(result))
        assert again.articles == result.articles
        assert to_text(again) == to_text(result)


def test_no_character_of_the_text_is_lost_or_doubled() -> None:
    results = chain()
    before = sorted("".join(_body(r) for r in results))
    assert sorted("".join(_body(r) for r in stitched(*results))) == before


def _body(result: PageResult) -> str:
    """All text but turn lines and the headlines of rests."""
    return "".join(
        p.text
        for a in result.articles
        for p in a.paragraphs
        if a.stitched_to is None and p.role is not Role.TURN
    )


def test_a_chain_becomes_one_story() -> None:
    first, fourth, fifth = stitched(*chain())
    story = paragraphs(first, made.CANAL)
    assert len(story) == 4
    assert "河边的旧码头。修渠" in story[2]
    assert story[2].endswith("渠水够三个村用的。")
    assert story[3] == made.CANAL_LAST
    assert [r.articles[0].stitched_to for r in (fourth, fifth)] == ["n0#a1", "n0#a1"]
    assert fifth.articles[0].continued_from == "n1#a1"
    assert (to_text(fourth), to_text(fifth)) == ("", "")


def test_a_paragraph_that_ends_before_the_turn_line_stays_one() -> None:
    first = page(
        "in/p1.png",
        [*head(made.CANAL), *text(made.CANAL_FIRST), *text("　" * 15 + "（下转第四版）")],
    )
    rest = page("in/p4.png", ["（上接第一版）", *text(made.CANAL_MORE), *text(made.CANAL_LAST)])
    whole, _ = stitched(first, rest)
    assert paragraphs(whole, made.CANAL)[1:] == [
        made.CANAL_FIRST,
        made.CANAL_MORE,
        made.CANAL_LAST,
    ]


def test_turn_lines_glued_to_the_text() -> None:
    cut, rest = made.CANAL_CUT + made.CANAL_REST[:2], made.CANAL_REST[2:]
    first = page(
        "in/p1.png", [*head(made.CANAL), *text(made.CANAL_FIRST), *text(f"{cut}（下转第四版）")]
    )
    fourth = page("in/p4.png", [*text(f"（上接第一版）{rest}"), *text(made.CANAL_LAST)])
    assert to_text(first).endswith(f"{cut}（下转第四版）\n")
    assert to_text(fourth).startswith(f"（上接第一版）{rest}\n")
    assert to_markdown(fourth).startswith(f"*（上接第一版）*{rest}\n")
    whole, left = stitched(first, fourth)
    assert paragraphs(whole, made.CANAL)[1:] == list(made.CANAL_WHOLE)
    assert to_text(left) == ""


def test_captions_and_bylines_behind_the_turn_line_stay_behind_the_whole() -> None:
    front = made.front()
    article = front.articles[0]
    caption = replace(article.paragraphs[0], role=Role.CAPTION, text="图为新水渠。", line_ids=())
    front = replace(front, articles=(replace(article, paragraphs=(*article.paragraphs, caption)),))
    whole, _ = stitched(front, made.fourth())
    assert paragraphs(whole, made.CANAL)[-2:] == [made.CANAL_LAST, "图为新水渠。"]
    ids = [p.id for p in whole.articles[0].paragraphs]
    assert ids == [f"a1p{n}" for n in range(1, 6)]


def test_unresolved_turn_lines_stay_in_the_text() -> None:
    (alone,) = stitched(made.front())
    assert "（下转第四版）" in to_text(alone)


# The end of a page without a turn line


CUT_PAGE = [*head(made.CANAL), *text(made.CANAL_FIRST), *text(made.CANAL_CUT)]
NEXT_PAGE = [*text(made.CANAL_REST, indent=False), *text(made.CANAL_LAST)]


def test_a_text_cut_by_the_end_of_a_page_is_one_again() -> None:
    first, second = stitched(*document(CUT_PAGE, NEXT_PAGE), page_ends=True)
    assert paragraphs(first, made.CANAL) == [made.CANAL, *made.CANAL_WHOLE]
    assert to_text(second) == ""
    assert first.articles[0].continued_on == "n1#a1"


def test_pages_by_number_follow_each_other_too() -> None:
    results = [page("in/p1.png", CUT_PAGE), page("in/p2.png", NEXT_PAGE)]
    assert len(linked(*results, page_ends=True).links) == 1
    assert linked(*results).links == ()


NO_CUT = {
    "the next page starts with a headline": (CUT_PAGE, [*head(made.FERRY), *NEXT_PAGE]),
    "the next page starts a paragraph": (CUT_PAGE, text(made.CANAL_REST) + text(made.CANAL_LAST)),
    "the text ends": ([*head(made.CANAL), *text(made.CANAL_FIRST)], NEXT_PAGE),
    "a row stops short": ([*head(made.CANAL), *text(made.CANAL_CUT[:30])], NEXT_PAGE),
}


@pytest.mark.parametrize("why", NO_CUT)
def test_other_page_ends_cut_nothing(why: str) -> None:
    assert linked(*document(*NO_CUT[why]), page_ends=True).links == ()


def test_pages_apart_are_not_one_text() -> None:
    blank = text("空白页。")
    assert linked(*document(CUT_PAGE, blank, NEXT_PAGE), page_ends=True).links == ()
    apart = [page("in/a.png", CUT_PAGE), page("in/b.png", NEXT_PAGE)]
    assert linked(*apart, page_ends=True).links == ()


def test_language_may_be_against_it() -> None:
    results = document(CUT_PAGE, NEXT_PAGE)
    assert linked(*results, page_ends=True, continuity=Hears("xx", "yy")).links == ()
    heard = Hears("河边的", "旧码头")
    assert len(linked(*results, page_ends=True, continuity=heard).links) == 1
