"""A front page: masthead, lead story, boxed story and briefs, divided by rules."""

from __future__ import annotations

from dataclasses import replace

from ..furniture import masthead, page_foot
from ..geometry import Box, bands, weighted_columns
from ..heads import HeadLook
from ..items import set_briefs
from ..job import Job, new_job
from ..sheet import Sheet
from ..story import Plan, fit_columns, set_block


def front(seed: int, dpi: int) -> Sheet:
    """A multi-article front page."""
    job = new_job("front", seed, dpi)
    area = page_foot(job, masthead(job))
    gap = job.em * 2.2
    if job.rng.random() < 0.5:
        _lead_on_top(job, area, gap)
    else:
        _briefs_beside(job, area, gap)
    return job.sheet


def _lead_on_top(job: Job, area: Box, gap: float) -> None:
    """The lead over the full width; two stories and a box under it."""
    rng = job.rng
    upper, lower = bands(area, [rng.uniform(0.95, 1.2), 1.0], gap)
    _lead(job, upper)
    job.rule_across(area, (upper.y1 + lower.y0) / 2, rng.choice(["solid", "double"]))
    sides = [1.75, 1.0] if rng.random() < 0.5 else [1.0, 1.75]
    left, right = weighted_columns(lower, sides, gap)
    wide, narrow = (left, right) if left.width > right.width else (right, left)
    _stacked(job, wide, gap)
    _boxed(job, narrow)


def _briefs_beside(job: Job, area: Box, gap: float) -> None:
    """A strip of briefs beside the lead and two smaller stories."""
    rng = job.rng
    strip, main = weighted_columns(area, [1.0, 3.3], gap)
    job.rule_down((strip.x1 + main.x0) / 2, area.y0, area.y1)
    upper, lower = bands(main, [1.5, 1.0], gap)
    _lead(job, upper)
    job.rule_across(main, (upper.y1 + lower.y0) / 2)
    left, right = weighted_columns(lower, [1.0, rng.uniform(0.8, 1.0)], gap)
    _small(job, left)
    _boxed(job, right)
    _brief_strip(job, strip)


def _lead(job: Job, box: Box) -> None:
    look = HeadLook(size=job.rng.uniform(4.2, 5.4), lines=2)
    set_block(job, box, Plan(columns=fit_columns(job, box.width), head=look))


def _stacked(job: Job, box: Box, gap: float) -> None:
    for index, part in enumerate(bands(box, [1.0, job.rng.uniform(0.8, 1.1)], gap)):
        if index:
            job.rule_across(part, part.y0 - gap / 2, job.rng.choice(["solid", "dotted"]))
        _small(job, part)


def _small(job: Job, box: Box) -> None:
    look = HeadLook(size=job.rng.uniform(2.2, 2.9), lines=2)
    set_block(job, box, Plan(columns=fit_columns(job, box.width), head=look))


def _boxed(job: Job, box: Box) -> None:
    """A story in a drawn frame."""
    tint = job.rng.choice([255, 255, 238])
    job.border(box, job.rng.choice([1.0, 2.0, 3.0]), tint, job.rng.choice(["solid", "double"]))
    inner = box.inset(job.em * 1.1, job.em * 1.2)
    look = HeadLook(size=job.rng.uniform(2.0, 2.6), lines=2, face=job.suite.second)
    plan = Plan(columns=fit_columns(job, inner.width), head=look)
    set_block(job, inner, plan)


def _brief_strip(job: Job, box: Box) -> None:
    """Briefs one under the other in one column."""
    label = box.top(job.em * 2)
    job.furniture("简讯", label, replace(job.type(job.suite.head, job.em * 1.7), pad=1.0), "center")
    rest = box.below(label.y1 + job.em * 1.2)
    set_briefs(job, [rest], HeadLook(size=1.5, lines=2, space=0.5, byline=False))
