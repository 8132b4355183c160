"""Which columns a head governs: those below it, and those that stand in line with them.

A headline is set over its columns, from their left edge or in their middle, and may be narrower
than they are. A column that no head overlaps goes to the head that fits better with it: whose
columns start on one line with it, and which then stands truer over all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from digitize.geometry import Box
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.rows import Scene

CEILING = 0.25  # of a column's width that something above must cover to stand over it
TOLERANCE = 0.7  # em by which boxes of neighbours may overlap
SPANNING = 1.3  # of a column's width: a longer rule ends a story, a shorter may only adorn it
LINE = 0.6  # em by which tops of columns on one line differ
LEVEL = 2.0  # times the difference of tops weighs against that of the head's place
DEEP = 25.0  # em: no picture between a head and its columns is higher
CUT = 2.5  # em between two pieces of a column that something stands between


def frame_of(box: Box, frames: Sequence[Box]) -> Box | None:
    """The smallest frame around the middle of ``box``."""
    around = [f for f in frames if f.contains(box.center)]
    return min(around, key=lambda f: f.area, default=None)


def spanning(box: Box, scene: Scene) -> list[Box]:
    """The rules too long to be an ornament within the column ``box``."""
    return [rule for rule in scene.across if rule.width > SPANNING * box.width]


def covers(block: Box, gap: Box) -> bool:
    """Whether ``block`` closes off a part of the way through ``gap``."""
    return block.overlap_x(gap) > CEILING * gap.width and gap.y0 < block.center[1] < gap.y1


class Reign:
    """The heads of a page and the columns below them."""

    def __init__(self, heads: Sequence[Head], bodies: Sequence[Fragment], scene: Scene) -> None:
        self._heads = [h for h in heads if not h.cross]
        self._every, self._bodies, self._scene = heads, bodies, scene
        frames = {id(h): frame_of(h.box, scene.frames) for h in self._heads}
        self._frames = {**frames, **{id(f): frame_of(f.box, scene.frames) for f in bodies}}

    def right_over(self, f: Fragment) -> Head | None:
        """The head right above a column, with nothing between them."""
        direct = [h for h in self._reaching(f) if h.box.overlap_x(f.box) > 0]
        return max(direct, key=lambda h: h.box.y1, default=None)

    def near(self, f: Fragment) -> Head | None:
        """The head over the columns beside ``f`` that is over this one too."""
        near = [h for h in self._reaching(f) if not self._between(h, f)]
        in_run = [h for h in near if f in self._runs[id(h)]]
        return min(in_run or near, key=lambda h: self._misfit(h, f), default=None)

    def cuts_off(self, f: Fragment, above: Fragment) -> bool:
        """Whether ``f`` starts a column under a head beside it, not below ``above``."""
        if f.box.y0 - above.box.y1 < CUT * f.em:
            return False
        return any(
            h.box.y0 > above.box.y1 - TOLERANCE * f.em and f in self._runs[id(h)]
            for h in self._reaching(f)
        )

    def _reaching(self, f: Fragment) -> list[Head]:
        """The heads above ``f`` that nothing over it shuts out."""
        ceiling = self._ceiling(f)
        return [
            h
            for h in self._heads
            if h.bottom_over(f.box) <= f.box.y0 + TOLERANCE * f.em
            and h.box.center[1] >= ceiling
            and self._frames[id(h)] == self._frames[id(f)]
            and not self._ruled_off(h.box, f.box)
        ]

    @cached_property
    def _below(self) -> dict[int, list[Fragment]]:
        """The columns right under every head."""
        found: dict[int, list[Fragment]] = {id(h): [] for h in self._heads}
        for f in self._bodies:
            direct = [h for h in self._reaching(f) if h.box.overlap_x(f.box) > 0]
            if direct:
                found[id(max(direct, key=lambda h: h.box.y1))].append(f)
        return found

    @cached_property
    def _runs(self) -> dict[int, list[Fragment]]:
        """Every head's columns with those in line with them over which it stands as truly."""
        return {id(h): self._run(h) for h in self._heads}

    def _run(self, head: Head) -> list[Fragment]:
        mine = [f for f in self._below[id(head)] if f.box.y0 - head.box.y1 < DEEP * f.em]
        if not mine:
            return []
        row = sorted((*mine, *self._level(head)), key=lambda f: f.box.x0)
        first = min(row.index(f) for f in mine)
        last = max(row.index(f) for f in mine)
        spans = [
            row[a : b + 1]
            for a in range(first + 1)
            for b in range(last, len(row))
            if self._together(head, row[a : b + 1])
        ]
        own = row[first : last + 1]
        return min(spans, key=lambda s: (round(self._misplaced(head, s)), -len(s)), default=own)

    def _level(self, head: Head) -> list[Fragment]:
        """The columns of no head that start on one line with a column of ``head``."""
        mine = self._below[id(head)]
        taken = {f for columns in self._below.values() for f in columns}
        return [
            f
            for f in self._bodies
            if f not in taken
            and self._frames[id(f)] == self._frames[id(head)]
            and any(abs(f.box.y0 - g.box.y0) < LINE * f.em for g in mine)
        ]

    def _together(self, head: Head, row: Sequence[Fragment]) -> bool:
        """Whether neither a rule from the head's height down nor other text parts the columns."""
        box = Box.around(f.box for f in row)
        top = max(f.box.y0 for f in row)
        strip = Box(box.x0, head.box.center[1], box.x1, top + 2 * row[0].em)
        rules = [r for r in self._scene.down if r.overlap_y(strip) > 0.9 * strip.height]
        others = [b.box for b in self._bodies if b not in row]
        others += [h.box for h in self._heads if h is not head]
        return not any(strip.contains(r.center) or r.intersection(strip) > 0 for r in rules) and (
            not any(b.intersection(strip) > 0.2 * b.area for b in others)
        )

    def _misfit(self, head: Head, f: Fragment) -> float:
        """How much worse the head stands with the column ``f`` than without it, in em."""
        columns = self._below[id(head)]
        if not columns:
            return -head.box.overlap_x(f.box) / f.em
        worse = self._misplaced(head, [*columns, f]) - self._misplaced(head, columns)
        level = min(abs(g.box.y0 - f.box.y0) for g in columns) / f.em
        return worse + LEVEL * min(level, LEVEL)

    def _misplaced(self, head: Head, columns: Sequence[Fragment]) -> float:
        """How far off the middle or the left edge of ``columns`` a head stands, in em."""
        box = Box.around(g.box for g in columns)
        off = min(abs(head.box.center[0] - box.center[0]), abs(head.box.x0 - box.x0))
        return off / columns[0].em

    def _ceiling(self, f: Fragment) -> float:
        """The lowest edge of text, picture or rule above ``f``: what is higher cannot govern it."""
        blocks = [*(b.box for b in self._bodies if b is not f), *spanning(f.box, self._scene)]
        blocks += [frame for frame in self._scene.frames if not frame.contains(f.box.center)]
        above = [
            b.y1
            for b in blocks
            if b.overlap_x(f.box) > CEILING * f.box.width and b.center[1] < f.box.y0
        ]
        return max(above, default=-float("inf"))

    def _ruled_off(self, a: Box, b: Box) -> bool:
        """Whether a rule across the text's direction runs between two boxes set apart in x."""
        left, right = sorted((a.center[0], b.center[0]))
        y0, y1 = min(a.center[1], b.y0), max(a.center[1], b.y0)
        return any(
            left < rule.center[0] < right
            and not (a.x0 < rule.center[0] < a.x1)
            and rule.overlap_y(Box(left, y0, right, y1 + 1)) > 0.5 * (y1 - y0)
            for rule in self._scene.down
        )

    def _between(self, head: Head, f: Fragment) -> bool:
        """Whether text or another head stands beside the head, on the way to the fragment."""
        x0, x1 = sorted((head.box.center[0], f.box.center[0]))
        gap = Box(x0, head.box.y0, x1, head.box.y1)
        blocks = [*(b.box for b in self._bodies)]
        blocks += [h.box for h in self._every if h is not head]
        return any(
            b.overlap_y(gap) > 0.3 * min(b.height, gap.height) and b.overlap_x(gap) > 0
            for b in blocks
        )
