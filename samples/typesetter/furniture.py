"""Mastheads, running heads and feet."""

from __future__ import annotations

from dataclasses import replace

from .geometry import Box
from .job import Job
from .wording import (
    OLD_PAPERS,
    PAPERS,
    SECTIONS,
    dotted_date,
    editors,
    long_date,
    old_date,
    some_day,
)


def running_head(job: Job, number: str = "") -> Box:
    """Page number, section, paper and date over a rule; returns the page below it."""
    rng, area, em = job.rng, job.content, job.em
    number = number or rng.choice(["A", "B", "", "T"]) + f"{rng.randrange(2, 16):02d}"
    small, big = em * 0.95, em * 1.9
    row = area.top(big)
    low = row.below(row.y0 + big - small * 1.1)
    job.furniture(number, row, job.type(job.suite.sans, big))
    job.furniture(
        rng.choice(SECTIONS), row, replace(job.type(job.suite.head, big * 0.9), pad=0.3), "center"
    )
    stamp = f"{rng.choice(PAPERS)}　{dotted_date(some_day(rng))}"
    job.furniture(stamp, low, job.type(job.suite.sans, small), "right")
    y = row.y1 + em * 0.55
    job.rule_across(area, y, rng.choice(["solid", "double", "solid"]), 2.0)
    return area.below(y + em * 1.1)


def page_foot(job: Job, area: Box) -> Box:
    """Editors and a hot-line at the foot; returns the page above them."""
    size = job.em * 0.85
    row = area.below(area.y1 - size)
    job.furniture(editors(job.rng), row, job.type(job.suite.sans, size))
    line = f"新闻热线：{job.rng.randrange(2000000, 8999999)}"
    job.furniture(line, row, job.type(job.suite.sans, size), "right")
    y = row.y0 - job.em * 0.6
    job.rule_across(area, y)
    return area.above(y - job.em * 0.9)


def masthead(job: Job) -> Box:
    """The name of the paper with its date line; returns the page below."""
    rng, area, em = job.rng, job.content, job.em
    paper = rng.choice(PAPERS)
    size = em * rng.uniform(5.2, 6.6)
    face = rng.choice([job.suite.kai, job.suite.head])
    middle = Box(area.x0 + area.width * 0.24, area.y0, area.x1 - area.width * 0.24, area.y1)
    job.furniture(paper, middle, replace(job.type(face, size), pad=0.22), "center")
    _ears(job, area.top(size))
    y = area.y0 + size * 1.16
    job.rule_across(area, y, "solid", 3.0)
    row = area.below(y + em * 0.45)
    size = em * 0.9
    day = some_day(rng)
    job.furniture(long_date(day), row, job.type(job.suite.sans, size))
    issue = f"第{rng.randrange(1200, 9800)}期　今日{rng.choice([8, 12, 16, 24])}版"
    job.furniture(issue, row, job.type(job.suite.sans, size), "center")
    code = f"国内统一连续出版物号 CN 99-{rng.randrange(1000, 9999):04d}"
    job.furniture(code, row, job.type(job.suite.sans, size), "right")
    y = row.y0 + em * 1.35
    job.rule_across(area, y)
    return area.below(y + em * 1.2)


def _ears(job: Job, row: Box) -> None:
    """Boxes left and right of the paper's name."""
    rng, em = job.rng, job.em
    wide = min(row.width * 0.19, em * 11)
    left = Box(row.x0, row.y0 + em * 0.4, row.x0 + wide, row.y1 - em * 0.1)
    low = rng.randrange(-4, 20)
    weather = rng.choice(["晴转多云", "小雨", "多云", "阴有阵雨"])
    _ear(job, left, ["今日天气", weather, f"{low}~{low + rng.randrange(5, 12)}℃"])
    right = Box(row.x1 - wide, left.y0, row.x1, left.y1)
    post = f"邮发代号 {rng.randrange(10, 99)}-{rng.randrange(10, 99)}"
    _ear(job, right, ["新闻热线", f"{rng.randrange(2000000, 8999999)}", post])


def _ear(job: Job, box: Box, rows: list[str]) -> None:
    job.border(box)
    pitch = box.height / len(rows)
    size = min(job.em, pitch * 0.7)
    for index, row in enumerate(rows):
        at = box.inset(job.em * 0.3, 0).below(box.y0 + index * pitch + (pitch - size) / 2)
        job.furniture(row, at, job.type(job.suite.sans, size), "center")


def old_masthead(job: Job) -> Box:
    """An old paper: the name and date in a row over the tiers."""
    rng, area, em = job.rng, job.content, job.em
    row = area.top(em * 1.2)
    job.furniture(f"第{rng.choice('二三四')}版", row, job.type(job.suite.body, em), "left")
    job.furniture(
        rng.choice(OLD_PAPERS), row, replace(job.type(job.suite.kai, em * 1.25), pad=1.0), "center"
    )
    job.furniture(old_date(some_day(rng, 1927, 1948)), row, job.type(job.suite.body, em), "right")
    y = row.y1 + em * 0.5
    job.rule_across(area, y, "double", 1.5)
    return area.below(y + em * 0.8)
