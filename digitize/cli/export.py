"""``digitize export``."""

from __future__ import annotations

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.settings import TEXT, names_in, typed
from digitize.cli.suggestions import formats, suggesting
from digitize.cli.terminal import show, tell


@command(
    examples=(
        ("digitize export out -o out -f alto,mets", "what a library takes in"),
        ("digitize export out -o . -f epub", "all articles of a run as a book"),
        ("digitize export out/page1.json -o out -f pdf", "the scan with its text"),
    )
)
@click.argument("pages", nargs=-1, required=True, metavar="RESULTS...")
@section(
    "What is written",
    option("-o", "--out", metavar="OUT", required=True, help="Folder for the files."),
    option(
        "-f",
        "--format",
        "forms",
        multiple=True,
        metavar="NAME",
        help="Formats, as in digitize run.",
        shell_complete=suggesting(formats),
    ),
    option("--split-articles", is_flag=True, help="Also write a file for every article."),
    option("-q", "--quiet", is_flag=True, help="No progress on stderr."),
)
@TEXT
def export(
    pages: tuple[str, ...], out: str, forms: tuple[str, ...], split_articles: bool, quiet: bool
) -> int:
    """Write pages that were read before in other formats.

    RESULTS are the JSON files of a run, or folders with such files; nothing is read again. A
    format that holds all pages of a run (epub, mets) or of an input (pdf) becomes one file; its
    name is printed.
    """
    from digitize import exporting  # noqa: PLC0415 - --help must not wait for numpy
    from digitize.page_files import Wanted  # noqa: PLC0415

    wanted = Wanted(names_in(forms), articles=split_articles)
    text = {key.partition(".")[2]: value for key, value in typed().items()}
    return exporting.run(exporting.Plan(pages, out, wanted, text, quiet), show, tell)
