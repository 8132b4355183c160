from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.errors import InputError, UsageError
from digitize.formats import from_json, read_page, to_json, to_markdown, to_text, writer
from digitize.geometry import Polygon, Projective, WritingMode
from digitize.model import (
    Article,
    Furniture,
    Glyph,
    Join,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Provenance,
    Region,
    RegionKind,
    Role,
    Separator,
    Source,
)

words = st.text(max_size=20)
ids = st.text("abc0123456789", min_size=1, max_size=5)
# Lengths are written to a hundredth of a pixel.
lengths = st.integers(-10_000, 1_000_000).map(lambda n: n / 100)
shares = st.floats(0, 1)
polygons = st.builds(
    Polygon, st.lists(st.tuples(lengths, lengths), min_size=1, max_size=6).map(tuple)
)
modes = st.sampled_from(WritingMode)


def many(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


glyphs = st.builds(Glyph, words, polygons, shares)
ems = st.integers(0, 100_000).map(lambda n: n / 100)
lines = st.builds(Line, ids, polygons, words, shares, ems, modes, many(glyphs))
regions = st.builds(Region, ids, st.sampled_from(RegionKind), polygons, modes, many(ids))
provenances = st.builds(
    Provenance,
    st.dictionaries(words, words, max_size=2),
    st.dictionaries(words, st.one_of(st.none(), st.booleans(), words), max_size=2),
    st.dictionaries(words, shares, max_size=2),
    many(words),
    words,
)


def flattening(scale: float, turn: float, x: float, y: float) -> Projective:
    return Projective((scale, -turn, x, turn, scale, y, 0, 0, 1))


pages = st.builds(
    Page,
    size=st.tuples(st.integers(1, 99999), st.integers(1, 99999)),
    dpi=st.one_of(st.none(), st.floats(30, 1200)),
    flat=st.builds(flattening, st.floats(0.5, 2), st.floats(-0.2, 0.2), lengths, lengths),
    lines=many(lines),
    regions=many(regions),
    separators=many(st.builds(Separator, polygons, st.booleans())),
    order=many(ids),
    provenance=provenances,
)
joins = st.builds(Join, ids, ids, words, shares)
paragraphs = st.builds(Paragraph, ids, st.sampled_from(Role), words, many(ids), many(joins))
articles = st.builds(
    Article, ids, many(paragraphs), st.one_of(st.none(), ids), st.one_of(st.none(), ids)
)
results = st.builds(
    PageResult,
    source=st.builds(Source, words, st.integers(0, 9), st.integers(1, 9), words),
    status=st.sampled_from(PageStatus),
    page=st.one_of(st.none(), pages),
    articles=many(articles),
    furniture=many(st.builds(Furniture, words, many(ids), words)),
    errors=many(words),
)


@settings(max_examples=150, deadline=None)
@given(results)
def test_json_there_and_back(result: PageResult) -> None:
    kept = replace(result, page=result.page and timeless(result.page))
    assert from_json(to_json(replace(result, seconds=3.0))) == kept


def timeless(page: Page) -> Page:
    return replace(page, provenance=replace(page.provenance, seconds={}))


@pytest.fixture
def page() -> PageResult:
    return PageResult(Source("报\udcff.png"), PageStatus.OK, Page((3, 4)), (story("题", "文。"),))


def story(*texts: str) -> Article:
    roles = (Role.HEADLINE, *[Role.BODY] * len(texts))
    parts = [Paragraph(f"p{i}", roles[i], text) for i, text in enumerate(texts)]
    return Article("a", tuple(parts))


def result_of(*stories: Article) -> PageResult:
    return PageResult(Source("a.png"), PageStatus.OK, Page((3, 4)), stories)


def test_json_is_utf8_whatever_the_path(page: PageResult, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_json(page).encode("utf-8"))
    assert "文。" in path.read_text("utf-8")
    assert read_page(path) == page


def test_json_of_a_page_comes_out_the_same_twice(page: PageResult) -> None:
    assert to_json(page) == to_json(from_json(to_json(page)))
    assert json.loads(to_json(page))["schema"] == "digitize-page/1"


BROKEN = {
    "": "no page written by digitize",
    "{": "no page written by digitize",
    "[]": "schema",
    "{}": "schema",
    '{"schema": "digitize-page/99"}': "schema",
    '{"schema": "digitize-page/1"}': "source",
    '{"schema": "digitize-page/1", "source": {"path": 3}, "status": "ok"}': "source.path",
    '{"schema": "digitize-page/1", "source": {"path": "a"}, "status": "fine"}': "status",
}


@pytest.mark.parametrize("text", sorted(BROKEN))
def test_broken_json_is_an_input_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_page(path)
    message = str(caught.value)
    assert str(path) in message
    assert BROKEN[text] in message
    assert "\n" not in message


def test_json_that_cannot_be_opened_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b"\xff\xfe")
    for name in ("gone.json", "latin.json", "."):
        with pytest.raises(InputError, match="cannot read"):
            read_page(tmp_path / name)


def test_text_has_one_blank_line_between_paragraphs_and_two_between_articles() -> None:
    result = result_of(story("甲", "一。", "二。"), story("乙", "三。"))
    assert to_text(result) == "甲\n\n一。\n\n二。\n\n\n乙\n\n三。\n"


def test_what_is_empty_leaves_no_gap() -> None:
    result = result_of(story("", ""), story("甲", "", "一。"), Article("b", ()), story("乙"))
    assert to_text(result) == "甲\n\n一。\n\n\n乙\n"
    assert to_text(result_of()) == ""
    assert to_text(result_of(story(""))) == ""
    assert to_markdown(result_of(story(""))) == ""


def test_markdown_marks_every_role() -> None:
    texts = {role: f"{role.value} text" for role in Role}
    parts = [Paragraph("p", role, text, ("l1",)) for role, text in texts.items()]
    assert to_markdown(result_of(Article("a", tuple(parts)), story("乙"))).split("\n\n") == [
        "## headline text",
        "**kicker text**",
        "**subtitle text**",
        "### subheading text",
        "*byline text*",
        "body text",
        "*caption text*",
        "table text",
        "> quote text",
        "*turn text*",
        "---",
        "## 乙\n",
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        (r"\*", r"\\\*"),
        ("[注](下)", r"\[注\](下)"),
        ("# 一", r"\# 一"),
        ("- 一", r"\- 一"),
        ("+ 一", r"\+ 一"),
        ("1. 一", r"1\. 一"),
        ("2024) 年", r"2024\) 年"),
        ("3.5 亿", "3.5 亿"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("~~~", r"\~\~~"),
        ("一 # 二 - 三 1. 四", "一 # 二 - 三 1. 四"),
    ],
)
def test_markdown_escapes_what_would_be_markup(text: str, escaped: str) -> None:
    assert to_markdown(result_of(story("题", text))) == f"## 题\n\n{escaped}\n"


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format is called 'doc'; the formats are txt, json"):
        writer("doc")
