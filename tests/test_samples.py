"""The committed samples: made by the script in the tree, complete, small, and read well."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import make
import pytest
from scoring import Score, norm, score, text_of
from true_lines import set_page
from typesetter import make_page, reference

from digitize.model import PageResult, Role, Source
from digitize.ocr import EngineSettings
from digitize.ocr import make as engine_of
from digitize.options import OcrOptions, RunOptions
from digitize.pipeline import digitize_page

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PAGES = SAMPLES / "pages"
NAMES = [f"{name}-{level}" for name in make.COMMITTED for level in ("clean", "worn")]
ZAOZHUANG = [name for name in NAMES if name.startswith("zaozhuang")]
MEGABYTE = 1_000_000

# The paragraph that the first column's end cuts in the word 任务, and what stands around it.
CUT_BEGIN, CUT_END = "2024年是贯彻落实", "目标任务的关键一年"
BEFORE_IT, AFTER_IT = "加速突破", "坚定“走在前、当标杆”的决心"


def truth_of(name: str) -> dict[str, Any]:
    data = json.loads((PAGES / f"{name}.truth.json").read_text("utf-8"))
    assert isinstance(data, dict)
    return data


def scan_of(name: str) -> Path:
    return PAGES / f"{name}.{'png' if name.endswith('clean') else 'jpg'}"


@pytest.mark.parametrize("level", ["clean", "worn"])
def test_the_same_arguments_give_the_same_page(level: str) -> None:
    (first, one), (second, two) = (make_page("zaozhuang-2col", 0, level, 100) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert one == two


def test_other_seeds_give_other_pages() -> None:
    assert set_page("front", 1) == set_page("front", 1)
    assert set_page("front", 1)["lines"] != set_page("front", 2)["lines"]


@pytest.mark.parametrize("name", make.COMMITTED)
def test_the_script_makes_the_committed_truth(name: str) -> None:
    """Where the fonts of samples/README.md are installed; without them pages differ."""
    family, seed = make.COMMITTED[name]
    made = json.loads(json.dumps(set_page(family, seed)))
    committed = truth_of(f"{name}-clean")
    assert [line["text"] for line in made["lines"]] == [x["text"] for x in committed["lines"]]
    assert made["articles"] == committed["articles"]
    assert made["lines"] == committed["lines"]


def test_the_folder_holds_what_the_readme_names_and_no_more() -> None:
    expected = {scan_of(n).name for n in NAMES}
    expected |= {f"{n}.{kind}" for n in NAMES for kind in ("truth.json", "ref.txt")}
    assert {path.name for path in PAGES.iterdir()} == expected
    assert sum(p.stat().st_size for p in PAGES.iterdir()) < 8 * MEGABYTE


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_the_truth(name: str) -> None:
    text = (PAGES / f"{name}.ref.txt").read_text("utf-8")
    assert text == reference(truth_of(name))


@pytest.mark.parametrize("name", ZAOZHUANG)
def test_the_reference_of_the_report_is_complete(name: str) -> None:
    source = (SAMPLES / "texts" / "zaozhuang.txt").read_text("utf-8").splitlines()
    story = [
        line.split(" ", 1)[1] if line[:1] in "@#" else line
        for line in source
        if line and not line.startswith("@topic")
    ]
    reference_text = norm((PAGES / f"{name}.ref.txt").read_text("utf-8"))
    wanting = [part for part in story if norm(part) not in reference_text]
    assert wanting == []
    assert len(reference_text) == sum(len(norm(part)) for part in story)


@pytest.mark.parametrize("name", ZAOZHUANG)
def test_the_report_is_cut_where_it_should_be(name: str) -> None:
    """A column ends with 任, the next begins with 务."""
    frames = [f["fragments"] for f in truth_of(name)["articles"][0]["frames"]]
    cuts = [(a[-1]["text"], b[0]["text"]) for a, b in pairwise(frames)]
    assert any(a.endswith("任") and b.startswith("务的关键一年") for a, b in cuts)


@cache
def read(name: str) -> PageResult:
    """The sample as the command line reads it with its usual options."""
    options = RunOptions(ocr=OcrOptions(threads=2))
    engine = engine_of(options.ocr.engine, EngineSettings(threads=2))
    return digitize_page(Source(str(scan_of(name))), engine, options)


# All tests of a sample go to one process, which reads it once.
READ = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES]
READ_ZAOZHUANG = [pytest.param(n, marks=pytest.mark.xdist_group(n)) for n in ZAOZHUANG]

# Floors for next, joined, exact; the most CER may be. A little worse than measured.
FLOORS = {
    "zaozhuang-2col-clean": Score(1.00, 1.00, 1.00, 0.005),
    "zaozhuang-2col-worn": Score(1.00, 1.00, 1.00, 0.010),
    "zaozhuang-4col-clean": Score(1.00, 1.00, 1.00, 0.005),
    "zaozhuang-4col-worn": Score(1.00, 1.00, 0.90, 0.010),
    "front-clean": Score(1.00, 1.00, 1.00, 0.010),
    "front-worn": Score(1.00, 1.00, 1.00, 0.020),
    "vertical-clean": Score(1.00, 1.00, 1.00, 0.003),
    "vertical-worn": Score(1.00, 1.00, 0.92, 0.025),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_is_read_as_well_as_it_was(name: str) -> None:
    found = score(truth_of(name), text_of(read(name).articles))
    least = FLOORS[name]
    print(name, found)
    assert found.next >= least.next
    assert found.joined >= least.joined
    assert found.exact >= least.exact
    assert found.cer <= least.cer


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_stories_stay_in_one_piece(name: str) -> None:
    assert score(truth_of(name), text_of(read(name).articles)).cer < 0.1


@pytest.mark.slow
@pytest.mark.parametrize("name", READ_ZAOZHUANG)
def test_the_paragraph_cut_by_the_column_is_one_again(name: str) -> None:
    (story,) = [a for a in read(name).articles if any(CUT_BEGIN in p.text for p in a.paragraphs)]
    paragraphs = [p for p in story.paragraphs if p.role is not Role.CAPTION]
    at = next(i for i, p in enumerate(paragraphs) if CUT_BEGIN in p.text)
    cut = paragraphs[at]
    assert norm(cut.text).startswith(norm(CUT_BEGIN))
    assert CUT_END in cut.text
    assert norm(paragraphs[at - 1].text).startswith(BEFORE_IT)
    assert norm(paragraphs[at + 1].text).startswith(norm(AFTER_IT))
    page = read(name).page
    assert page is not None
    texts = {line.id: line.text for line in page.lines}
    joins = [(texts[j.before].strip()[-1], texts[j.after].strip()[0]) for j in cut.joins]
    assert ("任", "务") in joins


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_page_furniture_stays_out_of_the_articles(name: str) -> None:
    text = norm("".join(p.text for a in read(name).articles for p in a.paragraphs))
    furniture = [norm(f["text"]) for f in truth_of(name)["furniture"]]
    assert [f for f in furniture if len(f) >= 4 and f in text] == []
