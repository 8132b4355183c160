"""The drawn pages as a detector measures them: ink, not squares; edges and sizes a little off."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sketch
from test_reflow_sketches import FOLDER, WRONG

from digitize import language
from digitize import text as chars
from digitize.geometry import Box, WritingMode
from digitize.model import Line, Page
from digitize.reflow import reflow

CASES = [path for path in sorted(FOLDER.glob("*.txt")) if path.stem not in WRONG]
SEEDS = range(3)
OFF = 0.08  # em by which an edge is off at most
SIZE_OFF = 0.05  # share by which a size is off at most
BLANK = 0.45  # em without ink in the square of a stop or bracket
LEAST = 0.95  # of the pages that are read as drawn


def measured(page: Page, random: Random) -> Page:
    """The page with its lines as wide as their ink, every edge and size off at random."""
    return replace(page, lines=tuple(_measured(line, random) for line in page.lines))


def _measured(line: Line, random: Random) -> Line:
    def off() -> float:
        return random.uniform(-OFF, OFF) * line.em

    box, last = line.polygon.box, line.text[-1:]
    ends = last in chars.CLOSERS | chars.SENTENCE_ENDS | chars.CONTINUES
    start = BLANK * line.em * (line.text[:1] in chars.OPENERS) + off()
    end = BLANK * line.em * ends + off()
    if line.writing_mode is WritingMode.VERTICAL:
        ink = Box(box.x0 + off(), box.y0 + start, box.x1 + off(), box.y1 - end)
    else:
        ink = Box(box.x0 + start, box.y0 + off(), box.x1 - end, box.y1 + off())
    size = random.uniform(1 - SIZE_OFF, 1 + SIZE_OFF)
    return replace(line, polygon=ink.polygon(), em=line.em * size)


def articles_of(text: str) -> str:
    """What was read, without the furniture, whose order says nothing."""
    return text.split("\n----\n", maxsplit=1)[0].strip()


def read_wrong(path: Path, seed: int) -> bool:
    case = sketch.load(path)
    page = measured(case.page, Random(seed))
    spoken = language.signal([line.text for line in page.lines])
    found = sketch.shown(reflow(page, continuity=spoken))
    return articles_of(found) != articles_of(case.expected)


def test_drawn_pages_are_read_alike_when_measured_badly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = Counter(path.stem for path in CASES for seed in SEEDS if read_wrong(path, seed))
    pages = len(CASES) * len(SEEDS)
    with capsys.disabled():
        print(f" [{pages - wrong.total()} of {pages} right; wrong: {dict(wrong)}]", end="")
    assert wrong.total() <= (1 - LEAST) * pages
