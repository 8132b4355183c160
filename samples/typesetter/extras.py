"""Pictures with captions, adverts and tables."""

from __future__ import annotations

from .breaking import Broken, break_line
from .geometry import Box
from .job import Job
from .setting import place_line
from .sheet import Table
from .tokens import tokenize
from .wording import ADVERTS, CAPTIONS, OLD_ADVERTS, OLD_CAPTIONS, TABLES


def put_picture(job: Job, box: Box, caption: bool = True, kind: str | None = None) -> None:
    """A picture in a page box, its caption under it inside the box."""
    if not caption:
        job.picture(box, kind)
        return
    old = job.suite.script == "hant"
    text = job.pick(OLD_CAPTIONS if old else CAPTIONS)
    size = job.em * 0.92
    lines = _wrap(job, text, box.width, size)
    foot = box.y1 - len(lines) * size * 1.25
    job.picture(box.above(foot - job.em * 0.2), kind)
    job.sheet.captions.append(text)
    for index, broken in enumerate(lines):
        x = box.x0 + max(0.0, (box.width - broken.length * size) / 2) * (len(lines) == 1)
        y = foot + index * size * 1.25
        line = place_line(broken, x, y, job.type(job.suite.kai, size, "caption"))
        job.sheet.lines.append(line)


def _wrap(job: Job, text: str, width: float, size: float) -> list[Broken]:
    tokens = tokenize(text, job.suite.kai, False, squeeze=True)
    lines: list[Broken] = []
    at = 0
    while at < len(tokens):
        lines.append(break_line(tokens, at, width / size, 0.0, False))
        at = lines[-1].end
    return lines


def put_advert(job: Job, box: Box) -> None:
    """A boxed advert: a big line and smaller ones, over a picture if there is room."""
    old = job.suite.script == "hant"
    rows = job.pick(OLD_ADVERTS if old else ADVERTS).split("|")
    job.border(box, 2.0, style=job.rng.choice(["solid", "double"]))
    inner = box.inset(job.em, job.em * 0.9)
    size = min(inner.width / max(4, len(rows[0])) * 0.9, inner.height * 0.3, job.em * 5)
    small = min(size * 0.6, inner.height * 0.14, job.em * 1.5)
    sizes = [size] + [min(small, inner.width / len(row)) for row in rows[1:]]
    high = sum(s * 1.5 for s in sizes)
    y = inner.y0 + max(0.0, inner.height - high) / 2
    if inner.height > high * 1.8:
        job.picture(
            inner.top(inner.height - high - job.em), job.rng.choice(["landscape", "street"])
        )
        y = inner.y1 - high
    for row, here, face in zip(rows, sizes, [job.suite.head] + [job.suite.sans] * 2, strict=True):
        job.string(row, inner.below(y), job.type(face, here, "advert"), "center")
        y += here * 1.5
    job.sheet.adverts.append("\n".join(rows))


def put_table(job: Job, box: Box) -> None:
    """A small ruled table."""
    rows = [row.split() for row in job.rng.choice(TABLES)]
    high = box.height / len(rows)
    wide = box.width / len(rows[0])
    job.border(box)
    size = min(job.em, high * 0.62)
    for r, row in enumerate(rows):
        y = box.y0 + r * high
        if r:
            job.rule_across(box, y)
        for c, text in enumerate(row):
            cell = Box(box.x0 + c * wide, y + (high - size) / 2, box.x0 + (c + 1) * wide, y + high)
            job.string(text, cell, job.type(job.suite.sans, size, "table"), "center")
    for c in range(1, len(rows[0])):
        job.rule_down(box.x0 + c * wide, box.y0, box.y1)
    job.sheet.tables.append(Table(box, rows))
