"""How vertical lines are read best: python tests/vertical_ways.py [ENGINE…]

Three ways, on the vertical sample pages with their true lines: every glyph set upright in a row
(what the engines do), the column turned by a quarter, and Tesseract's models for vertical text on
the column as it is. Prints the CER of the lines. The table stands in digitize/ocr/README.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytesseract
from PIL import Image
from rapidfuzz.distance import Levenshtein

from digitize.geometry import Box, Projective, WritingMode
from digitize.image import PageImage, Pixels
from digitize.model import Line
from digitize.ocr import EngineSettings, make
from digitize.text import plain

PAGES = Path(__file__).resolve().parent.parent / "samples" / "pages"
LEAST = 6  # characters of a line that counts
MARGIN = 0.15  # em around a line
LANGUAGE = {"rapidocr": (), "tesseract": ("chi_tra",)}


@dataclass(frozen=True)
class Sheet:
    """A page's grey pixels and its vertical lines, with what they say."""

    gray: Pixels
    lines: tuple[Line, ...]


def sheet(name: str) -> Sheet:
    """One of the vertical samples."""
    true = json.loads((PAGES / f"{name}.truth.json").read_text("utf-8"))
    path = next(p for p in sorted(PAGES.glob(f"{name}.*")) if p.suffix in {".png", ".jpg"})
    gray = np.asarray(Image.open(path).convert("L"))
    wanted = [x for x in true["lines"] if x["vertical"] and len(x["text"]) >= LEAST]
    return Sheet(gray, tuple(_line(i, x) for i, x in enumerate(wanted)))


def _line(number: int, line: dict[str, Any]) -> Line:
    points = line["polygon"]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    em = float(line["size_px"])
    box = Box(min(xs), min(ys), max(xs), max(ys)).grown(MARGIN * em)
    return Line(f"l{number}", box.polygon(), line["text"], 1.0, em, WritingMode.VERTICAL)


def turned(page: Sheet) -> Sheet:
    """The page turned by a quarter against the clock: its columns are level."""
    width = page.gray.shape[1]

    def turn(line: Line) -> Line:
        b = line.polygon.box
        level = Box(b.y0, width - b.x1, b.y1, width - b.x0).polygon()
        return replace(line, polygon=level, writing_mode=WritingMode.HORIZONTAL)

    gray = np.ascontiguousarray(np.rot90(page.gray))
    return Sheet(gray, tuple(turn(line) for line in page.lines))


def by_engine(name: str) -> Callable[[Sheet], list[str]]:
    """Lines as the engine ``name`` reads them, set as they are in the sheet."""
    engine = make(name, EngineSettings(LANGUAGE[name], 2))

    def read(page: Sheet) -> list[str]:
        image = PageImage(page.gray, 200.0, Projective.identity(), ())
        blank = tuple(replace(line, text="") for line in page.lines)
        found = {line.id: line.text for line in engine.recognize(image, blank)}
        return [found.get(line.id, "") for line in page.lines]

    return read


def by_vertical_model(page: Sheet) -> list[str]:
    """Lines as Tesseract's vertical model reads them, column by column."""
    texts = []
    for line in page.lines:
        b = line.polygon.box
        crop = page.gray[max(0, int(b.y0)) : int(b.y1), max(0, int(b.x0)) : int(b.x1)]
        picture = Image.fromarray(np.pad(crop, 20, constant_values=int(np.percentile(crop, 90))))
        texts.append(pytesseract.image_to_string(picture, "chi_tra_vert", "--psm 5"))
    return texts


def cer(page: Sheet, texts: Sequence[str]) -> float:
    """Errors in all lines against all their characters."""
    pairs = [(plain(line.text), plain(text)) for line, text in zip(page.lines, texts, strict=True)]
    errors = sum(Levenshtein.distance(a, b) for a, b in pairs)
    return errors / max(1, sum(len(a) for a, _ in pairs))


def main(engines: Sequence[str]) -> None:
    """Print a row for every page and way."""
    for name in ("vertical-clean", "vertical-worn"):
        page = sheet(name)
        for engine in engines:
            read = by_engine(engine)
            upright, level = cer(page, read(page)), cer(page, read(turned(page)))
            print(f"{name:15} {engine:10} upright {upright:.3f}  turned {level:.3f}", flush=True)
        if "tesseract" in engines:
            own = cer(page, by_vertical_model(page))
            print(f"{name:15} tesseract  chi_tra_vert --psm 5 {own:.3f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["rapidocr", "tesseract"])
