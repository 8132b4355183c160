"""The families held aside: their truth agrees with itself, and their pages could be printed."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typesetter import FAMILIES, HELD_ASIDE, LEVELS, make_page, set_truth
from typesetter.aside.composing import compose, fit
from typesetter.aside.display import break_head
from typesetter.aside.house import HouseStyle, Stock, open_house
from typesetter.aside.partition import Rect, divide, interlock, owners, sound, strands
from typesetter.aside.printable import ATTEMPTS, UnprintableError, check, first_printable
from typesetter.aside.prose import VARIABLE, prose
from typesetter.geometry import Box, Writing
from typesetter.setting import Type
from typesetter.sheet import Sheet
from typesetter.stories import Para

SEEDS = range(6)
PAGES = [(family, seed) for family in HELD_ASIDE for seed in SEEDS]
HUNG = 1.1  # em: a mark may hang this far out of its column
each_page = pytest.mark.parametrize(("family", "seed"), PAGES)
Truth = dict[str, Any]


@pytest.fixture(autouse=True)
def own_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are set from the samples' texts, whatever the shell says."""
    monkeypatch.delenv(VARIABLE, raising=False)


@cache
def page(family: str, seed: int) -> Truth:
    return set_truth(family, seed)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def lines_of(true: Truth, *roles: str) -> list[Truth]:
    return [line for line in true["lines"] if line["role"] in roles]


def texts_of(true: Truth) -> list[Truth]:
    return lines_of(true, "body", "subheading")


def overlap(a: list[int], b: list[int]) -> bool:
    """Boxes that share more than the rounding of their sides."""
    return a[0] + 2 < b[2] and b[0] + 2 < a[2] and a[1] + 2 < b[3] and b[1] + 2 < a[3]


def inside(a: list[int], b: list[int], slack: float = 1.0) -> bool:
    near = all(a[i] >= b[i] - slack for i in (0, 1))
    return near and all(a[i] <= b[i] + slack for i in (2, 3))


def test_no_name_is_given_twice() -> None:
    assert not set(FAMILIES) & set(HELD_ASIDE)


@each_page
def test_every_character_is_in_one_line(family: str, seed: int) -> None:
    true = page(family, seed)
    found: dict[tuple[int, int], str] = defaultdict(str)
    for line in texts_of(true):
        found[line["article"], line["paragraph"]] += line["text"]
    wanted = {
        (a, p): bare(paragraph["text"])
        for a, article in enumerate(true["articles"])
        for p, paragraph in enumerate(article["paragraphs"])
    }
    assert {key: bare(text) for key, text in found.items()} == wanted


@each_page
def test_fragments_join_to_the_paragraphs(family: str, seed: int) -> None:
    for article in page(family, seed)["articles"]:
        joined = [""] * len(article["paragraphs"])
        order = []
        for frame in article["frames"]:
            for fragment in frame["fragments"]:
                joined[fragment["p"]] += fragment["text"]
                order.append(fragment["p"])
        assert [bare(t) for t in joined] == [bare(p["text"]) for p in article["paragraphs"]]
        assert order == sorted(order)


@each_page
def test_lines_stand_in_their_frames_in_order(family: str, seed: int) -> None:
    true = page(family, seed)
    for number, article in enumerate(true["articles"]):
        own = [line for line in texts_of(true) if line["article"] == number]
        frames = [line["frame"] for line in own]
        assert frames == sorted(frames)
        assert set(frames) == set(range(len(article["frames"])))
        for line in own:
            box = article["frames"][line["frame"]]["box"]
            assert inside(line["box"], box, HUNG * line["size_px"]), line["text"]


@each_page
def test_headlines_are_in_lines(family: str, seed: int) -> None:
    true = page(family, seed)
    for number, article in enumerate(true["articles"]):
        for role in ("headline", "kicker", "subtitle", "byline"):
            own = [x["text"] for x in lines_of(true, role) if x["article"] == number]
            assert bare("".join(own)) == bare(article[role] or "")
        assert article["headline"]


@each_page
def test_nothing_stands_on_anything(family: str, seed: int) -> None:
    true = page(family, seed)
    width, height = true["size"]
    lines = [line["box"] for line in true["lines"]]
    for box in lines:
        assert inside(box, [0, 0, width, height], 0)
    assert not [(a, b) for a, b in itertools.combinations(lines, 2) if overlap(a, b)]
    for other in (*true["pictures"], *true["rules"]):
        assert not [a for a in lines if overlap(a, other)], other
    for frame in true["boxes"]:
        assert not [a for a in lines if overlap(a, frame) and not inside(a, frame)], frame


