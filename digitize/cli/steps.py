"""The options that say which preprocessing steps a page goes through."""

from __future__ import annotations

from collections.abc import Iterable

import click

from digitize.cli.grouped import section
from digitize.cli.settings import setting

STEPS = ("orient", "border", "deskew", "illumination", "denoise", "enlarge")


def _all(names: Iterable[str], on: bool) -> dict[str, bool]:
    return {f"preprocess.{name}": on for name in names}


BEFORE_READING = section(
    "Before reading",
    setting(
        "preprocess",
        "--skip-step",
        spread=lambda names: _all(names, False),
        multiple=True,
        type=click.Choice(STEPS),
        metavar="STEP",
        help=f"Leave out a step: {', '.join(STEPS)}; repeatable.",
    ),
    setting(
        "preprocess",
        "--with-step",
        spread=lambda names: _all(names, True),
        multiple=True,
        type=click.Choice(STEPS),
        metavar="STEP",
        help="Take a step that digitize.toml leaves out; repeatable.",
    ),
    setting("preprocess.binarize", "--binarize/--no-binarize"),
)
