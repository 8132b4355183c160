"""What holds of reflow on any page: nothing lost, nothing invented, the same answer every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_pages import (
    CHARS,
    columns,
    in_other_order,
    moved,
    one_column,
    rectangles,
    renamed,
    scaled,
    strange,
    turned,
)
from true_lines import page_of, rule, set_page
from typesetter import FAMILIES, HELD_ASIDE

from digitize.geometry import Box
from digitize.model import Article, Join, Line, Page, Role
from digitize.reflow import Reflowed, reflow
from digitize.reflow.continuity import Mode

MANY = settings(max_examples=100, deadline=None, derandomize=True)
EVERY = (*FAMILIES, *HELD_ASIDE)
LEVEL = [
    f
    for f in EVERY
    if f not in {"vhead", "vertical", "vmodern", "mixed", "tiers", "mixed-vertical"}
]  # families without any vertical line


def placed(found: Reflowed) -> list[str]:
    """The ids of all lines, articles first."""
    ids = [i for a in found.articles for p in a.paragraphs for i in p.line_ids]
    return ids + [i for f in found.furniture for i in f.line_ids]


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def contents(article: Article) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What is in an article, whatever its number."""
    return tuple((p.role.value, p.text, p.line_ids) for p in article.paragraphs)


def joins(found: Reflowed) -> list[Join]:
    return [j for a in found.articles for p in a.paragraphs for j in p.joins]


def set_pages(family: str) -> Page:
    return page_of(set_page(family, 200))


@MANY
@given(strange() | rectangles(), st.sampled_from(["none", "geometry", "full"]))
def test_every_line_with_text_is_placed_once(page: Page, mode: Mode) -> None:
    found = reflow(page, mode)
    assert sorted(placed(found)) == sorted(x.id for x in page.lines if x.text.strip())
    assert found.page.order == tuple(placed(found)[: len(found.page.order)])
    assert set(found.page.order).isdisjoint(i for f in found.furniture for i in f.line_ids)


@MANY
@given(strange() | rectangles(), st.sampled_from(["none", "geometry", "full"]))
def test_no_character_is_lost_doubled_or_invented(page: Page, mode: Mode) -> None:
    """Turn lines among them: one that shares its row with text is a paragraph without a line."""
    found = reflow(page, mode)
    texts = [p.text for a in found.articles for p in a.paragraphs]
    texts += [f.text for f in found.furniture]
    assert letters("".join(texts)) == letters("".join(line.text for line in page.lines))


@MANY
@given(strange() | rectangles())
def test_paragraphs_say_what_their_lines_say_in_that_order(page: Page) -> None:
    given_text = {line.id: line.text for line in page.lines}
    for article in reflow(page).articles:
        own = "".join(given_text[i] for p in article.paragraphs for i in p.line_ids)
        read = "".join(p.text for p in article.paragraphs)
        assert letters(read) == letters(own)
        if not any(p.role is Role.TURN for p in article.paragraphs):
            assert "".join(read.split()) == "".join(own.split())


@MANY
@given(strange() | rectangles())
def test_joins_stand_between_neighbours_of_a_paragraph(page: Page) -> None:
    for paragraph in (p for a in reflow(page).articles for p in a.paragraphs):
        neighbours = set(pairwise(paragraph.line_ids))
        for join in paragraph.joins:
            assert (join.before, join.after) in neighbours
            assert join.joined
            assert 0.5 <= join.score <= 1
            assert join.reason


@MANY
@given(strange() | rectangles())
def test_doubts_stand_between_lines_that_follow_each_other(page: Page) -> None:
    found = reflow(page)
    body = [i for a in found.articles for p in a.paragraphs for i in p.line_ids]
    places = {line: place for place, line in enumerate(body)}
    made = {(j.before, j.after) for j in joins(found)}
    for doubt in found.doubts:
        assert places[doubt.before] < places[doubt.after]
        assert 0 <= doubt.score <= 1
        assert doubt.reason
        # A turn line may part what was one paragraph; then no join is left to name.
        assert doubt.joined or (doubt.before, doubt.after) not in made


@MANY
@given(strange() | rectangles())
def test_the_same_page_is_read_the_same_twice(page: Page) -> None:
    assert reflow(page) == reflow(page)


@MANY
@given(strange(), st.randoms(use_true_random=False))
@example(one_column(["“"] * 5 + ["“““““"] + ["“"], [1, 1, 1, 1, 1, 0.8, 1]), Random(2))
def test_the_order_in_which_lines_are_found_does_not_matter(page: Page, random: Random) -> None:
    shuffled = reflow(in_other_order(page, random))
    assert shuffled.articles == reflow(page).articles
    assert shuffled.furniture == reflow(page).furniture


@pytest.mark.parametrize("family", EVERY)
def test_the_order_in_which_a_set_page_is_found_does_not_matter(family: str) -> None:
    page = set_pages(family)
    shuffled = reflow(in_other_order(page, Random(0)))
    assert shuffled.articles == reflow(page).articles
    assert shuffled.furniture == reflow(page).furniture


