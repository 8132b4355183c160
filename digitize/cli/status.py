"""``digitize status``."""

from __future__ import annotations

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.terminal import show


@command(
    examples=(
        ("digitize status out", "how far it is, and what wants looking at"),
        ("digitize status out --json", "all of it, for programs"),
    )
)
@click.argument("out", type=click.Path())
@section(
    "What is written",
    option("--json", "as_json", is_flag=True, help="Print as JSON, all pages named."),
)
def status(out: str, as_json: bool) -> int:
    """Tell what runs into the folder OUT have done, and what is left.

    Pages that failed with their reasons, pages still to be done, those read with least
    confidence, turn lines (下转, 上接) that lead nowhere, and results whose scan has gone. It may
    be asked while a run is at work. The exit code is 1 where anything failed or is left.
    """
    from digitize import status as found  # noqa: PLC0415 - --help must not wait for pydantic

    return found.run(out, as_json, show)
