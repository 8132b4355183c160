"""The command line: it parses and prints; everything else is done elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import click

from digitize import __version__
from digitize.errors import DigitizeError, ExitCode, OutputError

STEPS = ("orient", "border", "deskew", "illumination", "denoise", "enlarge")


def reported(command: Callable[..., int | None]) -> Callable[..., None]:
    """Print an expected error as one line on stderr and leave with its exit code."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except DigitizeError as error:
            tell(f"digitize: {error}")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            tell("digitize: interrupted; the pages that were done are kept")
            sys.exit(ExitCode.INTERRUPTED)
        sys.exit(code or ExitCode.OK)

    return wrapped


def show(text: str) -> None:
    """Print a result on stdout, in UTF-8 whatever the terminal's encoding."""
    try:
        click.echo(text.encode("utf-8", "backslashreplace"))
    except BrokenPipeError:  # as with ``| head``: the reader has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OUTPUT_NOT_WRITABLE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write to stdout: {reason}; write to a file instead") from error


def tell(line: str) -> None:
    """Print a line of progress or an error on stderr; nobody need be listening."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)


def steps_of(skipped: tuple[str, ...], binarize: bool) -> dict[str, bool]:
    """The preprocessing steps that are not as usual."""
    return {**dict.fromkeys(skipped, False), "binarize": binarize}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digitize")
def main() -> None:
    """Turn scans of Chinese newspaper pages into clean text, article by article.

    Exit codes: 0 all well; 1 some pages failed; 2 wrong usage; 3 an engine or language is not
    installed; 4 no usable input; 5 the output cannot be written; 130 interrupted.
    """


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", metavar="OUT", help="Folder for the results, or - for stdout.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Formats to write: txt, json, md; repeat or separate by commas. [default: txt,json]",
)
@click.option("--engine", default="rapidocr", show_default=True, help="See: digitize engines.")
@click.option(
    "-l", "--lang", "languages", multiple=True, help="Language as the engine names it; repeatable."
)
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
@click.option("--overlay", is_flag=True, help="Also write a picture with regions and order.")
@click.option(
    "--skip-step",
    "skipped",
    multiple=True,
    type=click.Choice(STEPS),
    help="Leave out a preprocessing step; repeatable.",
)
@click.option("--binarize", is_flag=True, help="Make the page black and white before reading.")
@click.option(
    "--reflow",
    "mode",
    type=click.Choice(["none", "geometry", "full"]),
    default="full",
    show_default=True,
    help="How far to go: lines as they stand; columns in order; paragraphs rejoined as well.",
)
@click.option("--explain", is_flag=True, help="Tell on stderr which breaks were repaired, and why.")
@click.option("--stitch", is_flag=True, help="Write a story that goes on on other pages in one.")
@click.option("--split-articles", is_flag=True, help="Also write a file for every article.")
@click.option(
    "--low-confidence",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="X",
    help="Count lines that were read with less confidence; --explain lists them. 0: none.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
@reported
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


@main.command()
@click.argument("texts", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--out", metavar="OUT", help="Folder for the results, or - for stdout.")
@click.option("--explain", is_flag=True, help="Tell on stderr what was done, a line each.")
@click.option("--json", "as_json", is_flag=True, help="Print text and record as JSON, a line each.")
@click.option("--keep-furniture", is_flag=True, help="Leave mastheads, dates and folios in.")
@reported
def reflow(
    texts: tuple[str, ...], out: str | None, explain: bool, as_json: bool, keep_furniture: bool
) -> int:
    """Repair FILE...: text that another OCR program left (- for stdin). Scans go to: digitize run.

    Joins paragraphs that were cut and lines that were wrapped, moves misplaced blocks to where
    they go on, takes out page furniture and spaces between Chinese characters; text that is in
    order stays as it is. A page's JSON as written by digitize is put in order anew. UTF-8, GB18030
    and Big5 are read, UTF-8 is written: one text to stdout, several into -o OUT.
    """
    from digitize import repairing  # noqa: PLC0415 - as above

    plan = repairing.Plan(texts, out, explain, as_json, keep_furniture)
    return repairing.run(plan, show, tell)


@main.command()
@click.argument("scan")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="[default: NAME.preview.png]")
@click.option("--skip-step", "skipped", multiple=True, type=click.Choice(STEPS))
@click.option("--binarize", is_flag=True, help="Show the black and white page as well.")
@reported
def preview(scan: str, out: Path | None, skipped: tuple[str, ...], binarize: bool) -> None:
    """Show what each preprocessing step makes of SCAN, side by side in one picture."""
    from digitize import running  # noqa: PLC0415 - as above

    show(running.preview(scan, out, steps_of(skipped, binarize)))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@reported
def engines(as_json: bool) -> None:
    """List the OCR engines: installed or not, versions, languages, how to install the rest."""
    import json  # noqa: PLC0415 - as above
    from dataclasses import asdict  # noqa: PLC0415

    from digitize.ocr import describe  # noqa: PLC0415

    rows = describe()
    if as_json:
        show(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = row.version if row.installed else f"not installed; {row.install}"
        show(f"{row.name:<10} {state}")
        if row.languages:
            show(f"{'':<10} languages: {', '.join(row.languages)}")


@main.command()
@click.argument("hypothesis")
@click.argument("reference")
@click.option(
    "--profile",
    default="punct",
    show_default=True,
    help="What counts as a difference: strict, punct, variants, loose.",
)
@click.option("--json", "form", flag_value="json", help="Print everything as JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print the figures as CSV.")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    metavar="REPORT.html",
    help="Write a report to read in a browser: the scans beside both texts.",
)
@click.option("--max-cer", type=click.FloatRange(0), help="Exit with 1 above this share of errors.")
@click.option("-v", "--verbose", is_flag=True, help="Show every difference in its context.")
@click.option("--no-color", is_flag=True, help="Marks only; as with NO_COLOR, and in a pipe.")
@reported
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
    """Compare HYPOTHESIS with REFERENCE: wrong characters apart from wrong places.

    Files, or folders whose files belong together by name (page1.json and page1.ref.txt): text,
    Markdown, digitize's JSON, ALTO, PAGE or hOCR.
    """
    from digitize import comparing  # noqa: PLC0415 - as above

    plan = comparing.DiffPlan(
        hypothesis, reference, profile, form or "table", max_cer, verbose, html
    )
    colour = not (no_color or os.environ.get("NO_COLOR")) and sys.stdout.isatty()
    return comparing.diff(plan, show, tell, painter(colour))


def painter(colour: bool) -> Callable[[Any], str]:
    """How an excerpt looks on the terminal: its lines, their confidence, the text."""
    styles: dict[str, dict[str, Any]] = {
        "substituted": {"fg": "yellow", "bold": True},
        "omitted": {"fg": "red", "strikethrough": True},
        "inserted": {"fg": "blue", "underline": True},
        "moved": {"fg": "magenta", "italic": True},
    }

    def paint(excerpt: Any) -> str:
        where = ",".join(excerpt.line_ids) or "-"
        sure = "" if excerpt.confidence is None else f" {excerpt.confidence:.2f}"
        parts = (
            click.style(text, **styles[kind]) if colour and kind else text
            for kind, text in excerpt.parts
        )
        return f"  {where}{sure}  {''.join(parts)}"

    return paint


@main.command()
@click.argument("page")
@click.argument("reference")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="[default: stdout]")
@click.option("--profile", default="variants", show_default=True, help="See: digitize diff --help.")
@reported
def align(page: str, reference: str, out: Path | None, profile: str) -> int:
    """Give the lines of PAGE (JSON, ALTO, PAGE, hOCR) the text of a plain REFERENCE.

    Writes the page as JSON, its lines with the reference's text: ground truth line by line from
    an old transcription. What has no counterpart on the other side is told on stderr.
    """
    from digitize import comparing  # noqa: PLC0415 - as above

    return comparing.align(comparing.AlignPlan(page, reference, profile, out), show, tell)
