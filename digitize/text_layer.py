"""A page of a PDF made from its text layer instead of by reading, where the layer can be believed.

A layer may lie: some fonts say wrong characters so that nothing can be copied. So a few lines are
read as a test, and so is every line with characters that the file does not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from digitize.filetype import FileType
from digitize.foreign import adopted
from digitize.formats.lines import ReadPage
from digitize.image import PageImage
from digitize.model import Half, Line, Page, Source
from digitize.ocr import Engine, recognized
from digitize.opening import identify
from digitize.options import InputOptions
from digitize.pdf_text import Char, Layer, is_doubtful, judged, lines_of, text_layer
from digitize.preprocess.gutters import best_gutter
from digitize.preprocess.load import MAX_PIXELS
from digitize.preprocess.split import covered
from digitize.text import is_han, plain

TESTED = 6  # lines, spread over the page
TESTED_CHARS = 8  # Chinese characters that such a line has at least
ALIKE = 0.5  # of the characters of a line as it is read and as the layer has it, in the median
DOUBTFUL = 0.3  # of the lines with characters nobody knows: then the whole page is read
STEP = "text layer"


@dataclass(frozen=True, slots=True)
class Layered:
    """What became of the text layer: a page, or why there is none."""

    page: Page | None
    step: str


def layered(source: Source, scan: PageImage, engine: Engine, options: InputOptions) -> Layered:
    """The page of a PDF from its text layer; ``scan`` is the page as it is rendered.

    Raises InputError for a PDF that cannot be read, EngineError where the engine breaks.
    """
    if options.pdf_text == "ignore" or identify(source.path) is not FileType.PDF:
        return Layered(None, "")
    found = text_layer(source, MAX_PIXELS)
    chars, scan = _on_page(found.chars, scan, source.half)
    layer = judged(chars, scanned=found.scanned)
    wanted = {Layer.SET} if options.pdf_text == "auto" else {Layer.SET, Layer.READ}
    if layer not in wanted:
        return Layered(None, "" if layer is Layer.NONE else f"{STEP} not used: {layer}")
    lines = lines_of(chars)
    doubtful = [line for line in lines if is_doubtful(line)]
    if len(doubtful) > DOUBTFUL * len(lines) or not _true(lines, scan, engine):
        return Layered(None, f"{STEP} not used: {Layer.GARBLED}")
    lines = _with_read(lines, scan, engine)
    size = (scan.width, scan.height)
    page = adopted(ReadPage(Page(size, scan.dpi, lines=tuple(lines))), scan, layer is Layer.SET)
    return Layered(page, STEP)


def _on_page(
    chars: Sequence[Char], scan: PageImage, which: Half
) -> tuple[Sequence[Char], PageImage]:
    """The characters of one page where a sheet of a PDF shows two, and the scan with that alone."""
    if not which:
        return chars, scan
    gutter, left = best_gutter(scan), which.side == "left"
    there = [char for char in chars if gutter.on_left(char.box.center) is left]
    return there, covered(scan, gutter, which)


def _true(lines: Sequence[Line], scan: PageImage, engine: Engine) -> bool:
    """Whether a few lines read as the layer has them; an engine that reads nothing proves none."""
    long = [line for line in lines if sum(map(is_han, line.text)) >= TESTED_CHARS]
    test = long[:: max(1, len(long) // TESTED)][:TESTED]
    read = [line.text for line in recognized(engine, scan, test)]
    if not any(read):
        return True
    alike = (
        SequenceMatcher(None, plain(line.text), plain(text), autojunk=False).ratio()
        for line, text in zip(test, read, strict=True)
    )
    return median(alike) >= ALIKE


def _with_read(lines: Sequence[Line], scan: PageImage, engine: Engine) -> list[Line]:
    """The lines, those with characters that the file does not tell as the engine reads them."""
    doubtful = [line for line in lines if is_doubtful(line)]
    read = {line.id: line for line in recognized(engine, scan, doubtful) if line.text}
    return [_as_read(line, read.get(line.id)) if is_doubtful(line) else line for line in lines]


def _as_read(line: Line, read: Line | None) -> Line:
    if read is not None:
        return read
    return replace(line, confidence=0.0)
