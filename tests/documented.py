"""The parts of the documents that the program itself knows: python tests/documented.py

Writes the tables of options and of settings into README.md, and docs/commands.md with the help of
every command. ``test_documented.py`` tells when that has to be done again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from digitize.cli import main
from digitize.cli.commands import COMMANDS
from digitize.cli.grouped import OTHERS, Option
from digitize.config import keys, toml

ROOT = Path(__file__).resolve().parent.parent
README, PAGES = ROOT / "README.md", ROOT / "docs" / "commands.md"
STALE = "run: python tests/documented.py (after a conflict too), and commit what it wrote"
WIDTH = 92  # columns of the help
HEAD = """\
# Commands

What `digitize COMMAND --help` prints. Written by `python tests/documented.py`.
"""


def command(name: str) -> tuple[click.Command, click.Context]:
    """A command and the context in which its help is written."""
    above = _context(main)
    found = main.get_command(above, name)
    assert found is not None
    return found, _context(found, above)


def _context(shown: click.Command, above: click.Context | None = None) -> click.Context:
    settings = {**shown.context_settings, "terminal_width": WIDTH}
    return click.Context(shown, above, info_name=shown.name, **settings)


def options_of_run() -> Iterator[str]:
    """The options of ``digitize run`` as rows under their headings."""
    run, context = command("run")
    yield "| option of `run` | |"
    yield "|---|---|"
    headings: dict[str, list[tuple[str, str]]] = {}
    for param in run.get_params(context):
        record = param.get_help_record(context)
        if isinstance(param, Option) and record:
            headings.setdefault(param.heading, []).append(record)
    for heading, records in headings.items():
        assert heading != OTHERS
        yield f"| **{heading}** | |"
        yield from (f"| `{_cell(names)}` | {_cell(help)} |" for names, help in records)


def settings() -> Iterator[str]:
    """All keys of ``digitize.toml``."""
    yield "| key | default | |"
    yield "|---|---|---|"
    for key in keys.every():
        default = toml.value(keys.default_of(key))
        yield f"| `{key}` | `{default}` | {_cell(keys.described(key))} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "options of run": options_of_run,
    "keys of digitize.toml": settings,
}


def readme(text: str) -> str:
    """``text`` with each table between its marks."""
    for name, rows in TABLES.items():
        marks = f"<!-- {name}: python tests/documented.py -->\n", f"<!-- end of {name} -->\n"
        before, begin, rest = text.partition(marks[0])
        _, end, after = rest.partition(marks[1])
        assert begin, f"{name} has no place in README.md"
        assert end, f"{name} has no end in README.md"
        text = "".join((before, begin, "".join(f"{row}\n" for row in rows()), end, after))
    return text


def pages() -> str:
    """The help of all commands."""
    parts = [HEAD, _block(main, _context(main))]
    for names in COMMANDS.values():
        for name in names:
            parts += [f"\n## digitize {name}\n", _block(*command(name))]
    return "\n".join(parts)


def _block(shown: click.Command, context: click.Context) -> str:
    text = shown.get_help(context)
    return f"```\n{re.sub(r'[ ]+$', '', text, flags=re.M)}\n```"


if __name__ == "__main__":
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
    PAGES.parent.mkdir(exist_ok=True)
    PAGES.write_text(pages(), "utf-8")
