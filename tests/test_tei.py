"""Writing TEI P5: valid by the consortium's schema; articles, roles and zones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from made_results import made_result
from schema_check import faults

from digitize.formats import article_writer, writer
from digitize.geometry import Box
from digitize.model import (
    Article,
    Credit,
    Furniture,
    Line,
    Masthead,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Role,
    Source,
)

RNG = "tei-4.3.0.rng"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tei(result: PageResult) -> str:
    return writer("tei")[1](result)


def page(*articles: Article, path: str = "报 1.png") -> PageResult:
    ids = [(i, p.text) for a in articles for p in a.paragraphs for i in p.line_ids]
    lines = tuple(Line(i, Box(1, 2, 30, 9).polygon(), text, 0.9, 7) for i, text in ids)
    head = Masthead("河西日报", "2024-02-06", "A03", "要闻", (Credit("责编", "高松"),))
    return PageResult(
        Source(path, sha256="ab" * 32), PageStatus.OK, Page((40, 50), lines=lines), articles,
        (Furniture("河西日报", ("f",), "paper"),), head,
    )  # fmt: skip


def story(*parts: tuple[Role, str]) -> Article:
    return Article(
        "a1", tuple(Paragraph(f"p{i}", r, t, (f"l{i}",)) for i, (r, t) in enumerate(parts))
    )


@pytest.mark.parametrize(("family", "seed"), [("front", 0), ("vertical", 0), ("mixed", 1)])
def test_a_set_page_is_valid_and_holds_its_text(family: str, seed: int) -> None:
    result = made_result(family, seed)
    text = tei(result)
    assert faults(text, RNG) == []
    root = etree.fromstring(text.encode())
    divs = root.findall(".//{*}div[@type='article']")
    assert len(divs) == len(result.articles)
    for div, article in zip(divs, result.articles, strict=True):
        wanted = "".join("".join(p.text.split()) for p in article.paragraphs)
        assert "".join("".join(div.itertext()).split()) == wanted


def test_every_line_leads_to_its_zone() -> None:
    result = made_result("zaozhuang-2col", 0)
    root = etree.fromstring(tei(result).encode())
    zones = {f"#{zone.get(_ID)}": zone.get("points") for zone in root.iter("{*}zone")}
    marks = [mark.get("facs") for mark in root.iter("{*}lb")]
    assert set(marks) <= zones.keys()
    assert result.page is not None
    assert len(marks) > 0.98 * len(result.page.lines)
    line = result.page.lines[5]
    x, y = line.polygon.points[0]
    assert zones[f"#{line.id}"].split()[0] == f"{round(x)},{round(y)}"


def test_heads_sections_tables_and_captions_have_their_elements() -> None:
    text = tei(
        page(
            replace(
                story(
                    (Role.KICKER, "肩"), (Role.HEADLINE, "题"), (Role.BYLINE, "记者 陈静"),
                    (Role.BODY, "一。"), (Role.SUBHEADING, "小题"), (Role.BODY, "二。"),
                    (Role.TABLE, "甲\t1"), (Role.TABLE, "乙\t2"), (Role.CAPTION, "图为"),
                    (Role.QUOTE, "说"), (Role.TURN, "下转4版"),
                ),
                continued_on="报 4#a2",
            )
        )
    )  # fmt: skip
    assert faults(text, RNG) == []
    div = etree.fromstring(text.encode()).find(".//{*}div[@type='article']")
    assert [e.tag.rpartition("}")[2] for e in div] == ["head", "head", "byline", "p", "div"]
    inner = [e.tag.rpartition("}")[2] for e in div[-1]]
    assert inner == ["head", "p", "table", "figure", "quote", "p"]
    assert [["".join(c.itertext()) for c in row] for row in div.iter("{*}row")] == [
        ["甲", "1"],
        ["乙", "2"],
    ]
    assert div.get("next") == "%E6%8A%A5%204.tei.xml#a2"


def test_the_header_tells_the_source() -> None:
    root = etree.fromstring(tei(page(story((Role.BODY, "一。")))).encode())
    bibl = root.find(".//{*}sourceDesc/{*}bibl")
    told = {(e.tag.rpartition("}")[2], e.get("type") or e.get("unit")): e.text for e in bibl}
    assert told[("title", None)] == "河西日报"
    assert told[("biblScope", "page")] == "A03"
    assert told[("idno", "sha256")] == "ab" * 32
    assert bibl.find("{*}date").get("when") == "2024-02-06"


def test_one_article_is_a_document_of_its_own() -> None:
    result = made_result("front", 0)
    write = article_writer("tei")
    assert write is not None
    text = write(result, result.articles[2])
    assert faults(text, RNG) == []
    root = etree.fromstring(text.encode())
    assert root.find(".//{*}titleStmt/{*}title").text == result.articles[2].headline
    assert len(root.findall(".//{*}div[@type='article']")) == 1
    assert {z.get(_ID) for z in root.iter("{*}zone")} == {
        i for p in result.articles[2].paragraphs for i in p.line_ids
    }


texts = st.text(max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Role), texts), max_size=6), texts, texts)
def test_any_article_is_valid(parts: list[tuple[Role, str]], link: str, path: str) -> None:
    article = replace(story(*parts), continued_from=link or None, id=link)
    for articles in ((article, article), ()):
        assert faults(tei(page(*articles, path=path)), RNG) == []
    assert faults(tei(PageResult(Source(path), PageStatus.EMPTY, Page((9, 9)))), RNG) == []
