"""The figures of pages as a table for people and as CSV."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from digitize.evaluate.confidence import LOW, Calibration
from digitize.evaluate.figures import Figures, Script
from digitize.evaluate.profiles import Profile
from digitize.evaluate.record import figures_record
from digitize.evaluate.result import Confusion

Row = tuple[str, Figures]
"""The name of a page and its figures."""

LISTED = 12  # confusions
_HEADS = (
    "page", "chars", "CER", "free", "order", "tau", "next",
    "exact", "split", "merged", "missing", "invented", "rejoined", "F1", "leaked",
)  # fmt: skip
LEGEND = """\
CER: edits / characters, in order. free: the same wherever paragraphs stand. order: what goes when
moved blocks are put back. tau, next: lines in order; followed by the right line. exact to invented:
paragraphs of 15 characters or more. rejoined: of those cut by a column's end. F1: articles, by
characters. leaked: page furniture in the text."""


def table(rows: Sequence[Row], total: Figures) -> str:
    """A row a page and a weighted total, columns aligned; ends without a newline."""
    cells = [list(_HEADS), *(_cells(name, figures) for name, figures in rows)]
    if len(rows) != 1:
        cells.append(_cells("total", total))
    widths = [max(_width(row[i]) for row in cells) for i in range(len(_HEADS))]
    return "\n".join(_line(row, widths) for row in cells)


def _cells(name: str, figures: Figures) -> list[str]:
    characters, paragraphs = figures.characters, figures.paragraphs
    order = figures.order.rates
    articles, furniture = figures.articles, figures.furniture
    return [
        name,
        str(characters.reference),
        _percent(characters.rates["cer"]),
        _percent(characters.rates["order_free_cer"]),
        _percent(characters.rates["order_cer"]),
        _number(order["tau"]),
        _number(order["successors"]),
        f"{paragraphs.exact}/{paragraphs.reference}",
        *(
            str(count)
            for count in (
                paragraphs.split,
                paragraphs.merged,
                paragraphs.missing,
                paragraphs.invented,
            )
        ),
        f"{paragraphs.rejoined}/{paragraphs.cut}" if paragraphs.cut else "-",
        _number(articles.rates["f1"]) if articles else "-",
        f"{furniture.leaked}/{furniture.known}" if furniture else "-",
    ]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f}%"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    cells = [f"{row[0]}{first}", *(pad + cell for pad, cell in zip(rest, row[1:], strict=True))]
    return "  ".join(cells)


def _width(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def notes(
    profile: Profile,
    total: Figures,
    confusions: Sequence[Confusion],
    calibration: Calibration | None,
) -> Iterator[str]:
    """What belongs under the table: profile, errors by script, confusions, confidence."""
    yield f"profile {profile.name}: {profile.about}"
    scripts = [
        f"{script} {_percent(total.scripts[script].rates['cer'])}"
        for script in Script
        if script in total.scripts and total.scripts[script].characters
    ]
    if scripts:
        yield "errors in aligned text: " + ", ".join(scripts)
    if confusions:
        pairs = [f"{c.expected}→{c.found} {c.count}" for c in confusions[:LISTED]]
        yield "read for each other: " + ", ".join(pairs)
    if calibration is not None:
        yield from confidence_notes(calibration)


def confidence_notes(found: Calibration) -> Iterator[str]:
    """Whether confidence predicts errors, in two sentences."""
    low = next(b for b in found.bins if b.high == LOW)
    yield (
        f"confidence: of {low.below} lines below {LOW}, {low.wrong_below} are wrong; "
        f"of all {found.lines}, {found.wrong}"
    )
    if found.threshold is not None:
        yield (
            f"the {found.flagged} lines of confidence up to {found.threshold:.3f} hold "
            f"{found.found} of the {found.wrong} wrong ones"
        )


def as_csv(rows: Iterable[Row], total: Figures, profile: Profile) -> str:
    """All counts and rates, a line a page and one for the total."""
    flat = [(name, flattened(figures)) for name, figures in (*rows, ("total", total))]
    columns = list(dict.fromkeys(key for _, values in flat for key in values))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["page", "profile", *columns])
    for name, values in flat:
        cells = (values.get(column) for column in columns)
        writer.writerow([name, profile.name, *("" if c is None else c for c in cells)])
    return out.getvalue()


def flattened(figures: Figures) -> dict[str, float | None]:
    """Counts and rates under names like "characters.errors" and "order.rates.tau"."""
    return dict(_flat("", figures_record(figures)))


def _flat(prefix: str, values: dict[str, Any]) -> Iterator[tuple[str, float | None]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{name}.", value)
        elif value is not None or prefix:  # a group that is not known has no columns
            yield f"{prefix}{name}", value
