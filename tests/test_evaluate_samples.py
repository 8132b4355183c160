"""Our figures beside independent ones, on the committed samples with made errors.

``scoring`` has the paragraph figures of the score that this project is judged by, without any
alignment; the CER beside them is a plain edit distance.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest
from evaluation import SAMPLES, with_errors
from rapidfuzz.distance import Levenshtein
from scoring import norm, score

from digitize.evaluate import compare
from digitize.evaluate.document import Document, TextArticle, TextParagraph
from digitize.evaluate.documents import from_truth

NAMES = ("zaozhuang-2col-clean", "zaozhuang-4col-clean", "front-clean", "vertical-clean")
CLOSE = 0.005
Story = list[str]
Damage = Callable[[list[Story], random.Random], list[Story]]


def cut_in_two(stories: list[Story], chance: random.Random) -> list[Story]:
    """Every third long paragraph in two."""
    return [
        [part for i, p in enumerate(story) for part in (_halves(p) if i % 3 == 1 else [p])]
        for story in stories
    ]


def _halves(text: str) -> Story:
    return [text[: len(text) // 2], text[len(text) // 2 :]] if len(text) > 15 else [text]


def run_together(stories: list[Story], chance: random.Random) -> list[Story]:
    return [["".join(story[i : i + 2]) for i in range(0, len(story), 2)] for story in stories]


def stories_shuffled(stories: list[Story], chance: random.Random) -> list[Story]:
    return chance.sample(stories, len(stories))


def paragraphs_shuffled(stories: list[Story], chance: random.Random) -> list[Story]:
    return [chance.sample(story, len(story)) for story in stories]


def misread(stories: list[Story], chance: random.Random) -> list[Story]:
    return [[with_errors(p, chance.randrange(1 + len(p) // 6), chance) for p in s] for s in stories]


def every_third_missing(stories: list[Story], chance: random.Random) -> list[Story]:
    return [[p for i, p in enumerate(story) if i % 3] for story in stories]


DAMAGES = (
    cut_in_two, run_together, stories_shuffled, paragraphs_shuffled, misread, every_third_missing,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_agreement(name: str, damage: Damage) -> None:
    true = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    reference = from_truth(true, name)
    whole = [[p.text for p in article.paragraphs] for article in reference.articles]
    stories = [[p for p in story if p] for story in damage(whole, random.Random(name))]
    made = (TextArticle("a", tuple(TextParagraph(text) for text in story)) for story in stories)
    found = compare(Document("h", "txt", tuple(made), True), reference).figures
    independent = score(true, stories)
    assert found.paragraphs.rates["exact"] == pytest.approx(independent.exact, abs=CLOSE)
    assert found.paragraphs.rates["rejoined"] == pytest.approx(independent.joined, abs=CLOSE)
    text, there = (norm("".join(p for story in side for p in story)) for side in (whole, stories))
    cer = Levenshtein.distance(text, there) / len(text)
    assert found.characters.rates["cer"] == pytest.approx(cer, abs=CLOSE)
