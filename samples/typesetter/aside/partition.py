"""A grid of columns and rows divided among stories: bands, pinwheels, interlocking shapes.

Every story keeps one run of rows in each of its columns, and its columns touch: its text can go
down one column and on at the head of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

LEAST_ROWS = 4  # of a rectangle
LEAST_TONGUE = 3  # rows of a story's shortest column
MOST_RISE = 3  # rows that a column may begin above the headline at its left
LOCK_TRIES = 80


@dataclass(frozen=True)
class Rect:
    """Columns c0..c1-1, rows r0..r1-1."""

    c0: int
    c1: int
    r0: int
    r1: int

    @property
    def cols(self) -> int:
        return self.c1 - self.c0

    @property
    def rows(self) -> int:
        return self.r1 - self.r0


@dataclass(frozen=True)
class Strand:
    """The rows of a story in one column."""

    column: int
    r0: int
    r1: int


Owners = list[list[int]]
"""[column][row]: the number of the story."""


def divide(rng: Random, whole: Rect, size: int) -> list[Rect]:
    """Rectangles of about `size` cells, cut through and through or as pinwheels."""
    cells = whole.cols * whole.rows
    if cells < size * rng.uniform(1.2, 2.2):
        return [whole]
    wheel = pinwheel(rng, whole) if rng.random() < 0.25 else None
    if wheel is not None:
        return wheel
    parts = _cut(rng, whole)
    return [whole] if parts is None else [r for part in parts for r in divide(rng, part, size)]


def _cut(rng: Random, whole: Rect) -> tuple[Rect, Rect] | None:
    """The rectangle in two; higher than wide ones more often across."""
    across = list(range(whole.r0 + LEAST_ROWS + 1, whole.r1 - LEAST_ROWS))
    down = list(range(whole.c0 + 1, whole.c1))
    if not across and not down:
        return None
    lying = whole.rows > 4.2 * whole.cols
    if across and (not down or lying or rng.random() < 0.5):
        r = rng.choice(across)
        return Rect(whole.c0, whole.c1, whole.r0, r), Rect(whole.c0, whole.c1, r, whole.r1)
    if not down:
        return None
    c = rng.choice(down)
    return Rect(whole.c0, c, whole.r0, whole.r1), Rect(c, whole.c1, whole.r0, whole.r1)


def pinwheel(rng: Random, whole: Rect) -> list[Rect] | None:
    """Four rectangles around a fifth, which no straight cut divides."""
    if whole.cols < 4 or whole.rows < 3 * LEAST_ROWS:
        return None
    a, b = sorted(rng.sample(range(whole.c0 + 1, whole.c1), 2))
    rows = range(whole.r0 + LEAST_ROWS, whole.r1 - LEAST_ROWS + 1)
    r, s = sorted(rng.sample(rows, 2))
    if s - r < LEAST_ROWS:
        return None
    if rng.random() < 0.5:
        arms = [
            Rect(whole.c0, b, whole.r0, r),
            Rect(b, whole.c1, whole.r0, s),
            Rect(a, whole.c1, s, whole.r1),
            Rect(whole.c0, a, r, whole.r1),
        ]
    else:
        arms = [
            Rect(whole.c0, a, whole.r0, s),
            Rect(a, whole.c1, whole.r0, r),
            Rect(b, whole.c1, r, whole.r1),
            Rect(whole.c0, b, s, whole.r1),
        ]
    return [*arms, Rect(a, b, r, s)]


def owners(rects: Sequence[Rect], cols: int, rows: int) -> Owners:
    """Who owns every cell."""
    grid = [[-1] * rows for _ in range(cols)]
    for number, rect in enumerate(rects):
        for c in range(rect.c0, rect.c1):
            for r in range(rect.r0, rect.r1):
                grid[c][r] = number
    return grid


def strands(grid: Owners, number: int) -> list[Strand] | None:
    """The columns of a story from the left; None if they are not runs that touch."""
    found: list[Strand] = []
    for c, column in enumerate(grid):
        rows = [r for r, owner in enumerate(column) if owner == number]
        if not rows:
            continue
        if rows[-1] - rows[0] + 1 != len(rows) or (found and found[-1].column != c - 1):
            return None
        found.append(Strand(c, rows[0], rows[-1] + 1))
    return found or None


def interlock(rng: Random, grid: Owners, times: int, fixed: set[int]) -> None:
    """Move borders in some columns only, so that stories reach into each other."""
    done = 0
    for _ in range(LOCK_TRIES):
        if done == times:
            return
        trial = [list(column) for column in grid]
        touched = _shift(rng, trial)
        if not touched or touched & fixed:
            continue
        if all(sound(strands(trial, number)) for number in touched):
            grid[:] = trial
            done += 1


def _shift(rng: Random, grid: Owners) -> set[int]:
    """Move one border between an upper and a lower story in one to three columns."""
    rows = len(grid[0])
    c, r = rng.randrange(len(grid)), rng.randrange(1, rows)
    upper, lower = grid[c][r - 1], grid[c][r]
    if upper == lower:
        return set()
    step = rng.choice([-5, -4, -3, -2, 2, 3, 4, 5])
    for column in range(c, min(len(grid), c + rng.randint(1, 3))):
        if (grid[column][r - 1], grid[column][r]) != (upper, lower):
            break
        for row in range(r, r + step) if step > 0 else range(r + step, r):
            if not 0 <= row < rows or grid[column][row] not in (upper, lower):
                return set()
            grid[column][row] = upper if step > 0 else lower
    return {upper, lower}


def sound(shape: list[Strand] | None) -> bool:
    """A reader finds the way: columns are long enough, and each goes on beside the last."""
    if shape is None or any(s.r1 - s.r0 < LEAST_TONGUE for s in shape):
        return False
    if shape[0].r1 - shape[0].r0 < LEAST_ROWS + 1:
        return False
    headed = level(shape)
    for i, (a, b) in enumerate(pairwise(shape)):
        shared = min(a.r1, b.r1) - max(a.r0, b.r0)
        if shared < 0.5 * min(a.r1 - a.r0, b.r1 - b.r0):
            return False
        if b.r0 < a.r0 - (MOST_RISE if i + 1 == headed else 0):
            return False
    return True


def level(shape: Sequence[Strand]) -> int:
    """How many columns from the first begin at the same height."""
    return next((i for i, s in enumerate(shape) if s.r0 != shape[0].r0), len(shape))


def is_rectangle(shape: Sequence[Strand]) -> bool:
    return len({(s.r0, s.r1) for s in shape}) == 1


def borders(
    grid: Owners, needs: Callable[[int, int, bool], bool]
) -> Iterator[tuple[bool, int, int, int]]:
    """Pieces of border where a rule is needed: (lies across, at, from, to).

    Across: between rows at-1 and at, over columns from..to-1; else between columns at-1 and at.
    """
    cols, rows = len(grid), len(grid[0])

    def marked(a: int, b: int, across: bool) -> bool:
        return a != b and needs(a, b, across)

    for r in range(1, rows):
        marks = [marked(grid[c][r - 1], grid[c][r], True) for c in range(cols)]
        yield from ((True, r, a, b) for a, b in runs(marks))
    for c in range(1, cols):
        marks = [marked(grid[c - 1][r], grid[c][r], False) for r in range(rows)]
        yield from ((False, c, a, b) for a, b in runs(marks))


def runs(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where marks are set, from start to end."""
    start: int | None = None
    for i, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = i
        elif not mark and start is not None:
            yield start, i
            start = None
