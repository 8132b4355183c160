"""What is known of a paper beforehand: its name, its furniture, how its text runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sketch

from digitize.geometry import WritingMode
from digitize.layout.detect import DETECT_EM, Found
from digitize.layout.lines import find_lines
from digitize.options import LayoutOptions, ReflowOptions, RunOptions
from digitize.paper import paper_of
from digitize.reflow import Paper, Reflowed, reflow
from digitize.reflow.plain import reflow_text

CASES = Path(__file__).parent / "cases"
PAGE = """\
今日枣庄
－－－－－－－－－－－－－－－－－－－－－－－－
　＃新桥通车


　　昨天上午城东的新桥　　这样一来城里的车
通车了，大家都很高兴。　　就少多了。
　　记者在桥上看到许多　　　　今后还要再修两座
人走来走去看热闹，说：　　桥，一座在西门外。
“好看。”　　　　　　　　　读者来信选登
"""


def paragraphs(made: Reflowed) -> list[str]:
    return [paragraph.text for article in made.articles for paragraph in article.paragraphs]


def test_name_and_patterns_take_lines_out_of_the_text() -> None:
    page = sketch.page_of(PAGE.splitlines())
    unknown = reflow(page)
    assert (unknown.furniture, unknown.masthead.paper) == ((), "")
    made = reflow(page, paper=Paper("今日枣庄", ("读者.*选登",)))
    found = [(piece.kind, piece.text) for piece in made.furniture]
    assert found == [("paper", "今日枣庄"), ("furniture", "读者来信选登")]
    assert made.masthead.paper == "今日枣庄"
    last = "今后还要再修两座桥，一座在西门外。"
    assert paragraphs(unknown)[0] == "今日枣庄"
    assert paragraphs(unknown)[-1] == f"{last}读者来信选登"
    assert paragraphs(made) == [*paragraphs(unknown)[1:-1], last]


@pytest.mark.parametrize(
    ("text", "is_furniture"),
    [
        ("今日 枣庄", True),
        ("今日枣庄报道", False),
        ("读 者 来信选登", True),
        ("据读者来信选登", False),
        ("3 C", True),
        ("", False),
    ],
)
def test_whole_lines_are_held_against_the_patterns(text: str, is_furniture: bool) -> None:
    assert Paper("今日枣庄", ("读者.*选登", r"\d [A-D]")).claims(text) is is_furniture


def test_a_page_of_which_nothing_is_known_is_as_ever() -> None:
    assert paper_of(RunOptions()) == Paper()
    options = RunOptions(
        layout=LayoutOptions(writing_mode="vertical"),
        reflow=ReflowOptions(paper="申報", furniture=("x",)),
    )
    assert paper_of(options) == Paper("申報", ("x",), WritingMode.VERTICAL)


def test_a_vertical_page_with_much_level_text_is_read_as_one() -> None:
    page = sketch.load(CASES / "level-box-on-an-upright-page.txt").page
    level = WritingMode.HORIZONTAL
    wordy = replace(
        page,
        lines=tuple(
            replace(line, text=line.text * 9) if line.writing_mode is level else line
            for line in page.lines
        ),
    )
    right = reflow(page).page.order
    assert reflow(wordy).page.order != right
    assert reflow(wordy, paper=Paper(mode=WritingMode.VERTICAL)).page.order == right


@pytest.mark.parametrize("mode", [*WritingMode, None])
def test_lines_of_one_glyph_run_as_the_page_does(mode: WritingMode | None) -> None:
    em = DETECT_EM
    single = Found((100.0, 100.0), (em, em), 0.0, 0.9)
    long = Found((100.0, 300.0), (em * 8, em), 0.0, 0.9)
    mask = np.zeros((400, 400), np.uint8)
    one, other = find_lines([single, long], 1.0, mask, mode)
    assert one.writing_mode is (mode or WritingMode.HORIZONTAL)
    assert other.writing_mode is WritingMode.HORIZONTAL  # its shape leaves no doubt


TEXT = """\
新桥通车
昨天上午城东的新桥通车了，大家都很高兴，从早上起就有许多人
今日枣庄
在桥上走来走去看热闹。
读者来信选登
这样一来城里的车就少多了。
"""


def test_lines_of_plain_text_are_taken_out_too() -> None:
    paper = Paper("今日枣庄", ("读者.*选登",))
    made = reflow_text(TEXT, paper=paper)
    assert [piece.text for piece in made.removed] == ["今日枣庄", "读者来信选登"]
    assert "就有许多人在桥上走来走去" in made.text
    assert reflow_text(made.text, paper=paper).text == made.text
    assert "今日枣庄" in reflow_text(TEXT).text
    assert "今日枣庄" in reflow_text(TEXT, paper=paper, keep_furniture=True).text
