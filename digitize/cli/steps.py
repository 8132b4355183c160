"""The options that say which preprocessing steps a page goes through."""

from __future__ import annotations

import click

from digitize.cli.grouped import Declared, option

STEPS = ("orient", "border", "deskew", "illumination", "denoise", "enlarge")

SKIP_STEP: Declared = option(
    "--skip-step",
    "skipped",
    multiple=True,
    type=click.Choice(STEPS),
    help="Leave out a preprocessing step; repeatable.",
)
BINARIZE: Declared = option(
    "--binarize", is_flag=True, help="Make the page black and white before reading."
)


def steps_of(skipped: tuple[str, ...], binarize: bool) -> dict[str, bool]:
    """The preprocessing steps that are not as usual."""
    return {**dict.fromkeys(skipped, False), "binarize": binarize}
