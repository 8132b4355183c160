"""``digitize reflow``."""

from __future__ import annotations

from typing import Any

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.settings import FROM_FILE, in_force, setting
from digitize.cli.suggestions import formats, suggesting
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize reflow ocr.txt > clean.txt", "text that was left in disorder"),
        ("digitize reflow page.json", "a page's own JSON, put in order anew"),
        ("digitize reflow page.hocr", "articles from what another program has read"),
        ("digitize reflow alto/*.xml -o out -f txt,json", "many pages"),
    )
)
@click.argument("texts", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@section(
    "What is read",
    option(
        "--image",
        type=click.Path(),
        metavar="SCAN",
        help="The picture of the page.  [default: beside FILE]",
    ),
    setting(
        "input.file_group", "--file-grp", metavar="GROUP", help="Group of files to take of METS."
    ),
)
@section(
    "What is written",
    option(
        "-o",
        "--out",
        type=click.Path(),
        metavar="OUT",
        help="Folder for the results, or - for stdout.",
    ),
    option(
        "-f",
        "--format",
        "forms",
        multiple=True,
        metavar="NAME",
        shell_complete=suggesting(formats),
        help="Formats of pages, as for: digitize run.  [default: txt]",
    ),
    option("--json", "as_json", is_flag=True, help="Print text and record as JSON, a line each."),
    option("--keep-furniture", is_flag=True, help="Leave mastheads, dates and folios in."),
    option("--explain", is_flag=True, help="Tell on stderr what was done, a line each."),
)
@section(
    "Putting in order",
    setting("reflow.mode", "--reflow"),
    setting("reflow.paper", "--paper", metavar="NAME"),
    setting("reflow.furniture", "--furniture", multiple=True, metavar="PATTERN"),
    setting("layout.writing_mode", "--writing-mode"),
)
@FROM_FILE
def reflow(
    texts: tuple[str, ...],
    image: str | None,
    out: str | None,
    forms: tuple[str, ...],
    explain: bool,
    as_json: bool,
    keep_furniture: bool,
    **which: Any,
) -> int:
    """Repair what another OCR program left in FILE...

    FILE is a page with places (ALTO, PAGE, hOCR, Tesseract's TSV, JSON of RapidOCR, PaddleOCR or
    digitize), METS of such pages, or plain text (- for stdin). The articles of a page are rebuilt
    without reading it anew: order, columns, paragraphs, furniture; the scan, where it lies beside
    the file, shows rules and pictures. Of plain text it joins paragraphs that were cut and lines
    that were wrapped, moves misplaced blocks to where they go on, takes out page furniture and
    spaces between Chinese characters; text that is in order stays as it is. UTF-8, GB18030 and Big5
    are read, UTF-8 is written: one text to stdout, several into -o OUT. Scans go to: digitize run.
    """
    from digitize import repairing  # noqa: PLC0415 - --help must not wait for numpy

    names = tuple(name.strip() for entry in forms for name in entry.split(","))
    settings = in_force(**which)
    plan = repairing.Plan(texts, out, explain, as_json, keep_furniture, names, image, settings)
    return repairing.run(plan, show, tell)
