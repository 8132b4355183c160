"""Tab in a real shell: what it offers after what was typed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from command import digitize

from digitize.cli.commands import COMMANDS, main
from digitize.cli.completion import SHELLS
from digitize.cli.diff import PROFILES
from digitize.errors import ExitCode
from digitize.evaluate.profiles import PROFILES as KNOWN
from digitize.formats import FORMATS
from digitize.ocr.registry import ENGINES

NAMES = [name for names in COMMANDS.values() for name in names]

# Each prints what the shell would offer for the words typed, the last of them begun.
DRIVERS = {
    "bash": """
        eval "$(digitize completion bash)"
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        compopt() { :; }  # works inside a real completion only
        _digitize_completion digitize
        printf '%s\\n' "${COMPREPLY[@]}"
        """,
    "zsh": """
        autoload -Uz compinit && compinit -u -D
        eval "$(digitize completion zsh)"
        words=("$@"); CURRENT=$#
        compadd() { print -l -- ${(P)@[-1]} }
        _describe() { print -l -- ${${(P)@[3]}%%:*} }
        _path_files() { print FILES }
        _digitize_completion
        """,
    "fish": """
        digitize completion fish | source
        complete --do-complete (string join ' ' -- $argv)
        """,
}


def offered(shell: str, *words: str, folder: Path) -> list[str]:
    """What a real shell offers in ``folder``."""
    driver = folder / f"driver.{shell}"
    driver.write_text(DRIVERS[shell])
    program = shutil.which(shell)
    assert program is not None, f"apt-get install {shell}"
    quiet = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [program, *quiet, str(driver), "digitize", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "digitize.toml").write_text('[profile."日报"]\n[profile.daily]\n', "utf-8")
    (tmp_path / "scan.png").touch()
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes(shell: str, here: Path) -> None:
    assert set(offered(shell, "", folder=here)) == set(NAMES)
    assert offered(shell, "run", "--engine", "te", folder=here) == ["tesseract"]
    assert set(offered(shell, "run", "--profile", "", folder=here)) == {"日报", "daily", "none"}


def completions(*words: str) -> list[str]:
    """What is offered for the last word, asked in this process."""
    maker = ShellComplete(main, {}, "digitize", "_DIGITIZE_COMPLETE")
    return [item.value for item in maker.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["run", "--engine", ""], list(ENGINES)),
        (["run", "-f", ""], list(FORMATS)),
        (["run", "-f", "txt,j"], [f"txt,{name}" for name in FORMATS if name.startswith("j")]),
        (["run", "--reflow", "g"], ["geometry"]),
        (["run", "--writing-mode", ""], ["auto", "horizontal", "vertical"]),
        (["run", "--skip-step", "de"], ["deskew", "denoise"]),
        (["run", "--profile", "d"], ["daily"]),
        (["run", "--config", "digitize.toml", "--profile", "n"], ["none"]),
        (["run", "--config", "gone.toml", "--profile", ""], []),
        (["run", "--no-ov"], ["--no-overlay"]),
        (["diff", "--profile", ""], list(KNOWN)),
        (["completion", ""], list(SHELLS)),
        (["completion", "z"], ["zsh"]),
    ],
)
def test_names_are_completed(
    here: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], found: list[str]
) -> None:
    monkeypatch.chdir(here)
    assert completions(*words) == found


@pytest.mark.parametrize("command", ["run", "reflow", "preview", "config", "diff"])
def test_paths_are_left_to_the_shell(command: str) -> None:
    maker = ShellComplete(main, {}, "digitize", "_DIGITIZE_COMPLETE")
    (item,) = maker.get_completions([command], "sc")
    assert (item.type, item.value) == ("file", "sc")


def test_options_are_offered_with_what_they_do() -> None:
    maker = ShellComplete(main, {}, "digitize", "_DIGITIZE_COMPLETE")
    items = maker.get_completions(["run"], "--")
    assert len(items) > 10
    assert [item.value for item in items if not item.help] == []


def test_a_shell_that_is_not_known() -> None:
    result = digitize("completion", "tcsh")
    assert result.exit_code == ExitCode.USAGE
    assert "'bash', 'zsh', 'fish'" in result.stderr


def test_profiles_of_differences_are_those_there_are() -> None:
    assert tuple(KNOWN) == PROFILES
