"""How well the language signals choose, alone and together: the table in digitize/language/README.

    python tests/language_table.py samples/texts            # clean text
    python tests/language_table.py samples/texts --noise 0.03
    python tests/language_table.py samples/texts --fit      # the weights in combined.py

Other prose can be given as files or folders: a paragraph a line, or words with parts of speech.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from language_cuts import KINDS, OTHERS, CutPage, draw, read
from scipy.optimize import minimize
from scipy.stats import rankdata

from digitize.language import combined, lm_file
from digitize.language.combined import Combined, Signal

Array = npt.NDArray[np.float64]
Maker = Callable[[Sequence[str]], Signal]

FITTED = ("dictionary", "grammar", "document", "model")
MARKS = ("numerals", "pairs")


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores (n, 1 + 2 · OTHERS) of n cuts: the right text, other middles, starts."""

    kinds: tuple[str, ...]
    values: Array

    def of(self, kind: str) -> Array:
        """The scores of cuts of one kind, of all for an empty ``kind``."""
        return self.values[[not kind or kind == k for k in self.kinds]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of right choices out of 2 and of 4 (ties count in part), and the area under ROC."""

    cuts: int
    middles2: float
    middles4: float
    starts2: float
    starts4: float
    auc: float


def pages(paths: Iterable[Path], rounds: int, noise: float, limit: int) -> list[CutPage]:
    """Cut pages of all prose in ``paths``, each drawn ``rounds`` times; ``limit`` pages at most."""
    prose = list(read(paths))
    random.Random(0).shuffle(prose)
    drawn = [
        draw(name, page, seed, noise) for seed in range(rounds) for name, page in prose[:limit]
    ]
    return [page for page in drawn if page.cuts]


def measure(cut_pages: Iterable[CutPage], make: Maker) -> Scores:
    """Scores of all cuts by the signal that ``make`` makes for each page's texts."""
    kinds: list[str] = []
    rows: list[list[float]] = []
    for page in cut_pages:
        signal = make(page.texts)
        for cut in page.cuts:
            kinds.append(cut.kind)
            texts = (cut.after, *cut.middles, *cut.starts)
            rows.append([signal.score(cut.before, text) for text in texts])
    return Scores(tuple(kinds), np.array(rows).reshape(-1, 1 + 2 * OTHERS))


def quality(values: Array) -> Quality:
    """How well the first column stands out from the others."""
    middles, starts = values[:, 1 : 1 + OTHERS], values[:, 1 + OTHERS :]
    right = values[:, :1]
    return Quality(
        len(values), *_choices(right, middles), *_choices(right, starts), _auc(right, values[:, 1:])
    )


def _choices(right: Array, wrong: Array) -> tuple[float, float]:
    two = (right > wrong).mean() + (right == wrong).mean() / 2
    best = (right >= wrong).all(axis=1)
    return float(two), float((best / (1 + (right == wrong).sum(axis=1))).mean())


def _auc(right: Array, wrong: Array) -> float:
    ranks = rankdata(np.concatenate([right.ravel(), wrong.ravel()]))
    n, m = right.size, wrong.size
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def rows() -> dict[str, Maker]:
    """What the table compares, by name; the last ones need an installed word model."""
    made: dict[str, Maker] = {
        "dictionary": partial(_some, ("dictionary",), None),
        "document": partial(_some, ("document",), None),
        "grammar": partial(_some, ("grammar",), None),
        "numerals, pairs": partial(_some, MARKS, None),
        "dictionary, document": partial(_some, ("dictionary", "document"), None),
        "all but the word model": partial(_some, (), None),
    }
    model = lm_file.load()
    if model is not None:
        made["word model"] = partial(_some, ("model",), model)
        made["word model, document"] = partial(_some, ("model", "document"), model)
        made["all"] = partial(_some, (), model)
    return made


def _some(names: Sequence[str], model: Any | None, texts: Sequence[str]) -> Combined:
    """The parts of the signal called ``names``, all for none."""
    found = combined.parts(texts, model)
    return Combined(part for part in found if not names or part.name in names)


def table(cut_pages: Sequence[CutPage]) -> str:
    """The table of :func:`rows` in Markdown, in per cent."""
    lines = []
    for name, make in rows().items():
        scores = measure(cut_pages, make)
        cells = [_cell(scores.of(kind)) for kind in ("", *KINDS)]
        lines.append(f"| {name} | {' | '.join(cells).replace('%', '')} |")
    counts = [len(scores.of(kind)) for kind in ("", *KINDS)]
    heads = [f"{kind or 'all'} ({n})" for kind, n in zip(("", *KINDS), counts, strict=True)]
    return "\n".join([f"| signal | {' | '.join(heads)} |", "|---" * 5 + "|", *lines])


def _cell(values: Array) -> str:
    if not len(values):
        return "–"
    q = quality(values)
    return f"{q.middles2:.0%} {q.middles4:.0%} · {q.starts2:.0%} {q.starts4:.0%} · {q.auc:.2f}"


def fit(cut_pages: Sequence[CutPage]) -> str:
    """Weights and constant of a logistic regression, with and without the word model."""
    found = []
    for names, model in ((FITTED[:-1], None), (FITTED, lm_file.load())):
        columns = {name: _column(cut_pages, name, model) for name in (*names, *MARKS)}
        fixed = np.sum([columns.pop(name) for name in MARKS], axis=0)
        weights = _regression(np.stack(list(columns.values())), fixed)
        named = zip((*names, "constant"), weights, strict=True)
        found.append(", ".join(f"{name} {weight:.2f}" for name, weight in named))
    return "\n".join(found)


def _column(cut_pages: Sequence[CutPage], name: str, model: Any | None) -> Array:
    def make(texts: Sequence[str]) -> Signal:
        return next(p.signal for p in combined.parts(texts, model) if p.name == name)

    return measure(cut_pages, make).values


def _regression(columns: Array, fixed: Array) -> Array:
    """Logistic regression of (k, n, 1 + m) scores; right and wrong ones weigh the same."""
    k, n, m = columns.shape
    right = np.zeros((n, m))
    right[:, 0] = 1
    weight = np.where(right == 1, 1 / n, 1 / (n * (m - 1)))

    def loss(w: Array) -> float:
        odds = np.tensordot(w[:k], columns, 1) + w[k] + fixed
        return float((weight * np.logaddexp(0, np.where(right == 1, -odds, odds))).sum())

    result: Array = minimize(loss, np.full(k + 1, 0.5), method="Nelder-Mead").x
    return result


def main() -> None:
    """Parse the arguments and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1, help="cuts drawn of each page, times ten")
    parser.add_argument("--noise", type=float, default=0.0, help="share of misread characters")
    parser.add_argument("--limit", type=int, default=100, help="pages, chosen at random")
    parser.add_argument("--fit", action="store_true", help="print weights instead of the table")
    given = parser.parse_args()
    cut_pages = pages(given.paths, given.rounds, given.noise, given.limit)
    print(fit(cut_pages) if given.fit else table(cut_pages))


if __name__ == "__main__":
    main()
