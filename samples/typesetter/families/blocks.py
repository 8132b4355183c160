"""Pages of several stories whose outlines interlock, enclose or follow each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..flow import capacity
from ..furniture import page_foot, running_head
from ..geometry import Box, bands, carve, columns
from ..heads import HeadLook, new_spot, set_head
from ..items import set_briefs
from ..job import MIDDLE, NOTE, Job, new_job
from ..sheet import Sheet
from ..story import Hole, Plan, fill, fit_columns, set_block


def lshape(seed: int, dpi: int) -> Sheet:
    """Three columns; each story has its headline over the first two and goes on in the third."""
    job = new_job("lshape", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    cols = columns(area, 3, job.gutter + job.em * 0.4)
    count = job.rng.choice([2, 3])
    left = [area.y0 + area.height * i / count for i in range(count + 1)]
    right = _third_column(job, area, left)
    for i in range(count):
        _l_story(job, cols, (left[i], left[i + 1]), (right[i], right[i + 1]), i + 1 == count)
    return job.sheet


def _third_column(job: Job, area: Box, left: list[float]) -> list[float]:
    """Where the stories meet in the third column: higher or lower than in the others."""
    shift = area.height * job.rng.uniform(0.07, 0.13) * job.rng.choice([-1, 1])
    return [left[0], *(y + shift for y in left[1:-1]), left[-1]]


def _l_story(
    job: Job,
    cols: list[Box],
    left: tuple[float, float],
    right: tuple[float, float],
    last: bool,
) -> None:
    gap = 0.0 if last else job.em * 2
    pair = Box(cols[0].x0, left[0], cols[1].x1, left[1] - gap)
    third = Box(cols[2].x0, right[0], cols[2].x1, right[1] - gap)
    spot = new_spot(job)
    story = job.desk.take(0.75 * capacity([pair, third], job.body()))
    look = HeadLook(size=job.rng.uniform(2.8, 3.6), align=job.rng.choice(["left", "center"]))
    top = set_head(spot, story, pair, look)
    frames = [Box(c.x0, top, c.x1, pair.y1) for c in cols[:2]]
    fill(spot, story, [*frames, third], Plan(rules=False))
    if not last:
        middle = (cols[1].x1 + cols[2].x0) / 2
        low, high = left[1] - gap / 2, right[1] - gap / 2
        job.rule_across(Box(cols[0].x0, 0, middle, 0), low)
        job.rule_across(Box(middle, 0, cols[2].x1, 0), high)
        job.rule_down(middle, min(low, high), max(low, high))


def boxmid(seed: int, dpi: int) -> Sheet:
    """A boxed sidebar in the middle of another story, whose text runs around it."""
    job = new_job("boxmid", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    style = job.body()
    count = max(4, fit_columns(job, area.width))
    story = job.desk.take(0.6 * capacity([area], style))
    spot = new_spot(job)
    top = set_head(spot, story, area, HeadLook(size=job.rng.uniform(3.6, 4.6)))
    cols = columns(area.below(top), count, job.gutter)
    first = job.rng.randrange(1 if count > 4 else 0, count - 2)
    lines = int(cols[0].height / style.pitch)
    high = int(lines * job.rng.uniform(0.36, 0.44))
    at = int(lines * job.rng.uniform(0.25, 0.38))
    gap = job.em * 0.6
    edge = style.pitch - style.size
    y0 = top + at * style.pitch - edge + gap
    y1 = top + (at + high) * style.pitch - gap
    hole = Box(cols[first].x0, y0, cols[first + 1].x1, y1)
    sidebar(job, hole)
    frames = carve(cols, hole, gap, style.pitch * 2)
    fill(spot, story, frames, Plan())
    return job.sheet


def sidebar(job: Job, box: Box) -> None:
    """A boxed story, its ground white or a light grey."""
    weight = job.rng.choice([1.0, 2.0, 3.0])
    job.border(box, weight, job.rng.choice([255, 255, 236]), job.rng.choice(["solid", "double"]))
    inner = box.inset(job.em * 1.2, job.em * 1.1)
    look = HeadLook(size=job.rng.uniform(2.0, 2.5), face=job.suite.second)
    plan = Plan(columns=fit_columns(job, inner.width, 12.5, 24), head=look, rules=False)
    set_block(job, inner, plan)


def row_bands(seed: int, dpi: int) -> Sheet:
    """Bands under headlines over the full width, divided by rules."""
    job = new_job("bands", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    count = job.rng.choice([3, 3, 4])
    gap = job.em * 2.2
    weights = [job.rng.uniform(0.8, 1.3) for _ in range(count)]
    style = job.rng.choice(["solid", "double", "dotted"])
    for index, band in enumerate(bands(area, weights, gap)):
        if index:
            job.rule_across(band, band.y0 - gap / 2, style)
        cols = fit_columns(job, band.width)
        hole = _band_picture(job, band, cols) if job.rng.random() < 0.5 else None
        look = HeadLook(size=job.rng.uniform(2.6, 3.6), lines=1)
        set_block(job, band, Plan(columns=cols, head=look, hole=hole))
    return job.sheet


def _band_picture(job: Job, band: Box, cols: int) -> Hole:
    first = job.rng.randrange(0, cols - 1)
    return Hole(first, first + 1, 0, max(8, int(band.height / job.pitch * 0.45)))


def briefs(seed: int, dpi: int) -> Sheet:
    """Many short items in narrow columns, each with a small headline."""
    job = new_job("briefs", seed, dpi, NOTE)
    area = page_foot(job, running_head(job))
    label = area.top(job.em * 2.4)
    name = job.rng.choice(["简讯", "一句话新闻", "市井短波", "要闻速览"])
    job.furniture(name, label, replace(job.type(job.suite.kai, job.em * 2.2), pad=0.8), "center")
    rest = area.below(label.y1 + job.em)
    cols = columns(rest, fit_columns(job, rest.width, 11.0, 15.5), job.gutter)
    look = HeadLook(
        size=job.rng.uniform(1.3, 1.7),
        align=job.rng.choice(["center", "left"]),
        byline=False,
        space=0.5,
    )
    set_briefs(job, cols, look)
    for a, b in pairwise(cols):
        job.rule_down((a.x1 + b.x0) / 2, rest.y0, rest.y1)
    return job.sheet
