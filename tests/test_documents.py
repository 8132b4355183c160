from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from evaluation import SAMPLES, line

from digitize.errors import InputError
from digitize.evaluate import compare, read
from digitize.evaluate.document import Document
from digitize.evaluate.documents import (
    by_lines,
    from_markdown,
    from_page,
    from_result,
    from_text,
    from_truth,
)
from digitize.formats import to_json, to_markdown, to_text
from digitize.formats.line_spans import line_spans
from digitize.geometry import Box
from digitize.model import (
    Article,
    Furniture,
    Glyph,
    Join,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Region,
    RegionKind,
    Role,
    Source,
)

BOX = Box(0, 0, 9, 9).polygon()


def texts(document: Document) -> list[list[str]]:
    return [[p.text for p in article.paragraphs] for article in document.articles]


@pytest.mark.parametrize(
    ("text", "expected", "divided"),
    [
        ("", [[]], False),
        ("一\n二\n三\n", [["一", "二", "三"]], False),
        ("一段\n\n二段\n", [["一段", "二段"]], False),
        ("一\n二\n\n三\n四\n\n五\n", [["一二", "三四", "五"]], False),
        ("题\n\n一\n\n\n题\n\n二\n", [["题", "一"], ["题", "二"]], True),
        ("题\n\n一\n\n\n\n\n题\n\n二\n", [["题", "一"], ["题", "二"]], True),
        ("一\n\n\n二\n\n\n三\n\n\n四", [["一", "二", "三", "四"]], False),
        ("\ufeff一\r\n\r\n二\r\n\r\n三", [["一", "二", "三"]], False),
        ("一\f二\f三", [["一", "二", "三"]], False),
        ("one\ntwo\n\n三\n\n四", [["one two", "三", "四"]], False),
        ("一\n 　\n二\n\n三", [["一", "二", "三"]], False),
    ],
)
def test_plain_text(text: str, expected: list[list[str]], divided: bool) -> None:
    found = from_text(text, "x")
    assert texts(found) == expected
    assert found.divided is divided


@pytest.mark.parametrize(
    ("text", "expected", "divided"),
    [
        (
            "## 题\n\n一\n\n---\n\n## 题二\n\n### 小题\n\n二",
            [["题", "一"], ["题二", "小题", "二"]],
            True,
        ),
        ("# 题\n\n一\n\n# 题二\n\n二", [["题", "一"], ["题二", "二"]], True),
        ("*记者 王某*\n\n**副题**\n\n1\\. 一\\*二", [["记者 王某", "副题", "1. 一*二"]], False),
        ("一\n二\n\n三", [["一二", "三"]], False),
    ],
)
def test_markdown(text: str, expected: list[list[str]], divided: bool) -> None:
    found = from_markdown(text, "x")
    assert texts(found) == expected
    assert found.divided is divided


def result() -> PageResult:
    lines = tuple(
        line(i, text)
        for i, text in enumerate(
            ["锂电产业", "本报记者 王某", "高新区今年", "将要发展", "1*2*3=6", "某报"]
        )
    )
    articles = (
        Article(
            "a1",
            (
                Paragraph("p1", Role.HEADLINE, "锂电产业", ("l0000",)),
                Paragraph("p2", Role.BYLINE, "本报记者 王某", ("l0001",)),
                Paragraph(
                    "p3",
                    Role.BODY,
                    "高新区今年将要发展",
                    ("l0002", "l0003"),
                    (Join("l0002", "l0003", "open end", 0.9),),
                ),
            ),
        ),
        Article("a2", (Paragraph("p4", Role.BODY, "1*2*3=6", ("l0004",)),)),
    )
    page = Page((100, 200), lines=lines)
    furniture = (Furniture("某报", ("l0005",)),)
    source = Source("scan.png", sha256="ab")
    return PageResult(source, PageStatus.OK, page, articles, furniture)


def test_our_own_outputs_hold_the_same_text(tmp_path: Path) -> None:
    page = result()
    for suffix, text in (
        (".txt", to_text(page)), (".md", to_markdown(page)), (".json", to_json(page)),
    ):  # fmt: skip
        path = tmp_path / f"page{suffix}"
        path.write_text(text, "utf-8")
        found = read(path)
        assert found.kind == suffix[1:]
        assert texts(found) == [["锂电产业", "本报记者 王某", "高新区今年将要发展"], ["1*2*3=6"]]
        assert found.divided


def test_a_result_brings_lines_cuts_and_its_scan() -> None:
    found = from_result(result(), "x")
    body = found.paragraphs[2]
    assert [(s.line_id, body.text[s.start : s.end]) for s in body.lines] == [
        ("l0002", "高新区今年"),
        ("l0003", "将要发展"),
    ]
    assert [p.cut for p in found.paragraphs] == [False, False, True, False]
    assert found.source is not None
    assert found.source.path == "scan.png"
    assert found.furniture == ("某报",)


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("甲乙丙丁", ["甲乙", "丙丁"], ["甲乙", "丙丁"]),
        ("ab cd", ["ab", "cd"], ["ab", "cd"]),
        ("甲乙丙丁", ["甲 乙", "丙丁 "], ["甲乙", "丙丁"]),
        ("甲甲甲", ["甲", "甲", "甲"], ["甲", "甲", "甲"]),
        ("甲乙丙丁", ["甲错", "丙丁"], ["甲乙", "丙丁"]),
        ("甲", ["甲", ""], ["甲"]),
        ("", ["甲"], []),
    ],
)
def test_where_lines_stand_in_their_paragraph(
    text: str, lines: list[str], expected: list[str]
) -> None:
    spans = line_spans(text, [line(i, part) for i, part in enumerate(lines)])
    assert [text[s.start : s.end] for s in spans] == expected


