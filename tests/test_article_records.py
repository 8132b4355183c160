"""One article a line (JSON Lines), one article a row (CSV)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

from command import digitize
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.formats import article_writer, writer
from digitize.formats.csv import COLUMNS
from digitize.geometry import Box
from digitize.model import (
    Article,
    Half,
    Line,
    Masthead,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Provenance,
    Role,
    Source,
)

HEADS = ((Role.KICKER, "东岭"), (Role.HEADLINE, "通水了"), (Role.BYLINE, "记者 陈静"))
BODY = ((Role.BODY, '一，"二"。'), (Role.CAPTION, "图为水渠。"), (Role.SUBHEADING, "三"))


def story(number: int, *paragraphs: tuple[Role, str]) -> Article:
    parts = (
        Paragraph(f"a{number}p{i}", role, text, (f"l{number}{i}",))
        for i, (role, text) in enumerate(paragraphs)
    )
    return Article(f"a{number}", tuple(parts))


def page(*articles: Article, path: str = "scans/1.png") -> PageResult:
    lines = tuple(
        Line(i, Box(0, 0, 9, 9).polygon(), p.text, 0.9 if p.role is Role.BODY else 0.6, 9)
        for article in articles
        for p in article.paragraphs
        for i in p.line_ids
    )
    made = Page((9, 9), lines=lines, provenance=Provenance({"digitize": "0.1.0", "engine": "null"}))
    head = Masthead("河西日报", "2024-02-06", "A03", "要闻")
    source = Source(path, 2, 4, "ab" * 32)
    return PageResult(source, PageStatus.OK, made, articles, masthead=head)


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_line_of_json_tells_all_of_an_article() -> None:
    article = replace(story(1, *HEADS, *BODY), continued_on="p4#a2")
    (row,) = lines_of(writer("jsonl")[1](page(article), "issue-p0003"))
    assert row == {
        "id": "issue-p0003#a1",
        "paper": "河西日报",
        "date": "2024-02-06",
        "page": "A03",
        "section": "要闻",
        "kind": "story",
        "headline": "通水了",
        "kicker": "东岭",
        "subtitle": "",
        "byline": "记者 陈静",
        "text": '一，"二"。\n三',
        "paragraphs": [{"role": r.value, "text": t} for r, t in (*HEADS, *BODY)],
        "confidence": 0.6818,  # 6 characters of 22 with 0.9, the rest with 0.6
        "continued_from": None,
        "continued_on": "p4#a2",
        "source": {"path": "scans/1.png", "page": 3, "sha256": "ab" * 32},
        "versions": {"digitize": "0.1.0", "engine": "null"},
    }


def test_an_article_tells_which_page_of_a_double_page_it_is_from() -> None:
    result = page(story(1, *HEADS, *BODY))
    half = replace(result, source=replace(result.source, half=Half.RIGHT_FIRST))
    (row,) = lines_of(writer("jsonl")[1](half, "issue-p0003-a"))
    assert row["source"]["half"] == "right"


def test_a_row_of_csv_tells_the_same() -> None:
    result = page(story(1, *HEADS, *BODY))
    text = writer("csv")[1](result, "issue-p0003")
    assert text.endswith("\r\n")
    (row,) = rows_of(text)
    (line,) = lines_of(writer("jsonl")[1](result, "issue-p0003"))
    assert tuple(row) == COLUMNS
    same = set(COLUMNS) - {"confidence", "continued_from", "continued_on", "source", "version"}
    assert {key: row[key] for key in same & line.keys()} == {k: line[k] for k in same & line.keys()}
    assert float(row["confidence"]) == line["confidence"]
    assert (row["source"], row["source_page"], row["version"]) == ("scans/1.png", "3", "0.1.0")


def test_an_article_is_called_as_its_page_s_files_are_unless_told() -> None:
    (row,) = lines_of(writer("jsonl")[1](page(story(1, *BODY))))
    assert row["id"] == "1-p0003#a1"


def test_what_is_written_elsewhere_or_empty_is_left_out() -> None:
    result = page(story(1, *BODY), replace(story(2, *BODY), stitched_to="p1#a1"), Article("a3", ()))
    assert len(lines_of(writer("jsonl")[1](result))) == len(rows_of(writer("csv")[1](result))) == 1
    assert writer("jsonl")[1](page()) == ""
    assert rows_of(writer("csv")[1](page())) == []


def test_one_article_is_written_as_on_its_page() -> None:
    article = story(1, *HEADS, *BODY)
    for name in ("jsonl", "csv"):
        write = article_writer(name)
        assert write is not None
        assert write(page(article), article) == writer(name)[1](page(article))


anything = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(deadline=None, max_examples=60)
@given(st.lists(anything, min_size=1, max_size=4), anything)
def test_any_text_comes_back_from_both(texts: list[str], path: str) -> None:
    article = story(1, *((Role.BODY, text) for text in texts))
    result = page(article, path=path)
    wanted = "\n".join(text for text in texts if text)
    written = writer("jsonl")[1](result)
    assert len(written.splitlines()) == (1 if wanted else 0)
    assert [row["text"] for row in lines_of(written)] == [wanted] * bool(wanted)
    assert [row["text"] for row in rows_of(writer("csv")[1](result))] == [wanted] * bool(wanted)


def test_a_path_that_is_no_utf8_is_written() -> None:
    for name in ("jsonl", "csv"):
        data = writer(name)[1](page(story(1, *BODY), path="报\udcff.png")).encode("utf-8")
        assert "报\\udcff.png" in data.decode("utf-8")


def test_the_command_writes_both(scan: Any, replay_story: Any, tmp_path: Any) -> None:
    out = tmp_path / "out"
    done = digitize("run", scan, "--engine", "replay", "-o", out, "-f", "jsonl,csv", "-j", 1)
    assert done.exit_code == 0, done.output
    (row,) = lines_of((out / "page.jsonl").read_text("utf-8"))
    assert (row["id"], row["headline"]) == ("page#a1", "水渠今日完工")
    assert rows_of((out / "page.csv").read_bytes().decode())[0]["text"] == row["text"]
