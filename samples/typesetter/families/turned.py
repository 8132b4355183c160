"""Pages where horizontal and vertical setting meet."""

from __future__ import annotations

from ..flow import capacity
from ..furniture import page_foot, running_head
from ..geometry import Box, bands, weighted_columns
from ..heads import HeadLook, Spot, new_spot, set_head
from ..job import MIDDLE, SMALL, Job, new_job
from ..sheet import Article, Sheet
from ..stories import Story
from ..story import Hole, Plan, body_frames, fill, fit_columns, set_block
from .blocks import sidebar


def vhead(seed: int, dpi: int) -> Sheet:
    """Horizontal text with the headline set vertically beside it."""
    job = new_job("vhead", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    gap = job.em * 2.2
    parts = bands(area, [job.rng.uniform(0.85, 1.2) for _ in range(3)], gap)
    for index, part in enumerate(parts):
        if index:
            job.rule_across(part, part.y0 - gap / 2)
        if index == 1 and job.rng.random() < 0.5:
            look = HeadLook(size=3.2, lines=1)
            plan = Plan(columns=fit_columns(job, part.width), head=look)
            set_block(job, part, plan)
        else:
            _beside(job, part, job.rng.choice(["left", "right"]))
    return job.sheet


def _beside(job: Job, box: Box, side: str) -> None:
    """One story with a vertical headline at a side."""
    story = job.desk.take(0.7 * capacity([box], job.body()))
    look = HeadLook(size=job.rng.uniform(2.6, 3.4), lines=2, align="center", space=1.0)
    wide = _head_width(job, story, box, look)
    spot = new_spot(job)
    if side == "left":
        strip = Box(box.x0, box.y0, box.x0 + wide, box.y1)
        rest = Box(strip.x1, box.y0, box.x1, box.y1)
    else:
        strip = Box(box.x1 - wide, box.y0, box.x1, box.y1)
        rest = Box(box.x0, box.y0, strip.x0, box.y1)
    # The stack's space is at its left; a strip at the left edge needs it at the right.
    shift = look.space * job.em if side == "left" else 0.0
    strip = Box(strip.x0 - shift, strip.y0, strip.x1 - shift, strip.y1)
    set_head(spot.turned(True), story, job.writing(True).canonical(strip), look)
    plan = Plan(columns=fit_columns(job, rest.width))
    frames = body_frames(job, rest, plan, spot.writing, story.length)
    fill(spot, story, frames, plan)


def _head_width(job: Job, story: Story, box: Box, look: HeadLook) -> float:
    """The width a vertical headline stack takes, found by setting it on trial."""
    writing = job.writing(True)
    area = writing.canonical(box)
    before = len(job.sheet.lines)
    end = set_head(Spot(job, Article(0), writing), story, area, look)
    del job.sheet.lines[before:]
    return end - area.y0


def vmodern(seed: int, dpi: int) -> Sheet:
    """Vertical text of today: paragraphs indented, the headline horizontal above."""
    job = new_job("vmodern", seed, dpi, SMALL)
    job.sheet.vertical = True
    job.indent = 2.0
    area = page_foot(job, running_head(job))
    if job.rng.random() < 0.4:
        _under_headline(job, area, 4.2, picture=True)
    else:
        gap = job.em * 2.2
        upper, lower = bands(area, [job.rng.uniform(1.0, 1.4), 1.0], gap)
        job.rule_across(area, lower.y0 - gap / 2)
        _under_headline(job, upper, 3.8, picture=True)
        _under_headline(job, lower, 3.0, picture=False)
    return job.sheet


def _under_headline(job: Job, box: Box, size: float, picture: bool) -> None:
    story = job.desk.take(0.75 * capacity([box], job.body(True)))
    spot = new_spot(job, vertical=True)
    top = set_head(spot.turned(False), story, box, HeadLook(size=size))
    rest = box.below(top)
    tiers = max(2, round(rest.height / (job.em * job.rng.uniform(15, 20))))
    lines = int(rest.width / job.pitch * 0.3)
    at = job.rng.choice([0, int(rest.width / job.pitch * 0.4)])
    hole = Hole(0, 0, at, lines) if picture else None
    plan = Plan(columns=tiers, hole=hole)
    frames = body_frames(job, spot.writing.canonical(rest), plan, spot.writing, story.length)
    fill(spot, story, frames, plan)


def mixed(seed: int, dpi: int) -> Sheet:
    """One vertical story on an otherwise horizontal page."""
    job = new_job("mixed", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    gap = job.em * 2.2
    upper, lower = bands(area, [1.0, job.rng.uniform(0.8, 1.1)], gap)
    job.rule_across(area, lower.y0 - gap / 2)
    weights = job.rng.choice([[1.6, 1.0], [1.0, 1.6]])
    left, right = weighted_columns(upper, weights, gap)
    wide, narrow = (left, right) if left.width > right.width else (right, left)
    _flat(job, wide, 3.2)
    _vertical_story(job, narrow)
    left, right = weighted_columns(lower, weights[::-1], gap)
    wide, narrow = (left, right) if left.width > right.width else (right, left)
    _flat(job, wide, 2.8)
    sidebar(job, narrow)
    return job.sheet


def _flat(job: Job, box: Box, size: float) -> None:
    look = HeadLook(size=size)
    set_block(job, box, Plan(columns=fit_columns(job, box.width), head=look))


def _vertical_story(job: Job, box: Box) -> None:
    """A vertical story, boxed or open, its headline vertical at the right."""
    if job.rng.random() < 0.6:
        job.border(box, 2.0)
        box = box.inset(job.em, job.em)
    tiers = max(2, round(box.height / (job.em * job.rng.uniform(14, 19))))
    look = HeadLook(size=job.rng.uniform(2.2, 2.8), face=job.suite.second)
    set_block(job, box, Plan(columns=tiers, head=look), vertical=True)
