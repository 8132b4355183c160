from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import documented
import pytest
from command import digitize, files
from drawn import story
from PIL import Image

from digitize import cli
from digitize.cli.commands import COMMANDS
from digitize.config import keys
from digitize.errors import ExitCode
from digitize.formats import FORMATS

pytestmark = pytest.mark.usefixtures("replay_story")


def test_preview_shows_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    turned = story().image.rotate(1.5, expand=True, fillcolor=255)
    turned.save(tmp_path / "page.png")
    result = digitize("preview", "page.png")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "page.preview.png\n")
    result = digitize("preview", "page.png", "--skip-step", "deskew", "-o", "less.png")
    assert result.exit_code == ExitCode.OK
    with Image.open("page.preview.png") as full, Image.open("less.png") as less:
        assert full.height == less.height
        assert full.width >= less.width + 1000  # one more panel
    assert files(tmp_path) == ["less.png", "page.png", "page.preview.png"]


def test_engines_without_the_tesseract_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = digitize("engines")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line[0] != " "}
    assert list(rows) == ["rapidocr", "tesseract", "null", "replay"]
    assert "not installed; apt-get install tesseract-ocr " in rows["tesseract"]
    assert "not installed" not in rows["rapidocr"]
    assert "languages: chi_sim, chi_tra" in result.stdout


def test_engines_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rows = {row["name"]: row for row in json.loads(digitize("engines", "--json").stdout)}
    assert rows["rapidocr"]["installed"] is True
    assert "chi_sim" in rows["rapidocr"]["languages"]
    assert rows["tesseract"]["installed"] is False
    assert rows["tesseract"]["version"] == ""
    assert rows["tesseract"]["install"].startswith("apt-get install")


def test_a_missing_program_is_told_before_the_first_page(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("digitize.pipeline.digitize_page", None)  # would be called
    result = digitize("run", scan, "--engine", "tesseract")
    assert result.exit_code == ExitCode.MISSING_ENGINE
    (line,) = result.stderr.splitlines()
    assert "apt-get install tesseract-ocr" in line


def test_help_does_not_wait_for_the_libraries() -> None:
    code = (
        "import sys, digitize.cli; print(sorted({'cv2', 'numpy', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    shown = digitize("--help").stdout
    for code_and_meaning in ("1 some pages failed", "4 no input could be used", "130 interrupted"):
        assert code_and_meaning in " ".join(shown.split())


def test_every_command_loads_without_the_libraries() -> None:
    code = (
        "import sys, click; from digitize.cli import main; ctx = click.Context(main);"
        "[main.get_command(ctx, name) for name in main.list_commands(ctx)];"
        "print(sorted({'cv2', 'numpy', 'pydantic', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_command_is_in_the_table() -> None:
    modules = Path(cli.__file__).parent.glob("*.py")
    commands = {
        path.stem for path in modules if re.search(r"^@command\(", path.read_text("utf-8"), re.M)
    }
    assert commands == {name for names in COMMANDS.values() for name in names}
    assert digitize("nosuch").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("name", [name for names in COMMANDS.values() for name in names])
def test_options_are_under_headings(name: str) -> None:
    result = digitize(name, "--help")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    others = result.stdout.partition("Help:\n")[2].partition("\n\n")[0].split("\n")
    assert [line.split()[0] for line in others if line.strip()] == ["-h,"]


def test_help_shows_defaults_headings_and_examples() -> None:
    shown = digitize("run", "--help").stdout
    assert "[default: rapidocr]" in " ".join(shown.split())
    assert "\nExamples:\n  digitize run scan.jpg " in shown
    first, last = shown.index("\nWhat is written:\n"), shown.index("\nHelp:\n")
    assert first < shown.index("\nThe run:\n") < last


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["rnu"], "no such command: rnu; did you mean run? there are run, status, "),
        (["xyz"], "no such command: xyz; there are run, status, export, "),
        (
            ["--verison"],
            "no such option '--verison'. Did you mean '--version'?; see: digitize --help",
        ),
        (["run"], "missing argument 'INPUT...'; see: digitize run --help"),
        (["run", "x", "--fromat=txt"], "no such option '--fromat'. (Did you mean "),
        (["run", "x", "--engine"], "option '--engine' requires an argument; see: digitize run --"),
        (["diff", "a"], "missing argument 'REFERENCE'; see: digitize diff --help"),
        (["diff", "a", "b", "--max-cer", "x"], "invalid value for '--max-cer': 'x' is not a va"),
    ],
)
def test_wrong_usage_is_one_line(typed: list[str], says: str) -> None:
    result = digitize(*typed)
    assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: {says}")


def test_the_list_of_commands_is_not_cut_off() -> None:
    shown = re.sub(r"(INPUT|FILE|\[ARGS\])\.\.\.", "", digitize("--help").stdout)
    assert "..." not in shown
    assert digitize().exit_code == ExitCode.USAGE  # with the help, on stderr


@pytest.mark.parametrize("path", documented.PARTS, ids=lambda path: path.parent.name)
def test_options_settings_and_help_are_written_down(path: Path) -> None:
    assert documented.written(path) == path.read_text("utf-8"), documented.STALE


def test_the_top_level_is_what_it_is_meant_to_be() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=documented.ROOT, capture_output=True, text=True, check=True
    )
    names = {name.split("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} == {
        "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "digitize", "samples", "tests"
    }  # fmt: skip


def test_the_help_names_all_formats() -> None:
    said = re.search(r"of (.*?);", keys.field_of("output.formats").description or "")
    assert said is not None
    assert set(said[1].split(", ")) == set(FORMATS)


def test_version() -> None:
    assert digitize("--version").stdout == "digitize, version 0.1.0\n"
