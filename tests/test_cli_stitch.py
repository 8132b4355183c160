"""Stories over several pages through the real command; most pages are given as if just read."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_issue as made
import pytest
from click.testing import Result
from command import digitize, files, one_job_here, read_json
from drawn import Drawn, sheet
from made_issue import head, page, text
from PIL import Image
from typesetter import make_page

from digitize import language, running, stitching
from digitize.config import Settings, parse
from digitize.errors import ExitCode
from digitize.formats import read_page, to_text
from digitize.model import PageResult, Source
from digitize.ocr.replay import VARIABLE
from digitize.spool import Spool

Read = Callable[..., PageResult]
FIRST_TEXT = to_text(made.front())
FOURTH_TEXT = to_text(made.fourth())
WHOLE = "\n\n".join([made.CANAL, *made.CANAL_WHOLE])
OTHER = f"{made.SCHOOL}\n\n{made.SCHOOL_TEXT}\n"
LEFT = f"{made.FERRY}\n\n{made.FERRY_TEXT}\n"


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages 1 and 4 of an issue, which are read as drawn in made_issue."""
    return issue(tmp_path, monkeypatch, {"p1": made.front(), "p4": made.fourth()})


def issue(folder: Path, patch: pytest.MonkeyPatch, pages: dict[str, PageResult]) -> Path:
    """Scans of these names, which are read as the results given."""
    scans = folder / "in"
    scans.mkdir()
    for name in pages:
        Image.new("L", (20, 20), 255).save(scans / f"{name}.png")

    def read(source: Source, engine: object, options: object) -> PageResult:
        del engine, options
        return replace(pages[Path(source.path).stem], source=source)

    patch.setattr("digitize.pipeline.digitize_page", read)
    return scans


def run(*args: str | Path) -> Result:
    return digitize("run", *args, "--engine", "null", "-j", 1)


def test_json_names_both_ends_and_the_text_stays(scans: Path, tmp_path: Path) -> None:
    result = run(scans, "-o", tmp_path / "out")
    assert result.exit_code == ExitCode.OK
    assert [line[:5] for line in result.stderr.splitlines()] == ["[1/2]", "[2/2]", "2 ok,"]
    first, fourth = (read_json(tmp_path / "out" / f"p{n}.json")["articles"] for n in (1, 4))
    assert first[0]["turn_on"] == {"page": "4", "text": "（下转第四版）", "line_ids": ["l6"]}
    assert (first[0]["continued_on"], fourth[1]["continued_from"]) == ("p4#a2", "p1#a1")
    assert (tmp_path / "out" / "p1.txt").read_text("utf-8") == FIRST_TEXT
    assert (tmp_path / "out" / "p4.txt").read_text("utf-8") == FOURTH_TEXT


@pytest.mark.parametrize("formats", ["txt,json", "txt", "json,txt,md"])
def test_stitch_writes_the_story_once(scans: Path, tmp_path: Path, formats: str) -> None:
    out = tmp_path / "out"
    assert run(scans, "-o", out, "--stitch", "-f", formats).exit_code == ExitCode.OK
    assert (out / "p1.txt").read_text("utf-8") == f"{WHOLE}\n\n\n{OTHER}"
    assert (out / "p4.txt").read_text("utf-8") == LEFT
    assert len(files(out)) == 2 * len(formats.split(","))
    for name in ("p1", "p4"):
        if "json" in formats:
            assert to_text(read_page(out / f"{name}.json")) == (out / f"{name}.txt").read_text()
        if "md" in formats:
            assert "下转" not in (out / f"{name}.md").read_text("utf-8")


def test_stitch_to_stdout(scans: Path) -> None:
    result = run(scans, "-o", "-", "--stitch")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    assert result.stdout == f"{WHOLE}\n\n\n{OTHER}\n\n{LEFT}"
    backwards = run(scans / "p4.png", scans / "p1.png", "-o", "-", "--stitch")
    assert backwards.stdout == f"{LEFT}\n\n{WHOLE}\n\n\n{OTHER}"


def test_json_to_stdout_names_both_ends(scans: Path) -> None:
    printed = run(scans, "-o", "-", "-f", "json").stdout
    pages = [json.loads(part) for part in printed.split("\n\n\n")]
    assert pages[0]["articles"][0]["continued_on"] == "p4#a2"
    assert pages[1]["articles"][1]["continued_from"] == "p1#a1"


