"""Double pages through the command line: names, journal, what is told, all that is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import made_spread as made
import numpy as np
import pikepdf
import pytest
from click.testing import Result
from command import digitize, files, read_json
from made_spread import Laid
from PIL import Image
from schema_check import faults

from digitize import api
from digitize.errors import ExitCode
from digitize.image import Pixels
from digitize.model import Page, PageResult, Provenance, Source
from digitize.ocr import Engine, identity
from digitize.options import InputOptions, RunOptions
from digitize.pipeline import put_in_order
from digitize.source import hashed


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are found empty without a look at them."""

    def read(source: Source, engine: Engine, options: RunOptions) -> PageResult:
        made_so = Provenance(steps=("unread",), sha256=hashed(source).sha256)
        return put_in_order(
            hashed(source), Page((20, 20), provenance=made_so), identity(engine), options
        )

    monkeypatch.setattr("digitize.pipeline.digitize_page", read)


def run(*args: str | Path, engine: str = "null") -> Result:
    result = digitize("run", *args, "--engine", engine, "-j", 1)
    assert result.exit_code == ExitCode.OK, result.stderr
    return result


def spread(left: str = "one", right: str = "bands") -> Pixels:
    return made.double(made.page(left, 33), made.page(right, 34)).scan


def single() -> Pixels:
    return made.page("one", 33)


def saved(path: Path, *pages: Pixels) -> Path:
    first, *more = (Image.fromarray(page) for page in pages)
    if more:
        first.save(path, save_all=True, append_images=more, dpi=(made.DPI, made.DPI))
    else:
        first.save(path)
    return path


def texts(folder: Path) -> list[str]:
    return [name.removesuffix(".txt") for name in files(folder) if name.endswith(".txt")]


def test_both_pages_get_files_of_their_own(tmp_path: Path) -> None:
    scan, out = saved(tmp_path / "报纸.png", spread()), tmp_path / "out"
    result = run(scan, "-o", out)
    assert "1 scan shows two pages side by side; with --spread no they are" in result.stderr
    assert "2 empty" in result.stderr  # the null engine reads nothing
    assert texts(out) == ["报纸-a", "报纸-b"]
    pages = [read_json(out / f"报纸-{letter}.json") for letter in "ab"]
    halves = [page["source"]["half"] for page in pages]
    assert halves == ["left, first", "right, second"]
    assert {page["source"]["path"] for page in pages} == {str(scan)}
    assert all(page["page"]["size"] == [spread().shape[1], spread().shape[0]] for page in pages)


@pytest.mark.usefixtures("unread")
def test_old_papers_are_read_from_the_right(tmp_path: Path) -> None:
    scan, out = saved(tmp_path / "old.png", spread("vertical", "tiers")), tmp_path / "out"
    run(scan, "-o", out)
    assert read_json(out / "old-a.json")["source"]["half"] == "right, first"
    run(scan, "-o", out, "--writing-mode", "horizontal")
    assert read_json(out / "old-a.json")["source"]["half"] == "left, first"
    assert ": 2 done" in status(out)


def status(out: Path) -> str:
    return digitize("status", out).stdout


@pytest.mark.usefixtures("unread")
def test_a_second_run_knows_both_and_looks_at_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans = [saved(tmp_path / "a.png", spread()), saved(tmp_path / "b.png", single())]
    out = tmp_path / "out"
    foretold = digitize("run", *scans, "-o", out, "--engine", "null", "--dry-run").stdout
    assert "a.png[left]" in foretold
    assert "a.png[right]" in foretold
    run(*scans, "-o", out)
    assert texts(out) == ["a-a", "a-b", "b"]
    monkeypatch.setattr("digitize.spreads.two_pages", lambda look: pytest.fail("looked again"))
    run(*scans, "-o", out)
    assert read_json(out / "report.json")["pages"]["skipped"] == 3


