"""Files as OCR programs write them, made from set pages: nothing read wrong, nothing told anew.

What stands where is known; what the programs leave out (size of type, slant, rules) is left out
here as well, and what they do wrong can be asked for: a slanted scan in upright boxes, rows of two
columns taken for one.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from digitize.geometry import Box
from digitize.text import spread

INK = 0.96  # of the em that the outline of a line is high
AIR = 0.04  # em of a character's width that is blank on each side


@dataclass(frozen=True)
class Word:
    """A word and its box."""

    text: str
    box: Box


@dataclass(frozen=True)
class Row:
    """A line of words; ``vertical`` ones run down."""

    words: tuple[Word, ...]
    vertical: bool = False

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return Box.around(word.box for word in self.words)


@dataclass(frozen=True)
class Sheet:
    """A page as a program has read it."""

    size: tuple[int, int]
    rows: tuple[Row, ...]


def sheet_of(true: dict[str, Any], seed: int = 1) -> Sheet:
    """The lines of a set page, divided into words of one to three characters."""
    rng = random.Random(seed)
    width, height = true["size"]
    return Sheet((width, height), tuple(_row(line, rng) for line in true["lines"]))


def _row(line: dict[str, Any], rng: random.Random) -> Row:
    box, vertical, em = Box(*line["box"]), bool(line["vertical"]), line["size_px"]
    start, length = (box.y0, box.height) if vertical else (box.x0, box.width)
    places = [place for place in spread(line["text"], start, length) if not place[0].isspace()]
    words, middle = [], box.center[0 if vertical else 1]
    low, high = middle - INK * em / 2, middle + INK * em / 2
    while places:
        part, places = places[: (n := rng.randint(1, 3))], places[n:]
        a, b = part[0][1] + AIR * em, part[-1][2] - AIR * em
        place = Box(low, a, high, b) if vertical else Box(a, low, b, high)
        words.append(Word("".join(char for char, _, _ in part), place))
    return Row(tuple(words), vertical)


def slanted(sheet: Sheet, degrees: float) -> Sheet:
    """The page turned about its middle, in upright boxes around words and lines."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    x0, y0 = sheet.size[0] / 2, sheet.size[1] / 2

    def turned(box: Box) -> Box:
        x, y = box.center[0] - x0, box.center[1] - y0
        dx, dy = x0 + x * cos - y * sin - box.center[0], y0 + x * sin + y * cos - box.center[1]
        return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)

    rows = (
        replace(row, words=tuple(replace(word, box=turned(word.box)) for word in row.words))
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def merged(sheet: Sheet, count: int, em: float) -> Sheet:
    """The page with the first ``count`` rows that stand beside another of body type run together.

    That is what programs do where columns stand close.
    """
    left = list(sheet.rows)
    made: list[Row] = []
    while left:
        row = left.pop(0)
        beside = next((other for other in left if _beside(row, other, em)), None)
        if beside is not None and count > 0:
            left.remove(beside)
            count -= 1
            first, second = sorted(
                (row, beside), key=lambda r: r.box.y0 if r.vertical else r.box.x0
            )
            row = replace(first, words=(*first.words, *second.words))
        made.append(row)
    return replace(sheet, rows=tuple(made))


def _beside(row: Row, other: Row, em: float) -> bool:
    a, b = row.box, other.box
    if row.vertical is not other.vertical:
        return False
    across, along = (
        (a.overlap_x(b), a.overlap_y(b)) if row.vertical else (a.overlap_y(b), a.overlap_x(b))
    )
    thick = [box.width if row.vertical else box.height for box in (a, b)]
    long = [box.height if row.vertical else box.width for box in (a, b)]
    body = max(thick) < 1.15 * em and min(long) > 5 * em
    return body and across > 0.8 * min(thick) and -3 * em < along < 0


# --- the forms of files


def alto(sheet: Sheet, unit: str = "pixel", per_pixel: float = 1.0) -> bytes:
    """ALTO 4, in any unit of length."""
    size = _sized(Box(0, 0, *sheet.size), per_pixel).replace("HPOS", "X").replace("VPOS", "Y")
    lines = []
    for i, row in enumerate(sheet.rows):
        words = (
            f"<String CONTENT={quoteattr(w.text)} {_sized(w.box, per_pixel)}/>" for w in row.words
        )
        lines.append(
            f'<TextLine ID="t{i}" {_sized(row.box, per_pixel)}>{"<SP/>".join(words)}</TextLine>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit></Description>"
        f'<Layout><Page ID="p" {size}><PrintSpace><TextBlock ID="b">{"".join(lines)}'
        "</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def _sized(box: Box, scale: float) -> str:
    x, y, w, h = (round(v * scale, 2) for v in (box.x0, box.y0, box.width, box.height))
    return f'HPOS="{x}" VPOS="{y}" WIDTH="{w}" HEIGHT="{h}"'


def page_xml(sheet: Sheet) -> bytes:
    """PAGE 2019, its lines with a text of their own beside that of the words."""
    lines = []
    for i, row in enumerate(sheet.rows):
        words = "".join(
            f'<Word id="w{i}_{j}">{_coords(w.box)}<TextEquiv><Unicode>{escape(w.text)}</Unicode>'
            "</TextEquiv></Word>"
            for j, w in enumerate(row.words)
        )
        text = f'<TextEquiv conf="0.9"><Unicode>{escape(row.text)}</Unicode></TextEquiv>'
        lines.append(f'<TextLine id="t{i}">{_coords(row.box)}{words}{text}</TextLine>')
    width, height = sheet.size
    return (
        '<?xml version="1.0" encoding="UTF-8"?><PcGts xmlns="http://schema.primaresearch.org/PAGE'
        '/gts/pagecontent/2019-07-15"><Page imageFilename="page.png" '
        f'imageWidth="{width}" imageHeight="{height}"><TextRegion id="r">'
        f"{_coords(Box(0, 0, width, height))}{''.join(lines)}</TextRegion></Page></PcGts>"
    ).encode()


def _coords(box: Box) -> str:
    corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in box.polygon().points)
    return f'<Coords points="{corners}"/>'


def hocr(sheet: Sheet) -> bytes:
    """hOCR, all lines in one paragraph."""
    lines = []
    for i, row in enumerate(sheet.rows):
        words = " ".join(
            f'<span class="ocrx_word" title="{_bbox(w.box)}; x_wconf 90">{escape(w.text)}</span>'
            for w in row.words
        )
        lines.append(f'<span class="ocr_line" id="t{i}" title="{_bbox(row.box)}">{words}</span>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f'<div class="ocr_page" title="{_bbox(Box(0, 0, *sheet.size))}"><p class="ocr_par">'
        f"{''.join(lines)}</p></div></body></html>"
    ).encode()


def _bbox(box: Box) -> str:
    return f"bbox {box.x0:.0f} {box.y0:.0f} {box.x1:.0f} {box.y1:.0f}"


def tsv(sheet: Sheet) -> bytes:
    """Tesseract's table."""
    rows = [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    ]
    rows.append(_cells((1, 1, 0, 0, 0, 0), Box(0, 0, *sheet.size), "-1", ""))
    for i, row in enumerate(sheet.rows, 1):
        rows.append(_cells((4, 1, 1, 1, i, 0), row.box, "-1", ""))
        rows += (
            _cells((5, 1, 1, 1, i, j), w.box, "93.5", w.text) for j, w in enumerate(row.words, 1)
        )
    return "".join(f"{row}\n" for row in rows).encode()


def _cells(numbers: Sequence[int], box: Box, confidence: str, text: str) -> str:
    places = (round(v) for v in (box.x0, box.y0, box.width, box.height))
    return "\t".join([*map(str, (*numbers, *places)), confidence, text])


def rapidocr(sheet: Sheet) -> bytes:
    """What RapidOCR's to_json gives: lines alone."""
    return _json([{"box": p, "txt": text, "score": 0.97} for p, text in _lines(sheet)])


def paddleocr_2(sheet: Sheet) -> bytes:
    """What PaddleOCR before 3 returns, for one page."""
    return _json([[[p, [text, 0.97]] for p, text in _lines(sheet)]])


def paddleocr_3(sheet: Sheet) -> bytes:
    """What PaddleOCR from 3 on saves, with boxes of words."""
    lines = list(_lines(sheet))
    return _json(
        {
            "input_path": "scans/page.png",
            "page_index": None,
            "rec_texts": [text for _, text in lines],
            "rec_scores": [0.97 for _ in lines],
            "rec_polys": [place for place, _ in lines],
            "text_word": [[word.text for word in row.words] for row in sheet.rows],
            "text_word_boxes": [[_ints(word.box) for word in row.words] for row in sheet.rows],
        }
    )


def _lines(sheet: Sheet) -> Iterator[tuple[list[list[int]], str]]:
    for row in sheet.rows:
        yield [[round(x), round(y)] for x, y in row.box.polygon().points], row.text


def _ints(box: Box) -> list[int]:
    return [round(v) for v in (box.x0, box.y0, box.x1, box.y1)]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


FORMS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "alto": (".xml", alto),
    "page": (".xml", page_xml),
    "hocr": (".hocr", hocr),
    "tsv": (".tsv", tsv),
    "rapidocr": (".json", rapidocr),
    "paddleocr-2": (".json", paddleocr_2),
    "paddleocr-3": (".json", paddleocr_3),
}
"""The ending and the writer of every form."""
WITHOUT_WORDS = ("rapidocr", "paddleocr-2")
