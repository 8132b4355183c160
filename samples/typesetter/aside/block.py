"""One story set in its columns: head, insets, text, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..flow import Flow, capacity, slots
from ..geometry import Box
from ..heads import Spot
from ..stories import Para, Story
from ..wording import person
from . import insets
from .composing import fit, place
from .heading import Plan, column_byline, head_inside, snapped, under_head, under_lying_head
from .house import House, HouseStyle, house_of
from .insets import Columns
from .printable import UnprintableError

LEAST_TEXT = 45  # characters of a story
MOST_BLANK = 9  # lines that may stay free at its end


def set_story(spot: Spot, cols: Sequence[Box], plan: Plan) -> list[Box]:
    """Set a story in canonical columns, the text cut to fill them.

    Returns the holes kept free for boxed stories.
    """
    house = house_of(spot)
    body = house.body(spot.writing.vertical)
    style = replace(body, initial=plan.initial, face=plan.face or body.face)
    spot.article.vertical = spot.writing.vertical
    story = house.copy.passage(0.95 * capacity(cols, style), plan.subs)
    if plan.lying:
        frames = under_lying_head(spot, story, cols, plan)
        made = Columns.of(frames, style)
    elif plan.head_down:
        made = Columns.of([snapped(spot, c) for c in cols], style)
        made.cut(head_inside(spot, story, cols, plan), 0.7 * style.size)
    else:
        frames = under_head(spot, story, list(cols), plan)
        if plan.byline == "column" and story.byline:
            frames[0] = column_byline(spot, story.byline, frames[0])
        made = Columns.of(frames, style)
    boxes = _insets(spot, made, plan, story)
    _text(spot, story, made, plan)
    if plan.rules:
        rule_columns(house, made, spot)
    return boxes


def _insets(spot: Spot, columns: Columns, plan: Plan, story: Story) -> list[Box]:
    """Put the plan's insets into the columns; the holes kept for boxed stories."""
    house = house_of(spot)
    boxes: list[Box] = []
    upright = spot.writing.vertical
    for kind in plan.insets:
        # Between vertical lines a large sentence would pass for a headline.
        if kind == "quote" and upright:
            continue
        if kind == "half":
            hole = insets.wrapped(house, columns)
        elif kind == "quote":
            hole = insets.inset(house, columns, 1, (5, 7))
        elif kind in ("wide", "box-wide"):
            lines = (8, 16) if kind == "wide" else (14, 22)
            wide = min(2, len(columns.pieces))
            hole = insets.inset(house, columns, wide, lines)
        else:
            hole = insets.inset(house, columns, 1, (7, 13) if kind == "column" else (13, 22))
        if hole is None:
            continue
        if kind.startswith("box"):
            boxes.append(hole)
        elif kind == "quote":
            insets.pull_quote(spot, hole, spot.text(_quote(story)))
        else:
            insets.picture(spot, hole)
    return boxes


def _quote(story: Story) -> str:
    """A short sentence of the story."""
    text = max((p.text for p in story.paragraphs), key=len)
    parts = [part for part in text.replace("！", "。").split("。") if 10 <= len(part) <= 32]
    return min(parts, key=len) if parts else text[:20]


def _text(spot: Spot, story: Story, columns: Columns, plan: Plan) -> None:
    """The running text through the columns."""
    boxes = columns.boxes
    paragraphs = [Para(spot.text(p.text), p.sub) for p in story.paragraphs]
    while paragraphs and paragraphs[0].sub:
        del paragraphs[0]
    if plan.byline == "lead":
        paragraphs[0] = Para(_lead(spot) + paragraphs[0].text)
    kept, result, cut = fit(paragraphs, boxes, columns.style, plan.cut)
    if _blank(result, boxes, columns.style) > MOST_BLANK:
        kept, result, cut = fit(paragraphs, boxes, columns.style, cut=True)
    if _blank(result, boxes, columns.style) > MOST_BLANK:
        raise UnprintableError("empty columns")
    if plan.byline == "tail" and not cut and story.byline and kept:
        tail = Para(kept[-1].text + f"（{story.byline.strip('□')}）")
        longer, flowed, _ = fit([*kept[:-1], tail], boxes, columns.style, False)
        if longer and longer[-1] == tail and len(longer) == len(kept):
            kept, result = longer, flowed
    if sum(len(p.text) for p in kept) < LEAST_TEXT:
        raise UnprintableError("a story without text")
    place(spot, kept, result, (boxes, columns.owners))
    spot.article.paragraphs[-1].cut = cut


def _blank(result: Flow, boxes: Sequence[Box], style: HouseStyle) -> int:
    """Free lines after the end of the text."""
    last = result.lines[-1] if result.lines else None
    rest = list(boxes) if last is None else list(boxes[last.frame + 1 :])
    if last is not None:
        rest.append(boxes[last.frame].below(last.y + style.pitch))
    return sum(slots(box, style) for box in rest)


def _lead(spot: Spot) -> str:
    house = house_of(spot)
    if house.suite.script == "hant":
        return "【本報訊】"
    name = person(house.rng)
    return house.rng.choice(
        [
            "本报讯 ",
            "本报讯　",
            f"本报讯（记者 {name}）",
            f"本报讯 记者{name}报道：",
            f"本报记者{name}报道　",
        ]
    )


def rule_columns(house: House, columns: Columns, spot: Spot) -> None:
    """Hairlines in the gutters, beside text only."""
    half = house.hairline / 2
    for left, right in pairwise(columns.pieces):
        for a in left:
            for b in right:
                y0, y1 = max(a.box.y0, b.box.y0), min(a.box.y1, b.box.y1)
                if y1 - y0 > 3 * house.em:
                    x = (a.box.x1 + b.box.x0) / 2
                    house.rule(spot.writing.to_page(Box(x - half, y0, x + half, y1)))
