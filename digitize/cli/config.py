"""``digitize config``."""

from __future__ import annotations

from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.run_settings import run_settings
from digitize.cli.settings import in_force
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize config", "what is in force here, and where it comes from"),
        ("digitize config issue.pdf scans/", "the same for these pages"),
        ("digitize config --init", "write a digitize.toml to begin with"),
    )
)
@click.argument("inputs", nargs=-1, type=click.Path(), metavar="[INPUT...]")
@section(
    "What is shown",
    option("--json", "as_json", is_flag=True, help="Print as JSON."),
    option("--init", is_flag=True, help="Write digitize.toml, or FILE of --config, to begin with."),
)
@run_settings
def config(inputs: tuple[str, ...], as_json: bool, init: bool, **which: Any) -> int:
    """Show the settings in force, and who set each of them.

    For the pages of INPUT..., or in general. Settings stand in digitize.toml, in this folder or
    above it; what is printed is such a file itself. Flags outdo [[pages]], these the profile, this
    the sections of the file, these the defaults. The options of digitize run that are settings are
    taken too: what would be in force with them.
    """
    from digitize import configuring  # noqa: PLC0415 - --help must not wait for pydantic

    if init:
        show(configuring.init(which["config_file"]))
        return 0
    return configuring.config(inputs, in_force(**which), as_json, show, tell)