@pytest.mark.parametrize(("stitch", "early"), [(False, 1), (True, 0)])
def test_text_that_waits_for_nothing_is_printed_at_once(
    scans: Path, monkeypatch: pytest.MonkeyPatch, stitch: bool, early: int
) -> None:
    from digitize import pipeline  # noqa: PLC0415 - patched by the fixture

    read = pipeline.digitize_page
    shown: list[str] = []
    before: list[int] = []

    def watched(*args: Any) -> PageResult:
        before.append(len(shown))
        return read(*args)

    monkeypatch.setattr("digitize.pipeline.digitize_page", watched)
    config = parse(f"""
        ocr.engine = "null"
        output.stitch = {str(stitch).lower()}
        batch.jobs = 1
        """)
    plan = running.Plan((str(scans),), "-", Settings(config))
    with one_job_here():
        assert running.run(plan, shown.append, lambda line: None) == ExitCode.OK
    assert before == [0, early]
    assert len(shown) == 2


def test_unresolved_turn_lines_are_told(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(scans / "p1.png", "-o", out)
    assert result.exit_code == ExitCode.OK
    assert result.stderr.splitlines()[1] == (
        f"digitize: {scans}/p1.png: 《{made.CANAL}》（下转第四版）: no page 4 of this issue in the"
        " run"
    )
    article = read_json(out / "p1.json")["articles"][0]
    assert article["turn_on"]["page"] == "4"
    assert article["continued_on"] is None
    assert run(scans / "p1.png", "-o", out, "-q").stderr == ""
    single = run(scans / "p1.png")
    assert single.stdout == FIRST_TEXT
    assert "no page 4" in single.stderr


def test_explain_tells_of_links(scans: Path, tmp_path: Path) -> None:
    result = run(scans, "-o", tmp_path / "out", "--explain")
    assert "p1#a1 goes on in p4#a2 (page numbers, text, same issue; " in result.stderr


def test_what_an_earlier_run_stitched_is_apart_again(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out, "--stitch")
    run(scans, "-o", out)
    assert (out / "p1.txt").read_text("utf-8") == FIRST_TEXT
    assert (out / "p4.txt").read_text("utf-8") == FOURTH_TEXT


def test_a_story_is_not_moved_out_of_a_page_that_cannot_be_written(
    scans: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "p1.txt").mkdir(parents=True)
    result = run(scans, "-o", out, "--stitch", "-q")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert (out / "p4.txt").read_text("utf-8") == FOURTH_TEXT


@pytest.mark.parametrize(("formats", "found"), [("txt,json", True), ("txt", False)])
def test_a_page_without_turn_lines_is_read_again_from_its_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: str, found: bool
) -> None:
    """The rest has lost its turn line but not its headline; only its JSON still holds the page."""
    rest = [*head(made.CANAL), *text(made.CANAL_REST, False), *text(made.CANAL_LAST)]
    pages = {"p1": made.front(), "p4": page("p4.png", [*head(made.FERRY)], rest)}
    scans, out = issue(tmp_path, monkeypatch, pages), tmp_path / "out"
    assert run(scans, "-o", out, "--stitch", "-f", formats).exit_code == ExitCode.OK
    whole = (out / "p1.txt").read_text("utf-8")
    assert (made.CANAL_CUT + made.CANAL_REST in whole) is found
    assert (made.CANAL_REST in (out / "p4.txt").read_text("utf-8")) is not found


def test_a_result_that_is_lost_meanwhile_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = [*head(made.CANAL), *text(made.CANAL_REST, False), *text(made.CANAL_LAST)]
    pages = {"p1": made.front(), "p4": page("p4.png", [*head(made.FERRY)], rest)}
    scans, out = issue(tmp_path, monkeypatch, pages), tmp_path / "out"
    link = stitching.link

    def lose(*args: Any, **kwargs: Any) -> stitching.Links:
        (out / "p4.json").unlink()
        return link(*args, **kwargs)

    monkeypatch.setattr(stitching, "link", lose)
    result = run(scans, "-o", out, "-q")
    assert result.exit_code == ExitCode.SOME_FAILED
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: cannot read {out}/p4.json: ")


