"""The parts of the documents that the program itself knows: python tests/documented.py

Writes the table of settings into digitize/config/README.md, and the help of every command into
digitize/cli/README.md. ``test_cli_commands.py`` tells when that has to be done again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from digitize.cli import main
from digitize.cli.commands import COMMANDS
from digitize.config import keys, toml

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
KEYS, HELP = (ROOT / "digitize" / room / "README.md" for room in ("config", "cli"))
STALE = "run: python tests/documented.py (after a conflict too), and commit what it wrote"
WIDTH = 92  # columns of the help


def command(name: str) -> tuple[click.Command, click.Context]:
    """A command and the context in which its help is written."""
    above = _context(main)
    found = main.get_command(above, name)
    assert found is not None
    return found, _context(found, above)


def _context(shown: click.Command, above: click.Context | None = None) -> click.Context:
    settings = {**shown.context_settings, "terminal_width": WIDTH}
    return click.Context(shown, above, info_name=shown.name, **settings)


def settings() -> Iterator[str]:
    """All keys of ``digitize.toml``."""
    yield "| key | default | |"
    yield "|---|---|---|"
    for key in keys.every():
        default = toml.value(keys.default_of(key))
        yield f"| `{key}` | `{default}` | {_cell(keys.described(key))} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())


def help_of_all() -> Iterator[str]:
    """The help of every command."""
    yield _block(main, _context(main))
    for names in COMMANDS.values():
        for name in names:
            yield f"\n### digitize {name}\n"
            yield _block(*command(name))


PARTS: dict[Path, dict[str, Callable[[], Iterator[str]]]] = {
    KEYS: {"keys of digitize.toml": settings},
    HELP: {"help of all commands": help_of_all},
}


def written(path: Path) -> str:
    """The document with each part between its marks as it is now."""
    text = path.read_text("utf-8")
    for name, rows in PARTS[path].items():
        marks = f"<!-- {name}: python tests/documented.py -->\n", f"<!-- end of {name} -->\n"
        before, begin, rest = text.partition(marks[0])
        _, end, after = rest.partition(marks[1])
        assert begin, f"{name} has no place in {path}"
        assert end, f"{name} has no end in {path}"
        text = "".join((before, begin, "".join(f"{row}\n" for row in rows()), end, after))
    return text


def _block(shown: click.Command, context: click.Context) -> str:
    text = shown.get_help(context)
    return f"```\n{re.sub(r'[ ]+$', '', text, flags=re.M)}\n```"


if __name__ == "__main__":
    for path in PARTS:
        path.write_text(written(path), "utf-8")