@pytest.mark.usefixtures("unread")
def test_asked_otherwise_a_scan_is_one_page_again(tmp_path: Path) -> None:
    scan, out = saved(tmp_path / "a.png", spread()), tmp_path / "out"
    run(scan, "-o", out)
    run(scan, "-o", out, "--spread", "no")
    assert read_json(out / "a.json")["source"]["half"] == ""
    assert ": 1 done" in status(out)
    run(scan, "-o", out, "--spread", "yes")
    assert ": 2 done" in status(out)


def test_yes_parts_what_shows_no_gutter_and_tells(tmp_path: Path) -> None:
    grey = saved(tmp_path / "grey.png", np.full((300, 500), 200, np.uint8))
    result = run(grey, saved(tmp_path / "high.png", single()), "-o", tmp_path / "out",
                 "--spread", "yes")  # fmt: skip
    assert "grey.png: no gutter is to be seen; it is parted in the middle" in result.stderr
    assert texts(tmp_path / "out") == ["grey-a", "grey-b", "high"]
    steps = read_json(tmp_path / "out/grey-a.json")["page"]["provenance"]["steps"]
    assert "left page, cut in the middle: no gutter seen" in steps


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("kind", ["tif", "pdf"])
def test_pages_of_a_document_are_parted_each_for_itself(kind: str, tmp_path: Path) -> None:
    scan = saved(tmp_path / f"vol.{kind}", single(), spread(), spread("bands", "one"))
    out = tmp_path / "out"
    run(scan, "-o", out, "-f", "txt,pdf,mets")
    names = ["vol-p0001", "vol-p0002-a", "vol-p0002-b", "vol-p0003-a", "vol-p0003-b"]
    assert texts(out) == names
    with pikepdf.open(out / "vol.searchable.pdf") as document:
        assert len(document.pages) == 3
    assert faults((out / "mets.xml").read_text("utf-8"), "mets-1.12.1.xsd") == []


@pytest.mark.usefixtures("unread")
def test_scans_in_an_archive(tmp_path: Path) -> None:
    scan = saved(tmp_path / "a.png", spread())
    with zipfile.ZipFile(tmp_path / "vol.zip", "w") as archive:
        archive.write(scan, "1/a.png")
    run(tmp_path / "vol.zip", "-o", tmp_path / "out")
    assert texts(tmp_path / "out") == ["a-a", "a-b"]


def test_the_library_gives_both(tmp_path: Path) -> None:
    scan = saved(tmp_path / "a.png", spread())
    options = RunOptions.model_validate({"ocr": {"engine": "null"}})
    found = [page.source.label for page in api.digitize_pages(scan, options=options)]
    assert found == [f"{scan}[left]", f"{scan}[right]"]
    whole = options.model_copy(update={"input": InputOptions(spread="no")})
    assert len(list(api.digitize_pages(scan, options=whole))) == 1


@pytest.mark.slow
def test_a_double_page_is_read(tmp_path: Path) -> None:
    left, right = (made.page("briefs", seed, 120) for seed in (3, 4))
    double = made.double(left, right, Laid((-0.7, 0.9)))
    scan, out = saved(tmp_path / "a.png", double.scan), tmp_path / "out"
    run(scan, "-o", out, "-f", "txt,json,alto,page,hocr,pdf", "--overlay", engine="rapidocr")
    for letter, on_left in (("a", True), ("b", False)):
        page = read_json(out / f"a-{letter}.json")["page"]
        lines = [line for line in page["lines"] if len(line["text"]) > 5]
        assert len(lines) > 15
        assert all((x < double.gutter) is on_left for line in lines for x, _ in line["polygon"])
        for kind, schema in (("alto", "alto-4-3.xsd"), ("page", "page-2019-07-15.xsd")):
            assert faults((out / f"a-{letter}.{kind}.xml").read_text("utf-8"), schema) == []
    with pikepdf.open(out / "a.searchable.pdf") as document:
        assert len(document.pages) == 1
