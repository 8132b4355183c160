"""One page as its template wants it: figures, scan, lines, both texts in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from digitize.errors import InputError
from digitize.evaluate.document import Document
from digitize.evaluate.figures import Script
from digitize.evaluate.result import (
    ComparedParagraph,
    Kind,
    PageComparison,
    ParagraphState,
)
from digitize.geometry import Box
from digitize.model import Page
from digitize.report import scan
from digitize.report.facts import facts, script_data
from digitize.report.marks import Run, marked
from digitize.report.rows import rows
from digitize.report.visible import visible

WHOLE = (ParagraphState.EXACT, None)  # needs no badge
AROUND = 0.6  # of a line's height: what is seen of its neighbours in a close look


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph to show; ``article`` where it is the first of one, ``badge`` says its state."""

    role: str
    runs: tuple[Run, ...]
    article: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """One side of a row. ``elsewhere`` is the move that an empty side's text went with."""

    paragraphs: tuple[ParagraphView, ...]
    elsewhere: int | None = None


@dataclass(frozen=True, slots=True)
class LineView:
    """The outline of a line on the scan. ``points`` as SVG has them."""

    id: str
    points: str
    title: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands beside the texts: the scan, or blank paper, with the lines on it."""

    uri: str
    width: int
    height: int
    lines: tuple[LineView, ...]
    note: str = ""
    strips: dict[str, scan.Strip] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageView:
    """All that the template of a page needs."""

    name: str
    slug: str
    page: PageComparison
    rows: tuple[tuple[CellView, CellView], ...]
    plate: Plate | None
    data: str
    kinds: tuple[str, ...] = tuple(map(str, Kind))
    scripts: tuple[str, ...] = tuple(map(str, Script))


def page_view(page: PageComparison, document: Document, slug: str) -> PageView:
    """The view of a page; ``document`` is the side that was compared with the reference."""
    plate = _plate(page, document)
    strips = {line: asdict(strip) for line, strip in plate.strips.items()} if plate else {}
    return PageView(
        visible(page.name),
        slug,
        page,
        tuple(_rows(page)),
        plate,
        script_data({"list": facts(page), "strips": strips}),
    )


def _rows(page: PageComparison) -> Iterator[tuple[CellView, CellView]]:
    sides = page.reference.paragraphs, page.hypothesis.paragraphs
    divided = any(len({paragraph.article for paragraph in side}) > 1 for side in sides)
    ours = _paragraphs(sides[0], marked(page, "reference"), divided)
    theirs = _paragraphs(sides[1], marked(page, "hypothesis"), divided, _aside(page))
    for row in rows(page):
        left = tuple(ours[row.reference.start : row.reference.stop])
        right = tuple(theirs[row.hypothesis.start : row.hypothesis.stop])
        yield (
            CellView(left, None if left else _move(right)),
            CellView(right, None if right else _move(left)),
        )


def _aside(page: PageComparison) -> frozenset[int]:
    """The paragraphs of the text that were not compared: captions and the like, out of truth."""
    places = [block.hypothesis for block in page.blocks]
    places += [item.hypothesis for item in page.differences if item.hypothesis is not None]
    compared = {place.paragraph for place in places}
    return frozenset(range(len(page.hypothesis.paragraphs))) - compared


def _move(paragraphs: Sequence[ParagraphView]) -> int | None:
    """The first move that text of the paragraphs is part of."""
    moves = (run.move for paragraph in paragraphs for run in paragraph.runs)
    return next((move for move in moves if move is not None), None)


def _paragraphs(
    paragraphs: Sequence[ComparedParagraph],
    runs: Sequence[tuple[Run, ...]],
    divided: bool,
    aside: frozenset[int] = frozenset(),
) -> list[ParagraphView]:
    before, found = "", []
    for number, (paragraph, pieces) in enumerate(zip(paragraphs, runs, strict=True)):
        begins = divided and paragraph.article != before
        before = paragraph.article
        article = visible(before) if begins else ""
        badge = "not counted" if number in aside else _badge(paragraph)
        found.append(ParagraphView(paragraph.role, pieces, article, badge))
    return found


def _badge(paragraph: ComparedParagraph) -> str:
    if paragraph.invented:
        return "invented"
    return "" if paragraph.state in WHOLE else str(paragraph.state)


def _plate(page: PageComparison, document: Document) -> Plate | None:
    """The scan with its lines; lines alone, with a note, where the scan cannot be had."""
    if document.page is None:
        return None
    found = scan.find(document.source, document.name) if document.source else None
    lines = tuple(_lines(page, document.page))
    note = "" if found else _not_found(document)
    try:
        if found is not None:
            taken = scan.picture(found, _close(page, document.page))
            return Plate(taken.uri, *taken.size, lines, strips=taken.strips)
    except InputError as error:
        note = str(error)
    size = document.page.size
    return Plate("", *size, lines, visible(note)) if lines and all(size) else None


def _close(page: PageComparison, shape: Page) -> dict[str, Box]:
    """The lines that a close look will be taken of, with what is around them, in scan pixels."""
    boxes = {line.id: line.polygon.box for line in shape.lines if line.polygon.points}
    items = sorted(page.differences, key=lambda item: item.kind is Kind.MOVED)
    wanted = dict.fromkeys(item.line_ids[0] for item in items if item.line_ids)
    return {
        i: boxes[i].grown(AROUND * min(boxes[i].width, boxes[i].height))
        for i in wanted
        if i in boxes
    }


def _not_found(document: Document) -> str:
    if document.source is None or not document.source.path:
        return "The file names no scan; these are the outlines of its lines."
    return (
        f"The scan {document.source.label} is not there any more, or has changed; these are the "
        "outlines of its lines."
    )


def _lines(page: PageComparison, shape: Page) -> Iterator[LineView]:
    compared = {line.id: line for line in page.lines}
    for line in shape.lines:
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in line.polygon.points)
        if points:
            known = compared.get(line.id)
            title = f"{line.id} · {line.confidence:.2f} · {line.text}"
            yield LineView(line.id, points, visible(title), known is not None and known.errors > 0)
