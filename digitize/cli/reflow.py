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
@click.argument("texts", nargs=-1, required=True, metavar="FILE...")
@section(
    "What is written",
    option("-o", "--out", metavar="OUT", help="Folder for the results, or - for stdout."),
    option("--json", "as_json", is_flag=True, help="Print text and record as JSON, a line each."),
    option("--keep-furniture", is_flag=True, help="Leave mastheads, dates and folios in."),
    option("--explain", is_flag=True, help="Tell on stderr what was done, a line each."),
)
def reflow(
    texts: tuple[str, ...], out: str | None, explain: bool, as_json: bool, keep_furniture: bool
) -> int:
    """Repair FILE...: text that another OCR program left (- for stdin). Scans go to: digitize run.

    Joins paragraphs that were cut and lines that were wrapped, moves misplaced blocks to where
    they go on, takes out page furniture and spaces between Chinese characters; text that is in
    order stays as it is. A page's JSON as written by digitize is put in order anew. UTF-8, GB18030
    and Big5 are read, UTF-8 is written: one text to stdout, several into -o OUT.
    """
    from digitize import repairing  # noqa: PLC0415 - --help must not wait for numpy

    plan = repairing.Plan(texts, out, explain, as_json, keep_furniture)
    return repairing.run(plan, show, tell)
