"""``digitize run``."""

from __future__ import annotations

from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.settings import FROM_FILE, in_force, setting, several
from digitize.cli.steps import BEFORE_READING
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize run scan.jpg", "the text to stdout"),
        ("digitize run scans/ issue.pdf 'more/*.tif' -o out", "a batch into a folder"),
        ("digitize run old.png --engine tesseract -l chi_tra", "another engine"),
        ("digitize run issue/ -o out --stitch --split-articles", "a file an article"),
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@section(
    "What is written",
    option("-o", "--out", metavar="OUT", help="Folder for the results, or - for stdout."),
    several("output.formats", "-f", "--format", metavar="NAME"),
    setting("output.overlay", "--overlay/--no-overlay"),
    setting("output.stitch", "--stitch/--no-stitch"),
    setting("output.split_articles", "--split-articles/--no-split-articles"),
)
@BEFORE_READING
@section(
    "Reading",
    setting("ocr.engine", "--engine", metavar="NAME"),
    several("ocr.languages", "-l", "--lang", metavar="LANG"),
)
@section(
    "After reading",
    setting("reflow.mode", "--reflow"),
    setting("output.low_confidence", "--low-confidence", metavar="X"),
)
@section(
    "The run",
    setting("batch.jobs", "-j", "--jobs", metavar="N|auto"),
    setting("batch.timeout", "--timeout", metavar="SECONDS"),
    setting("batch.memory", "--memory", metavar="MB"),
    setting("batch.retries", "--retries", metavar="N"),
    setting("batch.pages_per_worker", "--pages-per-worker", metavar="N"),
    setting("batch.max_failed", "--max-failed", metavar="N|P%"),
    option(
        "--explain",
        is_flag=True,
        help="Tell on stderr which breaks were repaired, and why.",
    ),
    option("-q", "--quiet", is_flag=True, help="No progress on stderr."),
)
@FROM_FILE
def run(
    inputs: tuple[str, ...],
    out: str | None,
    explain: bool,
    quiet: bool,
    **which: Any,
) -> int:
    """Digitize INPUT...: scans (PNG, JPEG, TIFF, BMP, WebP), PDFs, folders, globs.

    For every page NAME.txt (clean text) and NAME.json (everything that was found) are written
    into OUT. With -o - , or a single page and no -o, the text goes to stdout.
    """
    from digitize import running  # noqa: PLC0415 - --help must not wait for numpy
    from digitize.cli.live import display  # noqa: PLC0415

    plan = running.Plan(inputs, out, in_force(**which), explain, quiet)
    with display(wanted=not (quiet or out in (None, running.STDOUT))) as shown:
        return running.run(plan, show, tell, shown)
