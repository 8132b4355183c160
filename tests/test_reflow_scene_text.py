"""Lines in photographs leave the articles and are kept, in every format that can hold them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree
from made_results import made_result
from schema_check import faults, xhtml_faults

from digitize.foreign.page import adopted
from digitize.formats import writer
from digitize.formats.alto import alto_pages
from digitize.formats.hocr import hocr_pages
from digitize.formats.json import from_json, to_json
from digitize.formats.page_xml import page_xml_pages
from digitize.geometry import Box
from digitize.model import Line, Page, PageResult, Region, RegionKind
from digitize.reflow import Reflowed, reflow

READERS = {"alto": alto_pages, "page": page_xml_pages, "hocr": hocr_pages}
TEXTS = ("新华书店", "出口")
WITHOUT = made_result("front", 0)


def with_signs(page: Page) -> Page:
    """``page`` with two lines in its first picture, across the columns of a story."""
    box = next(r.polygon.box for r in page.regions if r.kind is RegionKind.PICTURE)
    lines, regions = [], []
    for i, text in enumerate(TEXTS):
        outline = Box(box.x0 + 40, box.y0 + 60 * i, box.x0 + 200, box.y0 + 60 * i + 40).polygon()
        lines.append(Line(f"s{i}", outline, text, 0.9, 40.0))
        regions.append(
            Region(f"scene_text{i}", RegionKind.SCENE_TEXT, outline, line_ids=(f"s{i}",))
        )
    return replace(page, lines=(*page.lines, *lines), regions=(*page.regions, *regions))


def result() -> PageResult:
    assert WITHOUT.page is not None
    done = reflow(with_signs(WITHOUT.page))
    return replace(WITHOUT, page=done.page, articles=done.articles, furniture=done.furniture)


def kept(found: Reflowed | PageResult) -> list[str]:
    return [piece.text for piece in found.furniture if piece.kind == "scene_text"]


def test_the_articles_are_those_of_the_page_without_them() -> None:
    page = result()
    assert page.articles == WITHOUT.articles
    assert kept(page) == list(TEXTS)
    assert [p for p in page.furniture if p.kind != "scene_text"] == list(WITHOUT.furniture)
    assert page.page is not None
    used = [i for a in page.articles for p in a.paragraphs for i in p.line_ids]
    used += [i for piece in page.furniture for i in piece.line_ids]
    assert Counter(used) == Counter(line.id for line in page.page.lines)
    assert page.page.scene_text == {"s0", "s1"}


def test_a_page_of_nothing_else() -> None:
    page = with_signs(WITHOUT.page or Page((9, 9)))
    alone = replace(page, lines=tuple(x for x in page.lines if x.id in page.scene_text))
    found = reflow(alone)
    assert found.articles == ()
    assert kept(found) == list(TEXTS)


def test_as_it_stands_all_lines_are_there() -> None:
    page = with_signs(WITHOUT.page or Page((9, 9)))
    assert {"s0", "s1"} < {
        i for a in reflow(page, "none").articles for p in a.paragraphs for i in p.line_ids
    }


@pytest.mark.parametrize("name", ["txt", "md", "csv", "jsonl"])
def test_the_text_has_none_of_them(name: str) -> None:
    assert writer(name)[1](result()) == writer(name)[1](WITHOUT)


def test_json_has_them_and_is_read_back() -> None:
    page = result()
    kinds = [f["kind"] for f in json.loads(to_json(page))["furniture"]]
    assert kinds.count("scene_text") == len(TEXTS)
    back = from_json(to_json(page))
    assert kept(back) == list(TEXTS)
    assert back.page is not None
    assert kept(reflow(back.page)) == list(TEXTS)


@pytest.mark.parametrize("name", READERS)
def test_layout_formats_have_them_and_tell_what_they_are(name: str) -> None:
    text = writer(name)[1](result())
    schemas = {"alto": "alto-4-3.xsd", "page": "page-2019-07-15.xsd"}
    assert (xhtml_faults(text) if name == "hocr" else faults(text, schemas[name])) == []
    page = adopted(READERS[name](text.encode())[0])
    assert page.scene_text == {"s0", "s1"}
    again = reflow(page)
    assert kept(again) == list(TEXTS)
    texts = [[p.text for p in a.paragraphs] for a in again.articles]
    assert texts == [[p.text for p in a.paragraphs] for a in WITHOUT.articles]


def test_tei_puts_them_in_figures() -> None:
    text = writer("tei")[1](result())
    assert faults(text, "tei-4.3.0.rng") == []
    root = etree.fromstring(text.encode())
    found = root.findall(".//{*}figure/{*}p[@rend='scene_text']")
    assert ["".join(p.itertext()) for p in found] == list(TEXTS)