def test_a_page_of_lines_follows_its_order_and_regions() -> None:
    lines = tuple(line(i, text) for i, text in enumerate(["三", "一", "二", "页眉", "外"]))
    regions = (
        Region("r1", RegionKind.TEXT, BOX, line_ids=("l0001", "l0002")),
        Region("r2", RegionKind.TEXT, BOX, line_ids=("l0000",)),
        Region("r3", RegionKind.FURNITURE, BOX, line_ids=("l0003",)),
    )
    page = Page((9, 9), lines=lines, regions=regions, order=("l0001", "l0002", "l0000"))
    found = from_page(page, "x", "page")
    assert texts(found) == [["一二", "三", "外"]]
    assert found.furniture == ("页眉",)
    assert not found.divided
    assert texts(by_lines(page, "x")) == [["一", "二", "三", "页眉", "外"]]


def test_set_truth(tmp_path: Path) -> None:
    found = read(SAMPLES / "front-clean.truth.json")
    assert (found.kind, found.divided, len(found.articles)) == ("truth", True, 11)
    assert [p.role for p in found.articles[0].paragraphs][:4] == [
        "kicker", "headline", "subtitle", "byline",
    ]  # fmt: skip
    assert found.aside
    assert "东岭时报" in found.furniture
    assert any(p.cut for p in found.paragraphs)
    # Its text is that of the plain reference.
    plain = read(SAMPLES / "front-clean.ref.txt")
    counts = compare(plain, found).figures
    assert counts.characters.errors == 0
    assert counts.paragraphs.exact == counts.paragraphs.reference
    assert counts.articles is not None
    assert counts.articles.rates["f1"] == 1


def test_truth_without_what_it_need_not_have() -> None:
    found = from_truth({"articles": [{"paragraphs": [{"text": "甲"}]}]}, "x")
    assert texts(found) == [["甲"]]
    with pytest.raises(ValueError, match="no truth"):
        from_truth({"articles": [{"headline": "甲"}]}, "x")
    with pytest.raises(ValueError, match="no truth"):
        from_truth({"articles": "甲"}, "x")


TEXT = (
    "今年的防汛工作已经部署，各个部门都在准备。\n\n"
    "水位上涨了，但是没有超过警戒线。\n\n他说：“不怕。”\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "page.txt"
    traditional = TEXT.translate(str.maketrans("汛个门准备涨过说", "汛個門準備漲過說"))
    text = traditional.replace("“", "「").replace("”", "」").replace("经", "經")
    text = text.replace("员", "員").replace("线", "線").replace("们", "們").replace("没", "沒")
    text = text.replace("准", "準").replace("备", "備").replace("警戒", "警戒")
    path.write_bytes((text if encoding == "big5" else TEXT).encode(encoding))
    found = "".join(p.text for p in read(path).paragraphs)
    expected = (text if encoding == "big5" else TEXT).replace("\n", "")
    assert found == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("page.txt", b"\x81\xff\xfe\x00\x01\x80", "no text|neither"),
        ("page.json", b'{"articles": [', "broken JSON"),
        ("page.json", b'{"schema": "other/1", "articles": []}', "schema"),
        ("page.json", b'{"articles": [{"paragraphs": 3}]}', "no truth"),
        ("page.xml", b"<alto><Layout></alto>", "broken XML"),
        ("page.xml", b"<?xml version='1.0'?><data/>", "neither ALTO, PAGE nor hOCR"),
        ("page.png", b"\x89PNG\r\n\x1a\n0000", "scan"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("lines", ["3", "[3]", '[{"id": 3}]', "null"])
def test_lines_that_are_none(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "page.json"
    path.write_text(f'{{"schema": "digitize-page/1", "page": {{"lines": {lines}}}}}', "utf-8")
    with pytest.raises(InputError, match=r"page\.json"):
        read(path, glyphs=False)


def test_glyphs_can_be_left_out(tmp_path: Path) -> None:
    page = result()
    assert page.page is not None
    first = replace(page.page.lines[0], glyphs=(Glyph("锂", BOX, 0.5),))
    path = tmp_path / "page.json"
    lines = (first, *page.page.lines[1:])
    path.write_text(to_json(replace(page, page=replace(page.page, lines=lines))), "utf-8")
    for glyphs, count in ((True, 1), (False, 0)):
        found = read(path, glyphs=glyphs).page
        assert found is not None
        assert len(found.lines[0].glyphs) == count
        assert found.lines[0].text == "锂电产业"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")


def test_json_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(json.dumps({"articles": [{"paragraphs": [{"text": "甲"}]}]}), "utf-8")
    assert read(path).kind == "truth"