def read_again(page: Page) -> None:
    """Reflow the page with its lines in the order that was found, and named in that order."""
    first = reflow(page)
    again, names = renamed(page, placed(first))
    second = reflow(again)
    assert placed(second) == [names[i] for i in placed(first)]
    assert [[(role, text) for role, text, _ in contents(a)] for a in second.articles] == [
        [(role, text) for role, text, _ in contents(a)] for a in first.articles
    ]
    assert [(names[j.before], names[j.after], j.score) for j in joins(first)] == [
        (j.before, j.after, j.score) for j in joins(second)
    ]


@MANY
@given(strange())
def test_reflow_of_its_own_order_changes_nothing(page: Page) -> None:
    read_again(page)


@pytest.mark.parametrize("family", EVERY)
def test_reflow_of_its_own_order_changes_nothing_on_a_set_page(family: str) -> None:
    read_again(set_pages(family))


@MANY
@given(columns())
def test_a_vertical_page_is_read_like_a_horizontal_one(page: Page) -> None:
    """The stories are the same; their order is that of a page read from the right."""
    level, upright = reflow(page), reflow(turned(page))
    assert Counter(map(contents, upright.articles)) == Counter(map(contents, level.articles))
    assert {(j.before, j.after, j.score) for j in joins(upright)} == {
        (j.before, j.after, j.score) for j in joins(level)
    }


@MANY
@given(
    st.lists(
        st.tuples(st.text(CHARS, min_size=1, max_size=12), st.sampled_from([0.9, 1.0, 1.1])),
        min_size=1,
        max_size=15,
    )
)
def test_a_column_of_body_type_is_read_downwards(rows: list[tuple[str, float]]) -> None:
    page = one_column([text for text, _ in rows], [size for _, size in rows])
    for way in (page, turned(page)):
        assert placed(reflow(way)) == [line.id for line in page.lines]


@MANY
@given(strange(), st.sampled_from([0.25, 0.5, 2.0, 3.0]))
def test_the_resolution_does_not_matter(page: Page, zoom: float) -> None:
    large = reflow(scaled(page, zoom))
    assert large.articles == reflow(page).articles
    assert large.furniture == reflow(page).furniture


@MANY
@given(strange(), st.integers(0, 300), st.integers(0, 300))
def test_the_place_on_the_sheet_does_not_matter(page: Page, dx: int, dy: int) -> None:
    elsewhere = reflow(moved(page, dx, dy))
    assert elsewhere.articles == reflow(page).articles
    assert elsewhere.furniture == reflow(page).furniture


@pytest.mark.parametrize("family", EVERY)
def test_a_set_page_is_read_alike_in_any_place_and_resolution(family: str) -> None:
    page = set_pages(family)
    first = reflow(page)
    for other in (moved(page, 46, 31), scaled(page, 0.5)):
        found = reflow(other)
        assert found.articles == first.articles
        assert found.furniture == first.furniture


@pytest.mark.parametrize("family", LEVEL)
def test_a_set_page_is_read_alike_in_vertical_lines(family: str) -> None:
    page = set_pages(family)
    gone = {i for f in reflow(page).furniture for i in f.line_ids}
    page = replace(page, lines=tuple(line for line in page.lines if line.id not in gone))
    upright = reflow(turned(page))
    assert Counter(map(contents, upright.articles)) == Counter(map(contents, reflow(page).articles))


def test_an_empty_page() -> None:
    page = Page(size=(100, 100))
    assert reflow(page) == Reflowed(page, (), ())
    blank = replace(page, lines=(Line("l", Box(1, 1, 9, 9).polygon(), " 　", 0.1, 8),))
    assert reflow(blank).articles == ()
    assert reflow(blank).furniture == ()


def test_a_page_of_one_line() -> None:
    page = replace(
        Page(size=(900, 900)), lines=(Line("l", Box(9, 9, 99, 39).polygon(), "山河春", 1, 30),)
    )
    assert placed(reflow(page)) == ["l"]


def short_page(*lines: Line, rules: tuple[Box, ...] = ()) -> Page:
    return Page(size=(900, 900), lines=lines, separators=tuple(map(rule, rules)))


def one_line(name: str, box: Box, text: str, em: float = 30.0) -> Line:
    return Line(name, box.polygon(), text, 1.0, em)


@pytest.mark.parametrize(
    ("flat", "em"),
    [(Box(39, 200, 39, 230), 30.0), (Box(9, 200, 99, 230), 0.0)],
    ids=["wide", "high"],
)
def test_a_line_without_extent(flat: Box, em: float) -> None:
    """As a file of another program may have it, or a detector at the sheet's edge."""
    page = short_page(
        one_line("a", Box(9, 9, 99, 39), "山河春"),
        one_line("b", flat, "秋日月", em),
        one_line("c", Box(500, 600, 590, 630), "星辰花"),
        one_line("d", replace(flat, y0=700, y1=730), "木禾苗", em),
        rules=(Box(9, 500, 800, 503),),
    )
    assert sorted(placed(reflow(page))) == ["a", "b", "c", "d"]


def test_nothing_follows_a_row_of_one_glyph_but_what_is_below_or_beside_it() -> None:
    page = one_column(["““““", "乡乡", "“"], [1.1, 0.9, 0.9])
    assert placed(reflow(page)) == ["l0", "l1", "l2"]
