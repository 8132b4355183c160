"""The page the program was first asked to read: one report cut in mid-word by a column.

The second section's heading and the beginning of its first paragraph stand at the foot of a
column; the word 任务 is cut there, and the next column begins with its second half.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..breaking import break_line
from ..extras import put_advert, put_picture
from ..flow import BodyStyle, Flow, FlowLine, flow
from ..fonts import face
from ..geometry import Box, columns
from ..heads import HeadLook, Spot, new_spot, set_head
from ..job import Job, Paper, new_job, restyled
from ..sheet import Sheet
from ..stories import Story, library
from ..story import column_byline, place, rule_columns
from ..tokens import tokenize

CUT = "规划目标任"
FAR = 10**6


@dataclass(frozen=True)
class Measure:
    """A column width in px at which a line of the cut paragraph ends with CUT."""

    width: float
    paragraph: int
    chars: int


def zaozhuang_story() -> Story:
    return next(s for s in library() if s.kind == "zaozhuang")


def find_measure(story: Story, style: BodyStyle) -> Measure | None:
    """The narrowest such measure from 17 to 22 em."""
    index = next(i for i, p in enumerate(story.paragraphs) if CUT in p.text)
    text = story.paragraphs[index].text
    chars = text.index(CUT) + len(CUT)
    tokens = tokenize(text, style.face, False, style.squeeze)
    for step in range(100):
        ems = 17.0 + step * 0.05
        at, indent = 0, style.indent
        while at < len(tokens) and tokens[at].start < chars:
            at, indent = break_line(tokens, at, ems, indent, style.hang).end, 0.0
        if at < len(tokens) and tokens[at].start == chars:
            return Measure(ems * style.size, index, chars)
    return None


def choose_measure(job: Job, story: Story) -> tuple[BodyStyle, Measure]:
    """A body face and a measure; half-width figures never give the wanted break."""
    keys = ["serif-sc", "sans-sc", "gbsn", "zenhei", "microhei", "ukai-cn", "uming-cn"]
    job.rng.shuffle(keys)
    for key in ["serif-sc", *keys] if job.sheet.seed == 0 else keys:
        job.suite = replace(job.suite, body=face(key))
        job.sheet.font = job.suite.body.name
        style = restyled(job.body(), sub_scale=1.0)
        measure = find_measure(story, style)
        if measure is not None:
            return style, measure
    raise ValueError("no measure breaks the line at the wanted word")


def _cut_line(result: Flow, measure: Measure) -> FlowLine:
    """The line that ends with CUT."""
    return next(
        line
        for line in result.lines
        if line.paragraph == measure.paragraph and line.end == measure.chars
    )


def lines_to_cut(story: Story, style: BodyStyle, measure: Measure, first: int) -> int:
    """How many lines of a second column the text takes up to the cut.

    The first column holds `first` lines; 0 means that there is only the second.
    """
    boxes = [Box(0, 0, measure.width, FAR * style.pitch)]
    if first:
        boxes.insert(0, Box(0, 0, measure.width, (first - 1) * style.pitch + style.size))
    result = flow(story.paragraphs, boxes, style)
    line = _cut_line(result, measure)
    return round(line.y / style.pitch) + 1 if line.frame == len(boxes) - 1 else 0


def lines_after(story: Story, style: BodyStyle, measure: Measure) -> int:
    """How many lines the text takes after the cut."""
    head = lines_to_cut(story, style, measure, 0)
    boxes = [
        Box(0, 0, measure.width, (head - 1) * style.pitch + style.size),
        Box(0, 0, measure.width, FAR),
    ]
    result = flow(story.paragraphs, boxes, style)
    return round(result.lines[-1].y / style.pitch) + 1


def _job(name: str, seed: int, dpi: int) -> Job:
    job = new_job(name, seed, dpi, Paper(points=(9.2, 9.6, 10.0)))
    job.indent = 2.0
    job.leading = job.rng.choice([1.36, 1.4])
    return job


def _furniture(job: Job) -> None:
    """What stood around the report: paper and date, section, hot-line."""
    area, em = job.content, job.em
    job.furniture("找记者 上壹点", area, job.type(job.suite.sans, em * 1.05))
    job.furniture(
        "读者热线>>> 5289997", area.below(area.y0 + em * 1.5), job.type(job.suite.sans, em)
    )
    job.furniture("今日枣庄", area, replace(job.type(job.suite.head, em * 2.2), pad=0.3), "center")
    job.furniture("齐鲁晚報 2024.2.6 星期二", area, job.type(job.suite.sans, em * 1.05), "right")
    low = area.below(area.y0 + em * 1.5)
    job.furniture(
        "责编：高松　美编：张静　组版：李华", low, job.type(job.suite.sans, em * 0.9), "right"
    )
    job.rule_across(area, area.y0 + em * 3.1, "solid", 2.0)


def _box_below_furniture(job: Job) -> Box:
    return job.content.below(job.content.y0 + job.em * 4.6)


def _resize(job: Job, width: float, height: float) -> None:
    job.sheet.width, job.sheet.height = round(width), round(height)


def _head(spot: Spot, story: Story, box: Box, size: float, byline: bool = True) -> float:
    look = HeadLook(size=size, lines=1, align="center", space=1.2, byline=byline)
    return set_head(spot, story, box, look)


def _set(spot: Spot, story: Story, frames: list[Box], style: BodyStyle) -> None:
    result = flow(story.paragraphs, frames, style)
    if result.stop is not None:
        raise ValueError("the report does not fit its frames")
    place(spot, story.paragraphs, result, frames)


def two_columns(seed: int, dpi: int) -> Sheet:
    """Two columns beside a strip of pictures; the cut is at the foot of the first."""
    job = _job("zaozhuang-2col", seed, dpi)
    story = zaozhuang_story()
    style, measure = choose_measure(job, story)
    first = lines_to_cut(story, style, measure, 0)
    after = lines_after(story, style, measure)
    rows = max(after + 9, first + 9)
    strip = measure.width * 0.95
    wide = measure.width * 2 + strip + job.gutter * 2 + job.em
    _resize(job, wide + job.margin * 2, FAR)
    _furniture(job)
    box = _box_below_furniture(job)
    spot = new_spot(job)
    top = _head(spot, story, box, 4.6)
    foot = top + (rows - 1) * job.pitch + job.em
    left = Box(box.x0, top, box.x0 + measure.width, foot)
    right = Box(left.x1 + job.gutter, top, left.x1 + job.gutter + measure.width, foot)
    start = foot - (first - 1) * job.pitch - job.em
    put_picture(job, left.above(start - job.em * 0.7))
    end = top + (after - 1) * job.pitch + job.em
    put_picture(job, right.below(end + job.em * 0.7))
    _set(spot, story, [left.below(start), right.above(end + 1)], style)
    _strip(job, Box(right.x1 + job.gutter + job.em, top, box.x1, foot))
    _resize(job, job.sheet.width, foot + job.margin)
    return job.sheet


def _strip(job: Job, box: Box) -> None:
    """Pictures and an advert beside the report."""
    job.rule_down(box.x0 - job.gutter / 2 - job.em / 2, box.y0, box.y1)
    third = (box.height - job.em * 2.4) / 3
    put_picture(job, box.top(third), kind="street")
    second = box.below(box.y0 + third + job.em * 1.2)
    put_picture(job, second.top(third), kind="landscape")
    put_advert(job, box.below(box.y1 - third))


def four_columns(seed: int, dpi: int) -> Sheet:
    """Four columns; the cut is at the foot of the second."""
    job = _job("zaozhuang-4col", seed, dpi)
    story = zaozhuang_story()
    style, measure = choose_measure(job, story)
    first = _halves(story, style, measure)
    after = lines_after(story, style, measure)
    rows = -(-after // 2) + 13
    wide = measure.width * 4 + job.gutter * 3
    _resize(job, wide + job.margin * 2, FAR)
    _furniture(job)
    box = _box_below_furniture(job)
    spot = new_spot(job)
    top = _head(spot, story, box, 5.6, first[0] == first[1])
    foot = top + (rows - 1) * job.pitch + job.em
    cols = columns(Box(box.x0, top, box.x1, foot), 4, job.gutter)
    frames = _four_frames(job, cols, first, (after + 1) // 2 + 1)
    if first[1] == first[0] + 1:
        row = frames[0].below(frames[0].y0 - job.pitch)
        column_byline(spot, story.byline, row)
    _set(spot, story, frames, style)
    rule_columns(job, frames, job.writing(False))
    rest = box.below(foot + job.em * 1.6).top(job.pitch * 21)
    _below(job, rest)
    _resize(job, job.sheet.width, rest.y1 + job.margin)
    return job.sheet


def _halves(story: Story, style: BodyStyle, measure: Measure) -> tuple[int, int]:
    """Lines of the first and the second column; the first has room for a byline, or none."""
    total = lines_to_cut(story, style, measure, 0)
    pairs = [(n, lines_to_cut(story, style, measure, n)) for n in range(total // 2 - 3, total)]
    return min((p for p in pairs if p[1]), key=lambda p: abs(p[1] - p[0] - 0.5))


def _four_frames(job: Job, cols: list[Box], first: tuple[int, int], later: int) -> list[Box]:
    """A picture over the first two columns and one under the last two."""
    foot = cols[0].y1
    starts = [foot - (n - 1) * job.pitch - job.em for n in first]
    above = min(starts) - job.em * 0.8
    put_picture(job, Box(cols[0].x0, cols[0].y0, cols[1].x1, above), kind="street")
    ends = cols[0].y0 + (later - 1) * job.pitch + job.em
    put_picture(job, Box(cols[2].x0, ends + job.em * 0.8, cols[3].x1, foot), kind="landscape")
    head = [c.below(start) for c, start in zip(cols[:2], starts, strict=True)]
    return head + [c.above(ends + 1) for c in cols[2:]]


def _below(job: Job, box: Box) -> None:
    """A wide picture and adverts fill the page under the report."""
    job.rule_across(box, box.y0 - job.em * 0.7)
    left, right = columns(box, 2, job.gutter)
    put_picture(job, left, kind="harvest")
    upper, lower = right.above((right.y0 + right.y1) / 2 - job.em / 2), right
    put_advert(job, upper)
    put_advert(job, lower.below(upper.y1 + job.em))
