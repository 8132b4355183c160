"""A whole story set in a block of the page: head, columns, picture, text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .copyfit import copyfit, cut_anywhere
from .extras import put_picture
from .flow import BodyStyle, Flow, FlowLine, capacity, slots
from .geometry import Box, Writing, carve, weighted_columns
from .heads import HeadLook, Spot, new_spot, set_head
from .job import Job
from .setting import place_line
from .sheet import Article, Fragment, SetFrame, SetPara
from .stories import Para, Story

LEAST_PICTURE = 8  # lines


@dataclass(frozen=True)
class Hole:
    """A picture over columns first..last: `at` lines below the top, `lines` lines high."""

    first: int
    last: int
    at: int
    lines: int


@dataclass(frozen=True)
class Plan:
    """How a block is set.

    stretch: lengthen the copy to fill the block; close: fill its end with closing sentences;
    jump: cut it in mid-sentence where the room ends.
    """

    columns: int = 3
    weights: tuple[float, ...] = ()
    head: HeadLook = field(default_factory=HeadLook)
    hole: Hole | None = None
    byline_in_column: bool = False
    tail: str = ""
    continued_on: str = ""
    continued_from: str = ""
    jump: bool = False
    stretch: bool = True
    close: bool = False
    rules: bool | None = None


def set_block(
    job: Job, box: Box, plan: Plan, vertical: bool = False, story: Story | None = None
) -> Article:
    """Set a story in a page box; one is taken from the desk if none is given."""
    spot = new_spot(job, vertical)
    area = spot.writing.canonical(box)
    if story is None:
        story = job.desk.take(0.8 * capacity([area], job.body(vertical)))
    look = replace(plan.head, byline=plan.head.byline and not plan.byline_in_column)
    top = set_head(spot, story, area, look)
    frames = body_frames(job, area.below(top), plan, spot.writing, story.length)
    fill(spot, story, frames, plan)
    return spot.article


def body_frames(job: Job, area: Box, plan: Plan, writing: Writing, chars: int) -> list[Box]:
    """The columns of a block, less a picture, which is placed at once.

    A story of too few characters gets a picture that makes up for it.
    """
    style = job.body(writing.vertical)
    frames = weighted_columns(area, plan.weights or (1.0,) * plan.columns, job.gutter)
    found = plan.hole or (spare_hole(job, frames, style, chars) if plan.stretch else None)
    if found is None:
        return frames
    gap = job.em * 0.6
    hole = hole_box(frames, found, style, gap)
    put_picture(job, writing.to_page(hole))
    return carve(frames, hole, gap, style.pitch + style.size)


def spare_hole(job: Job, cols: list[Box], style: BodyStyle, chars: int) -> Hole | None:
    """A picture as large as the room that the text leaves, or none if that is little."""
    lines = slots(cols[0], style)
    spare = (capacity(cols, style) - 1.12 * chars) / (cols[0].width / style.size)
    most = int(lines * 0.6)
    for wide in range(1 if style.vertical or len(cols) < 3 else 2, len(cols) + 1):
        high = min(most, round(spare / wide))
        if high < LEAST_PICTURE:
            return None
        if spare / wide <= most or wide == len(cols):
            first = job.rng.randrange(0, len(cols) - wide + 1)
            at = job.rng.choice([0, 0, lines - high])
            return Hole(first, first + wide - 1, at, high)
    return None


def hole_box(cols: Sequence[Box], hole: Hole, style: BodyStyle, gap: float) -> Box:
    """The picture's box, such that text below it stays on the line grid."""
    top = cols[0].y0
    y0 = top if hole.at <= 0 else top + hole.at * style.pitch - (style.pitch - style.size) + gap
    y1 = min(top + (hole.at + hole.lines) * style.pitch - gap, cols[0].y1)
    return Box(cols[hole.first].x0, y0, cols[hole.last].x1, y1)


