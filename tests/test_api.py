"""The library: the names that stay, and the examples that are told."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest
from drawn import HEADLINE, STORY_TEXT, story

import digitize
from digitize import (
    DigitizeError,
    PageStatus,
    RunOptions,
    digitize_page,
    digitize_pages,
    reflow_text,
    render,
)
from digitize.errors import InputError, UsageError
from digitize.model import Source
from digitize.ocr import EngineSettings, make


@pytest.fixture
def there(scan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The drawn story as page.png in the working directory."""
    monkeypatch.chdir(scan.parent)
    return scan


@pytest.mark.usefixtures("there")
def test_the_examples_do_what_they_say() -> None:
    done = doctest.testmod(digitize, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted > 15
    assert done.failed == 0


def test_all_names_are_there_and_typed() -> None:
    for name in digitize.__all__:
        assert getattr(digitize, name).__name__ == name
    assert set(digitize.__all__) <= set(dir(digitize))
    assert (Path(digitize.__file__).parent / "py.typed").exists()
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        digitize.nothing  # noqa: B018


def test_the_package_alone_loads_nothing_heavy() -> None:
    heavy = {"cv2", "numpy", "onnxruntime", "pydantic"}
    code = f"import sys, digitize; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.usefixtures("replay_story")
def test_a_page_by_path_by_source_and_with_an_engine_that_is_ready(there: Path) -> None:
    engine = make("replay", EngineSettings())
    for scan in (str(there), there, Source(str(there))):
        result = digitize_page(scan, engine)
        assert render(result, "txt").decode() == STORY_TEXT


def test_a_page_of_several(tmp_path: Path) -> None:
    image, path = story().image, tmp_path / "issue.tif"
    image.save(path, save_all=True, append_images=[image])
    assert digitize_page(path, "null", page=2).source.page_no == 1
    for number in (0, 3):
        with pytest.raises(InputError, match=f"has no page {number}; it has 2"):
            digitize_page(path, "null", page=number)


def test_what_is_wrong_is_one_line(there: Path) -> None:
    with pytest.raises(UsageError, match="no engine is called 'x'"):
        digitize_page(there, "x")
    with pytest.raises(UsageError, match="no format is called 'x'"):
        render(digitize_page(there, "null"), "x")
    with pytest.raises(UsageError, match="epub holds all pages of a run"):
        render(digitize_page(there, "null"), "epub")


def test_many_pages_one_of_which_is_broken(there: Path) -> None:
    good = there.read_bytes()
    (there.parent / "a.png").write_bytes(good[: len(good) // 2])
    results = list(digitize_pages(there.parent, engine="null"))
    assert [result.status for result in results] == [PageStatus.FAILED, PageStatus.EMPTY]
    assert "a.png" in results[0].errors[0]
    with pytest.raises(DigitizeError, match=r"no such file: gone\.png"):
        list(digitize_pages("gone.png", engine="null"))


def test_options_count(there: Path) -> None:
    options = RunOptions.model_validate({"preprocess": {"deskew": False}})
    result = digitize_page(there, "null", options)
    assert result.page is not None
    assert result.page.provenance.options["preprocess"]["deskew"] is False
    assert result.page.provenance.options["ocr"]["engine"] == "null"


def test_reflow_text_uses_the_language_as_the_command_does() -> None:
    done = reflow_text("2024年是实现“十四五”规划目标任\n\n务的关键一年，更是转型的关键一年。\n")
    assert done.text == "2024年是实现“十四五”规划目标任务的关键一年，更是转型的关键一年。\n"
    assert len(done.joins) == 1


def test_the_example_of_the_readme_runs(there: Path) -> None:
    text = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    section = text.partition("## From Python\n")[2].partition("\n## ")[0]
    code = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    done = subprocess.run(
        [sys.executable, "-c", code.replace("scan.jpg", "page.png")],
        capture_output=True, encoding="utf-8", check=False, cwd=there.parent,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert HEADLINE in done.stdout