def test_a_fault_of_ours_leaves_the_pages_as_they_were_written(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stitching, "link", lambda *args, **kwargs: 1 // 0)
    result = run(scans, "-o", tmp_path / "out", "--stitch", "-q")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "linking the pages: internal error: ZeroDivisionError" in result.stderr
    assert (tmp_path / "out" / "p1.txt").read_text("utf-8") == FIRST_TEXT


def test_a_cut_by_the_end_of_a_page_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = page("p1.png", [*head(made.CANAL), *text(made.CANAL_FIRST), *text(made.CANAL_CUT)])
    rest = page("p2.png", text(made.CANAL_REST, False), text(made.CANAL_LAST))
    scans, out = issue(tmp_path, monkeypatch, {"p1": cut, "p2": rest}), tmp_path / "out"
    run(scans, "-o", out, "--stitch", "-f", "txt")
    assert (out / "p1.txt").read_text("utf-8") == f"{WHOLE}\n"
    assert (out / "p2.txt").read_text("utf-8") == ""
    run(scans, "-o", out, "-f", "txt")
    assert (out / "p2.txt").read_text("utf-8") == to_text(rest)


def test_nothing_to_link_asks_no_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables(texts: object) -> Any:
        raise AssertionError("the tables are loaded")

    monkeypatch.setattr("digitize.language.deferred.signal", tables)
    alone = page("p1.png", [*head(made.SCHOOL), *text(made.SCHOOL_TEXT)])
    scans = issue(tmp_path, monkeypatch, {"p1": alone, "p2": alone})
    assert run(scans, "-o", tmp_path / "out", "--stitch").exit_code == ExitCode.OK
    with pytest.raises(AssertionError):
        language.Deferred().score("锂电", "产业")


# What is kept of the pages


def test_a_stub_is_small() -> None:
    result = made.front()
    stub = stitching.stub_of(result, "p1", 0)
    assert len(pickle.dumps(stub)) < 4000
    quiet = replace(result, articles=result.articles[1:])
    assert len(pickle.dumps(stitching.stub_of(quiet, "p1", 0))) < 1500


def test_the_spool_gives_back_what_was_put_last() -> None:
    spool = Spool()
    assert spool.get("p1") is None
    for name, data in (("p1", b"first"), ("p4", b"fourth"), ("p1", b"")):
        spool.put(name, data)
    assert (spool.get("p1"), spool.get("p4"), spool.get("p2")) == (b"", b"fourth", None)
    spool.close()
    assert spool.get("p4") is None


def test_no_room_to_lay_pages_aside_is_one_line(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    result = run(scans, "-o", "-", "--stitch")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: cannot lay pages aside in {tmp_path}/gone: ")


# Read by engines


@pytest.fixture
def drawn_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two drawn scans, their rows at different heights, so that one recording serves both."""
    scans = tmp_path / "drawn"
    scans.mkdir()
    rows = [*head(made.CANAL)[1:2], *text(made.CANAL_CUT, end="（下转第四版）")]
    rest = ["（上接第一版）", *text(made.CANAL_REST, False), *text(made.CANAL_LAST)]
    first, fourth = drawn(rows, 60), drawn(rest, 700)
    first.image.save(scans / "p1.png")
    fourth.image.save(scans / "p4.png")
    recording = tmp_path / "recording.json"
    lines = [line for p in (first, fourth) for line in json.loads(p.recording())["lines"]]
    recording.write_text(json.dumps({"lines": lines}), "utf-8")
    monkeypatch.setenv(VARIABLE, str(recording))
    yield scans
    assert os.environ[VARIABLE] == str(recording)


def drawn(rows: list[str], top: int) -> Drawn:
    canvas = sheet(720, 1200)
    canvas.text(60, top, rows)
    return canvas


def test_two_workers_stitch_as_one_does(drawn_pair: Path, tmp_path: Path) -> None:
    texts = {}
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        args = ("-o", out, "--stitch", "--engine", "replay", "-j", jobs)
        assert digitize("run", drawn_pair, *args).exit_code == ExitCode.OK
        texts[jobs] = [(out / name).read_text("utf-8") for name in ("p1.txt", "p4.txt")]
        article = read_json(out / "p1.json")["articles"][0]
        (join,) = [j for p in article["paragraphs"] for j in p["joins"]]
        assert (join["reason"], join["after"].partition("#")[0]) == ("page break", "p4")
    assert texts[1] == texts[2]
    assert texts[1] == [
        f"{made.CANAL}\n\n{made.CANAL_CUT}{made.CANAL_REST}\n\n{made.CANAL_LAST}\n",
        "",
    ]


@pytest.mark.slow
def test_a_pair_of_pages_read_by_ocr(tmp_path: Path) -> None:
    scans, out = tmp_path / "in", tmp_path / "out"
    scans.mkdir()
    truths = {}
    for name, seed in (("p1", 12), ("p4", 13)):
        image, truths[name] = make_page("continued", seed, dpi=150)
        image.save(scans / f"{name}.png", dpi=(150, 150))
    assert digitize("run", scans, "-o", out, "--stitch", "-q").exit_code == ExitCode.OK
    story, rest = (truths[name]["articles"][0] for name in ("p1", "p4"))
    cut = story["paragraphs"][-1]["text"] + rest["paragraphs"][0]["text"]
    whole = (out / "p1.txt").read_text("utf-8")
    assert cut[-60:-20] in whole
    assert story["paragraphs"][-1]["text"][-6:] + rest["paragraphs"][0]["text"][:6] in whole
    assert rest["paragraphs"][1]["text"][:12] not in (out / "p4.txt").read_text("utf-8")
