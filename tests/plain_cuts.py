"""Texts broken at random as other programs leave them, and how much of that reflow_text puts right.

As a script it prints the table: ``python tests/plain_cuts.py [FILE...]``, over the stories of
samples/texts or over the FILEs given (UTF-8, one paragraph a line), which are cut into texts.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.reflow.continuity import Continuity
from digitize.reflow.plain import paragraphs_of, reflow_text

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LEAST_FIRST = 14  # characters of a paragraph's first piece: shorter ones look like headings
LEAST_LAST = 2
CUT_SHARE = 0.35  # of the paragraphs that are long enough
STOPS = "。！？；：…”’）》』」!?;:"
NO_START = "，。、；：！？”’）》』」…—,.;:!?)"
PARAGRAPHS = 40  # of a text made of a file

Doc = tuple[str, ...]
"""A text's paragraphs; headings start with Markdown's marks."""
Signal = Callable[[str], Continuity | None]
"""From a broken text to what is known of its language."""


@dataclass(frozen=True)
class Count:
    """Sums over texts: ``cut`` paragraphs and those of them that are ``whole`` again, paragraphs
    ``wrong``-ly made of two, ``texts`` and those that came out ``exact``-ly."""

    cut: int = 0
    whole: int = 0
    wrong: int = 0
    texts: int = 0
    exact: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.cut + other.cut,
            self.whole + other.whole,
            self.wrong + other.wrong,
            self.texts + other.texts,
            self.exact + other.exact,
        )

    def __str__(self) -> str:
        rejoined = f"{self.whole / self.cut:6.1%}" if self.cut else "     –"
        return (
            f"{rejoined} of {self.cut:5}  wrong {self.wrong:4}  exact {self.exact:4}/{self.texts}"
        )


# --- texts


def sample_docs() -> list[Doc]:
    """The stories of samples/texts: headline, byline, subheadings, paragraphs."""
    from typesetter.stories import library  # noqa: PLC0415 - only with samples on the path

    docs = []
    for story in library():
        head = [f"## {story.headline}", *([story.byline] if story.byline else [])]
        body = [f"### {p.text}" if p.sub else p.text for p in story.paragraphs]
        docs.append((*head, *body))
    return docs


def file_docs(path: Path, most: int, rng: random.Random) -> list[Doc]:
    """Texts of PARAGRAPHS lines each from random places of a file."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    starts = range(0, max(1, len(lines) - PARAGRAPHS), PARAGRAPHS)
    chosen = rng.sample(starts, min(most, len(starts)))
    return [tuple(lines[s : s + PARAGRAPHS]) for s in sorted(chosen)]


def unmarked(doc: Doc) -> Doc:
    """The text without Markdown."""
    return tuple(p.lstrip("# ") for p in doc)


# --- breaking


def places(paragraph: str) -> list[int]:
    """Where a paragraph may be cut: in mid sentence, where a line may end."""
    if paragraph.startswith("#"):
        return []
    return [
        i
        for i in range(LEAST_FIRST, len(paragraph) - LEAST_LAST + 1)
        if paragraph[i - 1] not in STOPS and paragraph[i] not in NO_START
    ]


def pieces(paragraph: str, rng: random.Random) -> list[str]:
    """The paragraph in two pieces, or in three."""
    found = places(paragraph)
    cuts = sorted(rng.sample(found, min(len(found), rng.choice((1, 1, 2)))))
    return [paragraph[a:b] for a, b in zip([0, *cuts], [*cuts, len(paragraph)], strict=True)]


def cut(doc: Doc, rng: random.Random) -> tuple[list[str], set[str]]:
    """The text with some paragraphs cut, and those paragraphs."""
    broken: list[str] = []
    whole: set[str] = set()
    for paragraph in doc:
        long = len(paragraph) > 3 * LEAST_FIRST and places(paragraph)
        parts = pieces(paragraph, rng) if long and rng.random() < CUT_SHARE else [paragraph]
        if len(parts) > 1:
            whole.add(paragraph)
        broken += parts
    return broken, whole


def columns(doc: Doc, rng: random.Random) -> tuple[list[str], set[str]] | None:
    """The text in three or four columns, each ending in mid paragraph, and two of them changed."""
    long = [i for i, p in enumerate(doc) if len(p) > 3 * LEAST_FIRST and places(p)]
    count = rng.choice((2, 3))
    if len(long) < count + 1:
        return None
    chosen = sorted(rng.sample(long, count))
    columns_: list[list[str]] = [[]]
    for i, paragraph in enumerate(doc):
        if i in chosen:
            c = rng.choice(places(paragraph))
            columns_[-1].append(paragraph[:c])
            columns_.append([paragraph[c:]])
        else:
            columns_[-1].append(paragraph)
    a, b = rng.sample(range(1, len(columns_)), 2)
    columns_[a], columns_[b] = columns_[b], columns_[a]
    return [p for column in columns_ for p in column], {doc[i] for i in chosen}


def section(doc: Doc, rng: random.Random) -> tuple[list[str], set[str]] | None:
    """A subheading with the first piece of its paragraph at the start, the end or another's head.

    That is how columns are read in a wrong order: the piece stood at a column's foot.
    """
    heads = [
        i
        for i in range(2, len(doc) - 1)
        if doc[i].startswith("#") and len(doc[i + 1]) > 3 * LEAST_FIRST and places(doc[i + 1])
    ]
    if not heads:
        return None
    i = rng.choice(heads)
    c = rng.choice(places(doc[i + 1]))
    moved = [doc[i], doc[i + 1][:c]]
    left = [*doc[:i], doc[i + 1][c:], *doc[i + 2 :]]
    at = rng.choice([len(left), *(k for k in range(len(left)) if left[k].startswith("#"))])
    return [*left[:at], *moved, *left[at:]], {doc[i + 1]}


