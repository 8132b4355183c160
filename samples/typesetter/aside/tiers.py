"""Pages of vertical lines in tiers, read from the right: stories run through several tiers."""

from __future__ import annotations

from dataclasses import replace

from ..extras import put_advert
from ..furniture import old_masthead
from ..geometry import Box, bands, columns
from ..heads import new_spot
from ..setting import Type
from ..sheet import Sheet
from ..wording import OLD_PAPERS, old_date, some_day
from .block import set_story
from .display import Head
from .house import House, Stock, open_house
from .modular import Module, Page
from .pagehead import page_bottom, page_top
from .partition import is_rectangle
from .planning import column_count, head_size, story_plan
from .printable import first_printable

TIER = (8.0, 19.0)  # em from the head of a tier to its foot
OLD = Stock("hant", (200.0, 290.0), (1.28, 1.5), (8.8, 11.0), vertical=True)
MODERN = Stock("hans", (200.0, 280.0), points=(9.0, 10.6), vertical=True)


def tier_page(seed: int, dpi: int) -> Sheet:
    """A page of tiers; layouts that cannot be printed are thrown away."""
    return first_printable(lambda attempt: _tiers(seed, attempt, dpi))


def _tiers(seed: int, attempt: int, dpi: int) -> Sheet:
    old = seed % 4 != 3
    house = open_house("tiers", seed, attempt, dpi, OLD if old else MODERN)
    rng = house.rng
    house.gutter = round(house.em * rng.uniform(1.0, 1.7))
    house.column_rules = rng.random() < 0.5
    if old:
        house.copy.marks = rng.choice(["all", "all", "old", "none"])
        house.byline_at = rng.choice(["", "", "lead", "stack", "column"])
        area = old_masthead(house) if rng.random() < 0.6 else right_masthead(house)
    else:
        area = page_bottom(house, page_top(house))
    if rng.random() < 0.3:
        area = _adverts(house, area)
    TierPage(house, house.writing(True), area).fill()
    return house.sheet


def right_masthead(house: House) -> Box:
    """The paper's name in vertical letters at the right, its date beside it."""
    rng, area, em = house.rng, house.content, house.em
    writing = house.writing(True)
    wide = em * rng.uniform(4.6, 6.0)
    strip = Box(area.x1 - wide - 2.2 * em, area.y0, area.x1, area.y0 + area.height * 0.4)
    name = Box(area.x1 - wide, strip.y0, area.x1, strip.y1)
    size = min(wide, name.height / 5)
    kind = Type(house.suite.kai, size, "furniture", writing, pad=0.3)
    house.furniture(rng.choice(OLD_PAPERS), writing.canonical(name), kind, "center")
    stamp = Box(strip.x0, strip.y0, strip.x0 + em * 1.2, strip.y1)
    dated = Type(house.suite.body, em * 0.9, "furniture", writing)
    text = old_date(some_day(rng, 1927, 1948))
    house.furniture(text, writing.canonical(stamp), dated, "left")
    x = strip.x0 - em * 0.8
    house.rule_down(x, area.y0, area.y1)
    low = Box(strip.x0, strip.y1 + em, area.x1, area.y1)
    for part in bands(low, [1.0, 1.0], em):
        put_advert(house, part)
    return Box(area.x0, area.y0, x - em, area.y1)


def _adverts(house: House, area: Box) -> Box:
    """Adverts at the left side or at the foot; returns the rest of the page."""
    em = house.em
    if house.rng.random() < 0.6:
        wide = area.width * house.rng.uniform(0.16, 0.24)
        for part in bands(Box(area.x0, area.y0, area.x0 + wide, area.y1), [1.0, 1.2, 0.9], em):
            put_advert(house, part)
        house.rule_down(area.x0 + wide + em, area.y0, area.y1)
        return Box(area.x0 + wide + 2 * em, area.y0, area.x1, area.y1)
    high = area.height * house.rng.uniform(0.14, 0.2)
    foot = area.below(area.y1 - high)
    for part in columns(foot, 3, em):
        put_advert(house, part)
    house.rule_across(area, foot.y0 - em)
    return area.above(foot.y0 - 2 * em)


class TierPage(Page):
    """Modules whose columns are tiers; some have their headline lying over them."""

    measure = TIER

    def _story(self, module: Module) -> bool:
        lying = is_rectangle(module.shape) and self.house.rng.random() < 0.2
        if not lying:
            return super()._story(module)
        box = self.writing.to_page(self.grid.hull(module.shape))
        set_under(self.house, box)
        return False

    def _boxed(self, box: Box) -> None:
        if self.house.rng.random() < 0.35:
            page_box = self.writing.to_page(box)
            self.house.border(page_box, 2.0, 255, self.house.rng.choice(["solid", "double"]))
            set_under(self.house, page_box.inset(1.1 * self.house.em))
        else:
            super()._boxed(box)


def set_under(house: House, box: Box) -> None:
    """A vertical story in a page box, its headline lying over it."""
    rng, em = house.rng, house.em
    writing = house.writing(True)
    count = column_count(house, box.height - 6 * em, TIER)
    cells = columns(writing.canonical(box), count, house.gutter)
    roomy = box.width > 20 * em and box.height > 30 * em
    plan = story_plan(house, cells, (0, count - 1, False))
    head = Head(
        size=head_size(house, 3 if roomy else 2, roomy),
        lines=1 if box.width > 24 * em else 2,
        kicker=roomy and rng.random() < 0.3,
        byline=plan.head.byline,
    )
    set_story(new_spot(house, vertical=True), cells, replace(plan, head=head, lying="near"))
