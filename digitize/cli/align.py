"""``digitize align``."""

from __future__ import annotations

from pathlib import Path

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.terminal import show, tell


@command(
    examples=(("digitize align page.json old.txt -o truth.json", "ground truth line by line"),)
)
@click.argument("page", type=click.Path())
@click.argument("reference", type=click.Path())
@section(
    "What is written",
    option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file.  [default: stdout]",
    ),
)
@section(
    "Comparing",
    option("--profile", default="variants", metavar="NAME", help="See: digitize diff --help."),
)
def align(page: str, reference: str, out: Path | None, profile: str) -> int:
    """Give the lines of PAGE the text of a plain REFERENCE.

    PAGE is digitize's JSON, ALTO, PAGE or hOCR. It is written as JSON, its lines with the
    reference's text: ground truth line by line from an old transcription. What has no counterpart
    on the other side is told on stderr.
    """
    from digitize import comparing  # noqa: PLC0415 - --help must not wait for numpy

    return comparing.align(comparing.AlignPlan(page, reference, profile, out), show, tell)
