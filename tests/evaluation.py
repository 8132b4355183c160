"""Texts to compare: documents from plain paragraphs, and errors made by hand."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from digitize.evaluate.document import Document, TextArticle, TextParagraph
from digitize.geometry import Box
from digitize.model import Line

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "pages"
WRONG = "鬱囍爨龘麤鱻"  # characters that stand in no sample


def document(*articles: Iterable[str], divided: bool = True) -> Document:
    """A document of articles, each given by its paragraphs."""
    made = (
        TextArticle(f"a{i}", tuple(TextParagraph(text) for text in texts))
        for i, texts in enumerate(articles, 1)
    )
    return Document("page", "txt", tuple(made), divided)


def sample_paragraphs(name: str = "zaozhuang-2col-clean") -> list[str]:
    """The paragraphs of a sample's reference, without white space."""
    text = (SAMPLES / f"{name}.ref.txt").read_text("utf-8")
    return ["".join(part.split()) for part in text.split("\n\n") if part.strip()]


def with_errors(text: str, count: int, chance: random.Random) -> str:
    """``text`` with ``count`` characters read as others that stand nowhere in it."""
    places = set(chance.sample(range(len(text)), count))
    return "".join(chance.choice(WRONG) if i in places else c for i, c in enumerate(text))


def in_lines(paragraphs: Iterable[str], length: int = 18) -> list[str]:
    """The paragraphs cut into lines."""
    return [p[i : i + length] for p in paragraphs for i in range(0, len(p), length)]


def line(number: int, text: str, confidence: float = 0.9) -> Line:
    """A line of a page, twenty pixels under the one before it."""
    box = Box(0, 20.0 * number, 16.0 * len(text), 20.0 * number + 16)
    return Line(f"l{number:04d}", box.polygon(), text, confidence, 16.0)


def shuffled(items: Sequence[str], seed: int = 1) -> list[str]:
    """The items in another order."""
    found = list(items)
    random.Random(seed).shuffle(found)
    return found
