"""``digitize``: the table of its commands. Each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from digitize import __version__

# A command NAME is the function NAME in digitize/cli/NAME.py. It is listed under its heading.
COMMANDS: dict[str, tuple[str, ...]] = {
    "From scans to text": ("run", "preview", "engines"),
    "Text that another program read": ("reflow",),
    "Against a reference": ("diff", "align"),
}
HELP_WIDTH = 100  # columns; wider lines are hard to read


class Commands(click.Group):
    """The commands of :data:`COMMANDS`, listed in its order under its headings."""

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

    def _short(self, ctx: click.Context, name: str, width: int) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(width) if command else ""


@click.group(
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": HELP_WIDTH,
        "show_default": True,
    },
)
@click.version_option(__version__, prog_name="digitize")
def main() -> None:
    """Turn scans of Chinese newspaper pages into clean text, article by article.

    Exit codes: 0 all well; 1 some pages failed; 2 wrong usage; 3 an engine or language is not
    installed; 4 no usable input; 5 the output cannot be written; 130 interrupted.
    """
