"""Where the headline of a story stands: over its columns, amid them, or beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from ..flow import slots
from ..fonts import Face
from ..geometry import Box, columns, union
from ..heads import Spot
from ..stories import Story
from .display import Head, set_stack
from .house import house_of
from .printable import UnprintableError

LEAST_COLUMN = 2  # lines under a headline
LEAST_MEASURE = 7.0  # em


@dataclass(frozen=True)
class Plan:
    """How a story is set: its head over columns `first` to `last`, what stands in its columns.

    cut: the text ends where the room does, in mid-sentence if need be.
    """

    head: Head
    first: int = 0
    last: int = 0
    cut: bool = False
    byline: str = ""
    face: Face | None = None  # of the text; none: that of the page
    initial: int = 0
    subs: float = 0.0
    insets: tuple[str, ...] = ()
    rules: bool = False
    head_down: float = 0.0  # the head stands this far under the top of its columns, px
    lying: str = ""  # the headline at right angles to the text: "near" or "far" side of it


def under_head(spot: Spot, story: Story, cols: list[Box], plan: Plan) -> list[Box]:
    """The head set, and what it leaves of the columns."""
    over = cols[plan.first : plan.last + 1]
    y0 = max(c.y0 for c in over)
    place_ = Box(over[0].x0, y0, over[-1].x1, min(c.y1 for c in over))
    top = set_stack(spot, story, place_, plan.head)
    frames = [c.below(top) if plan.first <= i <= plan.last else c for i, c in enumerate(cols)]
    frames = [snapped(spot, frame) for frame in frames]
    style = spot.job.body(spot.writing.vertical)
    if any(slots(frame, style) < LEAST_COLUMN for frame in frames):
        raise UnprintableError("no room for text under a headline")
    return frames


def under_lying_head(spot: Spot, story: Story, cols: Sequence[Box], plan: Plan) -> list[Box]:
    """The head set at right angles to the text, over all of it; columns in what is left."""
    turned = spot.turned(not spot.writing.vertical)
    box = turned.writing.canonical(spot.writing.to_page(union(cols)))
    if plan.lying == "far":
        space = plan.head.space * spot.job.em
        head_box = box.below(box.y1 - _depth(turned, story, box, plan) + space)
        set_stack(turned, story, head_box, plan.head)
        left = box.above(head_box.y0 - space)
    else:
        left = box.below(set_stack(turned, story, box, plan.head))
    rest = spot.writing.canonical(turned.writing.to_page(left))
    frames = [snapped(spot, frame) for frame in columns(rest, len(cols), spot.job.gutter)]
    if any(frame.width < LEAST_MEASURE * spot.job.em for frame in frames):
        raise UnprintableError("no room for text beside a headline")
    return frames


def _depth(spot: Spot, story: Story, box: Box, plan: Plan) -> float:
    """How deep a headline stack is, found by setting it on trial."""
    before = len(spot.job.sheet.lines)
    end = set_stack(spot, story, box, plan.head)
    del spot.job.sheet.lines[before:]
    return end - box.y0


def head_inside(spot: Spot, story: Story, cols: Sequence[Box], plan: Plan) -> Box:
    """The head set amid the text of its columns; the room it takes."""
    over = cols[plan.first : plan.last + 1]
    y0 = over[0].y0 + plan.head_down
    top = set_stack(spot, story, Box(over[0].x0, y0, over[-1].x1, over[0].y1), plan.head)
    return Box(over[0].x0, y0, over[-1].x1, top - plan.head.space * spot.job.em)


def snapped(spot: Spot, frame: Box) -> Box:
    """The frame on the page's line grid, if the house keeps one."""
    house = house_of(spot)
    if not house.snap:
        return frame
    return frame.below(ceil(frame.y0 / house.pitch) * house.pitch)


def column_byline(spot: Spot, text: str, frame: Box) -> Box:
    """The byline at the head of the first column; returns the rest of the column."""
    job = spot.job
    kind = spot.type(job.suite.kai, job.em, "byline")
    fitted = min(job.em, frame.width / max(1.0, kind.width(text)) * job.em)
    align = job.rng.choice(["left", "center"])
    line = job.string(text, frame, replace(kind, size=fitted), align)
    line.article = spot.article.index
    spot.article.byline = text
    spot.article.headboxes["byline"] = line.box
    return frame.below(frame.y0 + 2 * job.pitch)
