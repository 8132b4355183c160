"""Pages of both directions: vertical stories and headlines among columns, boxes among tiers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..furniture import old_masthead
from ..geometry import Box, columns
from ..heads import new_spot
from ..sheet import Sheet
from .block import set_story
from .display import Head
from .grid import reading
from .house import House, Stock, open_house
from .pagehead import front_top, page_bottom, page_top
from .planning import column_count, set_boxed, story_plan
from .printable import UnprintableError, first_printable
from .simple import MEASURE, Cutter, Part, set_part
from .tiers import OLD, TIER, TierPage, set_under

STOCK = Stock(width=(230.0, 292.0), points=(8.8, 10.6))
CROSSED = ("vertical", "vertical-boxed", "beside", "beside-far", "under")


def crossed_page(seed: int, dpi: int) -> Sheet:
    """A page of both directions; layouts that cannot be printed are thrown away."""
    upright = Random(f"mixed-vertical-{seed}").random() < 0.25
    make = _tiers_with_boxes if upright else _columns_with_tiers
    return first_printable(lambda attempt: make(seed, attempt, dpi))


def _columns_with_tiers(seed: int, attempt: int, dpi: int) -> Sheet:
    """A horizontal page with vertical stories and headlines."""
    house = open_house("mixed-vertical", seed, attempt, dpi, STOCK)
    kind = Random(f"mixed-{seed}").choice(["bands", "front", "sidebar"])
    area = page_bottom(house, front_top(house) if kind == "front" else page_top(house))
    cutter = CrossedCutter(house)
    {"bands": cutter.bands, "front": cutter.front, "sidebar": cutter.sidebar}[kind](area)
    if not any(part.kind in CROSSED for part in cutter.parts):
        raise UnprintableError("nothing crossed")
    for i in reading([(i, part.box) for i, part in enumerate(cutter.parts)], area):
        part = cutter.parts[i]
        if part.kind in CROSSED:
            set_crossed(house, part)
        else:
            set_part(house, part)
    return house.sheet


class CrossedCutter(Cutter):
    """Cuts the page so that some of its parts are set in the other direction.

    Always with rules: without them two directions side by side are hard to tell apart.
    """

    often_ruled = 1.0

    def leaf(self, box: Box) -> None:
        """A part in either direction."""
        rng, em = self.house.rng, self.house.em
        fits = box.height > 2 * TIER[0] * em and box.width > 20 * em
        if fits and rng.random() < 0.5:
            self.parts.append(Part(box, rng.choice(CROSSED)))
        else:
            super().leaf(box)


def set_crossed(house: House, part: Part) -> None:
    """Set a part in the direction that the page has not."""
    em, box = house.em, part.box
    if part.kind in ("beside", "beside-far"):
        _beside(house, box, "far" if part.kind == "beside-far" else "near")
        return
    if part.kind == "under":
        set_under(house, box)
        return
    if part.kind == "vertical-boxed":
        style = house.rng.choice(["solid", "solid", "double"])
        house.border(box, house.rng.choice([1.0, 2.0]), house.rng.choice([255, 236]), style)
        box = box.inset(1.1 * em)
    canonical = house.writing(True).canonical(box)
    count = column_count(house, canonical.width, TIER)
    cells = columns(canonical, count, house.gutter)
    plan = story_plan(house, cells, (0, count - 1, False))
    set_story(new_spot(house, vertical=True), cells, plan)


def _beside(house: House, box: Box, side: str) -> None:
    """A horizontal story with a vertical headline at its right (near) or left (far)."""
    rng, em = house.rng, house.em
    room = box.width - 8 * em
    count = column_count(house, room, MEASURE)
    cells = columns(box, count, house.gutter)
    plan = story_plan(house, cells, (0, count - 1, False))
    tall = box.height > 34 * em
    head = Head(
        size=rng.uniform(2.4, 3.6) if tall else rng.uniform(1.9, 2.5),
        lines=rng.choice([1, 2]) if tall else 2,
        align=rng.choice(["center", "left"]),
        kicker=tall and rng.random() < 0.3,
        subtitle=tall and rng.random() < 0.4,
        byline=plan.head.byline,
        space=1.2,
    )
    set_story(new_spot(house), cells, replace(plan, head=head, lying=side))


def _tiers_with_boxes(seed: int, attempt: int, dpi: int) -> Sheet:
    """A vertical page with boxes of horizontal text."""
    house = open_house("mixed-vertical", seed, attempt, dpi, OLD)
    house.gutter = round(house.em * house.rng.uniform(1.0, 1.7))
    page = BoxedTiers(house, house.writing(True), old_masthead(house))
    if not any(module.kind == "boxed" for module in page.modules):
        raise UnprintableError("nothing crossed")
    page.fill()
    return house.sheet


class BoxedTiers(TierPage):
    """Tiers whose boxed stories run from left to right."""

    def _boxed(self, box: Box) -> None:
        set_boxed(self.house, self.house.writing(False), self.writing.to_page(box))
