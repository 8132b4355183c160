"""Writing ALTO, PAGE and hOCR: valid by the standards' own schemas, and the same when read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command import digitize
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from made_results import made_result, with_glyphs
from schema_check import faults, xhtml_faults

from digitize.formats import writer
from digitize.formats.alto import from_alto
from digitize.formats.blocks import sheet_of
from digitize.formats.hocr import from_hocr
from digitize.formats.page_xml import from_page_xml
from digitize.formats.words import words
from digitize.geometry import Box, WritingMode
from digitize.model import (
    Article,
    Furniture,
    Glyph,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Region,
    RegionKind,
    Role,
    Separator,
    Source,
)
from digitize.reflow import reflow

PAGES = (("front", 0), ("vertical", 0), ("zaozhuang-2col", 0), ("mixed-vertical", 3), ("tiers", 4))
READERS: dict[str, Callable[[bytes], Page]] = {
    "alto": from_alto,
    "page": from_page_xml,
    "hocr": from_hocr,
}
PIXEL = 1.0  # PAGE and hOCR have whole pixels


def written(name: str, result: PageResult) -> str:
    return writer(name)[1](result)


def wrong(name: str, text: str) -> list[str]:
    """What is not valid in a file."""
    if name == "hocr":
        return xhtml_faults(text)
    return faults(text, "alto-4-3.xsd" if name == "alto" else "page-2019-07-15.xsd")


def near(a: Box, b: Box) -> bool:
    pairs = ((a.x0, b.x0), (a.y0, b.y0), (a.x1, b.x1), (a.y1, b.y1))
    return all(abs(x - y) <= PIXEL for x, y in pairs)


def same_line(a: Line, b: Line) -> None:
    assert a.text == b.text
    assert a.writing_mode is b.writing_mode
    assert abs(a.em - b.em) <= 0.01
    assert near(a.polygon.box, b.polygon.box)
    assert abs(a.confidence - b.confidence) <= 0.01
    assert [g.text for g in a.glyphs if g.text != " "] == [g.text for g in b.glyphs]
    shown = (g for g in a.glyphs if g.text != " ")
    assert all(near(g.polygon.box, h.polygon.box) for g, h in zip(shown, b.glyphs, strict=True))


def texts(articles: tuple[Article, ...]) -> list[list[tuple[Role, str]]]:
    return [[(p.role, p.text) for p in article.paragraphs] for article in articles]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("family", "seed"), PAGES)
def test_files_are_valid_and_read_back_the_same(name: str, family: str, seed: int) -> None:
    result = made_result(family, seed)
    assert result.page is not None
    text = written(name, result)
    assert wrong(name, text) == []
    back = READERS[name](text.encode("utf-8"))
    lines = {line.id: line for line in result.page.lines}
    assert {line.id for line in back.lines} == lines.keys()
    for line in back.lines:
        same_line(lines[line.id], line)
    assert back.order == result.page.order
    assert back.size == result.page.size
    kinds = {i: r.kind for r in back.regions for i in r.line_ids}
    furniture = {i for piece in result.furniture for i in piece.line_ids}
    assert {i for i, kind in kinds.items() if kind is RegionKind.FURNITURE} == furniture


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("family", "seed"), PAGES)
def test_reflow_of_what_is_read_back_gives_the_same_articles(
    name: str, family: str, seed: int
) -> None:
    result = made_result(family, seed)
    back = READERS[name](written(name, result).encode("utf-8"))
    assert texts(reflow(back).articles) == texts(result.articles)


def test_a_paragraph_over_two_columns_is_two_blocks_that_belong_together() -> None:
    result = made_result("zaozhuang-2col", 0)
    cut = [p for s in sheet_of(result).stories for p in s.paragraphs if len(p.blocks) == 2]
    assert cut
    before, after = cut[0].blocks
    assert before.box.overlap_x(after.box) < 0
    page = etree.fromstring(written("page", result).encode())
    joined = [
        tuple(reference.get("regionRef") for reference in relation)
        for relation in page.iter("{*}Relation")
    ]
    assert (before.id, after.id) in joined
    later = [r.get("id") for r in page.iter("{*}TextRegion") if r.get("continuation") == "true"]
    assert after.id in later
    assert before.id not in later
    alto = etree.fromstring(written("alto", result).encode())
    following = {b.get("ID"): b.get("IDNEXT") for b in alto.iter("{*}TextBlock")}
    assert following[before.id] == after.id


def test_the_reading_order_has_a_group_for_every_article() -> None:
    result = made_result("front", 0)
    stories = {s.article.id: [b.id for b in s.blocks] for s in sheet_of(result).stories}
    alto = etree.fromstring(written("alto", result).encode())
    groups = [g for g in alto.iter("{*}OrderedGroup") if len(g) and g[0].get("REF")]
    assert {g.get("ID"): [ref.get("REF") for ref in g] for g in groups} == stories
    page = etree.fromstring(written("page", result).encode())
    indexed = {g.get("id"): g for g in page.iter("{*}OrderedGroupIndexed")}
    assert {i: [ref.get("regionRef") for ref in g] for i, g in indexed.items()} == stories
    assert indexed["a1"].get("caption") == result.articles[0].headline
    hocr = etree.fromstring(written("hocr", result).encode())
    sections = hocr.findall(".//{*}div[@class='ocr_section']")
    found = {s.get("id"): [p.get("id") for p in s.iter("{*}p")] for s in sections}
    assert found == stories


def test_roles_and_directions_are_told() -> None:
    result = made_result("vertical", 0)
    alto = etree.fromstring(written("alto", result).encode())
    assert {line.get("BASEDIRECTION") for line in alto.iter("{*}TextLine")} >= {"ttb"}
    tags = {tag.get("ID"): tag.get("LABEL") for tag in alto.iter("{*}StructureTag")}
    heads = [b for b in alto.iter("{*}TextBlock") if tags.get(b.get("TAGREFS")) == "headline"]
    assert len(heads) >= len([a for a in result.articles if a.headline])
    page = etree.fromstring(written("page", result).encode())
    body = next(r for r in page.iter("{*}TextRegion") if r.get("type") == "paragraph")
    assert (body.get("readingDirection"), body.get("textLineOrder")) == (
        "top-to-bottom",
        "right-to-left",
    )
    assert body.get("custom") == "structure {type:body;}"


def test_the_baseline_lies_in_the_line() -> None:
    page = etree.fromstring(written("page", made_result("front", 0)).encode())
    for line in page.iter("{*}TextLine"):
        outline, base = (_points(line.find(f"{{*}}{tag}")) for tag in ("Coords", "Baseline"))
        assert min(y for _, y in outline) < base[0][1] <= max(y for _, y in outline)
        assert base[0][0] < base[1][0]


def _points(element: Any) -> list[tuple[int, int]]:
    pairs = (point.split(",") for point in element.get("points").split())
    return [(int(x), int(y)) for x, y in pairs]


def line(text: str, glyphs: bool = True, mode: WritingMode = WritingMode.HORIZONTAL) -> Line:
    size = (10 * len(text), 10) if mode is WritingMode.HORIZONTAL else (10, 10 * len(text))
    made = Line("l1", Box(5, 5, 5 + size[0], 5 + size[1]).polygon(), text, 0.8, 10, mode)
    return with_glyphs(made) if glyphs else made


@pytest.mark.parametrize("glyphs", [True, False])
@pytest.mark.parametrize("mode", list(WritingMode))
def test_words_are_what_stands_between_spaces(glyphs: bool, mode: WritingMode) -> None:
    found = words(line("ab 锂电产业", glyphs, mode))
    assert [word.text for word in found] == ["ab", "锂电产业"]
    first, second = (word.polygon.box for word in found)
    if mode is WritingMode.HORIZONTAL:
        assert 5 == first.x0 < first.x1 < second.x0 < second.x1 == 75
    else:
        assert 5 == first.y0 < first.y1 < second.y0 < second.y1 == 75


def test_a_glyph_of_two_code_points_is_valid_in_all() -> None:
    odd = line("花葛", glyphs=False)
    glyphs = (
        Glyph("花", Box(5, 5, 15, 15).polygon(), 0.9),
        Glyph("葛\U000e0100", Box(15, 5, 25, 15).polygon(), 0.8),
    )
    result = page_of(replace(odd, text="花葛\U000e0100", glyphs=glyphs))
    for name in READERS:
        text = written(name, result)
        assert wrong(name, text) == []
        assert READERS[name](text.encode()).lines[0].text == "花葛\U000e0100"


def page_of(*lines: Line, path: str = "a.png") -> PageResult:
    page = Page((99, 99), lines=lines, order=tuple(item.id for item in lines))
    parts = tuple(Paragraph(f"a1p{i}", Role.BODY, x.text, (x.id,)) for i, x in enumerate(lines))
    return PageResult(Source(path), PageStatus.OK, page, (Article("a1", parts),))


@pytest.mark.parametrize("name", READERS)
def test_pages_without_text_are_valid(name: str) -> None:
    for result in (
        page_of(),
        PageResult(Source("a.png"), PageStatus.EMPTY, Page((9, 9))),
        PageResult(Source("a.png"), PageStatus.FAILED),
        page_of(replace(line("a"), text=" ", glyphs=())),
    ):
        text = written(name, result)
        assert wrong(name, text) == []
        assert READERS[name](text.encode()).lines == ()


@pytest.mark.parametrize("name", READERS)
def test_pictures_frames_and_rules_are_written(name: str) -> None:
    result = page_of(line("一二三"))
    assert result.page is not None
    shapes = replace(
        result.page,
        regions=(
            Region("picture1", RegionKind.PICTURE, Box(40, 40, 60, 60).polygon()),
            Region("frame1", RegionKind.FRAME, Box(0, 0, 90, 90).polygon()),
        ),
        separators=(Separator(Box(2, 0, 3, 90).polygon(), True),),
    )
    text = written(name, replace(result, page=shapes))
    assert wrong(name, text) == []
    back = READERS[name](text.encode())
    pictures = [r for r in back.regions if r.kind is RegionKind.PICTURE]
    assert Box(40, 40, 60, 60) in [r.polygon.box for r in pictures]
    assert [s.polygon.box for s in back.separators] == [Box(2, 0, 3, 90)]
    if name != "hocr":
        frames = [r.polygon.box for r in back.regions if r.kind is RegionKind.FRAME]
        assert frames == [Box(0, 0, 90, 90)]


ids = st.text(st.characters(codec="utf-8"), max_size=4)
contents = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "Cc"]), max_size=5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ids, contents, st.booleans()), max_size=5), ids, st.text(max_size=5))
def test_any_ids_and_characters_are_valid(
    rows: list[tuple[str, str, bool]], article: str, path: str
) -> None:
    lines = tuple(replace(line(text or " ", glyphs), id=i) for i, text, glyphs in rows)
    result = page_of(*lines, path=path)
    result = replace(result, articles=(replace(result.articles[0], id=article),) * 2)
    result = replace(result, furniture=(Furniture("一", tuple(i for i, *_ in rows), article),))
    for name in READERS:
        assert wrong(name, written(name, result)) == []


def test_a_line_that_two_paragraphs_name_is_written_once() -> None:
    result = page_of(line("一二三"))
    twice = replace(result, articles=result.articles * 2)
    for name, read in READERS.items():
        assert len(read(written(name, twice).encode()).lines) == 1


@pytest.mark.usefixtures("replay_story")
def test_the_command_writes_them(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = digitize("run", scan, "--engine", "replay", "-o", out, "-f", "alto,page,hocr", "-j", 1)
    assert done.exit_code == 0, done.output
    for name in READERS:
        text = (out / f"page{writer(name)[0]}").read_text("utf-8")
        assert wrong(name, text) == []
        assert "水渠今日完工" in re.sub(r"<[^>]*>", "", text) or name == "alto"
