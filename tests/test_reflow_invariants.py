"""What holds of reflow on any page: nothing lost, nothing invented, the same answer every time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
import sketch
import true_lines
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typesetter import FAMILIES

from digitize.geometry import Box, WritingMode, from_canonical
from digitize.model import Line, Page, Region, RegionKind, Separator
from digitize.reflow import Reflowed, reflow

# Nothing in these reads like furniture, a byline or a caption.
CHARS = "山河春秋日月星辰花木禾苗晴雨云风雷电城乡桥路学堂，。、“”（）《》"
STRANGE = CHARS + "记者图摄编辑版年１２3A% "
EM = 30.0

MANY = settings(max_examples=50, deadline=None, derandomize=True)


@st.composite
def columns(draw: st.DrawFn, chars: str = CHARS) -> Page:
    """A page of columns of lines in body and head sizes, with pictures and rules anywhere."""
    width = draw(st.integers(6, 14))
    lines: list[Line] = []
    for column in range(draw(st.integers(1, 5))):
        x, y = column * (width + draw(st.sampled_from([1, 2, 4]))) * EM, 0.0
        for _ in range(draw(st.integers(1, 12))):
            size = draw(st.sampled_from([1.0, 1.0, 1.0, 1.0, 0.8, 1.3, 2.0])) * EM
            text = draw(st.text(chars, min_size=1, max_size=width))
            left = x + draw(st.sampled_from([0.0, 0.0, 2.0])) * EM
            outline = Box(left, y, left + len(text) * size, y + size).polygon()
            lines.append(Line(f"l{len(lines)}", outline, text, 0.9, size))
            y += size + draw(st.sampled_from([0.5, 0.5, 0.5, 3.0])) * EM
    shapes = draw(st.lists(st.tuples(st.sampled_from("PAD"), boxes()), max_size=4))
    return Page(
        size=(int(80 * EM), int(60 * EM)),
        lines=tuple(lines),
        regions=tuple(
            Region(f"p{i}", RegionKind.PICTURE, box.polygon())
            for i, (kind, box) in enumerate(shapes)
            if kind == "P"
        ),
        separators=tuple(_thin(box, kind == "D") for kind, box in shapes if kind != "P"),
    )


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x, y = draw(st.integers(0, 60)), draw(st.integers(0, 30))
    return Box(
        x * EM, y * EM, (x + draw(st.integers(3, 30))) * EM, (y + draw(st.integers(3, 20))) * EM
    )


def _thin(box: Box, vertical: bool) -> Separator:
    thin = replace(box, x1=box.x0 + 3) if vertical else replace(box, y1=box.y0 + 3)
    return Separator(thin.polygon(), vertical)


def one_column(texts: Sequence[str], sizes: Sequence[float]) -> Page:
    """Lines under each other, all flush."""
    lines: list[Line] = []
    y = 0.0
    for text, size in zip(texts, sizes, strict=True):
        outline = Box(0, y, len(text) * size * EM, y + size * EM).polygon()
        lines.append(Line(f"l{len(lines)}", outline, text, 0.9, size * EM))
        y += (size + 0.5) * EM
    return Page(size=(int(20 * EM), int(y + EM)), lines=tuple(lines))


def placed(found: Reflowed) -> list[str]:
    """The ids of all lines, articles first."""
    ids = [i for a in found.articles for p in a.paragraphs for i in p.line_ids]
    return ids + [i for f in found.furniture for i in f.line_ids]


def in_other_order(page: Page, random: Random) -> Page:
    lines = list(page.lines)
    random.shuffle(lines)
    return replace(page, lines=tuple(lines))


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def turned(page: Page) -> Page:
    """The page set in vertical lines: its canonical image is the page as it was, moved."""

    def turn(box: Box) -> Box:
        made = from_canonical(box, WritingMode.VERTICAL)
        return replace(made, x0=made.x0 + page.size[1], x1=made.x1 + page.size[1])

    return replace(
        page,
        size=(page.size[1], page.size[0]),
        lines=tuple(
            replace(
                line,
                polygon=turn(line.polygon.box).polygon(),
                writing_mode=WritingMode.VERTICAL,
            )
            for line in page.lines
        ),
        separators=tuple(
            Separator(turn(s.polygon.box).polygon(), not s.vertical) for s in page.separators
        ),
        regions=tuple(replace(r, polygon=turn(r.polygon.box).polygon()) for r in page.regions),
    )


@MANY
@given(columns(STRANGE))
def test_every_line_with_text_is_placed_once(page: Page) -> None:
    found = reflow(page)
    assert sorted(placed(found)) == sorted(x.id for x in page.lines if x.text.strip())
    assert found.page.order == tuple(placed(found)[: len(found.page.order)])


@MANY
@given(columns(STRANGE))
def test_no_character_is_lost_doubled_or_invented(page: Page) -> None:
    found = reflow(page)
    texts = [p.text for a in found.articles for p in a.paragraphs]
    texts += [f.text for f in found.furniture]
    assert letters("".join(texts)) == letters("".join(line.text for line in page.lines))
    given_text = {line.id: line.text for line in page.lines}
    for paragraph in (p for a in found.articles for p in a.paragraphs):
        own = "".join(given_text[i] for i in paragraph.line_ids)
        assert "".join(paragraph.text.split()) == "".join(own.split())


@MANY
@given(columns(STRANGE))
def test_joins_stand_between_neighbours_of_a_paragraph(page: Page) -> None:
    for paragraph in (p for a in reflow(page).articles for p in a.paragraphs):
        neighbours = set(zip(paragraph.line_ids, paragraph.line_ids[1:], strict=False))
        for join in paragraph.joins:
            assert (join.before, join.after) in neighbours
            assert 0 < join.score <= 1
            assert join.reason


@MANY
@given(columns(STRANGE))
def test_the_same_page_is_read_the_same_twice(page: Page) -> None:
    assert reflow(page) == reflow(page)


@MANY
@given(columns(STRANGE), st.randoms(use_true_random=False))
@example(one_column(["“"] * 5 + ["“““““"] + ["“"], [1, 1, 1, 1, 1, 0.8, 1]), Random(2))
def test_the_order_in_which_lines_are_found_does_not_matter(page: Page, random: Random) -> None:
    shuffled = reflow(in_other_order(page, random))
    assert shuffled.articles == reflow(page).articles
    assert shuffled.furniture == reflow(page).furniture


@pytest.mark.parametrize("family", FAMILIES)
def test_the_order_in_which_a_set_page_is_found_does_not_matter(family: str) -> None:
    page = true_lines.page_of(true_lines.set_page(family, 200))
    shuffled = reflow(in_other_order(page, Random(0)))
    assert shuffled.articles == reflow(page).articles
    assert shuffled.furniture == reflow(page).furniture


@MANY
@given(columns())
def test_a_vertical_page_is_read_like_a_horizontal_one(page: Page) -> None:
    assert [a.paragraphs for a in reflow(turned(page)).articles] == [
        a.paragraphs for a in reflow(page).articles
    ]


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
    assert placed(reflow(page)) == [line.id for line in page.lines]


@MANY
@given(columns(), st.sampled_from([0.25, 0.5, 2.0, 3.0]))
def test_the_resolution_does_not_matter(page: Page, zoom: float) -> None:
    def scaled(box: Box) -> Box:
        return Box(*(zoom * v for v in (box.x0, box.y0, box.x1, box.y1)))

    large = replace(
        page,
        size=(int(page.size[0] * zoom), int(page.size[1] * zoom)),
        lines=tuple(
            replace(x, em=x.em * zoom, polygon=scaled(x.polygon.box).polygon()) for x in page.lines
        ),
        separators=tuple(
            replace(s, polygon=scaled(s.polygon.box).polygon()) for s in page.separators
        ),
        regions=tuple(replace(r, polygon=scaled(r.polygon.box).polygon()) for r in page.regions),
    )
    assert reflow(large).articles == reflow(page).articles


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


def full_page(lines: int) -> Page:
    """Stories of three columns under each other."""
    text = "山河春秋日月星辰花木"
    bands = []
    for _ in range(lines // 60):
        rows = [["　" * 2 + text[:8] if r % 7 == 0 else text for r in range(20)] for _ in range(3)]
        bands += ["＃" + "城乡桥路" * 2, "", ""]
        bands += ["　　".join(row) for row in zip(*rows, strict=True)]
        bands += ["　"]
    return sketch.page_of(bands)


@pytest.mark.parametrize(("lines", "tries", "most"), [(420, 3, 1.0), (2000, 1, 30.0)])
def test_large_pages_take_little_time(
    lines: int, tries: int, most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    page = full_page(lines)
    taken = []
    for _ in range(tries):
        begin = time.perf_counter()
        found = reflow(page)
        taken.append(time.perf_counter() - begin)
        assert len(found.articles) == lines // 60
    with capsys.disabled():
        print(f" [{len(page.lines)} lines in {min(taken):.2f} s]", end="")
    assert min(taken) < most
