"""``digitize config``: what is in force, where it comes from, and a file to begin with."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from command import digitize
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image

from digitize.config import Config, Settings, flags_of, keys, parse
from digitize.config.document import as_toml, template
from digitize.config.overview import of_pages, of_project
from digitize.errors import ExitCode
from digitize.model import Source

SETTINGS = """\
[ocr]
engine = "null"
[profile.a]
match = "a*"
reflow.mode = "geometry"
[profile."日报"]
match = ["报*", "old/*"]
reflow.furniture = ['第.版', "\\"\\t\\\\d"]
[[pages]]
range = "2-3,7-"
preprocess.deskew = false
[[pages]]
match = "*.tif"
ocr.languages = ["chi_tra", "日"]
"""

PATHS = ("a1.tif", "b.tif", "b.png", "报1.tif", "old/b.png", "x/[1]?.tif", "x/1a.tif")
TYPED = [
    {},
    {"ocr.engine": ("--engine", "replay")},
    {"preprocess.deskew": ("--with-step", True), "ocr.languages": ("--lang", ("x",))},
]


def sources() -> list[Source]:
    return [
        Source(path, n, 9 if path.endswith("tif") else 1)
        for path in PATHS
        for n in range(9 if path.endswith("tif") else 1)
    ]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("profile", ["", "a", "none"])
def test_what_is_shown_has_the_same_effect_when_it_is_saved(
    typed: dict[str, tuple[str, object]], profile: str
) -> None:
    made = Settings(parse(SETTINGS), flags_of(typed), profile)
    saved = Settings(parse(as_toml(of_project(made))))
    assert (saved.output, saved.batch) == (made.output, made.batch)
    for source in sources():
        assert saved.for_page(source) == made.for_page(source), source


@examples(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(sources()), unique=True, min_size=1), st.sampled_from(TYPED))
def test_what_is_shown_of_pages_has_the_same_effect_for_them(
    pages: list[Source], typed: dict[str, tuple[str, object]]
) -> None:
    made = Settings(parse(SETTINGS), flags_of(typed))
    saved = Settings(parse(as_toml(of_pages(made, pages))))
    for source in pages:
        assert saved.for_page(source) == made.for_page(source), source


def test_everything_is_in_it_once() -> None:
    table = tomllib.loads(as_toml(of_project(Settings())))
    found = [f"{section}.{name}" for section, inside in table.items() for name in inside]
    assert found == list(keys.every())


def test_the_file_to_begin_with_changes_nothing_and_holds_everything() -> None:
    assert parse(template()) == Config("digitize.toml")
    used = re.sub(r"^#(?=[a-z\[])", "", template(), flags=re.M)
    config = parse(used)
    assert {key: one.value for key, one in config.settings.items()} == {
        key: keys.default_of(key) for key in keys.every()
    }
    (profile,), (pages,) = config.profiles, config.pages
    assert (profile.name, pages.range.text) == ("NAME", "1-4,9-")
    assert max(map(len, template().splitlines())) <= 100


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with pages; the command runs in it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "digitize.toml").write_text(SETTINGS, "utf-8")
    page = Image.new("L", (8, 8), 255)
    page.save(tmp_path / "a.tif", save_all=True, append_images=[page] * 7)
    page.save(tmp_path / "b.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_origins_are_shown(here: Path) -> None:
    result = digitize("config", "-j", 3, "--skip-step", "denoise")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    shown = re.sub(r" {2,}", "  ", result.stdout)
    for line in (
        "# In force, from digitize.toml. Behind each value: who set it.",
        "orient = true  # default",
        "denoise = false  # --skip-step",
        'engine = "null"  # digitize.toml:2',
        "jobs = 3  # --jobs",
        "[profile.a]  # digitize.toml:3",
        'reflow.mode = "geometry"  # profile a (digitize.toml:5)',
        'match = ["报*", "old/*"]',
        "[[pages]]  # digitize.toml:9",
        'range = "2-3,7-"',
        "preprocess.deskew = false  # pages 2-3,7- (digitize.toml:11)",
    ):
        assert line in shown.splitlines()


def test_origins_of_pages_are_shown(here: Path) -> None:
    result = digitize("config", "a.tif", "b.png")
    assert result.exit_code == ExitCode.OK
    shown = re.sub(r" {2,}", "  ", result.stdout)
    assert (
        shown.partition("[[pages]]")[2]
        == """
match = ["./a.tif"]
range = "1,4-6"
ocr.languages = ["chi_tra", "日"]  # pages *.tif (digitize.toml:14)
reflow.mode = "geometry"  # profile a (digitize.toml:5)

[[pages]]
match = ["./a.tif"]
range = "2-3,7-8"
preprocess.deskew = false  # pages 2-3,7- (digitize.toml:11)
ocr.languages = ["chi_tra", "日"]  # pages *.tif (digitize.toml:14)
reflow.mode = "geometry"  # profile a (digitize.toml:5)
"""
    )
    alone = digitize("config", "b.png").stdout
    assert "[[pages]]" not in alone
    assert "[profile" not in alone


def test_a_profile_that_is_asked_for_is_in_force_everywhere(here: Path) -> None:
    shown = re.sub(r" {2,}", "  ", digitize("config", "--profile", "日报").stdout)
    assert "[profile" not in shown
    assert 'furniture = ["第.版", "\\"\\t\\\\d"]  # profile 日报 (digitize.toml:8)' in shown


def test_as_json(here: Path) -> None:
    data = json.loads(digitize("config", "--json").stdout)
    assert list(data) == ["file", "settings", "profiles", "pages"]
    assert data["file"] == "digitize.toml"
    engine = {"value": "null", "kind": "file", "name": "", "file": "digitize.toml", "line": 2}
    assert data["settings"]["ocr.engine"] == engine
    assert [profile["name"] for profile in data["profiles"]] == ["a", "日报"]
    assert data["pages"][0]["range"] == "2-3,7-"
    assert json.loads(digitize("config", "--json", "--no-config").stdout)["file"] == ""


def test_inputs_that_are_no_scans(here: Path) -> None:
    result = digitize("config", "b.png", "gone.png")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert result.stderr == "digitize: no such file: gone.png; check the path\n"
    assert digitize("config", "gone.png").exit_code == ExitCode.NOTHING_USABLE


def test_init_writes_no_file_over(here: Path) -> None:
    result = digitize("config", "--init")
    assert result.exit_code == ExitCode.USAGE
    assert result.stderr.startswith("digitize: digitize.toml is there already; edit it, or name")
    assert (here / "digitize.toml").read_text("utf-8") == SETTINGS
    result = digitize("config", "--init", "--config", "报.toml")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "报.toml\n")
    assert (here / "报.toml").read_text("utf-8") == template()
    result = digitize("config", "--init", "--config", "gone/x.toml")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert result.stderr.startswith("digitize: cannot write gone/x.toml: No such file")


def test_init_mends_what_is_broken(here: Path) -> None:
    (here / "digitize.toml").write_text("[")
    assert digitize("config").exit_code == ExitCode.USAGE
    assert digitize("config", "--init", "--config", "new.toml").exit_code == ExitCode.OK
