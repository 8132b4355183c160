"""``digitize``: the table of its commands. Each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from digitize import __version__
from digitize.cli.usage import wrong_usage_in_one_line
from digitize.errors import meant

PROGRAM = "digitize"
# A command NAME is the function NAME in digitize/cli/NAME.py. It is listed under its heading.
COMMANDS: dict[str, tuple[str, ...]] = {
    "From scans to text": ("run", "status", "export", "preview", "engines", "bench"),
    "Text that another program read": ("reflow",),
    "Against a reference": ("diff", "align"),
    "Settings": ("config", "completion"),
}
HELP_WIDTH = 100  # columns; wider lines are hard to read
EXIT_CODES = (
    ("0", "all well"),
    ("1", "some pages failed, or diff found more than --max-cer; the rest is written"),
    ("2", "wrong usage, or a mistake in digitize.toml"),
    ("3", "an engine or a language is not installed"),
    ("4", "no input could be used"),
    ("5", "a result could not be written"),
    ("130", "interrupted; the pages that were done are kept"),
)


class Commands(click.Group):
    """The commands of :data:`COMMANDS`, listed in its order under its headings."""

    def make_context(self, info_name: str | None, *args: Any, **extra: Any) -> click.Context:
        """Parse what stands before the command."""
        with wrong_usage_in_one_line(info_name or PROGRAM):
            return super().make_context(info_name, *args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Find the command and run it."""
        with wrong_usage_in_one_line(ctx.command_path):
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            like = meant(args[0], names)
            ctx.fail(f"no such command: {args[0]}; {like}there are {', '.join(names)}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return [name for names in COMMANDS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(f"digitize.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of ``--help``."""
        width = formatter.width - 6 - max(map(len, self.list_commands(ctx)))
        for heading, names in COMMANDS.items():
            rows = [(name, self._short(ctx, name, width)) for name in names]
            with formatter.section(heading):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit codes."""
        with formatter.section("Exit codes"):
            formatter.write_dl(EXIT_CODES)

    def _short(self, ctx: click.Context, name: str, width: int) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(width) if command else ""


@click.group(
    PROGRAM,
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": HELP_WIDTH,
        "show_default": True,
    },
)
@click.version_option(__version__, prog_name=PROGRAM)
def main() -> None:
    """Turn scans of Chinese newspaper pages into clean text, article by article.

    Results go to stdout or into files, all else to stderr. digitize COMMAND --help tells more.
    """
