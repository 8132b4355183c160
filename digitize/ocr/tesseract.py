"""Tesseract as an engine: line by line, many lines a call, vertical lines set upright.

One picture a line (page segmentation mode 7) is as exact as columns read whole, and needs no
guessing which of Tesseract's lines is which of ours (measured on clean and worn pages).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np

from digitize.geometry import Polygon
from digitize.image import PageImage, Pixels
from digitize.model import Glyph, Line
from digitize.ocr import tesseract_library, tesseract_run
from digitize.ocr.engine import EngineSettings
from digitize.ocr.tesseract_marks import amended
from digitize.ocr.tesseract_tsv import Placed, Word, placed
from digitize.ocr.upright import Strip, reading_strips

DEFAULT = ("chi_sim",)  # with eng beside it Tesseract reads Chinese worse
VERTICAL = "_vert"  # models for glyphs on their side; here they are set upright before
EM = 24.0  # px, height of the glyphs in the pictures: up to 36 px all is as good, only slower
MARGIN = 8  # px of white around a line: a third of an em
WHITE = 255
SINGLE_LINE, RAW_LINE = 7, 13  # page segmentation modes; 13 reads what 7 takes for no text
CONTRAST = 25  # grey levels between the lightest and the darkest pixel; with less it is blank
RAW_CONFIDENCE = 0.3  # below it a raw reading is texture, not text


class TesseractEngine:
    """Reads with the Tesseract program, or the library; ``settings.threads`` run at once."""

    name = "tesseract"

    def __init__(self, settings: EngineSettings) -> None:
        # pytesseract hands this process's environment to its children and no other; with more
        # than one OpenMP thread each a page takes five times as long.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._installed = tesseract_run.installed()
        wanted = settings.languages or DEFAULT
        upright = dict.fromkeys(name.removesuffix(VERTICAL) for name in wanted)
        for name in (*wanted, *upright):
            if name not in self._installed:
                raise tesseract_run.missing_language(name)
        self._languages = "+".join(upright)
        self._library = tesseract_library.of(tesseract_run.data_folder(), self._languages)
        self._version = self._library.version() if self._library else tesseract_run.version()
        self._threads = max(1, settings.threads)

    def version(self) -> str:
        """Version of the program, or of the library where that reads, and the languages."""
        return f"{self._version} ({self._languages})"

    def languages(self) -> tuple[str, ...]:
        """The languages that are installed."""
        return self._installed

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Read ``lines``; see :class:`digitize.ocr.engine.Engine`."""
        strips = reading_strips(image.gray, lines)
        scales = [EM / line.em for line in lines]
        pictures = [_picture(s.pixels, scale) for s, scale in zip(strips, scales, strict=True)]
        found = self._read(pictures)
        return tuple(
            _filled(line, strip, scale, amended(placed(words)))
            for line, strip, scale, words in zip(lines, strips, scales, found, strict=True)
        )

    def _read(self, pictures: Sequence[Pixels]) -> list[list[Word]]:
        """The words of every picture; one in which no line is seen is read once more, raw.

        Blank pictures are not read: Tesseract finds a word even on white paper.
        """
        found: list[list[Word]] = [[] for _ in pictures]
        inked = [i for i, pixels in enumerate(pictures) if np.ptp(_inside(pixels)) >= CONTRAST]
        for i, words in zip(inked, self._shared(pictures, inked, SINGLE_LINE), strict=True):
            found[i] = words
        empty = [i for i in inked if not found[i]]
        for i, words in zip(empty, self._shared(pictures, empty, RAW_LINE), strict=True):
            if sum(w.confidence for w in words) >= RAW_CONFIDENCE * len(words):
                found[i] = words
        return found

    def _shared(
        self, all_pictures: Sequence[Pixels], chosen: Sequence[int], mode: int
    ) -> list[list[Word]]:
        """The chosen pictures, shared out among the threads."""
        pictures = [all_pictures[i] for i in chosen]
        count = min(self._threads, len(pictures))
        if count <= 1:
            return self._run(pictures, mode)
        shares = [pictures[i::count] for i in range(count)]
        with ThreadPoolExecutor(count) as pool:
            jobs = [pool.submit(self._run, s, mode) for s in shares]
            parts = [job.result() for job in jobs]
        return [parts[i % count][i // count] for i in range(len(pictures))]

    def _run(self, pictures: Sequence[Pixels], mode: int) -> list[list[Word]]:
        if self._library is not None:
            return self._library.read(pictures, mode)
        return tesseract_run.read(pictures, self._languages, mode)


def _inside(picture: Pixels) -> Pixels:
    """A picture without its margin."""
    return picture[MARGIN:-MARGIN, MARGIN:-MARGIN]


def _picture(strip: Pixels, scale: float) -> Pixels:
    """The strip enlarged or reduced to EM, with white around it."""
    height, width = strip.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(strip, size, interpolation=how)
    return np.pad(np.asarray(scaled, dtype=np.uint8), MARGIN, constant_values=WHITE)


def _filled(line: Line, strip: Strip, scale: float, found: Sequence[Placed]) -> Line:
    """``line`` with its text, its glyphs and their mean confidence."""
    if not found:
        return replace(line, text="", confidence=0.0, glyphs=())
    glyphs = tuple(Glyph(p.text, _outline(strip, scale, p), round(p.confidence, 4)) for p in found)
    confidence = sum(p.confidence for p in found) / len(found)
    text = "".join(p.text for p in found)
    return replace(line, text=text, confidence=round(confidence, 4), glyphs=glyphs)


def _outline(strip: Strip, scale: float, place: Placed) -> Polygon:
    """Where a character lies on the page; the picture's margin is not part of the line."""
    width = float(strip.pixels.shape[1])
    start, end = (min(max((x - MARGIN) / scale, 0.0), width) for x in (place.start, place.end))
    return strip.outline(start, end)