def _under(paragraphs: Sequence[str], k: int) -> bool:
    """Whether a heading stands right before place ``k``."""
    return k > 0 and paragraphs[k - 1].startswith("#")


def rest(doc: Doc, rng: random.Random) -> tuple[list[str], set[str]] | None:
    """The rest of a cut paragraph alone, put in another place."""
    long = [i for i, p in enumerate(doc) if len(p) > 3 * LEAST_FIRST and places(p)]
    if len(long) < 2:
        return None
    i = rng.choice(long)
    c = rng.choice(places(doc[i]))
    left = [*doc[:i], doc[i][:c], *doc[i + 1 :]]
    at = rng.choice([k for k in range(1, len(left) + 1) if k != i + 1 and not _under(left, k)])
    return [*left[:at], doc[i][c:], *left[at:]], {doc[i]}


def wrapped(paragraphs: Iterable[str], measure: int) -> list[str]:
    """Paragraphs as lines of ``measure`` characters; no line starts with a closing mark."""
    blocks = []
    for text in paragraphs:
        lines, start = [], 0
        while start < len(text):
            end = min(len(text), start + measure)
            while end < len(text) and text[end] in NO_START:
                end += 1
            lines.append(text[start:end])
            start = end
        blocks.append("\n".join(lines))
    return blocks


def spaced(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs with a space between all characters."""
    return [" ".join(p) if not p.startswith("#") else p for p in paragraphs]


# --- measuring


def text_of(paragraphs: Iterable[str], between: str = "\n\n") -> str:
    return between.join(paragraphs) + "\n"


def measured(doc: Doc, broken: str, whole: set[str], signal: Signal) -> Count:
    """The counts of one broken text."""
    found = reflow_text(broken, signal(broken)).text
    paragraphs = [line for line in found.split("\n") if line]
    true = "\n".join(doc)
    wrong = sum(p not in true for p in paragraphs)
    exact = paragraphs == list(doc)
    return Count(len(whole), sum(p in paragraphs for p in whole), wrong, 1, int(exact))


Breaker = Callable[[Doc, random.Random], tuple[list[str], set[str]] | None]
BREAKERS: dict[str, Breaker] = {"columns": columns, "section": section, "rest": rest}
DRAWS = {"columns": 3, "section": 12, "rest": 3}  # few texts have subheadings


def clean(docs: Sequence[Doc], signal: Signal) -> Count:
    """Texts with nothing to put right: exact is what came back to the last character."""
    total = Count()
    for doc in docs:
        for between in ("\n", "\n\n"):
            text = text_of(doc, between)
            same = reflow_text(text, signal(text)).text == text
            total += Count(texts=1, exact=int(same))
    return total


def cases(docs: Sequence[Doc], seed: int) -> Iterator[tuple[str, Doc, str, set[str]]]:
    """Every text broken in every way: name, text, broken text, cut paragraphs."""
    for n, doc in enumerate(docs):
        rng = random.Random(f"{seed} {n}")
        broken, whole = cut(doc, rng)
        yield "cut", doc, text_of(broken), whole
        yield "cut, a line each", doc, text_of(broken, "\n"), whole
        bare = unmarked(doc)
        again, same = cut(bare, rng)
        yield "cut, no marks", bare, text_of(again), same
        yield "cut, spaced", bare, text_of(spaced(again)), same
        measure = rng.randint(17, 40)
        yield "cut, wrapped", bare, text_of(wrapped(again, measure)), same
        yield "whole, wrapped", bare, text_of(wrapped(bare, measure)), set()
        for name, draw in [(way, d) for way, draws in DRAWS.items() for d in range(draws)]:
            made = BREAKERS[name](doc, random.Random(f"{seed} {n} {name} {draw}"))
            if made is not None:
                parts, same = made
                yield name, doc, text_of(parts), same
                yield f"{name}, no marks", bare, text_of(p.lstrip("# ") for p in parts), same


def table(docs: Sequence[Doc], signal: Signal, seed: int = 1) -> dict[str, Count]:
    """The counts by way of breaking."""
    counts = {"clean": clean(docs, signal)}
    for name, doc, broken, whole in cases(docs, seed):
        counts[name] = counts.get(name, Count()) + measured(doc, broken, whole, signal)
    return counts


def silent(_: str) -> None:
    """No language signal."""


def show(title: str, counts: dict[str, Count]) -> None:
    print(title)
    for name, count in counts.items():
        print(f"  {name:22} {count}")


def main() -> None:
    sys.path.insert(0, str(SAMPLES))
    files = [Path(name) for name in sys.argv[1:]]
    rng = random.Random(1)
    groups = {str(f): file_docs(f, 60, rng) for f in files} or {"samples/texts": sample_docs()}
    from digitize.language import signal  # noqa: PLC0415 - jieba's list takes a second to load

    for title, docs in groups.items():
        show(f"{title}, no language signal", table(docs, silent))
        show(f"{title}, language signal", table(docs, lambda text: signal(paragraphs_of(text))))


if __name__ == "__main__":
    main()
