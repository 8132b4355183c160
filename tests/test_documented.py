"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import documented
import pytest
from command import digitize

from digitize.cli.commands import COMMANDS
from digitize.cli.grouped import Option
from digitize.config import keys, parse
from digitize.errors import ExitCode

NAMES = [name for names in COMMANDS.values() for name in names]


def test_every_key_is_in_the_table_once() -> None:
    rows = list(documented.settings())[2:]
    assert len(rows) == len({row.split("`")[1] for row in rows}) == len(list(keys.every()))


def test_the_settings_of_the_readme_can_be_read() -> None:
    section = documented.README.read_text("utf-8").partition("\n## Settings\n")[2]
    example = re.search(r"(?:^    .*\n|^\n)+", section[section.index("    [ocr]") :], re.M)
    assert example is not None
    config = parse(re.sub("^    ", "", example[0], flags=re.M))
    assert [rule.name for rule in config.profiles] == ["shenbao"]
    assert [rule.range.text for rule in config.pages] == ["1-4,9-"]


def test_every_command_is_in_the_readme() -> None:
    text = documented.README.read_text("utf-8")
    assert [name for name in NAMES if f"digitize {name}" not in text] == []


def examples() -> list[str]:
    """The commands that the README and the help give as examples."""
    text = documented.README.read_text("utf-8").partition("\n## Use\n")[2].partition("\n## ")[0]
    shown = re.findall(r"^    digitize (.*?)(?: {2,}| # |$)", text, re.M)
    pages = documented.HELP.read_text("utf-8")
    for part in re.findall(r"^Examples:\n((?:  .*\n)+)", pages, re.M):
        shown += re.findall(r"^  digitize (.*?)(?: {2,}|$)", part, re.M)
    return sorted(set(shown))


@pytest.mark.parametrize("example", examples())
def test_the_options_of_examples_exist(example: str) -> None:
    name, *words = re.sub(r" [>|#].*", "", example).split()
    help_page = digitize(name, "--help").stdout
    for word in words:
        if re.match(r"--?[a-z]", word):
            name = word.partition("=")[0].removeprefix("--")
            assert re.search(rf"(?<!\w)(?:--(?:\[no-\])?)?{name}\b", help_page), word


@pytest.mark.parametrize("name", NAMES)
def test_help_is_well_set(name: str) -> None:
    """Sentences, no line too long, and what every command must tell."""
    result = digitize(name, "--help")
    assert result.exit_code == ExitCode.OK
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("Usage: ")
    command, context = documented.command(name)
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if isinstance(param, click.Option) and "--help" not in param.opts:
            assert isinstance(param, Option), "no heading"
        if record and record[1]:
            said = re.sub(r"\s*\[[^]]*\]$", "", record[1])
            assert not said or (said[0].isupper() or not said[0].isalpha()), record
            assert not said or said.endswith("."), record


def readmes() -> list[Path]:
    """The documents of the project and of every room."""
    rooms = (documented.ROOT / "digitize").glob("**/README.md")
    return sorted([*documented.ROOT.glob("*.md"), *documented.ROOT.glob("*/README.md"), *rooms])


@pytest.mark.parametrize("path", readmes(), ids=lambda path: path.parent.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_room_says_what_it_is_for() -> None:
    rooms = {path.parent for path in (documented.ROOT / "digitize").glob("*/__init__.py")}
    assert [room.name for room in rooms if not (room / "README.md").exists()] == []


def test_writing_the_documents_anew_changes_nothing() -> None:
    before = [path.read_bytes() for path in documented.PARTS]
    subprocess.run([sys.executable, documented.__file__], check=True)
    assert [path.read_bytes() for path in documented.PARTS] == before, documented.STALE
