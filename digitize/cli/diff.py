"""``digitize diff``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.suggestions import suggesting
from digitize.cli.terminal import show, tell

PROFILES = ("strict", "punct", "variants", "loose")
STYLES: dict[str, dict[str, Any]] = {
    "substituted": {"fg": "yellow", "bold": True},
    "omitted": {"fg": "red", "strikethrough": True},
    "inserted": {"fg": "blue", "underline": True},
    "moved": {"fg": "magenta", "italic": True},
}


@command(
    examples=(
        ("digitize diff out/ references/", "a table, a row a page"),
        ("digitize diff out/ references/ --html report.html", "scans beside both texts"),
        ("digitize diff page.json page.ref.txt --max-cer 0.02", "as a check"),
    )
)
@click.argument("hypothesis", type=click.Path())
@click.argument("reference", type=click.Path())
@section(
    "Comparing",
    option(
        "--profile",
        default="punct",
        metavar="NAME",
        shell_complete=suggesting(lambda: PROFILES),
        help=f"What counts as a difference: {', '.join(PROFILES)}.",
    ),
    option(
        "--max-cer",
        type=click.FloatRange(0),
        metavar="X",
        help="Exit with 1 above this share of errors.",
    ),
)
@section(
    "What is written",
    option("--json", "form", flag_value="json", help="Print everything as JSON."),
    option("--csv", "form", flag_value="csv", help="Print the figures as CSV."),
    option(
        "--html",
        type=click.Path(path_type=Path),
        metavar="REPORT.html",
        help="Write a report to read in a browser: the scans beside both texts.",
    ),
    option("-v", "--verbose", is_flag=True, help="Show every difference in its context."),
    option("--no-color", is_flag=True, help="Marks only; as with NO_COLOR, and in a pipe."),
)
def diff(
    hypothesis: str,
    reference: str,
    profile: str,
    form: str | None,
    html: Path | None,
    max_cer: float | None,
    verbose: bool,
    no_color: bool,
) -> int:
    """Compare HYPOTHESIS with REFERENCE; wrong places told apart.

    Files, or folders whose files belong together by name (page1.json and page1.ref.txt): text,
    Markdown, digitize's JSON, ALTO, PAGE or hOCR.
    """
    from digitize import comparing  # noqa: PLC0415 - --help must not wait for numpy

    plan = comparing.DiffPlan(
        hypothesis, reference, profile, form or "table", max_cer, verbose, html
    )
    colour = not (no_color or os.environ.get("NO_COLOR")) and sys.stdout.isatty()
    return comparing.diff(plan, show, tell, painter(colour))


def painter(colour: bool) -> Callable[[Any], str]:
    """How an excerpt looks on the terminal: its lines, their confidence, the text."""

    def paint(excerpt: Any) -> str:
        where = ",".join(excerpt.line_ids) or "-"
        sure = "" if excerpt.confidence is None else f" {excerpt.confidence:.2f}"
        parts = (
            click.style(text, **STYLES[kind]) if colour and kind else text
            for kind, text in excerpt.parts
        )
        return f"  {where}{sure}  {''.join(parts)}"

    return paint
