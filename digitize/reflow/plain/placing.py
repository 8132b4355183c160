"""Moving blocks so that every piece stands next to its rest, at the least harm to the rest.

Where the rest B of a piece A stands elsewhere, two runs of blocks change places: with B before A,
the run from B on and the run that ends with A; with A before B, what stands between and either the
run that ends with A or the run that starts with B. The links fix one end of each run, the other is
chosen by what is torn apart there and what comes to stand together: a run may be cut before a
heading or where the text has a wider gap, not after a heading or a colon, and the shorter the run
that moves the better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from digitize.reflow.plain.blocks import Block
from digitize.reflow.plain.ends import end_of
from digitize.reflow.plain.kinds import Kind
from digitize.reflow.plain.odds import Link

LONGEST = 200  # blocks of a run that moves
HEADS = frozenset({Kind.TITLE, Kind.HEADING})

UNMARKED, LOWEST = 3, 9  # ranks of a heading without marks, and of text

# What it costs to part two neighbours.
BEFORE_HEAD = 0.3
AT_GAP = 0.2  # a wider gap or a page's end stood there: another program saw two regions
BETWEEN = 1.0
AFTER_OPEN = 0.6  # the first of the two breaks off and has no rest
AFTER_HEAD = 6.0
AFTER_COLON = 4.0
# What it costs to put two together.
HEAD_NEXT = 0.2
HEAD_LAST = 5.0  # a heading with nothing under it
HEAD_HEAD = 2.0
UNDER_HEAD = 1.5  # text that gets a heading it had not
PROSE_NEXT = 0.5
OPEN_NEXT = 1.5
LOSES_HEAD = 1.5  # text whose heading moves away without it
TITLE_DOWN = 2.0  # the text's title goes below what it heads
LENGTH = 0.15  # times the logarithm of the number of blocks that move
REACH = 0.05  # the same for all blocks that they pass


@dataclass(frozen=True, slots=True)
class Shift:
    """Blocks (by their places in the text) that changed place, for the sake of a link."""

    moved: tuple[int, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class _Swap:
    """Places in the order: the run from ``start`` to ``middle`` goes behind that to ``end``."""

    start: int
    middle: int
    end: int


class Order:
    """The order of the blocks, changed link by link; linked blocks are never parted again."""

    def __init__(self, blocks: Sequence[Block], kinds: Sequence[Kind]) -> None:
        self._blocks, self._kinds = blocks, kinds
        self.places = list(range(len(blocks)))
        self._heads = [kind in HEADS for kind in kinds]
        self._title: int | None = None
        self._rests: set[int] = set()
        self._broken: set[int] = set()
        self._follows: dict[int, int] = {}

    def put_together(self, links: Sequence[Link]) -> list[Shift]:
        """Give every link's blocks the places of neighbours; the moves that took."""
        far = [link for link in links if link.after != link.before + 1]
        pieces = {place for link in links for place in (link.before, link.after)}
        self._heads = [k in HEADS and i not in pieces for i, k in enumerate(self._kinds)]
        self._rests = {link.after for link in far}
        self._broken = {link.before for link in far}
        self._title = self._find_title()
        self._follows = {link.before: link.after for link in links if link not in far}
        shifts = []
        for link in sorted(far, key=lambda link: -link.odds):
            shift = self._shift(link)
            self._follows[link.before] = link.after
            if shift is not None:
                shifts.append(shift)
        return shifts

    def _shift(self, link: Link) -> Shift | None:
        a, b = self.places.index(link.before), self.places.index(link.after)
        if b == a + 1:
            return None
        swaps = [s for s in self._swaps(a, b) if not self._parts_linked(s)]
        best = min(swaps, key=self._cost)
        first = self.places[best.start : best.middle]
        second = self.places[best.middle : best.end]
        self.places[best.start : best.end] = second + first
        moved = second if self._weight(second) <= self._weight(first) else first
        return Shift(tuple(moved), link)

    def _weight(self, run: Sequence[int]) -> int:
        return sum(len(self._blocks[i].text) for i in run)

    def _swaps(self, a: int, b: int) -> Iterator[_Swap]:
        if b < a:
            yield from (_Swap(b, m, a + 1) for m in range(b + 1, a + 1))
            return
        last = min(len(self.places), b + LONGEST)
        yield from (_Swap(a + 1, b, k) for k in range(b + 1, last + 1))
        yield from (_Swap(u, a + 1, b) for u in range(max(0, a - LONGEST), a + 1))

    def _parts_linked(self, swap: _Swap) -> bool:
        seams = (swap.start, swap.middle, swap.end)
        return any(
            0 < i < len(self.places) and self._follows.get(self.places[i - 1]) == self.places[i]
            for i in seams
        )

    def _cost(self, swap: _Swap) -> float:
        """What the swap tears apart, brings together and moves."""
        get = self._at
        torn = sum(self._torn(get(i - 1), get(i)) for i in (swap.start, swap.middle, swap.end))
        new = (
            self._new(get(swap.start - 1), get(swap.middle))
            + self._new(get(swap.end - 1), get(swap.start))
            + self._new(get(swap.middle - 1), get(swap.end))
        )
        down = TITLE_DOWN if self._goes_down(swap) else 0.0
        left = self._left(swap.start, swap.middle) + self._left(swap.middle, swap.end)
        length = min(swap.middle - swap.start, swap.end - swap.middle)
        reach = swap.end - swap.start
        return torn + new + down + left + LENGTH * log1p(length) + REACH * log1p(reach)

    def _goes_down(self, swap: _Swap) -> bool:
        """Whether the text's title goes below what it heads."""
        return self._title in self.places[swap.start : swap.middle]

    def _find_title(self) -> int | None:
        """The heading that ranks above all others, if only misplaced pieces stand above it."""
        ranks = [self._rank(i) for i in range(len(self._blocks))]
        best = min(ranks, default=LOWEST)
        if best == LOWEST or ranks.count(best) > 1:
            return None
        title = ranks.index(best)
        above = [i for i in range(title) if self._kinds[i] is Kind.PROSE]
        return title if self._broken.union(self._rests).issuperset(above) else None

    def _rank(self, i: int) -> int:
        """How high a heading stands, 1 for the highest; a byline follows that of a story."""
        if not self._heads[i]:
            return LOWEST
        marks = len(self._blocks[i].text) - len(self._blocks[i].text.lstrip("#"))
        byline = i + 1 < len(self._kinds) and self._kinds[i + 1] is Kind.BYLINE
        return marks or (UNMARKED - 1 if byline else UNMARKED)

    def _left(self, start: int, end: int) -> float:
        """What it costs that a run leaves the text after it without the heading it holds."""
        after = self._at(end)
        if after is None or self._heads[after] or after in self._rests:
            return 0.0
        return LOSES_HEAD if any(self._heads[i] for i in self.places[start:end]) else 0.0

    def _at(self, i: int) -> int | None:
        return self.places[i] if 0 <= i < len(self.places) else None

    def _torn(self, x: int | None, y: int | None) -> float:
        if x is None or y is None:
            return BETWEEN  # the text's first and last blocks are where they are for a reason
        if y != x + 1 or self._loose(x, y):
            return 0.0
        if self._heads[x] and not self._heads[y]:
            return AFTER_HEAD
        if self._blocks[x].text[-1] in "：:":
            return AFTER_COLON
        gap = AT_GAP if self._blocks[y].apart else BETWEEN
        head = BEFORE_HEAD if self._heads[y] else BETWEEN
        return min(gap, head, AFTER_OPEN if self._open(x) else BETWEEN)

    def _loose(self, x: int, y: int | None) -> bool:
        """Whether the two will not stay together anyhow: one has its other half elsewhere."""
        return x in self._broken or y in self._rests

    def _new(self, x: int | None, y: int | None) -> float:
        if x is None:
            return HEAD_NEXT if y is not None and self._heads[y] else PROSE_NEXT
        if self._loose(x, y):
            return 0.0
        if self._heads[x]:
            return HEAD_LAST if y is None else HEAD_HEAD if self._heads[y] else UNDER_HEAD
        if y is not None and self._heads[y]:
            return HEAD_NEXT
        return OPEN_NEXT if y is not None and self._open(x) else PROSE_NEXT

    def _open(self, i: int) -> bool:
        return end_of(self._blocks[i], self._kinds[i]) > 0.0
