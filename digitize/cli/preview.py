"""``digitize preview``."""

from __future__ import annotations

from pathlib import Path

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.steps import BINARIZE, SKIP_STEP, steps_of
from digitize.cli.terminal import show


@command()
@click.argument("scan")
@section(
    "What is written",
    option("-o", "--out", type=click.Path(path_type=Path), help="[default: NAME.preview.png]"),
)
@section("Steps", SKIP_STEP, BINARIZE)
def preview(scan: str, out: Path | None, skipped: tuple[str, ...], binarize: bool) -> None:
    """Show what each preprocessing step makes of SCAN, side by side in one picture."""
    from digitize import running  # noqa: PLC0415 - --help must not wait for numpy

    show(running.preview(scan, out, steps_of(skipped, binarize)))
