"""``digitize bench``."""

from __future__ import annotations

import click

from digitize.cli.grouped import command, option, section
from digitize.cli.terminal import show, tell

PEERS = ("rapidocr", "tesseract", "ocrmypdf")


@command(
    examples=(
        ("digitize bench scans/page1.jpg --copies 4", "how fast this machine is"),
        ("digitize bench pages/ --references texts/ --json", "with accuracy, as data"),
        ("digitize bench pages/ --engine tesseract --against all", "beside other programs"),
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@section(
    "What is measured",
    option(
        "--engine",
        "engines",
        metavar="NAME",
        multiple=True,
        default=("rapidocr",),
        help="Who reads; repeatable.",
    ),
    option(
        "-l",
        "--lang",
        "languages",
        metavar="LANG",
        multiple=True,
        help="For Tesseract; repeatable.",
    ),
    option(
        "-j",
        "--jobs",
        type=click.IntRange(1),
        multiple=True,
        metavar="N",
        show_default=False,
        help="Processes; repeatable; none named: 1, and one a core.",
    ),
    option(
        "--against",
        "peers",
        type=click.Choice([*PEERS, "all"]),
        metavar="NAME",
        multiple=True,
        help="Also measure rapidocr, tesseract, ocrmypdf or all; repeatable.",
    ),
    option(
        "--references",
        type=click.Path(),
        metavar="FOLDER",
        help="Where reference texts are; else NAME.ref.txt and the like beside the pages.",
    ),
)
@section(
    "How",
    option(
        "--rounds",
        type=click.IntRange(1),
        metavar="N",
        default=3,
        help="How often; medians are told.",
    ),
    option(
        "--copies",
        type=click.IntRange(1),
        metavar="N",
        default=1,
        help="How often each page is read.",
    ),
    option("--json", "as_json", is_flag=True, help="Print as JSON."),
)
def bench(
    inputs: tuple[str, ...],
    engines: tuple[str, ...],
    languages: tuple[str, ...],
    jobs: tuple[int, ...],
    peers: tuple[str, ...],
    references: str | None,
    rounds: int,
    copies: int,
    as_json: bool,
) -> int:
    """Measure how fast this machine reads INPUT....

    Seconds, CPU time and memory a page, and accuracy where there are references. Each way of
    reading is a run of its own; all take turns, so that a busy minute strikes them alike. Measure
    on a machine that has nothing else to do.
    """
    from digitize.bench import Plan, run  # noqa: PLC0415 - --help must not wait for numpy

    wanted = PEERS if "all" in peers else tuple(dict.fromkeys(peers))
    plan = Plan(inputs, references, engines, languages, jobs, wanted, rounds, copies, as_json)
    return run(plan, show, tell)