@each_page
def test_articles_stay_apart(family: str, seed: int) -> None:
    """No frame of one story reaches into that of another, but for boxes, which are left out."""
    frames = [
        (number, frame["box"])
        for number, article in enumerate(page(family, seed)["articles"])
        for frame in article["frames"]
    ]
    assert not [
        (a, b) for (a, one), (b, two) in itertools.combinations(frames, 2) if overlap(one, two)
    ]


@each_page
def test_only_last_paragraphs_are_cut_off(family: str, seed: int) -> None:
    for article in page(family, seed)["articles"]:
        assert not any(p.get("cut") for p in article["paragraphs"][:-1])
        assert not article["paragraphs"][0]["sub"]
        assert not article["paragraphs"][-1]["sub"]


@pytest.mark.parametrize("family", HELD_ASIDE)
def test_the_same_seed_gives_the_same_page(family: str) -> None:
    assert set_truth(family, 3) == page(family, 3)
    assert set_truth(family, 3)["lines"] != page(family, 4)["lines"]


@pytest.mark.parametrize("level", LEVELS)
def test_pages_are_drawn_at_every_level(level: str) -> None:
    image, true = make_page("mixed-vertical", 1, level, 72)
    assert true["level"] == level
    assert list(image.size) == true["image_size"]
    assert np.asarray(image.convert("L")).min() < 128


def directions(true: Truth) -> set[bool]:
    return {line["vertical"] for line in texts_of(true)}


def cut_by_columns(true: Truth) -> int:
    """Paragraphs that stand in several frames."""
    count = 0
    for article in true["articles"]:
        parts = [f["p"] for frame in article["frames"] for f in frame["fragments"]]
        count += len(parts) - len(set(parts))
    return count


def test_directions_are_those_of_the_family() -> None:
    assert all(directions(page("modular", s)) == {False} for s in SEEDS)
    assert all(directions(page("columns-simple", s)) == {False} for s in SEEDS)
    assert all(directions(page("tiers", s)) == {True} for s in SEEDS)
    found = [
        {line["vertical"] for line in lines_of(page("mixed-vertical", s), "body", "headline")}
        for s in SEEDS
    ]
    assert all(both == {False, True} for both in found)


@pytest.mark.parametrize("family", HELD_ASIDE)
def test_families_have_what_they_are_for(family: str) -> None:
    pages = [page(family, seed) for seed in SEEDS]
    assert sum(map(cut_by_columns, pages)) > 1.5 * len(pages)
    assert any(len(true["articles"]) > 3 for true in pages)
    assert any(true["pictures"] for true in pages)
    assert len({true["font"] for true in pages}) > 1
    assert len({tuple(true["size"]) for true in pages}) > 3


def test_modular_pages_interlock() -> None:
    """Some story has columns that begin at other heights than its first."""
    uneven = 0
    for seed in SEEDS:
        for article in page("modular", seed)["articles"]:
            tops = [frame["box"][1] for frame in article["frames"]]
            uneven += max(tops) - min(tops) > 0.1 * page("modular", seed)["size"][1]
    assert uneven > 3


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 8), st.integers(8, 24))
def test_a_grid_is_divided_without_rest(seed: int, cols: int, rows: int) -> None:
    rng = Random(seed)
    rects = divide(rng, Rect(0, cols, 0, rows), rng.randint(8, 40))
    assert sum(r.cols * r.rows for r in rects) == cols * rows
    grid = owners(rects, cols, rows)
    assert all(owner >= 0 for column in grid for owner in column)
    interlock(rng, grid, 4, fixed={0})
    shapes = [strands(grid, number) for number in range(len(rects))]
    assert all(shape is not None for shape in shapes)
    assert shapes[0] == strands(owners(rects, cols, rows), 0)
    assert sum(s.r1 - s.r0 for shape in shapes for s in shape or ()) == cols * rows


