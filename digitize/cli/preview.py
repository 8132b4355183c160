"""``digitize preview``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.settings import FROM_FILE, in_force
from digitize.cli.steps import BEFORE_READING
from digitize.cli.terminal import show


@command(
    examples=(
        ("digitize preview scan.jpg", "all steps, into scan.preview.png"),
        ("digitize preview scan.jpg --skip-step deskew", "without one of them"),
    )
)
@click.argument("scan", type=click.Path())
@section(
    "What is written",
    option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        metavar="PICTURE",
        help="The picture.  [default: NAME.preview.png]",
    ),
)
@BEFORE_READING
@FROM_FILE
def preview(scan: str, out: Path | None, **which: Any) -> None:
    """Show in a picture what each preprocessing step makes of SCAN."""
    from digitize import running  # noqa: PLC0415 - --help must not wait for numpy

    show(running.preview(scan, out, in_force(**which)))
