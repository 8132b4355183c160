"""The first view of a report: the figures of all pages, a row each, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digitize.evaluate.figures import Figures, Script

LEAST_BAR = 0.02  # a longest bar of less would make much of little


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page table. ``of`` gives the number to sort by, and how it is written."""

    head: str
    title: str
    of: Callable[[Figures], Cell]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: None sorts last. ``share`` (0–1) is drawn as a bar: of errors only."""

    value: float | None
    text: str
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the table."""

    name: str
    slug: str
    href: str
    cells: tuple[Cell, ...]
    note: str = ""


def cells(figures: Figures) -> tuple[Cell, ...]:
    """The figures of a page or of all, in the order of ``COLUMNS``."""
    return tuple(column.of(figures) for column in COLUMNS)


def widest(rows: Sequence[PageRow]) -> list[float]:
    """For every column the share that its longest bar stands for."""
    shares = zip(*([cell.share for cell in row.cells] for row in rows), strict=True)
    return [max(LEAST_BAR, *column) for column in shares]


def script_errors(figures: Figures) -> list[tuple[str, int, Cell]]:
    """For every script that occurs: its name, how many characters, the share that is wrong."""
    known = [(script, figures.scripts.get(script)) for script in Script]
    return [
        (str(script), counts.characters, _percent(counts.rates["cer"]))
        for script, counts in known
        if counts is not None and counts.characters
    ]


def _percent(value: float | None) -> Cell:
    if value is None:
        return Cell(None, "–")
    return Cell(value, f"{100 * value:.2f} %", min(1.0, value))


def _ratio(value: float | None) -> Cell:
    return Cell(None, "–") if value is None else Cell(value, f"{value:.3f}")


def _count(value: int) -> Cell:
    return Cell(value, str(value))


def _part(part: int, whole: int) -> Cell:
    return Cell(part / whole, f"{part}/{whole}") if whole else Cell(None, "–")


def _rate(name: str) -> Callable[[Figures], Cell]:
    return lambda figures: _percent(figures.characters.rates[name])


def _paragraphs(name: str) -> Callable[[Figures], Cell]:
    return lambda figures: _count(getattr(figures.paragraphs, name))


def _articles(name: str) -> Callable[[Figures], Cell]:
    return lambda figures: _ratio(figures.articles.rates[name] if figures.articles else None)


def _leaked(figures: Figures) -> Cell:
    furniture = figures.furniture
    if furniture is None or not furniture.known:
        return Cell(None, "–")
    return Cell(furniture.leaked, f"{furniture.leaked}/{furniture.known}")


COLUMNS = (
    Column("chars", "Characters of the reference", lambda f: _count(f.characters.reference)),
    Column("CER", "Edits a character, the texts taken in order", _rate("cer")),
    Column("free", "Order-free CER: paragraphs may stand anywhere", _rate("order_free_cer")),
    Column("order", "The part of the CER that goes when moved blocks are put back",
           _rate("order_cer")),
    Column("tau", "Kendall's τ over the lines found: 1 is in order",
           lambda f: _ratio(f.order.rates["tau"])),
    Column("next", "Of neighbouring lines, those that follow each other",
           lambda f: _ratio(f.order.rates["successors"])),
    Column("exact", "Paragraphs of 15 characters or more that are one paragraph, 90 % alike",
           lambda f: _part(f.paragraphs.exact, f.paragraphs.reference)),
    Column("split", "Paragraphs in several pieces", _paragraphs("split")),
    Column("merged", "Paragraphs in one with another", _paragraphs("merged")),
    Column("missing", "Paragraphs of which less than half is there", _paragraphs("missing")),
    Column("invented", "Paragraphs that the reference has not", _paragraphs("invented")),
    Column("joined", "Of the paragraphs that print cuts, those that are whole again",
           lambda f: _part(f.paragraphs.rejoined, f.paragraphs.cut)),
    Column("F1", "Articles matched one to one, by characters", _articles("f1")),
    Column("leaked", "Page furniture that stands in the text", _leaked),
)  # fmt: skip
