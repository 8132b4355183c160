"""Old papers: tiers of vertical lines read from the right, in traditional characters."""

from __future__ import annotations

from ..extras import put_advert, put_picture
from ..furniture import old_masthead
from ..geometry import Box, bands, weighted_columns
from ..heads import HeadLook
from ..job import OLD, Job, new_job
from ..sheet import Sheet
from ..story import Plan, set_block


def vertical(seed: int, dpi: int) -> Sheet:
    """An old paper: blocks of two to four tiers, headlines vertical at the right."""
    job = new_job("vertical", seed, dpi, OLD)
    job.sheet.vertical = True
    job.indent = job.rng.choice([0.0, 0.0, 1.0, 2.0])
    job.column_rules = job.rng.random() < 0.6
    job.leading = job.rng.choice([1.3, 1.38, 1.45])
    area = old_masthead(job)
    gap = job.em * 1.9
    for index, row in enumerate(bands(area, _weights(job), gap)):
        if index:
            job.rule_across(area, row.y0 - gap / 2, job.rng.choice(["solid", "double"]))
        _row(job, row, gap, index)
    return job.sheet


def _weights(job: Job) -> list[float]:
    return job.rng.choice([[1.0, 1.0], [1.35, 1.0], [1.0, 1.2], [1.0, 0.9, 0.7]])


def _row(job: Job, row: Box, gap: float, index: int) -> None:
    """Two blocks side by side, the first at the right."""
    weights = job.rng.choice([[1.0, 1.3], [1.5, 1.0], [1.0, 1.0]])
    first, second = weighted_columns(row, weights, gap)[::-1]
    job.rule_down(second.x1 + gap / 2, row.y0, row.y1)
    _story(job, first)
    # A low row has no room for a picture over an advert.
    if index == 1 and row.height > job.em * 26:
        second = _filler(job, second)
    _story(job, second)


def _filler(job: Job, block: Box) -> Box:
    """A picture or an advert at the left end of the block; returns the rest."""
    wide = max(job.em * 7.5, block.width * 0.3)
    part = Box(block.x0, block.y0, block.x0 + wide, block.y1)
    upper, lower = bands(part, [1.0, 1.0], job.em * 1.2)
    put_picture(job, upper)
    put_advert(job, lower)
    return Box(part.x1 + job.em, block.y0, block.x1, block.y1)


def _story(job: Job, block: Box) -> None:
    tiers = max(2, round(block.height / (job.em * job.rng.uniform(12, 17))))
    look = HeadLook(size=job.rng.uniform(2.4, 3.4), lines=2, align="center", space=0.7)
    set_block(job, block, Plan(columns=tiers, head=look), vertical=True)
