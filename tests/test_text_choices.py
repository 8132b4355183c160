"""The form of the text that is written: standard, punctuation, variants, lines as printed."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from command import digitize, files
from drawn import FIRST, HEADLINE, STORY_TEXT
from made_results import made_result

from digitize import text_choices
from digitize.formats import read_page, to_text
from digitize.geometry import Box
from digitize.model import (
    Article,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Role,
    Source,
    TurnLine,
)
from digitize.options import TextOptions
from digitize.script.variants import unified


def text_of(result: PageResult, **options: object) -> str:
    return to_text(text_choices.applied(result, TextOptions.model_validate(options)))


def page(*lines: str, text: str = "") -> PageResult:
    found = tuple(
        Line(f"l{i}", Box(0, 40 * i, 20 * len(line), 40 * i + 20).polygon(), line, 0.9, 20)
        for i, line in enumerate(lines)
    )
    whole = Paragraph("p", Role.BODY, text or "".join(lines), tuple(x.id for x in found))
    articles = (Article("a1", (whole,)),)
    return PageResult(Source("a.png"), PageStatus.OK, Page((400, 400), lines=found), articles)


def test_standards_by_opencc() -> None:
    assert text_of(page("汉语软件"), convert="s2t") == "漢語軟件\n"
    assert text_of(page("汉语软件"), convert="s2twp") == "漢語軟體\n"
    assert text_of(page("乾坤，裏面"), convert="t2s") == "乾坤，里面\n"


def test_variants_become_the_usual_form_of_the_text_s_own_script() -> None:
    assert unified("靑年囘鄕，圖書館開門") == "青年回鄉，圖書館開門"
    assert unified("靑年回鄕，图书馆开门") == "青年回乡，图书馆开门"
    assert unified("没有变体") == "没有变体"


def test_lines_as_printed() -> None:
    assert text_of(page("一二三", "四五六", "七。"), line_breaks="keep") == "一二三\n四五六\n七。\n"


def test_a_phrase_over_a_line_s_end_is_converted_as_one() -> None:
    assert text_of(page("打开软", "件"), convert="s2tw", line_breaks="keep") == "打開軟\n件\n"
    assert text_of(page("说:“头", "发”..."), punct="full", line_breaks="keep") == "说：“头\n发”……\n"


def test_pieces_of_one_row_stay_in_one_line() -> None:
    result = page("一二三", "四五六")
    assert result.page is not None
    first, second = result.page.lines
    beside = replace(second, polygon=Box(80, 2, 140, 22).polygon())
    result = replace(result, page=replace(result.page, lines=(first, beside)))
    assert text_of(result, line_breaks="keep") == "一二三四五六\n"


@pytest.mark.parametrize("family", ["front", "vertical", "zaozhuang-2col"])
def test_kept_lines_put_together_are_the_text(family: str) -> None:
    result = made_result(family, 0)
    broken = text_of(result, line_breaks="keep")
    assert "".join(broken.split()) == "".join(to_text(result).split())
    assert result.page is not None
    known = {"".join(line.text.split()) for line in result.page.lines}
    rows = {"".join(row.split()) for row in broken.splitlines()}
    assert len(rows & known) > 0.9 * len(known)


def test_turn_lines_change_with_the_text() -> None:
    turn = TurnLine("4", "下轉第4版")
    article = Article("a", (Paragraph("p", Role.TURN, "下轉第4版"),), turn_from=turn)
    result = replace(page("一"), articles=(article,))
    (made,) = text_choices.applied(result, TextOptions(convert="t2s")).articles
    assert made.turn_from is not None
    assert made.turn_from.text == made.paragraphs[0].text == "下转第4版"


def test_nothing_chosen_changes_nothing() -> None:
    result = made_result("front", 0)
    assert text_choices.applied(result, TextOptions()) is result
    assert text_choices.of_page(result) == TextOptions()


@pytest.mark.usefixtures("replay_story")
def test_a_run_writes_the_chosen_form_and_keeps_the_original(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    read = ("run", scan, "--engine", "replay", "-o", out, "-j", 1, "--split-articles")
    formats = ("-f", "txt,json,jsonl,alto,epub")
    done = digitize(*read, *formats, "--convert", "s2t", "--line-breaks", "keep")
    assert done.exit_code == 0, done.output
    text = (out / "page.txt").read_text("utf-8")
    assert text.startswith(
        "水渠今日完工\n\n本報訊昨日上午，城北的新水渠全線完工，清水流進了三個村的\n田裏。"
    )
    assert "水渠今日完工" in json.loads((out / "page.jsonl").read_text("utf-8"))["headline"]
    assert to_text(read_page(out / "page.json")) == STORY_TEXT
    assert FIRST[1][:8] in (out / "page.alto.xml").read_text("utf-8")
    apart = [name for name in files(out / "page") if name.endswith(".txt")]
    assert (out / "page" / apart[0]).read_text("utf-8") == text
    with zipfile.ZipFile(io.BytesIO((out / "articles.epub").read_bytes())) as book:
        chapter = book.read("OEBPS/a00001.xhtml").decode()
    assert "全線完工，清水流進了三個村的田裏。" in chapter

    again = digitize(*read, *formats)
    assert again.exit_code == 0, again.output
    assert (out / "page.txt").read_text("utf-8") == STORY_TEXT


@pytest.mark.usefixtures("replay_story")
def test_export_has_the_choices_of_the_run_unless_told(scan: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    read = ("run", scan, "--engine", "replay", "-o", out, "-j", 1, "-f", "json")
    assert digitize(*read, "--convert", "s2t", "--punct", "half").exit_code == 0
    export = ("export", out, "-o", other, "-f", "txt", "-q")
    assert digitize(*export).exit_code == 0
    assert "三個村的田裏." in (other / "page.txt").read_text("utf-8")
    assert digitize(*export, "--convert", "none", "--punct", "keep").exit_code == 0
    assert (other / "page.txt").read_text("utf-8") == STORY_TEXT


def test_a_choice_that_does_not_exist_is_one_line(scan: Path, tmp_path: Path) -> None:
    done = digitize("run", scan, "--engine", "null", "-o", tmp_path, "--convert", "x2y")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    (tmp_path / "page.json").write_text("{}")
    done = digitize("export", tmp_path, "-o", tmp_path, "-f", "txt", "--punct", "wide")
    assert done.exit_code in {2, 4}
    assert HEADLINE not in done.stdout
