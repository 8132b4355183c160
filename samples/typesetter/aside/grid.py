"""The divided grid in pixels: where the cells stand, and the rules between stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..geometry import Box, Writing, columns
from .house import House
from .partition import Owners, Strand, borders

Needs = Callable[[int, int, bool], bool]
"""Whether a rule stands between two stories, and whether that rule lies across the columns."""


@dataclass(frozen=True)
class Grid:
    """Equal columns over the canonical `area`, cut into `rows` rows."""

    area: Box
    cols: tuple[Box, ...]
    rows: int
    gap: float
    gutter: float

    @classmethod
    def over(cls, house: House, area: Box, count: int, rows: int) -> Grid:
        """The grid of a page."""
        cols = tuple(columns(area, count, house.gutter))
        return cls(area, cols, rows, house.gap * house.em, house.gutter)

    def y(self, row: int) -> float:
        return self.area.y0 + self.area.height * row / self.rows

    def cell(self, strand: Strand) -> Box:
        """The room of a story in one column."""
        col = self.cols[strand.column]
        y0 = self.y(strand.r0) + (self.gap / 2 if strand.r0 else 0.0)
        y1 = self.y(strand.r1) - (self.gap / 2 if strand.r1 < self.rows else 0.0)
        return Box(col.x0, y0, col.x1, y1)

    def cells(self, shape: Sequence[Strand]) -> list[Box]:
        return [self.cell(strand) for strand in shape]

    def hull(self, shape: Sequence[Strand]) -> Box:
        """The room of a rectangular story."""
        cells = self.cells(shape)
        return Box(cells[0].x0, cells[0].y0, cells[-1].x1, cells[0].y1)

    def x(self, column: int) -> float:
        """The middle of the gutter before a column."""
        if column == 0:
            return self.area.x0
        if column == len(self.cols):
            return self.area.x1
        return (self.cols[column - 1].x1 + self.cols[column].x0) / 2


def draw_borders(house: House, writing: Writing, grid: Grid, owners: Owners, needs: Needs) -> None:
    """Rules between stories; `needs` says between which."""
    style = house.rng.choice(["solid", "solid", "solid", "double", "dotted"])
    half = house.hairline / 2
    for across, at, start, end in borders(owners, needs):
        if across:
            thick = half * (3 if style != "solid" else 1)
            y, x0, x1 = grid.y(at), grid.x(start), grid.x(end)
            x0 += 0.0 if start == 0 else _inset(grid, owners, at, start)
            x1 -= 0.0 if end == len(grid.cols) else _inset(grid, owners, at, end)
            house.rule(writing.to_page(Box(x0, y - thick, x1, y + thick)), style)
        else:
            x, y0, y1 = grid.x(at), grid.y(start), grid.y(end)
            house.rule(writing.to_page(Box(x - half, y0, x + half, y1)))


def _inset(grid: Grid, owners: Owners, row: int, column: int) -> float:
    """How far a rule across keeps from the middle of the gutter at its end."""
    meets = owners[column - 1][row - 1] != owners[column][row - 1]
    meets = meets or owners[column - 1][row] != owners[column][row]
    return 0.0 if meets else grid.gutter / 2


def reading(items: Iterable[tuple[int, Box]], page: Box, vertical: bool = False) -> list[int]:
    """Numbers of stories in the order a reader takes them: by height on the page, then across.

    Across is from the left, on a page of vertical lines from the right.
    """
    band = page.height / 9

    def place(item: tuple[int, Box]) -> tuple[int, float]:
        box = item[1]
        return round((box.y0 - page.y0) / band), -box.x1 if vertical else box.x0

    return [number for number, _ in sorted(items, key=place)]