def fill(spot: Spot, story: Story, frames: list[Box], plan: Plan) -> Flow:
    """Set a story's text into its frames, cut or lengthened to fit."""
    desk, style = spot.job.desk, spot.job.body(spot.writing.vertical)
    spot.article.vertical = spot.writing.vertical
    frames = _less_notes(spot, story, list(frames), plan)
    if plan.stretch:
        story = desk.lengthen(story, 0.86 * capacity(frames, style))
    paragraphs = [Para(spot.text(p.text), p.sub) for p in story.paragraphs]
    if plan.jump:
        kept, result = cut_anywhere(paragraphs, frames, style)
    else:
        filler = desk if plan.stretch or plan.close else None
        kept, result = copyfit(paragraphs, frames, style, filler, plan.tail)
    place(spot, kept, result, frames)
    if plan.rules if plan.rules is not None else spot.job.column_rules:
        rule_columns(spot.job, frames, spot.writing)
    return result


def _less_notes(spot: Spot, story: Story, frames: list[Box], plan: Plan) -> list[Box]:
    """Set byline and continuation lines in the columns; the frames less their room."""
    if plan.continued_from:
        spot.article.continued_from = f"上接{plan.continued_from}"
        frames[0] = _note(spot, spot.article.continued_from, frames[0], first=True)
    if plan.byline_in_column and story.byline:
        frames[0] = column_byline(spot, story.byline, frames[0])
    if plan.continued_on:
        spot.article.continued_on = f"下转{plan.continued_on}"
        frames[-1] = _note(spot, spot.article.continued_on, frames[-1], first=False)
    return frames


def column_byline(spot: Spot, text: str, frame: Box) -> Box:
    """The byline at the head of the first column; returns the rest of the column."""
    job = spot.job
    line = job.string(text, frame, spot.type(job.suite.kai, job.em, "byline"), "center")
    line.article = spot.article.index
    spot.article.byline = text
    spot.article.headboxes["byline"] = line.box
    return frame.below(frame.y0 + job.pitch)


def _note(spot: Spot, text: str, frame: Box, first: bool) -> Box:
    """A continuation line at the head of the first frame or the foot of the last."""
    job = spot.job
    at = frame if first else frame.below(frame.y1 - job.em)
    kind = spot.type(job.suite.kai, job.em, "continuation")
    line = job.string(f"（{text}）", at, kind, "left" if first else "right")
    line.article = spot.article.index
    return frame.below(frame.y0 + job.pitch) if first else frame.above(frame.y1 - job.pitch)


def place(spot: Spot, paragraphs: Sequence[Para], result: Flow, frames: Sequence[Box]) -> None:
    """Put flowed lines on the sheet and record frames and fragments."""
    article = spot.article
    article.paragraphs.extend(SetPara(p.text, p.sub) for p in paragraphs)
    used = sorted({line.frame for line in result.lines})
    for index in used:
        inside = [line for line in result.lines if line.frame == index]
        foot = max(line.y + line.size for line in inside)
        box = spot.writing.to_page(frames[index].above(min(frames[index].y1, foot)))
        article.frames.append(SetFrame(box, _fragments(inside, paragraphs)))
    for line in result.lines:
        kind = spot.type(line.face, line.size, "subheading" if line.sub else "body")
        laid = place_line(line.broken, line.x, line.y, kind)
        laid.article, laid.paragraph = article.index, line.paragraph
        laid.frame = used.index(line.frame)
        spot.job.sheet.lines.append(laid)


def _fragments(lines: Sequence[FlowLine], paragraphs: Sequence[Para]) -> list[Fragment]:
    out: list[Fragment] = []
    for index in dict.fromkeys(line.paragraph for line in lines):
        own = [line for line in lines if line.paragraph == index]
        out.append(Fragment(index, paragraphs[index].text[own[0].start : own[-1].end]))
    return out


def rule_columns(job: Job, frames: Sequence[Box], writing: Writing) -> None:
    """Hairlines in the gutters between neighbouring frames."""
    half = job.hairline / 2
    for a in frames:
        for b in frames:
            y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
            if abs(b.x0 - a.x1 - job.gutter) < 1 and y1 - y0 > 3 * job.em:
                x = (a.x1 + b.x0) / 2
                job.rule(writing.to_page(Box(x - half, y0, x + half, y1)))


def fit_columns(job: Job, width: float, low: float = 12.5, high: float = 19.0) -> int:
    """A number of columns whose measure is usual in a newspaper (in em)."""
    fitting = [n for n in range(1, 9) if low <= (width - (n - 1) * job.gutter) / n / job.em <= high]
    return job.rng.choice(fitting) if fitting else max(1, round(width / job.em / 16))
