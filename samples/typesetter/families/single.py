"""Pages of one long article, with equal or unequal columns."""

from __future__ import annotations

from ..flow import capacity
from ..furniture import page_foot, running_head
from ..geometry import Box, columns
from ..heads import HeadLook, new_spot, set_head
from ..job import SMALL, Job, new_job
from ..sheet import Sheet
from ..story import Hole, Plan, fill, fit_columns, set_block


def one(seed: int, dpi: int) -> Sheet:
    """One long article in three to five columns, a picture over one or two of them."""
    job = new_job("one", seed, dpi, SMALL)
    area = page_foot(job, running_head(job))
    count = job.rng.choice([3, 4, 4, 5])
    plan = Plan(
        columns=count,
        head=HeadLook(size=job.rng.uniform(3.6, 5.0), align=job.rng.choice(["center", "left"])),
        hole=_hole(job, area, count),
        byline_in_column=job.rng.random() < 0.3,
    )
    set_block(job, area, plan)
    return job.sheet


def _hole(job: Job, area: Box, count: int) -> Hole:
    """Where the picture stands: at the head, in the middle or at the foot of its columns."""
    rng = job.rng
    wide = rng.choice([1, 2, 2])
    first = rng.randrange(0, count - wide + 1)
    lines = int(area.height / job.pitch)
    high = int(lines * (0.2 if wide == 1 else 0.28))
    return Hole(first, first + wide - 1, rng.choice([0, int(lines * 0.3), int(lines * 0.22)]), high)


def mixedmeasure(seed: int, dpi: int) -> Sheet:
    """Columns of different widths: side by side, or a wide opening over narrow columns."""
    job = new_job("mixedmeasure", seed, dpi, SMALL)
    area = page_foot(job, running_head(job))
    if job.rng.random() < 0.5:
        weights = job.rng.choice([(1.7, 1.0, 1.0), (1.0, 1.0, 1.8), (1.0, 1.5, 1.0), (2.0, 1.0)])
        wide = max(range(len(weights)), key=lambda i: weights[i])
        hole = Hole(wide, wide, job.rng.choice([0, 14, 24]), 16)
        look = HeadLook(size=job.rng.uniform(3.4, 4.6))
        set_block(job, area, Plan(weights=weights, head=look, hole=hole))
    else:
        _wide_opening(job, area)
    return job.sheet


def _wide_opening(job: Job, area: Box) -> None:
    """The story opens over two columns' width and goes on in single columns."""
    style = job.body()
    story = job.desk.take(0.7 * capacity([area], style))
    spot = new_spot(job)
    top = set_head(spot, story, area, HeadLook(size=job.rng.uniform(3.4, 4.6)))
    cols = columns(area.below(top), max(4, fit_columns(job, area.width)), job.gutter)
    lines = job.rng.randrange(8, 13)
    edge = top + lines * style.pitch
    span = 2 if len(cols) == 4 else 3
    first = Box(cols[0].x0, top, cols[span - 1].x1, edge - style.pitch + style.size)
    low = [c.below(edge) for c in cols[:span]]
    fill(spot, story, [first, *low, *cols[span:]], Plan(rules=False))
