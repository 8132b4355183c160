"""Short items set one after the other down the columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .flow import capacity, flow
from .geometry import Box
from .heads import HeadLook, new_spot, set_head
from .job import Job
from .stories import Story
from .story import Plan, fill

GAP = 1.9
ENDLESS = 1e9


def set_briefs(job: Job, cols: list[Box], look: HeadLook) -> None:
    """Briefs through the columns until they are full."""
    strip = Strip(job, cols, look, 0, cols[0].y0)
    while strip.find_room():
        story = job.desk.brief(strip.limit())
        if story is None:
            return
        strip.add(story)


@dataclass
class Strip:
    """Columns being filled with briefs; an item may run on into the next column."""

    job: Job
    cols: list[Box]
    look: HeadLook
    column: int
    y: float

    @property
    def least(self) -> float:
        """The room a brief needs to begin: gap, headline and two lines."""
        return (self.look.size * 1.3 + GAP) * self.job.em + 2.0 * self.job.pitch

    @property
    def last(self) -> bool:
        return self.column + 1 == len(self.cols)

    def find_room(self) -> bool:
        """Go to a column with room for an item; False when the columns are full."""
        while self.cols[self.column].y1 - self.y < self.least:
            if self.last:
                return False
            self.column += 1
            self.y = self.cols[self.column].y0
        return True

    def limit(self) -> float:
        """How long an item may be: in the last column it must fit, it cannot run on."""
        if not self.last:
            return ENDLESS
        rest = self.cols[self.column].below(self.y + 5 * self.job.em)
        return 0.85 * capacity([rest], self.job.body())

    def add(self, story: Story) -> None:
        """Set one item."""
        here = self.cols[self.column]
        if self.y > here.y0:
            self.job.rule_across(here, self.y + GAP / 2 * self.job.em, "dotted")
            self.y += GAP * self.job.em
        kind = self.job.type(self.job.suite.head, self.look.size * self.job.em)
        lines = 1 if kind.width(story.headline) <= here.width * 1.15 else 2
        spot = new_spot(self.job)
        top = set_head(spot, story, here.below(self.y), replace(self.look, lines=lines))
        frames = [here.below(top), *self.cols[self.column + 1 : self.column + 2]]
        plan = Plan(stretch=False, close=self._ends(story, frames), rules=False)
        line = fill(spot, story, frames, plan).lines[-1]
        self.column += line.frame
        self.y = line.y + self.job.em

    def _ends(self, story: Story, frames: list[Box]) -> bool:
        """No other item fits after this one, so its end may be filled up."""
        trial = flow(story.paragraphs, frames, self.job.body())
        return self.last and frames[-1].y1 - trial.y < self.least
