"""``digitize run``."""

from __future__ import annotations

from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.run_settings import run_settings
from digitize.cli.settings import in_force
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize run scan.jpg", "the text to stdout"),
        ("digitize run scans/ issue.pdf 'more/*.tif' -o out", "a batch into a folder"),
        ("digitize run old.png --engine tesseract -l chi_tra", "another engine"),
        ("digitize run issue/ -o out --stitch --split-articles", "a file an article"),
        ("digitize run scans/ -o out --dry-run", "what is left to do there"),
    )
)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(), metavar="INPUT...")
@section(
    "What is written",
    option(
        "-o",
        "--out",
        type=click.Path(),
        metavar="OUT",
        help="Folder for the results, or - for stdout.",
    ),
)
@run_settings
@section(
    "The run",
    option("--force", is_flag=True, help="Read all pages again, whatever is in OUT."),
    option(
        "--shard",
        metavar="I/N",
        help="Read only part I of N: for N machines, each with an OUT of its own.",
    ),
    option("--dry-run", is_flag=True, help="Print what would be done with each page, and why."),
    option(
        "--explain",
        is_flag=True,
        help="Tell on stderr which breaks were repaired, and why.",
    ),
    option("-q", "--quiet", is_flag=True, help="No progress on stderr."),
)
def run(
    inputs: tuple[str, ...],
    out: str | None,
    force: bool,
    shard: str | None,
    dry_run: bool,
    explain: bool,
    quiet: bool,
    **which: Any,
) -> int:
    """Read INPUT...: scans, PDFs, folders or archives, into text.

    INPUT may be a glob or a URL too. Scans are PNG, JPEG, JPEG 2000, TIFF, BMP, WebP, GIF or HEIC;
    archives ZIP, CBZ or TAR. For every page NAME.txt (clean text) and NAME.json (everything that
    was found) are written into OUT. With -o - , or a single page and no -o, the text goes to
    stdout. A run into a folder with results does only what is left.
    """
    from digitize import running  # noqa: PLC0415 - --help must not wait for numpy
    from digitize.cli.live import display  # noqa: PLC0415
    from digitize.shard import Shard  # noqa: PLC0415

    part = Shard.of(shard) if shard else None
    plan = running.Plan(inputs, out, in_force(**which), explain, quiet, force, dry_run, part)
    with display(wanted=not (quiet or dry_run or out in (None, running.STDOUT))) as shown:
        return running.run(plan, show, tell, shown)
