"""Reading order, articles, paragraphs and joins on pages drawn in text; see sketch.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sketch

from digitize.reflow import reflow

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

# What reflow gets wrong today. The case says what is right; it fails here when it is put right.
WRONG: dict[str, str] = {}


def marked(path: Path) -> object:
    reason = WRONG.get(path.stem)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("path", [marked(path) for path in CASES])
def test_is_read_as_drawn(path: Path) -> None:
    case = sketch.load(path)
    assert sketch.shown(reflow(case.page)) == case.expected
