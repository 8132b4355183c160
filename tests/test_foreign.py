"""Pages that other programs have read: slant, sizes, gutters, and what is found on the scan."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from statistics import median
from typing import Any

import made_read
import pytest
import scoring
import true_lines
from drawn import sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from made_read import Row, Sheet, Word

from digitize.foreign import adopted, cuts, sizes, slant
from digitize.formats.lines import Parts, Read, ReadPage, make_line
from digitize.formats.reading import ReadFile, parsed_json, read_ocr_json, read_table, read_xml
from digitize.geometry import Box, WritingMode
from digitize.image import PageImage
from digitize.model import Line, Page, RegionKind
from digitize.reflow import reflow

SEED = 3
LEFT = [
    "清晨的集市上人来人往，热",
    "闹得很。卖菜的老人把摊子",
    "摆在桥头，一边招呼客人，",
    "一边同邻居说话，十分快活",
]
RIGHT = [
    "地里的庄稼已经收完，田埂",
    "上只剩下几个孩子在捉虫。",
    "远处的山上下了第一场雪，",
    "屋顶也白了，河面结了薄冰",
]

PAIRS = list(zip(LEFT, RIGHT, strict=True))


@cache
def true(family: str) -> dict[str, Any]:
    return true_lines.set_page(family, SEED)


def read(data: bytes) -> ReadFile:
    text = data.decode()
    found = read_xml(data) or read_table(text)
    return found or read_ocr_json(parsed_json(text))


def scored(family: str, data: bytes) -> scoring.Score:
    page = adopted(read(data).pages[0])
    return scoring.score(true(family), scoring.text_of(reflow(page).articles))


@pytest.mark.parametrize("form", made_read.FORMS)
@pytest.mark.parametrize("family", ["front", "vertical"])
def test_a_page_in_any_form_is_put_in_order_as_from_its_true_lines(family: str, form: str) -> None:
    page = reflow(true_lines.page_of(true(family)))
    best = scoring.score(true(family), scoring.text_of(page.articles))
    found = scored(family, made_read.FORMS[form][1](made_read.sheet_of(true(family))))
    assert (found.next, found.joined, found.exact) >= (best.next, best.joined, best.exact)


@pytest.mark.parametrize("degrees", [-1.5, 1.2])
@pytest.mark.parametrize("family", ["front", "vertical"])
def test_a_slanted_page_is_levelled_by_its_words(family: str, degrees: float) -> None:
    plain = made_read.sheet_of(true(family))
    data = made_read.alto(made_read.slanted(plain, degrees))
    found = slant.slant(read(data).pages[0].page.lines)
    assert found == pytest.approx(degrees, abs=0.1)
    straight, slanting = scored(family, made_read.alto(plain)), scored(family, data)
    assert (slanting.next, slanting.joined) == (straight.next, straight.joined)


def test_rows_run_together_over_a_gutter_are_cut_there() -> None:
    page = true("front")
    plain, em = made_read.sheet_of(page), median(line["size_px"] for line in page["lines"])
    mixed = made_read.merged(plain, 12, em)
    assert len(mixed.rows) == len(plain.rows) - 12
    before, after = scored("front", made_read.hocr(plain)), scored("front", made_read.hocr(mixed))
    assert (after.next, after.joined, after.exact) == (before.next, before.joined, before.exact)


# --- sizes


def line(text: str, box: Box, **changes: Any) -> Line:
    return replace(make_line("l", text, box.polygon()), **changes)


def test_the_em_is_that_of_the_type_however_lines_are_outlined() -> None:
    for air in (0.9, 1.0, 1.3):
        rows = [Box(0, 40 * i, 12 * 24, 40 * i + 24 * air) for i in range(5)]
        made = [line("清晨的集市上人来人往热闹", box) for box in rows]
        short = line("一边", Box(0, 300, 48, 300 + 24 * air))
        assert [x.em for x in sizes.sized([*made, short])] == pytest.approx([24] * 6, rel=0.02)


def test_an_outline_around_two_rows_does_not_double_the_type() -> None:
    rows = [Box(0, 40 * i, 12 * 24, 40 * i + 24) for i in range(5)]
    made = [line("清晨的集市上人来人往热闹", box) for box in rows]
    high = line("清晨的集市上人来人往热闹", Box(0, 300, 12 * 24, 350))
    assert sizes.sized([*made, high])[-1].em == pytest.approx(24, rel=0.02)


def test_a_headline_that_is_spaced_out_is_no_larger_than_its_height() -> None:
    rows = [Box(0, 40 * i, 12 * 24, 40 * i + 24) for i in range(5)]
    made = [line("清晨的集市上人来人往热闹", box) for box in rows]
    head = line("清晨的集市上人来人往", Box(0, 300, 900, 348))
    assert sizes.sized([*made, head])[-1].em == pytest.approx(48, rel=0.05)


# --- gutters


def columns(gap: float, merge: int, em: float = 24.0, vertical: bool = False) -> Sheet:
    """Two columns, the first ``merge`` rows of both read as one."""
    rows = []
    for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        parts = [words(left, 0.0, i, em, vertical), words(right, 12 * em + gap, i, em, vertical)]
        if i < merge:
            parts = [[*parts[0], *parts[1]]]
        rows += [Row(tuple(part), vertical) for part in parts]
    return Sheet((1000, 1000), tuple(rows))


def words(text: str, start: float, row: int, em: float, vertical: bool) -> list[Word]:
    made = []
    for i in range(0, len(text), 2):
        a, b = start + i * em, start + (i + 2) * em
        low = 900 - 1.5 * em * row if vertical else 1.5 * em * row
        box = Box(low, a, low + em, b) if vertical else Box(a, low, b, low + em)
        made.append(Word(text[i : i + 2], box))
    return made


def texts(sheet: Sheet, words: bool = True) -> list[str]:
    data = made_read.alto(sheet) if words else made_read.rapidocr(sheet)
    return [line.text for line in adopted(read(data).pages[0]).lines]


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("merge", [1, 2])
def test_a_gutter_of_an_em_is_found(merge: int, vertical: bool) -> None:
    assert sorted(texts(columns(24, merge, vertical=vertical))) == sorted(LEFT + RIGHT)


def test_lines_whose_characters_have_no_places_are_cut_in_proportion() -> None:
    three = columns(24, 1)
    assert sorted(texts(three, words=False)) == sorted(LEFT + RIGHT)


def test_a_head_over_both_columns_stays_whole() -> None:
    plain = columns(24, 0)
    head = Row(tuple(words("集市开张第一天来了三百多位客人城里人也来了不少", 0.0, -1, 24, False)))
    moved = tuple(
        replace(row, words=tuple(replace(w, box=down(w.box)) for w in row.words))
        for row in (head, *plain.rows)
    )
    assert head.text in texts(replace(plain, rows=moved))


def down(box: Box) -> Box:
    return Box(box.x0, box.y0 + 36, box.x1, box.y1 + 36)


def test_a_rule_that_was_read_as_a_letter_goes_with_the_gutter() -> None:
    sheet = columns(36, 2)
    first = sheet.rows[0]
    half = len(first.words) // 2
    rule = Word("|", Box(12 * 24 + 12, 0, 12 * 24 + 18, 24))
    ruled = replace(first, words=(*first.words[:half], rule, *first.words[half:]))
    assert sorted(texts(replace(sheet, rows=(ruled, *sheet.rows[1:])))) == sorted(LEFT + RIGHT)


def test_a_line_that_is_cut_keeps_its_name_and_its_parts_have_their_own() -> None:
    both = [line(a + b, Box(0, 40 * i, 25 * 24, 40 * i + 24)) for i, (a, b) in enumerate(PAIRS[:2])]
    both = [
        replace(row, id=name, glyphs=make_line("", row.text, row.polygon, parts(row)).glyphs)
        for row, name in zip(both, ["x1.2", "x1"], strict=True)
    ]
    apart = [
        line(text, Box(x, 40 * i, x + 12 * 24, 40 * i + 24), id=f"{x}-{i}")
        for i, pair in enumerate(PAIRS[2:], 2)
        for x, text in zip((0, 13 * 24), pair, strict=True)
    ]
    ids = [part.id for part in cuts.cut([*both, *apart])]
    assert ids[:4] == ["x1.2", "x1.2.2", "x1", "x1.3"]
    assert len(ids) == len(both) + len(apart) + 2


def parts(row: Line) -> Parts:
    box = row.polygon.box
    left = Read(row.text[:12], replace(box, x1=12 * 24).polygon(), 0.9)
    right = Read(row.text[12:], replace(box, x0=13 * 24).polygon(), 0.5)
    return Parts([left, right])


boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    *(st.floats(0, 900, allow_nan=False) for _ in range(2)),
    *(st.floats(0, 600, allow_nan=False) for _ in range(2)),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text("清晨的 集市，a1", max_size=12), boxes), max_size=12))
def test_nothing_is_lost_and_nothing_invented(rows: list[tuple[str, Box]]) -> None:
    lines = [
        make_line(f"l{i}", text, box.polygon(), Parts([Read(text, box.polygon(), 0.5)]))
        for i, (text, box) in enumerate(rows)
    ]
    page = adopted(ReadPage(Page((1000, 1000), lines=tuple(lines))))
    before = sorted("".join("".join(text.split()) for text, _ in rows))
    assert sorted("".join("".join(x.text.split()) for x in page.lines)) == before
    assert len({x.id for x in page.lines}) == len(page.lines)
    reflow(page)


# --- glyphs, regions, the scan


def test_glyphs_whose_places_are_too_rough_are_left_out() -> None:
    even = make_line("l", "清晨的集市上", Box(0, 0, 144, 24).polygon(), whole("清晨的集市上", 144))
    rough = [("清晨", 40.0), ("的", 30.0), ("集市", 25.0), ("上", 49.0)]
    at, reads = 0.0, []
    for text, width in rough:
        reads.append(Read(text, Box(at, 40, at + width, 64).polygon(), 0.9))
        at += width
    uneven = make_line("m", "清晨的集市上", Box(0, 40, 144, 64).polygon(), Parts(reads))
    page = adopted(ReadPage(Page((200, 100), lines=(even, uneven))))
    assert [len(x.glyphs) for x in page.lines] == [6, 0]


def whole(text: str, width: float) -> Parts:
    return Parts([Read(text, Box(0, 0, width, 24).polygon(), 0.9)])


def drawn_boxes() -> tuple[PageImage, Sheet]:
    """Two stories with a rule between them, a frame around the second one."""
    page = sheet(700, 520)
    for i, text in enumerate((*LEFT, *RIGHT)):
        page.row(60, 60 + 40 * i + (80 if i > 3 else 0), text)
    page.rule(Box(60, 240, 600, 243))
    page.frame(Box(40, 280, 380, 480))
    rows = tuple(Row(tuple(_words(box, text))) for box, text in page.lines)
    return PageImage(page.pixels, dpi=200.0), Sheet((700, 520), rows)


def _words(box: Box, text: str) -> list[Word]:
    em = box.width / len(text)
    return [
        Word(c, Box(box.x0 + i * em, box.y0, box.x0 + (i + 1) * em, box.y1))
        for i, c in enumerate(text)
    ]


@pytest.mark.parametrize(("unit", "per_pixel"), [("pixel", 1.0), ("pixel", 0.5), ("mm10", 1.27)])
def test_rules_and_frames_are_found_on_the_scan_in_its_pixels(unit: str, per_pixel: float) -> None:
    scan, made = drawn_boxes()
    page = adopted(read(made_read.alto(made, unit, per_pixel)).pages[0], scan)
    assert page.size == (700, 520)
    rules = [s.polygon.box for s in page.separators if not s.vertical]
    assert any(abs(b.y0 - 240) < 4 and abs(b.width - 540) < 8 for b in rules)
    frames = [r.polygon.box for r in page.regions if r.kind is RegionKind.FRAME]
    assert len(frames) == 1
    assert frames[0].intersection(Box(40, 280, 380, 480)) > 0.95 * frames[0].area
    first = page.lines[0].polygon.box
    assert first.intersection(Box(60, 60, 348, 84)) > 0.9 * first.area


def test_a_picture_of_another_page_is_left_aside() -> None:
    _, made = drawn_boxes()
    other = PageImage(sheet(900, 300).pixels)
    page = adopted(read(made_read.alto(made)).pages[0], other)
    assert page.separators == ()
    assert page.size == (700, 520)


def test_what_a_file_calls_a_picture_and_holds_a_story_is_a_frame() -> None:
    _, made = drawn_boxes()
    data = made_read.alto(made).replace(
        b"</PrintSpace>",
        b'<Illustration ID="a" HPOS="40" VPOS="280" WIDTH="340" HEIGHT="200"/>'
        b'<Illustration ID="b" HPOS="400" VPOS="280" WIDTH="200" HEIGHT="200"/></PrintSpace>',
    )
    kinds = [region.kind for region in adopted(read(data).pages[0]).regions]
    assert kinds == [RegionKind.FRAME, RegionKind.PICTURE]


def test_vertical_lines_stay_vertical() -> None:
    page = adopted(read(made_read.page_xml(columns(24, 0, vertical=True))).pages[0])
    assert {line.writing_mode for line in page.lines} == {WritingMode.VERTICAL}
