"""Tesseract's own page order: the real program reads a whole page (psm 3), paragraphs as it says.

``read`` gives its own text; ``true_text`` the lines as they were set, in the order and paragraphs
in which Tesseract found them, so that order is measured apart from recognition. Either way a page
is one article, for Tesseract knows none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytesseract
from PIL import Image

from digitize.geometry import Box
from digitize.text import join, without_cjk_spaces

HORIZONTAL, VERTICAL = "chi_sim", "chi_tra_vert"
WHOLE_PAGE = 3  # its page segmentation mode: automatic, the default of the program
WORD = 5  # its number for a word's row in the table
TIMEOUT = 300.0  # seconds, on a busy machine


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands and the paragraph of which block it belongs to."""

    text: str
    box: Box
    paragraph: tuple[int, int]


def words(image: Image.Image, vertical: bool) -> list[Word]:
    """The words of a page in the order in which Tesseract gives them."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # with more it is several times slower
    table = pytesseract.image_to_data(
        image,
        lang=VERTICAL if vertical else HORIZONTAL,
        config=f"--psm {WHOLE_PAGE}",
        output_type=pytesseract.Output.DICT,
        timeout=TIMEOUT,
    )
    return [_word(table, i) for i, text in enumerate(table["text"]) if _is_word(table, i, text)]


def _is_word(table: Mapping[str, Any], i: int, text: str) -> bool:
    return table["level"][i] == WORD and bool(text.strip())


def _word(table: Mapping[str, Any], i: int) -> Word:
    x, y, width, height = (float(table[key][i]) for key in ("left", "top", "width", "height"))
    paragraph = (table["block_num"][i], table["par_num"][i])
    return Word(table["text"][i].strip(), Box(x, y, x + width, y + height), paragraph)


def read(found: Iterable[Word]) -> list[list[str]]:
    """What Tesseract reads: one article, its paragraphs in its order."""
    return [_paragraphs((word.paragraph, word.text) for word in found)]


def true_text(found: Iterable[Word], true: Mapping[str, Any]) -> list[list[str]]:
    """The true lines in Tesseract's order, each where its first word stands.

    A line in which it found no word is lost.
    """
    return [_paragraphs(_lines(found, true))]


def _lines(found: Iterable[Word], true: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], str]]:
    boxes = [_box(line["polygon"]) for line in true["lines"]]
    seen: set[int] = set()
    for word in found:
        inside = [i for i, box in enumerate(boxes) if box.contains(word.box.center)]
        # Tesseract may take glyphs of one line for a word that runs through several.
        for i in inside:
            if i not in seen:
                seen.add(i)
                yield word.paragraph, true["lines"][i]["text"]


def _box(corners: Iterable[tuple[float, float]]) -> Box:
    points = list(corners)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _paragraphs(pieces: Iterable[tuple[tuple[int, int], str]]) -> list[str]:
    """The pieces put together, a new paragraph wherever Tesseract starts one."""
    groups: list[tuple[tuple[int, int], list[str]]] = []
    for paragraph, text in pieces:
        if not groups or groups[-1][0] != paragraph:
            groups.append((paragraph, []))
        groups[-1][1].append(text)
    return [without_cjk_spaces(join(texts)) for _, texts in groups]
