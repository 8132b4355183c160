"""Commands whose ``--help`` lists the options under headings, with examples at the end.

cloup does the same and more; importing it takes as long as all of click (0.05 s), and every
command would wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from digitize.cli.terminal import Leaving, reported

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
Examples = Sequence[tuple[str, str]]
"""What to type, and what it does."""

OTHERS = "Other options"
EXAMPLE_WIDTH = 54  # columns; what a longer example does is told on the next line


class Option(click.Option):
    """An option that knows under which heading it is listed."""

    def __init__(self, *args: Any, heading: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.heading = heading


class Command(click.Command):
    """A command that lists its options under headings, in the order in which they are declared."""

    def __init__(self, *args: Any, examples: Examples = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options; those of no section, as --help, at the end."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            heading = param.heading if isinstance(param, Option) else OTHERS
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):  # arguments are told in the text
                headings.setdefault(heading, []).append(record)
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
