"""Pages of rectangular stories in columns of their own: one article, bands, fronts, sidebars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from ..extras import put_advert, put_picture
from ..geometry import Box, columns
from ..heads import new_spot
from ..sheet import Sheet
from .block import set_story
from .briefs import set_briefs
from .display import Head
from .grid import reading
from .heading import Plan
from .house import House, Stock, open_house
from .pagehead import front_top, page_bottom, page_top
from .planning import column_count, set_boxed, story_plan
from .printable import first_printable

STOCK = Stock(width=(200.0, 292.0), points=(8.8, 11.0))
LEAST_HEIGHT = 22.0  # em of a story
LEAST_WIDTH = 17.0
MEASURE = (10.0, 21.0)


@dataclass(frozen=True)
class Part:
    """A rectangle of the page and what stands in it."""

    box: Box
    kind: str


def column_page(seed: int, dpi: int) -> Sheet:
    """A page of columns; layouts that cannot be printed are thrown away."""
    return first_printable(lambda attempt: _columns(seed, attempt, dpi))


def _columns(seed: int, attempt: int, dpi: int) -> Sheet:
    house = open_house("columns-simple", seed, attempt, dpi, STOCK)
    # Of the seed alone: the layouts that fail more often must not become rare.
    kind = Random(f"columns-simple-{seed}").choice(["one", "bands", "front", "sidebar"])
    area = page_bottom(house, front_top(house) if kind == "front" else page_top(house))
    cutter = Cutter(house)
    {
        "one": cutter.one,
        "bands": cutter.bands,
        "front": cutter.front,
        "sidebar": cutter.sidebar,
    }[kind](area)
    tops = [(i, part.box) for i, part in enumerate(cutter.parts)]
    for i in reading(tops, area):
        set_part(house, cutter.parts[i])
    return house.sheet


class Cutter:
    """Cuts the page into parts, with rules between them."""

    often_ruled = 0.8

    def __init__(self, house: House) -> None:
        self.house = house
        self.parts: list[Part] = []
        self.ruled = house.rng.random() < self.often_ruled
        self.gap = house.em * (house.gap if self.ruled else house.gap + 0.8)

    def one(self, area: Box) -> None:
        """One long article."""
        self.parts.append(Part(area, "long"))

    def bands(self, area: Box) -> None:
        """Two to four bands, some of them cut in two or three."""
        rows = self.across(area, self.house.rng.choice([2, 3, 3, 4]))
        for row in rows:
            wide = row.width / self.house.em
            most = 1 if wide < 2.2 * LEAST_WIDTH else 3 if wide > 3.6 * LEAST_WIDTH else 2
            for part in self.down(row, self.house.rng.randint(1, most)):
                self.leaf(part)

    def front(self, area: Box) -> None:
        """A lead with a story at its side; under them a stack and a box."""
        rng = self.house.rng
        upper, lower = self.across(area, 2)
        lead, side = self.down(upper, 2, [rng.uniform(1.4, 2.0), 1.0])
        if rng.random() < 0.5:
            lead, side = side, lead
        self.leaf(lead)
        self.leaf(side)
        left, right = self.down(lower, 2, [rng.uniform(0.9, 1.5), 1.0])
        if rng.random() < 0.5:
            left, right = right, left
        self.parts.append(Part(left, "boxed"))
        for part in self.across(right, rng.choice([2, 3])):
            self.leaf(part)

    def sidebar(self, area: Box) -> None:
        """A strip of one story, of briefs or an advert beside all the others."""
        rng = self.house.rng
        shares = [1.0, rng.uniform(2.4, 3.4)]
        rng.shuffle(shares)
        left, right = self.down(area, 2, shares)
        strip, main = (left, right) if left.width < right.width else (right, left)
        self.parts.append(Part(strip, rng.choice(["boxed", "briefs", "story", "story"])))
        for part in self.across(main, rng.choice([1, 2, 2, 3])):
            self.leaf(part)

    def leaf(self, box: Box) -> None:
        """A story, at times in a box, or briefs, a picture, an advert."""
        em = self.house.em
        draw = self.house.rng.random()
        kind = "story"
        if draw < 0.16:
            kind = "boxed"
        elif draw < 0.22 and box.width < 60 * em:
            kind = "briefs"
        elif draw < 0.27 and box.height < 45 * em:
            kind = "picture"
        elif draw < 0.31 and box.y1 > 0.9 * self.house.sheet.height and box.height < 40 * em:
            kind = "advert"
        self.parts.append(Part(box, kind))

    def across(self, box: Box, count: int) -> list[Box]:
        """Bands one below the other."""
        weights = [self.house.rng.uniform(0.8, 1.4) for _ in range(count)]
        room = box.height - self.gap * (count - 1)
        out: list[Box] = []
        y = box.y0
        for weight in weights:
            high = room * weight / sum(weights)
            out.append(Box(box.x0, y, box.x1, y + high))
            y += high + self.gap
        style = self.house.rng.choice(["solid", "solid", "double", "dotted"])
        for band in out[1:]:
            if self.ruled:
                self.house.rule_across(box, band.y0 - self.gap / 2, style, 1.5)
        return out

    def down(self, box: Box, count: int, weights: list[float] | None = None) -> list[Box]:
        """Parts side by side."""
        weights = weights or [self.house.rng.uniform(0.8, 1.4) for _ in range(count)]
        room = box.width - self.gap * (count - 1)
        out: list[Box] = []
        x = box.x0
        for weight in weights:
            wide = room * weight / sum(weights)
            out.append(Box(x, box.y0, x + wide, box.y1))
            x += wide + self.gap
        if self.ruled and self.house.rng.random() < self.often_ruled:
            for part in out[1:]:
                self.house.rule_down(part.x0 - self.gap / 2, box.y0, box.y1)
        return out


def set_part(house: House, part: Part) -> None:
    """Set one part of the page."""
    flat = house.writing(False)
    if part.kind == "picture":
        put_picture(house, part.box)
    elif part.kind == "advert":
        put_advert(house, part.box)
    elif part.kind == "boxed":
        set_boxed(house, flat, part.box)
    elif part.kind == "briefs":
        set_briefs(house, _cells(house, part.box))
    else:
        cells = _cells(house, part.box)
        plan = story_plan(house, cells, (0, len(cells) - 1, False))
        if part.kind == "long":
            plan = _long(house, plan, len(cells))
        holes = set_story(new_spot(house), cells, plan)
        for hole in holes:
            set_boxed(house, flat, hole)


def _cells(house: House, box: Box) -> list[Box]:
    """Columns of a measure that fits the part."""
    count = column_count(house, box.width, MEASURE)
    return columns(box, count, house.gutter)


def _long(house: House, plan: Plan, count: int) -> Plan:
    """An article over the whole page: a larger headline, more in its columns."""
    rng = house.rng
    head: Head = replace(plan.head, size=rng.uniform(3.4, 6.0), lines=rng.choice([1, 2]))
    kinds = ["column", "column", "wide", "half", "quote"]
    chosen = [rng.choice(kinds) for _ in range(rng.randint(1, 3))]
    if count > 2 and rng.random() < 0.5:
        chosen.insert(0, rng.choice(["box", "box-wide", "box-wide"]))
    return replace(plan, head=head, insets=tuple(chosen))
