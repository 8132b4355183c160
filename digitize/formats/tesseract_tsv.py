"""Tesseract's TSV: pages, blocks, paragraphs, lines and words in one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from digitize.formats.lines import Parts, Read, ReadPage, make_line, words_text
from digitize.formats.xml_reading import number
from digitize.geometry import Box
from digitize.model import Line, Page, Region, RegionKind

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight"
_NAMES = (*HEADER.split("\t"), "conf", "text")
_PAGE, _PARAGRAPH, _LINE, _WORD = "1", "3", "4", "5"  # Tesseract's numbers of the levels
_PERCENT = 100

Row = Mapping[str, str]


def tsv_pages(text: str) -> list[ReadPage]:
    """The pages of a table; ValueError where it is none that Tesseract wrote."""
    if not text.startswith(HEADER):
        raise ValueError("its first row does not name Tesseract's columns")
    rows = [_row(line) for line in text.split("\n")[1:] if line.strip()]
    pages = [ReadPage(_page(list(own))) for _, own in groupby(rows, key=lambda r: r["page_num"])]
    if not pages:
        raise ValueError("it holds no page")
    return pages


def _row(line: str) -> Row:
    cells = line.rstrip("\r").split("\t", len(_NAMES) - 1)
    return dict(zip(_NAMES, [*cells, *[""] * (len(_NAMES) - len(cells))], strict=True))


def _page(rows: Sequence[Row]) -> Page:
    sizes = [_box(row) for row in rows if row["level"] == _PAGE] or [_box(row) for row in rows]
    lines: list[Line] = []
    regions: list[Region] = []
    for _, own in groupby(rows, key=lambda row: (row["block_num"], row["par_num"])):
        paragraph = list(own)
        found = list(_lines(paragraph, len(lines)))
        lines += found
        outline = next((_box(r) for r in paragraph if r["level"] == _PARAGRAPH), None)
        if found and outline is not None:
            ids = tuple(line.id for line in found)
            name = f"r{len(regions) + 1:04d}"
            regions.append(Region(name, RegionKind.TEXT, outline.polygon(), line_ids=ids))
    whole = Box.around(sizes)
    return Page(
        (round(whole.x1), round(whole.y1)),
        lines=tuple(lines),
        regions=tuple(regions),
        order=tuple(line.id for line in lines),
    )


def _lines(rows: Sequence[Row], before: int) -> Iterator[Line]:
    """The lines of a paragraph, numbered after ``before`` others."""
    for _, own in groupby(rows, key=lambda row: row["line_num"]):
        line = list(own)
        words = [_word(row) for row in line if row["level"] == _WORD and row["text"].strip()]
        if words:
            before += 1
            boxes = [_box(row) for row in line if row["level"] == _LINE]
            outline = boxes[0] if boxes else Box.around(word.polygon.box for word in words)
            text = words_text([word.text for word in words], range(len(words)))
            yield make_line(f"l{before:04d}", text, outline.polygon(), Parts(words))


def _word(row: Row) -> Read:
    return Read(row["text"].strip(), _box(row).polygon(), number(row["conf"]) / _PERCENT)


def _box(row: Row) -> Box:
    x, y, width, height = (number(row[name]) for name in ("left", "top", "width", "height"))
    return Box(x, y, x + max(0.0, width), y + max(0.0, height))
