"""Cuts in real prose: where a text breaks off, how it goes on, and how it might but does not.

Every page is some paragraphs that stood together. A few of them are cut; the others stay whole and
lend their starts. The wrong continuations of a cut are other halves of the same page (so that the
subject gives nothing away) and starts of its paragraphs.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.language.dictionary import forward
from digitize.language.edges import first_run, head, last_run, tail
from digitize.language.lexicon import lexicon
from digitize.text import CONTINUES, ends_sentence, is_han

PAGE = 40  # paragraphs, about as many as on a newspaper page
CUTS = 10  # of a page
MARGIN = 12  # characters that stay on either side of a cut
OTHERS = 3  # wrong continuations of either kind: a choice of four
KINDS = ("inside", "between", "mark")
# What print does not let a line begin or end with.
_NO_START = frozenset("，。、；：！？）》”’」』】…—·,.;:!?)]}%‰℃")
_NO_END = frozenset("（《“‘「『【([{—…")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; ``ends`` are the offsets at which words end, where somebody marked them."""

    text: str
    ends: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph cut in two, and continuations that are not its own."""

    kind: str  # inside a word, between words, after a mark
    before: str
    after: str
    middles: tuple[str, ...]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CutPage:
    """The cuts of one page, and all its text as it stands there."""

    name: str
    texts: tuple[str, ...]
    cuts: tuple[Cut, ...]


def read(paths: Iterable[Path]) -> Iterator[tuple[str, list[Prose]]]:
    """Pages of prose from text files or folders of them: a paragraph a line.

    Lines of 词/n 词/v … are taken for words with their parts of speech. What begins with @, # or =
    is markup of the samples.
    """
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            lines = file.read_text("utf-8").splitlines()
            prose = [_prose(line.strip()) for line in lines if line.strip()[:1] not in "@#="]
            for start in range(0, len(prose), PAGE):
                yield f"{file.stem}:{start}", prose[start : start + PAGE]


def _prose(line: str) -> Prose:
    pieces = line.split()
    if len(pieces) < 2 or not all("/" in piece for piece in pieces):
        return Prose(line)
    words = [piece.rpartition("/")[0].lstrip("[") for piece in pieces]
    ends = {sum(map(len, words[: i + 1])) for i in range(len(words))}
    return Prose("".join(words), frozenset(ends))


def draw(name: str, prose: Sequence[Prose], seed: int, noise: float = 0.0) -> CutPage:
    """Cut some of ``prose``; ``noise`` is the share of characters that are misread."""
    rng = random.Random(f"{name} {seed}")
    alphabet = sorted({char for p in prose for char in p.text if is_han(char)})
    whole = [p for p in prose if len(p.text) >= 2 * MARGIN]
    chosen = set(rng.sample(range(len(whole)), min(CUTS, len(whole) // 2)))
    halves, starts = [], []
    for number, paragraph in enumerate(whole):
        places = possible(paragraph.text)
        text = misread(paragraph.text, noise, alphabet, rng)
        if number in chosen and places:
            place = rng.choice(places)
            halves.append((kind_of(paragraph, place), text[:place], text[place:]))
        else:
            starts.append(text)
    if len(halves) <= OTHERS or len(starts) < OTHERS:
        return CutPage(name, (), ())
    texts = (*starts, *(half for _, *both in halves for half in both))
    return CutPage(name, texts, tuple(_cuts(halves, starts, rng)))


def _cuts(
    halves: list[tuple[str, str, str]], starts: list[str], rng: random.Random
) -> Iterator[Cut]:
    for number, (kind, before, after) in enumerate(halves):
        others = [half[2] for i, half in enumerate(halves) if i != number]
        middles, wrong = rng.sample(others, OTHERS), rng.sample(starts, OTHERS)
        yield Cut(kind, before, after, tuple(middles), tuple(wrong))


def possible(text: str) -> list[int]:
    """Where a line of print may end within a sentence of ``text``."""
    return [
        i
        for i in range(MARGIN, len(text) - MARGIN)
        if text[i] not in _NO_START and text[i - 1] not in _NO_END and not ends_sentence(text[:i])
    ]


def kind_of(paragraph: Prose, place: int) -> str:
    """What a cut at ``place`` cuts; by the word list where nobody marked the words."""
    text = paragraph.text
    if text[place - 1] in CONTINUES or text[place - 1] == "：":
        return "mark"
    if paragraph.ends is not None:
        return "between" if place in paragraph.ends else "inside"
    if text[place - 1].isdigit() and text[place].isdigit():
        return "inside"
    left, right = last_run(tail(text[:place])), first_run(head(text[place:]))
    apart, together = (forward(run, lexicon())[-1] for run in (left, left + right))
    return "between" if 2 * apart * forward(right, lexicon())[-1] > together else "inside"


def misread(text: str, share: float, alphabet: Sequence[str], rng: random.Random) -> str:
    """``text`` with a share of its ideographs replaced by others, as by a bad scan."""
    return "".join(
        rng.choice(alphabet) if is_han(char) and rng.random() < share else char for char in text
    )
