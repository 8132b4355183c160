"""The odds that one block goes on where another breaks off, in nats.

To the odds of the first one's end and of the second one's start come those of the language across
the seam and of the distance: next in the text by far the likeliest, elsewhere the less likely the
more blocks there are to choose from. How often an open end is a cut differs from text to text: a
glossary's entries have no stops, an old page's columns end anywhere. So a shift common to all is
estimated from the text itself, the one under which its neighbours' language is likeliest (empirical
Bayes); without a language signal it is nought.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np

from digitize import text as chars
from digitize.reflow.continuity import Continuity
from digitize.reflow.plain.blocks import Block
from digitize.reflow.plain.ends import NEVER, end_of
from digitize.reflow.plain.kinds import Kind
from digitize.reflow.plain.starts import start_of

LANGUAGE_MOST = 8.0  # nats: it counts for no more than this, either way
PASSED = {Kind.CAPTION: -1.0, Kind.FIXED: -2.0, Kind.BYLINE: -4.0, Kind.HEADING: -5.0}
PASSED_OTHER = -5.0  # a title, an item
PASSES = 4  # blocks that may stand between two pieces before they count as far apart
LIKELY = -1.0  # odds of the best neighbour below which the rest is looked for elsewhere
ALONE = 1.5  # for a rest elsewhere, where what stands next starts a paragraph for sure
UNDER_TITLE = 1.5  # the first piece stands under a heading: it is none itself
FAR_END = 0.5  # of a first piece to look that far at all
WINDOW = 150  # blocks to either side that are looked at
SCORED = 6000  # pairs far apart that are looked at in all: of a text in tatters only the nearest
SURE = 7.0  # odds of the next block at which no other is looked at
SHIFTS = np.arange(-5.0, 1.01, 0.25)  # nats that are tried
SPREAD = 0.8  # nats by which texts differ: a standard deviation


@dataclass(frozen=True, slots=True)
class Link:
    """``after`` goes on where ``before`` breaks off (places in the text), with log odds and why.

    ``far`` says that the two stand apart, ``alone`` that nothing that stands next can go on.
    """

    before: int
    after: int
    odds: float
    language: float
    start: float
    far: bool = False
    alone: bool = False

    @property
    def told(self) -> float:
        """What the two sides of the seam say, where they stand aside."""
        return self.language + self.start

    @property
    def score(self) -> float:
        """The odds as a probability, 0–1."""
        return 1 / (1 + exp(-self.odds))


@dataclass(frozen=True, slots=True)
class Scene:
    """What the odds are computed from."""

    blocks: Sequence[Block]
    kinds: Sequence[Kind]
    ends: Sequence[float]
    starts: Sequence[float]
    signal: Continuity


def scene_of(blocks: Sequence[Block], kinds: Sequence[Kind], signal: Continuity) -> Scene:
    """The scene, with the odds of every end and start."""
    indents = _indents(blocks, kinds)
    marked = Kind.TITLE in kinds
    ends = [
        end_of(b, k, marked) + (UNDER_TITLE if above is Kind.TITLE else 0.0)
        for b, k, above in zip(blocks, kinds, [None, *kinds], strict=False)
    ]
    starts = [start_of(b, k, indents) for b, k in zip(blocks, kinds, strict=True)]
    return Scene(blocks, kinds, ends, starts, signal)


def _indents(blocks: Sequence[Block], kinds: Sequence[Kind]) -> bool:
    """Whether prose is indented at its start as a rule: then what is not goes on."""
    prose = [b for b, k in zip(blocks, kinds, strict=True) if k is Kind.PROSE]
    return 2 * sum(bool(b.lead) for b in prose) > len(prose)


def candidates(scene: Scene) -> list[Link]:
    """All pairs that are worth a look, next to each other and far apart, with their odds."""
    near = {i: list(_near(i, end, scene)) for i, end in enumerate(scene.ends) if end > NEVER}
    shift = _shift([link for links in near.values() for link in links[:1]])
    pairs = [replace(p, odds=p.odds + shift) for links in near.values() for p in links]
    sure = {p.before for p in pairs if p.odds >= SURE}
    far = [i for i in near if scene.ends[i] >= FAR_END and i not in sure and _han_end(i, scene)]
    window = min(WINDOW, SCORED // (2 * len(far) + 1) + 1)
    for i in far:
        alone = not any(link.odds + shift > LIKELY for link in near[i])
        odds = shift + (ALONE if alone else 0.0)
        pairs += [replace(p, far=True, alone=alone) for p in _far(i, odds, window, scene)]
    return pairs


def _shift(neighbours: Sequence[Link]) -> float:
    """By how much open ends are cuts more often here than elsewhere, as log odds."""
    pairs = [link for link in neighbours if link.after == link.before + 1]
    said = np.array([link.language for link in pairs])
    prior = np.array([link.odds for link in pairs]) - said
    odds = prior[:, None] + SHIFTS[None, :]
    gain = np.logaddexp(0.0, odds + said[:, None]) - np.logaddexp(0.0, odds)
    return float(SHIFTS[np.argmax(gain.sum(axis=0) - (SHIFTS / SPREAD) ** 2 / 2)])


def _han_end(i: int, scene: Scene) -> bool:
    """Whether the signal can tell what follows: it knows Chinese."""
    return chars.is_cjk(scene.blocks[i].text[-1]) or scene.blocks[i].text[-1].isdigit()


def _far(i: int, odds: float, window: int, scene: Scene) -> Iterator[Link]:
    """All blocks within ``window`` of block ``i`` that may go on where it breaks off."""
    places = [j for j in _around(i, window, len(scene.blocks)) if _may_stand_apart(j, scene)]
    for j in places:
        yield _link(i, j, scene.ends[i] + odds - log(len(places)), scene)


def _near(i: int, end: float, scene: Scene) -> Iterator[Link]:
    """The next blocks, as far as what stands between may be passed."""
    passed = 0.0
    for j in range(i + 1, min(i + 2 + PASSES, len(scene.blocks))):
        if scene.starts[j] > NEVER and end + passed + scene.starts[j] + LANGUAGE_MOST > 0:
            yield _link(i, j, end + passed, scene)
        if scene.kinds[j] is Kind.PROSE:
            return
        passed += PASSED.get(scene.kinds[j], PASSED_OTHER)


def _around(i: int, window: int, count: int) -> Iterator[int]:
    yield from range(max(0, i - window), i)
    yield from range(i + 1, min(count, i + window + 1))


def _may_stand_apart(j: int, scene: Scene) -> bool:
    text = scene.blocks[j].text
    known = chars.is_cjk(text[0]) or text[0].isdigit()
    return known and scene.kinds[j] is Kind.PROSE and scene.starts[j] > NEVER


def _link(i: int, j: int, odds: float, scene: Scene) -> Link:
    before, after = scene.blocks[i].text, scene.blocks[j].text
    known = chars.is_cjk(before[-1]) or chars.is_cjk(after[0])  # it knows Chinese
    said = scene.signal.score(before, after) if known else 0.0
    language = max(-LANGUAGE_MOST, min(LANGUAGE_MOST, said))
    start = scene.starts[j]
    return Link(i, j, odds + start + language, language, start)
