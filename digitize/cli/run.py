"""``digitize run``."""

from __future__ import annotations

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.steps import BINARIZE, SKIP_STEP, steps_of
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
    option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        metavar="NAME",
        help="Formats to write: txt, json, md; repeat or separate by commas. [default: txt,json]",
    ),
    option("--overlay", is_flag=True, help="Also write a picture with regions and order."),
    option("--stitch", is_flag=True, help="Write a story that goes on on other pages in one."),
    option("--split-articles", is_flag=True, help="Also write a file for every article."),
)
@section("Before reading", SKIP_STEP, BINARIZE)
@section(
    "Reading",
    option("--engine", default="rapidocr", metavar="NAME", help="See: digitize engines."),
    option(
        "-l",
        "--lang",
        "languages",
        multiple=True,
        metavar="LANG",
        help="Language as the engine names it; repeatable.",
    ),
)
@section(
    "After reading",
    option(
        "--reflow",
        "mode",
        type=click.Choice(["none", "geometry", "full"]),
        default="full",
        help="How far to go: lines as they stand; columns in order; paragraphs rejoined as well.",
    ),
    option(
        "--low-confidence",
        type=click.FloatRange(0, 1),
        default=0.8,
        metavar="X",
        help="Count lines that were read with less confidence; --explain lists them. 0: none.",
    ),
)
@section(
    "The run",
    option(
        "-j",
        "--jobs",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Processes; 0: one a core.",
    ),
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
    formats: tuple[str, ...],
    engine: str,
    languages: tuple[str, ...],
    jobs: int,
    overlay: bool,
    skipped: tuple[str, ...],
    binarize: bool,
    mode: str,
    explain: bool,
    stitch: bool,
    split_articles: bool,
    low_confidence: float,
    quiet: bool,
) -> int:
    """Digitize INPUT...: scans (PNG, JPEG, TIFF, BMP, WebP), PDFs, folders, globs.

    For every page NAME.txt (clean text) and NAME.json (everything that was found) are written
    into OUT. With -o - , or a single page and no -o, the text goes to stdout.
    """
    from digitize import running  # noqa: PLC0415 - --help must not wait for numpy

    plan = running.Plan(
        inputs=inputs,
        out=out,
        formats=tuple(name.strip() for entry in formats for name in entry.split(",")),
        options=running.options_of(engine, languages, steps_of(skipped, binarize), mode),
        jobs=jobs,
        overlay=overlay,
        explain=explain,
        stitch=stitch,
        split_articles=split_articles,
        quiet=quiet,
        low_confidence=low_confidence,
    )
    return running.run(plan, show, tell)
