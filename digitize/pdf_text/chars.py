"""The characters of a PDF page as pdfium finds them, in pixels of the page as it is rendered."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from digitize.geometry import Box
from digitize.model import Source
from digitize.opening import open_pdf
from digitize.preprocess.pdf_page import is_scanned, rendering_scale
from digitize.text import SHARED_MARKS, is_cjk

DEPTH = 0.12  # of the em that a glyph's square lies below the baseline; it is the same in all fonts
FINE = 64  # steps of a pixel in which pdfium is asked for places: it gives whole numbers
DOUBLED = 0.2  # em between two prints of one character: some programs make bold type so
INVISIBLE = 3  # text rendering mode
SMALLEST = 1.0  # px: smaller type is nothing that can be seen

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its square on the page, the size of its type, its place in the file.

    ``shown``: it is drawn, and not laid invisibly under a scan. ``known``: the file says which
    character it is. ``spaced``: the file has a space before it.
    """

    text: str
    box: Box
    em: float
    shown: bool = True
    known: bool = True
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The characters of a page in the order of the file; whether pictures cover it as scans do."""

    chars: tuple[Char, ...] = ()
    scanned: bool = False


def text_layer(source: Source, max_pixels: int) -> TextLayer:
    """The text layer of a page of a PDF, its places those where ``load`` shows them.

    Raises InputError for a PDF or a page that cannot be read. What lies off the page is left out,
    and of characters printed twice the second.
    """
    with open_pdf(source.path) as document:
        if source.page_no >= len(document):
            return TextLayer()
        page = document[source.page_no]
        try:
            chars = _once(_page_chars(page, rendering_scale(page, max_pixels)))
            return TextLayer(tuple(chars), is_scanned(page))
        finally:
            page.close()


def _page_chars(page: Any, scale: float) -> Iterator[Char]:
    text = page.get_textpage()
    try:
        reader = _Reader(page, text, scale)
        spaced = False
        for index in range(text.count_chars()):
            char = reader.char(index, spaced)
            if char is not None:
                yield char
            spaced = char is None and (spaced or reader.is_space(index))
    finally:
        text.close()


class _Reader:
    """Asks pdfium for one character after another."""

    def __init__(self, page: Any, text: Any, scale: float) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - heavy, and pictures never need it

        self._pdfium, self._page, self._text, self._scale = pdfium, page, text, scale
        width, height = page.get_size()
        self._size = round(width * scale * FINE), round(height * scale * FINE)
        self._sheet = Box(0, 0, width * scale, height * scale)

    def is_space(self, index: int) -> bool:
        """Whether the file has white space there; what pdfium has made up does not count."""
        made_up = self._pdfium.FPDFText_IsGenerated(self._text, index) == 1
        return not made_up and chr(self._pdfium.FPDFText_GetUnicode(self._text, index)).isspace()

    def char(self, index: int, spaced: bool) -> Char | None:
        """A character that is on the page; None for white space."""
        pdfium, text = self._pdfium, self._text
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or chr(code).isspace():
            return None
        matrix, em = self._matrix(index)
        if em * self._scale < SMALLEST:
            return None
        box = self._square(index, chr(code), matrix, em)
        if not self._sheet.contains(box.center):
            return None
        known = code > 0 and pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
        return Char(chr(code), box, em * self._scale, mode != INVISIBLE, known, spaced)

    def _matrix(self, index: int) -> tuple[Any, float]:
        """How the character is turned, and its em in points."""
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = self._pdfium.FPDFText_GetFontSize(self._text, index)
        em = abs(size) * math.hypot(matrix.c, matrix.d)
        return matrix, em if math.isfinite(em) else 0.0

    def _square(self, index: int, char: str, matrix: Any, em: float) -> Box:
        """The square of a full-width glyph; of a narrower one its width by the em."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        along = math.hypot(matrix.a, matrix.b) or 1.0
        right = matrix.a / along, matrix.b / along
        over = math.hypot(matrix.c, matrix.d) or 1.0
        up = matrix.c / over, matrix.d / over
        full = is_cjk(char) and char not in SHARED_MARKS
        width = em if full else self._width(index, right, em)
        corners = (
            (x.value + right[0] * a + up[0] * b, y.value + right[1] * a + up[1] * b)
            for a in (0, width)
            for b in (-DEPTH * em, (1 - DEPTH) * em)
        )
        return _around([self._on_sheet(corner) for corner in corners])

    def _width(self, index: int, right: Point, em: float) -> float:
        """How wide a glyph is set, as far as pdfium knows."""
        rect = self._pdfium.FS_RECTF()
        if not self._pdfium.FPDFText_GetLooseCharBox(self._text, index, rect):
            return em / 2
        wide, high = abs(rect.right - rect.left), abs(rect.top - rect.bottom)
        return min(em, max(wide * abs(right[0]), high * abs(right[1])) or em / 2)

    def _on_sheet(self, point: Point) -> Point:
        """A point of the PDF on the rendered page, turned and cropped as that is."""
        x, y = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, *point, x, y)
        return x.value / FINE, y.value / FINE


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _once(chars: Iterable[Char]) -> list[Char]:
    """Without characters that stand where the same one stands already."""
    result: list[Char] = []
    taken: dict[tuple[str, int, int], list[Point]] = {}
    for char in chars:
        x, y = char.box.center
        near = DOUBLED * char.em
        place = int(x / near), int(y / near)
        others = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in taken.get((char.text, place[0] + dx, place[1] + dy), ())
        )
        if any(math.dist(other, (x, y)) < near for other in others):
            continue
        taken.setdefault((char.text, *place), []).append((x, y))
        result.append(char)
    return result
