"""Reading Tesseract's TSV and the JSON of RapidOCR and PaddleOCR; forms told by content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import made_read
import pytest
from evaluation import SAMPLES
from made_read import Row, Sheet, Word

from digitize.evaluate import read
from digitize.formats.hocr import hocr_pages
from digitize.formats.ocr_json import ocr_json_pages
from digitize.formats.reading import parsed_json, read_table, read_xml
from digitize.formats.tesseract_tsv import tsv_pages
from digitize.geometry import Box, WritingMode
from digitize.model import RegionKind

CORNERS = [[10, 20], [110, 20], [110, 44], [10, 44]]
TALL = [[200, 20], [224, 20], [224, 140], [200, 140]]
TEXTS = ["锂电产业", "竖排的字"]
ROW = {"box": CORNERS, "txt": TEXTS[0], "score": 0.8}
SHAPES: dict[str, Any] = {
    "rapidocr": [ROW, {"box": TALL, "txt": TEXTS[1], "score": 0.9}],
    "rapidocr, one more version": {"boxes": [CORNERS, TALL], "txts": TEXTS, "scores": [0.8, 0.9]},
    "paddleocr-json": {
        "code": 100,
        "data": [
            {"box": CORNERS, "text": TEXTS[0], "score": 0.8},
            {"box": TALL, "text": TEXTS[1], "score": 0.9},
        ],
    },
    "lists": [[CORNERS, TEXTS[0], 0.8], [TALL, TEXTS[1], "0.9"]],
    "paddleocr 2": [[[CORNERS, [TEXTS[0], 0.8]], [TALL, [TEXTS[1], 0.9]]]],
    "paddleocr 2, words": [[[CORNERS, [TEXTS[0], 0.8, [4, [], []]]], [TALL, [TEXTS[1], 0.9]]]],
    "paddleocr 3": {"rec_polys": [CORNERS, TALL], "rec_texts": TEXTS, "rec_scores": [0.8, 0.9]},
    "paddleocr 3, boxes": {
        "res": {
            "rec_boxes": [[10, 20, 110, 44], [200, 20, 224, 140]],
            "rec_texts": TEXTS,
            "rec_scores": [0.8, 0.9],
        }
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_json_gives_the_same_lines(shape: str) -> None:
    (found,) = ocr_json_pages(SHAPES[shape])
    assert [line.text for line in found.page.lines] == TEXTS
    assert [line.confidence for line in found.page.lines] == [0.8, 0.9]
    boxes = [line.polygon.box for line in found.page.lines]
    assert boxes == [Box(10, 20, 110, 44), Box(200, 20, 224, 140)]
    modes = [line.writing_mode for line in found.page.lines]
    assert modes == [WritingMode.HORIZONTAL, WritingMode.VERTICAL]
    assert (found.page.size, found.sized) == ((224, 140), False)


def test_words_pictures_and_size_of_pp_structure() -> None:
    (found,) = ocr_json_pages(
        {
            "input_path": "scans/p1.jpg",
            "width": 600,
            "height": 900,
            "layout_det_res": {
                "boxes": [
                    {"label": "image", "coordinate": [0, 200, 90, 300]},
                    {"label": "text", "coordinate": [0, 0, 90, 100]},
                ]
            },
            "overall_ocr_res": {
                "rec_polys": [CORNERS],
                "rec_texts": TEXTS[:1],
                "rec_scores": [0.8],
                "text_word": [["锂电", "产业"]],
                "text_word_region": [[[[10, 20], [58, 20], [58, 44]], [60, 20, 110, 44]]],
            },
        }
    )
    assert (found.page.size, found.sized, found.picture) == ((600, 900), True, "scans/p1.jpg")
    assert [region.kind for region in found.page.regions] == [RegionKind.PICTURE]
    places = [glyph.polygon.box for glyph in found.page.lines[0].glyphs]
    assert places[0] == Box(10, 20, 34, 44)
    assert places[3] == Box(85, 20, 110, 44)


def test_words_of_rapidocr() -> None:
    words = [[["锂电", 0.9, [[10, 20], [58, 20], [58, 44], [10, 44]]], ["", 1.0, None]]]
    data = {"boxes": [CORNERS], "txts": TEXTS[:1], "scores": [0.8], "word_results": words}
    (found,) = ocr_json_pages(data)
    assert [glyph.text for glyph in found.page.lines[0].glyphs] == ["锂", "电"]


def test_several_pages() -> None:
    found = ocr_json_pages([SHAPES["paddleocr 3"], SHAPES["paddleocr 3, boxes"]])
    assert [len(page.page.lines) for page in found] == [2, 2]
    assert len(ocr_json_pages([SHAPES["paddleocr 2"][0], SHAPES["paddleocr 2"][0]])) == 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        [1],
        {"a": 1},
        "text",
        None,
        {"boxes": [], "txts": ["a"]},
        [{"box": [1, 2], "txt": "甲"}],
        [{"box": [[1, 2], [3, "4"], [5, 6]], "txt": "甲"}],
        [{"box": [[1, 2], [3, float("nan")], [5, 6]], "txt": "甲"}],
        [{"box": [[1, 2], [3, 1e300], [5, 6]], "txt": "甲"}],
        [[[[[[[[CORNERS, ["甲", 1]]]]]]]]],
    ],
)
def test_other_json_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        ocr_json_pages(data)


def test_json_that_is_nested_too_deep() -> None:
    with pytest.raises(ValueError, match="too deep"):
        parsed_json("[" * 100_000)


SHEET = Sheet(
    (400, 300),
    (
        Row((Word("锂电", Box(10, 20, 58, 44)), Word("产业", Box(60, 20, 110, 44)))),
        Row((Word("The", Box(10, 60, 50, 84)), Word("end", Box(60, 60, 110, 84)))),
    ),
)


def test_tsv() -> None:
    (found,) = tsv_pages(made_read.tsv(SHEET).decode())
    assert [line.text for line in found.page.lines] == ["锂电产业", "The end"]
    assert found.page.size == (400, 300)
    first = found.page.lines[0]
    assert first.confidence == pytest.approx(0.935)
    assert first.polygon.box == Box(10, 20, 110, 44)
    assert [glyph.text for glyph in first.glyphs] == list("锂电产业")


def test_tsv_of_several_pages_and_of_windows() -> None:
    text = made_read.tsv(SHEET).decode()
    second = "".join(row.replace("\t1\t", "\t2\t", 1) + "\n" for row in text.splitlines()[1:])
    found = tsv_pages((text + second).replace("\n", "\r\n").replace("height\tconf", "height\tconf"))
    assert [len(page.page.lines) for page in found] == [2, 2]


@pytest.mark.parametrize("text", ["", "a\tb", "level\tpage_num\n"])
def test_other_tables(text: str) -> None:
    assert read_table(text) is None


def test_a_table_without_a_page() -> None:
    with pytest.raises(ValueError, match="no page"):
        tsv_pages(made_read.tsv(SHEET).decode().splitlines()[0])


def test_several_pages_and_rules_of_hocr() -> None:
    one = made_read.hocr(SHEET).decode()
    page = one[one.index("<div") : one.index("</body>")]
    ruled = page.replace("</div>", '<div class="ocr_separator" title="bbox 5 50 395 53"/></div>')
    named = ruled.replace('title="bbox 0', 'title=\'image "/scans/p 2.png"; bbox 0', 1)
    named = named.replace('300">', "300'>", 1)
    found = hocr_pages(one.replace("</body>", named + "</body>").encode())
    assert [len(page.page.lines) for page in found] == [2, 2]
    assert [s.vertical for s in found[1].page.separators] == [False]
    assert found[1].picture == "/scans/p 2.png"


def test_the_words_of_a_line_that_has_a_text_of_its_own() -> None:
    found = read_xml(made_read.page_xml(SHEET))
    assert found is not None
    line = found.pages[0].page.lines[0]
    assert line.confidence == 0.9
    assert [g.polygon.box.x0 for g in line.glyphs] == [10, 34, 60, 85]
    assert found.pages[0].picture == "page.png"


def test_diff_reads_them_too(tmp_path: Path) -> None:
    for form, (suffix, write) in made_read.FORMS.items():
        path = tmp_path / f"{form}{suffix}"
        path.write_bytes(write(SHEET))
        found = read(path)
        assert [p.text for a in found.articles for p in a.paragraphs if "锂" in p.text]
    assert read(SAMPLES / "front-clean.truth.json").kind == "truth"
    path.write_text(json.dumps({"a": 1}), "utf-8")
