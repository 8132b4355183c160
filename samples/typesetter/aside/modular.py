"""Pages made of modules on a grid of narrow columns, many of them reaching into each other."""

from __future__ import annotations

from dataclasses import dataclass

from ..extras import put_advert, put_picture
from ..geometry import Box, Writing
from ..heads import new_spot
from ..sheet import Sheet
from .block import set_story
from .briefs import set_briefs
from .grid import Grid, draw_borders, reading
from .house import House, Stock, open_house
from .pagehead import front_top, page_bottom, page_top
from .partition import Owners, Rect, Strand, divide, interlock, is_rectangle, owners, strands
from .planning import MEASURE, column_count, head_span, set_boxed, story_plan
from .printable import first_printable

STOCK = Stock()


@dataclass(frozen=True)
class Module:
    """A part of the page: story, boxed story, briefs, picture or advert."""

    number: int
    shape: tuple[Strand, ...]
    kind: str


def modular_page(seed: int, dpi: int) -> Sheet:
    """A page of modules; layouts that cannot be printed are thrown away."""
    return first_printable(lambda attempt: _modular(seed, attempt, dpi))


def _modular(seed: int, attempt: int, dpi: int) -> Sheet:
    house = open_house("modular", seed, attempt, dpi, STOCK)
    area = page_bottom(house, front_top(house) if house.rng.random() < 0.3 else page_top(house))
    Page(house, house.writing(False), area).fill()
    return house.sheet


class Page:
    """The modules of one page, in canonical space; `area` is in page pixels."""

    measure = MEASURE

    def __init__(self, house: House, writing: Writing, area: Box) -> None:
        rng = house.rng
        area = writing.canonical(area)
        self.house, self.writing, self.area = house, writing, area
        self.mode = rng.choice(["full", "full", "full", "across", "across", "white"])
        if self.mode == "white":
            house.gap = max(house.gap, 2.6)
        count = column_count(house, area.width, self.measure)
        rows = max(8, round(area.height / (house.em * rng.uniform(4.6, 5.6))))
        self.grid = Grid.over(house, area, count, rows)
        self.owners, self.modules = self._divided(count, rows)

    def _divided(self, count: int, rows: int) -> tuple[Owners, list[Module]]:
        rng = self.house.rng
        rects = divide(rng, Rect(0, count, 0, rows), round(count * rows / rng.uniform(4, 9)))
        grid = owners(rects, count, rows)
        kinds = [self._kind(rect, rect.r1 == rows) for rect in rects]
        if self.mode != "white":
            fixed = {i for i, kind in enumerate(kinds) if kind != "story"}
            interlock(rng, grid, rng.randint(2, 6), fixed)
        shapes = [tuple(strands(grid, i) or ()) for i in range(len(rects))]
        return grid, [Module(i, s, k) for i, (s, k) in enumerate(zip(shapes, kinds, strict=True))]

    def _kind(self, rect: Rect, last: bool) -> str:
        """What stands in a rectangle; stories in most."""
        rng, cells = self.house.rng, rect.cols * rect.rows
        draw = rng.random()
        if draw < 0.14 and rect.cols > 1:
            return "boxed"
        if draw < 0.22 and cells > 9 and (rect.cols == 1 or rect.rows < 9):
            return "briefs"
        if draw < 0.28 and 1 < rect.cols < 5 and 5 <= rect.rows < 10:
            return "picture"
        if draw < 0.36 and last and rect.rows < 9:
            return "advert"
        return "story"

    def fill(self) -> None:
        """Set everything, stories in the order of reading."""
        tops = [(m.number, self.writing.to_page(self._top(m))) for m in self.modules]
        locked: set[int] = set()
        order = reading(tops, self.writing.to_page(self.area), self.writing.vertical)
        for number in order:
            module = self.modules[number]
            if self._set(module) or not is_rectangle(module.shape):
                locked.add(number)
        closed = {m.number for m in self.modules if m.kind in ("boxed", "advert")}

        def needs(a: int, b: int, across: bool) -> bool:
            if self.mode == "white" or closed & {a, b}:
                return False
            return across or self.mode == "full" or bool(locked & {a, b})

        draw_borders(self.house, self.writing, self.grid, self.owners, needs)

    def _top(self, module: Module) -> Box:
        """Where a module begins: the room of its first column, in all its width."""
        cells = self.grid.cells(module.shape)
        return Box(cells[0].x0, cells[0].y0, cells[-1].x1, cells[0].y1)

    def _set(self, module: Module) -> bool:
        """Set one module; whether its headline leaves some of its columns without one."""
        house, grid = self.house, self.grid
        if module.kind == "picture":
            put_picture(house, self.writing.to_page(grid.hull(module.shape)))
        elif module.kind == "advert":
            put_advert(house, self.writing.to_page(grid.hull(module.shape)))
        elif module.kind == "boxed":
            self._boxed(grid.hull(module.shape))
        elif module.kind == "briefs":
            set_briefs(house, grid.cells(module.shape), self.writing.vertical)
        else:
            return self._story(module)
        return False

    def _story(self, module: Module) -> bool:
        """Set a story; whether some of its columns are not under its headline."""
        house, cells = self.house, self.grid.cells(module.shape)
        plan = story_plan(house, cells, head_span(house, module.shape, self.mode == "white"))
        holes = set_story(new_spot(house, self.writing.vertical), cells, plan)
        for hole in holes:
            self._boxed(hole)
        return (plan.first, plan.last) != (0, len(cells) - 1)

    def _boxed(self, box: Box) -> None:
        set_boxed(self.house, self.writing, box)
