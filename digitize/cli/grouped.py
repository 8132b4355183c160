"""Commands whose ``--help`` lists the options under headings, with examples at the end.

cloup does the same and more; importing it takes as long as all of click (0.05 s), and every
command would wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click
from click.shell_completion import CompletionItem

from digitize.cli.terminal import Leaving, reported
from digitize.cli.usage import wrong_usage_in_one_line

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
Examples = Sequence[tuple[str, str]]
"""What to type, and what it does."""

KEPT = "\xa0"  # a space at which no line is broken
OTHERS = "Help"
_EXTRA = re.compile(r"\[(?:default|required|x|\d)[^]]*\]$")
EXAMPLE_WIDTH = 54  # columns; what a longer example does is told on the next line


class Option(click.Option):
    """An option that knows under which heading it is listed."""

    def __init__(self, *args: Any, heading: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.heading = heading

    def describe(self) -> None:
        """Make sure that the help is there; some options look it up."""


class Command(click.Command):
    """A command that lists its options under headings, in the order in which they are declared."""

    def __init__(self, *args: Any, examples: Examples = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Parse what was typed behind the command."""
        path = f"{parent.command_path if parent else ''} {info_name}".strip()
        with wrong_usage_in_one_line(path):
            return super().make_context(info_name, args, parent, **extra)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may be typed next, with the help of options."""
        for param in self.get_params(ctx):
            if isinstance(param, Option):
                param.describe()
        return super().shell_complete(ctx, incomplete)

    def get_help(self, ctx: click.Context) -> str:
        """The help; what :data:`KEPT` holds together is in one line."""
        return super().get_help(ctx).replace(KEPT, " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options; those of no section, as --help, at the end."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            heading = param.heading if isinstance(param, Option) else OTHERS
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):  # arguments are told in the text
                words = _EXTRA.sub(lambda found: found[0].replace(" ", KEPT), record[1])
                headings.setdefault(heading, []).append((record[0], words))
        for heading in sorted(headings, key=lambda name: name == OTHERS):
            with formatter.section(heading):
                formatter.write_dl(headings[heading])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each as it is typed."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                formatter.write_dl(self.examples, col_max=EXAMPLE_WIDTH)


@dataclass(frozen=True, slots=True)
class Declared:
    """An option as it is written down: its names, and what click wants to know."""

    names: tuple[str, ...]
    attributes: dict[str, Any]
    cls: type[Option] = Option


def option(*names: str, **attributes: Any) -> Declared:
    """Declare an option, with the arguments of ``click.option``, for a :func:`section`."""
    return Declared(names, attributes)


def section(heading: str, *options: Declared) -> Decorator:
    """Give a command ``options``, listed under ``heading``."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for declared in reversed(options):
            decorate = click.option(
                *declared.names, cls=declared.cls, heading=heading, **declared.attributes
            )
            function = decorate(function)
        return function

    return add


def command(
    name: str | None = None, examples: Examples = ()
) -> Callable[[Callable[..., Leaving]], Command]:
    """Make a function, which returns the exit code, a command that tells errors in one line."""

    def make(function: Callable[..., Leaving]) -> Command:
        return click.command(name, cls=Command, examples=examples)(reported(function))

    return make
