"""Which settings are in force: flags, ranges of pages, profiles, the file, defaults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import digitize, files
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from digitize.cli.steps import STEPS
from digitize.config import Config, Settings, keys, parse
from digitize.config.values import Layer, Origin, Setting
from digitize.errors import ExitCode, OptionError
from digitize.model import Source
from digitize.options import BatchOptions, OutputOptions, PreprocessOptions, RunOptions

CONFIG = """
[ocr]
engine = "file"
languages = ["file"]
[reflow]
mode = "geometry"
[profile.a]
match = "a*"
ocr.engine = "a"
[profile.b]
match = ["ab*", "b*"]
ocr.engine = "b"
preprocess.deskew = false
[profile.mute]
reflow.mode = "none"
[[pages]]
range = "2-3"
ocr.engine = "pages"
[[pages]]
match = "*.pdf"
range = "3-"
ocr.engine = "later"
"""


@pytest.mark.parametrize(
    ("path", "page", "profile", "engine", "origin"),
    [
        ("c.tif", 1, "", "file", "digitize.toml:3"),
        ("a.tif", 1, "", "a", "profile a (digitize.toml:9)"),
        ("ab.tif", 1, "", "a", "profile a (digitize.toml:9)"),  # the first that fits
        ("b.tif", 1, "", "b", "profile b (digitize.toml:12)"),
        ("b.tif", 2, "", "pages", "pages 2-3 (digitize.toml:18)"),
        ("b.pdf", 3, "", "later", "pages 3- (digitize.toml:22)"),
        ("a.tif", 1, "b", "b", "profile b (digitize.toml:12)"),
        ("a.tif", 1, "none", "file", "digitize.toml:3"),
        ("a.tif", 3, "b", "pages", "pages 2-3 (digitize.toml:18)"),
    ],
)
def test_precedence(path: str, page: int, profile: str, engine: str, origin: str) -> None:
    settings = Settings(parse(CONFIG), profile=profile)
    source = Source(path, page - 1, 9)
    assert settings.for_page(source).ocr.engine == engine
    assert str(settings.in_force(source)["ocr.engine"].origin) == origin
    flag = {"ocr.engine": Setting("flag", Origin("flag", "--engine"))}
    flagged = Settings(parse(CONFIG), flag, profile)
    assert flagged.for_page(source).ocr.engine == "flag"
    assert str(flagged.in_force(source)["ocr.engine"].origin) == "--engine"


def test_a_rule_outdoes_only_what_it_names() -> None:
    settings = Settings(parse(CONFIG))
    options = settings.for_page(Source("b.pdf", 2, 9))
    assert (options.ocr.languages, options.reflow.mode) == (("file",), "geometry")
    assert (options.preprocess.deskew, options.preprocess.orient) == (False, True)
    assert Settings(parse(CONFIG), profile="mute").for_page(Source("x")).reflow.mode == "none"
    assert settings.in_force()["reflow.mode"].value == "geometry"  # "mute" has no pattern


def test_without_a_file_everything_is_as_usual() -> None:
    settings = Settings()
    assert settings.for_page(Source("x.png")) == RunOptions()
    assert (settings.output, settings.batch) == (OutputOptions(), BatchOptions())
    assert {str(one.origin) for one in settings.in_force().values()} == {"default"}


def test_pages_with_the_same_rules_share_their_options() -> None:
    settings = Settings(parse(CONFIG))
    first, second = (settings.for_page(Source(f"a{n}.png")) for n in (1, 2))
    assert first is second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "--profile x: there is no digitize.toml that could have profiles"),
        ("", "--profile x: digitize.toml has no profiles; write one under [profile.NAME]"),
        ("[profile.xy]", "--profile x: no such profile; did you mean xy? there are xy, none"),
    ],
)
def test_a_profile_that_there_is_not(text: str | None, says: str) -> None:
    with pytest.raises(OptionError) as caught:
        Settings(Config() if text is None else parse(text), profile="x")
    assert str(caught.value).startswith(says)


SWITCHES = [f"preprocess.{name}" for name in STEPS]


@examples(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(SWITCHES), st.booleans()), min_size=4, max_size=4))
def test_the_last_that_says_something_decides(said: list[dict[str, bool]]) -> None:
    file, profile, pages, typed = said

    def lines(of: dict[str, bool]) -> str:
        return "\n".join(f"{key} = {str(value).lower()}" for key, value in of.items())

    text = f"{lines(file)}\n[profile.p]\nmatch = '*'\n{lines(profile)}\n[[pages]]\n{lines(pages)}"
    flags: Layer = {key: Setting(value, Origin("flag")) for key, value in typed.items()}
    settings = Settings(parse(text), flags)
    made = settings.for_page(Source("x.png")).preprocess
    for key in SWITCHES:
        values = [one[key] for one in said if key in one]
        assert getattr(made, key.split(".")[1]) is ([True, *values][-1])
        kinds = ("file", "profile", "pages", "flag")
        who = [kind for kind, one in zip(kinds, said, strict=True) if key in one]
        assert settings.in_force(Source("x.png"))[key].origin.kind == (["default", *who][-1])


def test_every_step_has_its_place_on_the_command_line() -> None:
    assert {*STEPS, "binarize"} == set(PreprocessOptions.model_fields)


@pytest.mark.parametrize("key", list(keys.every()))
def test_every_key_is_described(key: str) -> None:
    assert keys.field_of(key).description
    assert keys.allowed(key)
    assert keys.default_of(key) is not None  # TOML could not say it


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings, in which the command runs."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "digitize.toml").write_text('[ocr]\nengine = "null"\n[output]\nformats = ["md"]\n')
    (tmp_path / "scans").mkdir()
    monkeypatch.chdir(tmp_path / "scans")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ([], "page.md"),
        (["-f", "txt"], "page.txt"),
        (["--no-config", "--engine", "null", "--format", "json"], "page.json"),
    ],
)
def test_run_reads_the_file(project: Path, scan: Path, options: list[str], written: str) -> None:
    result = digitize("run", scan, "-o", project / "out", *options)
    assert result.exit_code == ExitCode.OK
    assert files(project / "out") == [written]


def test_explain_tells_which_file_was_read(project: Path, scan: Path) -> None:
    result = digitize("run", scan, "-o", project / "out", "--explain")
    assert f"settings: {project}/digitize.toml" in result.stderr.splitlines()
    result = digitize(
        "run", scan, "-o", project / "out", "--engine=null", "--no-config", "--explain"
    )
    assert "settings: no digitize.toml" in result.stderr.splitlines()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--config", "x.toml", "--no-config"], "--config names a file and --no-config wants none"),
        (["--config", "x.toml"], "cannot read the settings: no such file: x.toml"),
        (["--jobs", "two"], '--jobs: "two" is not allowed; it takes a whole number from 0 to 1024'),
        (["-j", "-1"], '--jobs: "-1" is not allowed; it takes a whole number from 0 to 1024'),
        (["--low-confidence", "2"], '--low-confidence: "2" is not allowed; it takes a number from'),
        (["--reflow", "ful"], '--reflow: "ful" is not allowed; it takes one of none, geometry, f'),
        (["--profile", "x"], "--profile x: "),
    ],
)
def test_a_wrong_flag_is_one_line(project: Path, scan: Path, options: list[str], says: str) -> None:
    result = digitize("run", scan, *options)
    assert result.exit_code == ExitCode.USAGE
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: {says}")


def test_a_working_directory_that_is_gone(project: Path, scan: Path) -> None:
    (project / "scans").rmdir()
    result = digitize("run", scan, "-o", project / "out", "--engine", "null")
    assert (result.exit_code, result.exception) == (ExitCode.OK, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "ocr.engine = 'x'",
            "no engine is called 'x'; the engines are rapidocr, tesseract, null, ",
        ),
        (
            "[profile.p]\nmatch='*'\nocr.engine = 'tesserect'",
            "'tesserect'; did you mean tesseract?",
        ),
        ("output.formats = ['jsn']", "no format is called 'jsn'; did you mean json? the formats"),
    ],
)
@pytest.mark.parametrize("command", ["run", "config"])
def test_names_that_do_not_exist_are_told_with_their_place(
    project: Path, scan: Path, text: str, says: str, command: str
) -> None:
    (project / "digitize.toml").write_text(text)
    result = digitize(command, scan)
    assert result.exit_code == ExitCode.USAGE
    (line,) = result.stderr.splitlines()
    assert says in line
    assert re.search(r"\(from (profile p \()?.*digitize\.toml:[13]\)", line)


def test_an_engine_that_no_page_needs_does_not_matter(project: Path, scan: Path) -> None:
    (project / "digitize.toml").write_text(
        "ocr.engine = 'x'\n[profile.p]\nmatch='*'\nocr.engine='null'"
    )
    assert digitize("run", scan, "-o", project / "out").exit_code == ExitCode.OK


def test_each_page_gets_its_own_options(project: Path, scan: Path) -> None:
    scan.rename(project / "scans" / "报.png")
    (project / "digitize.toml").write_text(
        'ocr.engine = "replay"\n[profile."日报"]\nmatch = "报*"\nocr.engine = "null"\n', "utf-8"
    )
    result = digitize("run", "报.png", "-o", "out", "-f", "json")
    assert result.exit_code == ExitCode.OK
    assert '"engine": "null"' in Path("out/报.json").read_text("utf-8")


def test_reflow_knows_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replay_story: Path, scan: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    label = "本版由新华书店友情赞助"
    Path("日报-1.txt").write_text(f"{label}\n昨天下了一场大雪，路上没有车。\n", "utf-8")
    assert label in digitize("reflow", "日报-1.txt").stdout
    assert label not in digitize("reflow", "日报-1.txt", "--furniture", ".*友情赞助").stdout
    headline = digitize("run", scan, "--engine", "replay").stdout.splitlines()[0]
    Path("digitize.toml").write_text(
        f'[profile.daily]\nmatch = ["日报-*", "{scan.name}"]\n'
        f'reflow.furniture = [".*友情赞助", "{headline}"]\n',
        "utf-8",
    )
    assert digitize("reflow", "日报-1.txt").stdout == "昨天下了一场大雪，路上没有车。\n"
    digitize("run", scan, "--engine", "replay", "-o", ".", "--no-config")
    assert headline in digitize("reflow", "page.json", "--no-config").stdout
    assert headline not in digitize("reflow", "page.json").stdout
    assert headline in digitize("reflow", "page.json", "--profile", "none").stdout
