"""A column or a band of short items, each under a small headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..flow import slots
from ..geometry import Box
from ..heads import Spot
from ..sheet import Article
from ..stories import Para
from .composing import fit, place
from .display import Head, set_stack
from .house import House
from .printable import UnprintableError

GAP = 1.7  # em between two items
LEAST_LINES = 3


@dataclass
class Briefs:
    """Columns being filled with items from column `at`, height `y`; an item may run on."""

    house: House
    cols: Sequence[Box]
    vertical: bool
    head: Head
    ruled: bool
    at: int = 0
    y: float = 0.0

    def fill(self) -> None:
        """Set items until the columns are full."""
        self.y = self.cols[0].y0
        while self._find_room():
            self._item()

    def _find_room(self) -> bool:
        need = self.head.size * 2 * self.house.em + (LEAST_LINES + 1) * self.house.pitch
        while self.cols[self.at].y1 - self.y < need + GAP * self.house.em:
            if self.at + 1 == len(self.cols):
                return False
            self.at += 1
            self.y = self.cols[self.at].y0
        return True

    def _item(self) -> None:
        house = self.house
        here = self.cols[self.at]
        writing = house.writing(self.vertical)
        if self.y > here.y0:
            self._divide(here, writing.to_page)
        spot = Spot(house, house.sheet.new_article(), writing)
        spot.article.vertical = self.vertical
        story = house.copy.item()
        top = set_stack(spot, story, here.below(self.y), self.head)
        frames = [here.below(top), *self.cols[self.at + 1 : self.at + 2]]
        self._text(spot, [Para(spot.text(p.text)) for p in story.paragraphs], frames)

    def _divide(self, here: Box, to_page: object) -> None:
        """The gap between two items, with a thin rule if the house has one."""
        house, middle = self.house, self.y + GAP / 2 * self.house.em
        if self.ruled:
            half = house.hairline / 2
            box = Box(here.x0, middle - half, here.x1, middle + half)
            house.rule(house.writing(self.vertical).to_page(box))
        self.y += GAP * house.em

    def _text(self, spot: Spot, text: list[Para], frames: list[Box]) -> None:
        style = self.house.body(self.vertical)
        if slots(frames[0], style) < LEAST_LINES:
            raise UnprintableError("no room for a brief")
        kept, result, cut = fit(text, frames, style, cut=False)
        if not kept:
            kept, result, cut = fit(text, frames, style, cut=True)
        if not result.lines:
            raise UnprintableError("a brief without text")
        place(spot, kept, result, (frames, range(len(frames))))
        spot.article.paragraphs[-1].cut = cut
        last = result.lines[-1]
        self.at += last.frame
        self.y = last.y + last.size


def set_briefs(house: House, cols: Sequence[Box], vertical: bool = False) -> list[Article]:
    """Briefs in canonical columns."""
    before = len(house.sheet.articles)
    align = house.rng.choice(["left", "center"])
    size = house.rng.uniform(1.45, 1.9)
    head = Head(size=size, lines=2, align=align, space=0.6)
    Briefs(house, cols, vertical, head, house.rng.random() < 0.5).fill()
    return house.sheet.articles[before:]