def test_a_column_that_hangs_in_the_air_is_not_sound() -> None:
    grid = [[0] * 8 + [1] * 8, [1] * 4 + [0] * 12, [2] * 12 + [0] * 4]
    assert strands(grid, 1) is not None
    assert not sound(strands(grid, 1)), "it goes on far above where it ended"
    assert not sound(strands(grid, 2)) or len(strands(grid, 2) or ()) == 1
    assert not sound(strands([[0, 0, 1, 1, 0, 0]], 0)), "two runs in one column"


def style(**changes: Any) -> HouseStyle:
    return HouseStyle(**{**open_house("t", 0, 0, 200, Stock()).style.__dict__, **changes})


TEXT = [Para("一二三四五六七八九十" * n + "。") for n in (3, 4, 7, 2, 5, 8, 1, 6)]


def test_without_indents_every_paragraph_shows_its_end() -> None:
    plain = style(indent=0.0, para_gap=0.0, flush_first=False, hang=False)
    frames = [Box(i * 500, 0, i * 500 + 10.4 * plain.size, 6000) for i in range(2)]
    kept, flowed, _ = fit(TEXT, frames, plain, cut=False)
    assert 1 < len(kept) <= len(TEXT)
    for a, b in itertools.pairwise(flowed.lines):
        if a.paragraph != b.paragraph:
            assert a.broken.length < 10.4 - 1.5


def test_a_heading_is_broken_to_the_column_it_stands_in() -> None:
    """The room left in the wide column is too little: the heading moves to the narrow one."""
    plain = style(para_gap=0.0, sub_scale=1.0, keep=2)
    wide = Box(0, 0, 16 * plain.size, 4 * plain.pitch)
    narrow = Box(900, 0, 900 + 7 * plain.size, 3000)
    text = [TEXT[0], Para("甲乙丙丁戊己庚辛壬癸", sub=True), TEXT[1]]
    heading = [line for line in compose(text, [wide, narrow], plain).lines if line.sub]
    assert [line.frame for line in heading] == [1, 1]
    assert all(line.broken.length <= 7.01 for line in heading)


def test_a_drop_cap_moves_its_lines_aside() -> None:
    capped = style(indent=2.0, initial=2, flush_first=False)
    frame = Box(0, 0, 16 * capped.size, 4000)
    flowed = compose([Para("二" + TEXT[2].text)], [frame], capped)
    cap, first, second, third = flowed.lines[:4]
    assert cap.size > 2 * capped.size
    assert first.broken.cells[0].offset > 2
    assert second.broken.cells[0].offset > 2
    assert third.broken.cells[0].offset == 0
    assert cap.y == first.y
    flat = compose([TEXT[2]], [frame], capped).lines[0]
    assert flat.size == capped.size, "a large 一 would pass for a rule"


def test_headlines_break_into_even_lines() -> None:
    suite = open_house("t", 1, 0, 200, Stock()).suite
    kind = Type(suite.head, 40, "headline", Writing(False, 1000))
    assert break_head("春风送暖入屠苏千门万户曈曈日", kind, 2) == [
        "春风送暖入屠苏",
        "千门万户曈曈日",
    ]
    assert break_head("春风送暖，千门万户曈曈日", kind, 2) == ["春风送暖，", "千门万户曈曈日"]
    assert len(break_head("春风送暖入屠苏千门万户曈曈日", kind, 3)) == 3


def test_what_cannot_be_printed_is_tried_again() -> None:
    empty = Sheet(100, 100, 72, "none", 0)
    with pytest.raises(UnprintableError, match="empty"):
        check(empty)
    tried: list[int] = []

    def make(attempt: int) -> Sheet:
        tried.append(attempt)
        return empty

    with pytest.raises(RuntimeError, match=str(ATTEMPTS)):
        first_printable(make)
    assert tried == list(range(ATTEMPTS))


def test_prose_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "山里的春天来得迟，第{}棵杏树上的花到了四月底才慢慢地全都开了起来。"
    path = tmp_path / "prose.txt"
    path.write_text("\n".join(sentence.format(i) * 3 for i in range(400)), "utf8")
    monkeypatch.setenv(VARIABLE, str(path))
    true = set_truth("columns-simple", 1)
    body = [p["text"] for article in true["articles"] for p in article["paragraphs"]]
    assert sum("杏树" in text for text in body) > len(body) / 2


def test_a_file_without_prose_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    path.write_text("太短\n", "utf8")
    with pytest.raises(ValueError, match=r"none\.txt holds no paragraph"):
        prose(str(path), "hans")
