"""How well the text of a page agrees with its truth: order, paragraphs, characters.

The figures know nothing of lines or boxes: they compare texts, so that one measure serves true
lines, OCR and every other reader. Texts are compared without white space and typographic variants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan
from statistics import fmean
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from digitize.model import Article, Role
from digitize.text import plain

Truth = Mapping[str, Any]
Text = Sequence[Sequence[str]]
"""Articles, each as its paragraphs."""

LONG = 15  # characters: shorter paragraphs may stand in the text more than once by chance
SAME = 0.9  # similarity of a paragraph with its counterpart
SIMILAR = 0.8  # similarity of a place where a paragraph is looked for
BETWEEN = 8  # characters that may stand between two paragraphs that follow each other
VARIANTS = str.maketrans("「」『』“”‘’—―─–…·•・", '""""""\'\'----....')


@dataclass(frozen=True)
class Score:
    """The figures of one page, or of several in the mean; nan where a page has no such place."""

    next: float  # share of neighbours among an article's paragraphs that follow each other
    joined: float  # share of the paragraphs cut by a column's end that are one again
    exact: float  # share of all paragraphs that are one paragraph, no more and no less
    cer: float  # edits over characters, articles compared one by one in whatever order
    cuts: int = 0  # the paragraphs cut by a column's end, of which ``joined`` is a share


Place = tuple[int, int]


def mean(scores: Iterable[Score]) -> Score:
    """Every figure in the mean over the pages of which it can be told.

    ``joined`` is taken over all cut paragraphs, however many a page has; ``cuts`` is their number.
    """
    found = list(scores)
    cuts = sum(s.cuts for s in found)
    joined = sum(s.joined * s.cuts for s in found if s.cuts) / cuts if cuts else nan
    means = {name: _mean([getattr(s, name) for s in found]) for name in ("next", "exact", "cer")}
    return Score(joined=joined, cuts=cuts, **means)


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not isnan(value)]
    return fmean(known) if known else nan


def text_of(articles: Iterable[Article]) -> list[list[str]]:
    """The articles' paragraphs without captions, which belong to pictures."""
    return [[p.text for p in a.paragraphs if p.role is not Role.CAPTION] for a in articles]


def score(truth: Truth, found: Text) -> Score:
    """The figures of a page's text."""
    captions = {norm(caption) for caption in truth["captions"]}
    articles = [[norm(p) for p in article if norm(p) not in captions] for article in found]
    paragraphs = [p for article in articles for p in article]
    joined = [_is_one(p, paragraphs) for p in _long(truth, cut=True)]
    return Score(
        next=_share(_successors(truth, "".join(paragraphs))),
        joined=_share(joined),
        exact=_share(_is_one(p, paragraphs) for p in _long(truth, cut=False)),
        cer=_cer(truth, ["".join(article) for article in articles]),
        cuts=len(joined),
    )


def norm(text: str) -> str:
    """``text`` as it is compared."""
    return plain(text.translate(VARIANTS)).translate(VARIANTS)


def _share(answers: Iterable[bool]) -> float:
    """How many are true; not a number where nothing was asked."""
    found = list(answers)
    return sum(found) / len(found) if found else nan


def _successors(truth: Truth, text: str) -> Iterable[bool]:
    for article in truth["articles"]:
        places = [_places(norm(p["text"]), text) for p in article["paragraphs"]]
        for before, after in pairwise(places):
            yield any(-3 <= start - end <= BETWEEN for _, end in before for start, _ in after)


def _places(part: str, text: str) -> list[Place]:
    """Where ``part`` stands in ``text``: every exact place, or else the most similar one."""
    exact: list[Place] = []
    at = text.find(part)
    while at >= 0:
        exact.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return exact or _similar_place(part, text)


def _similar_place(part: str, text: str) -> list[Place]:
    if len(part) > len(text):
        return []
    found = fuzz.partial_ratio_alignment(part, text, score_cutoff=100 * SIMILAR)
    return [] if found is None else [(found.dest_start, found.dest_end)]


def _long(truth: Truth, cut: bool) -> Iterable[str]:
    """The paragraphs long enough to be looked for; only those in several frames if ``cut``."""
    for article in truth["articles"]:
        frames: dict[int, int] = {}
        for frame in article["frames"]:
            for part in {fragment["p"] for fragment in frame["fragments"]}:
                frames[part] = frames.get(part, 0) + 1
        for i, paragraph in enumerate(article["paragraphs"]):
            text = norm(paragraph["text"])
            if len(text) >= LONG and (frames.get(i, 0) > 1 or not cut):
                yield text


def _is_one(paragraph: str, paragraphs: Sequence[str]) -> bool:
    return paragraph in paragraphs or any(
        Levenshtein.normalized_similarity(paragraph, p, score_cutoff=SAME) > 0 for p in paragraphs
    )


def _cer(truth: Truth, found: Sequence[str]) -> float:
    """Edits between every true article and the one that stands for it, whatever their order.

    What stands for no article (an advertisement, a stray line) costs nothing; an article torn in
    two costs the lesser part, two articles run together cost what is too much.
    """
    true = [_article_text(article) for article in truth["articles"]]
    if not true or not found:
        return 1.0
    costs = np.array(
        [[Levenshtein.distance(a, b) for b in [*found, *[""] * len(true)]] for a in true]
    )
    rows, columns = linear_sum_assignment(costs)
    return float(costs[rows, columns].sum() / sum(map(len, true)))


def _article_text(article: Truth) -> str:
    parts = [article[name] or "" for name in ("kicker", "headline", "subtitle", "byline")]
    return "".join(norm(p) for p in [*parts, *(p["text"] for p in article["paragraphs"])])
