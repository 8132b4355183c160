"""``digitize reflow``."""

from __future__ import annotations

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize reflow ocr.txt > clean.txt", "text that was left in disorder"),
        ("digitize reflow page.json", "a page's own JSON, put in order anew"),
    )
)
@click.argument("texts", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@section(
    "What is written",
    option(
        "-o",
        "--out",
        type=click.Path(),
        metavar="OUT",
        help="Folder for the results, or - for stdout.",
    ),
    option("--json", "as_json", is_flag=True, help="Print text and record as JSON, a line each."),
    option("--keep-furniture", is_flag=True, help="Leave mastheads, dates and folios in."),
    option("--explain", is_flag=True, help="Tell on stderr what was done, a line each."),
)
def reflow(
    texts: tuple[str, ...], out: str | None, explain: bool, as_json: bool, keep_furniture: bool
) -> int:
    """Repair the text that another OCR program left in FILE...

    FILE is a text (- for stdin) or a page's JSON as written by digitize, which is put in order
    anew. Joins paragraphs that were cut and lines that were wrapped, moves misplaced blocks to
    where they go on, takes out page furniture and spaces between Chinese characters; text that is
    in order stays as it is. UTF-8, GB18030 and Big5 are read, UTF-8 is written: one text to stdout,
    several into -o OUT. Scans go to: digitize run.
    """
    from digitize import repairing  # noqa: PLC0415 - --help must not wait for numpy

    plan = repairing.Plan(texts, out, explain, as_json, keep_furniture)
    return repairing.run(plan, show, tell)
