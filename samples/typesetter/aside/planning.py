"""The look of one story, by the room it has: headline, insets, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..geometry import Box, Writing, columns
from ..heads import new_spot
from .block import set_story
from .display import Head
from .heading import Plan
from .house import House
from .partition import Strand, level

MEASURE = (9.5, 17.0)  # em of a column
AMID = 2.6  # em: a headline amid its text must not pass for a section heading
BOX_MEASURE = (9.5, 22.0)


def column_count(house: House, width: float, measure: tuple[float, float] = MEASURE) -> int:
    """A number of columns with a measure that can be set; the nearest if there is none."""

    def of(count: int) -> float:
        return (width - (count - 1) * house.gutter) / count / house.em

    fitting = [n for n in range(2, 9) if measure[0] <= of(n) <= measure[1]]
    if fitting:
        return house.rng.choice(fitting)
    return max((n for n in range(1, 9) if of(n) >= measure[0]), default=1)


def head_span(house: House, shape: Sequence[Strand], whole: bool) -> tuple[int, int, bool]:
    """The columns under the headline, and whether it stands amid the text."""
    rng, even, count = house.rng, level(shape), len(shape)
    if even < count:
        return 0, rng.choice([even, even, max(1, even - 1)]) - 1, False
    draw = rng.random()
    if whole or count == 1 or draw < 0.6:
        return 0, count - 1, False
    if draw < 0.85:
        return 0, rng.randint(1, count - 1) - 1, False
    tall = shape[0].r1 - shape[0].r0 > 8
    if count < 4 or not tall:
        return 0, count - 1, False
    return 1, count - 2, draw > 0.92


def story_plan(house: House, cells: Sequence[Box], span: tuple[int, int, bool]) -> Plan:
    """The look of one story, by the width of its headline and the room it has."""
    rng, (first, last, inside) = house.rng, span
    wide = last - first + 1
    height = min(c.height for c in cells[first : last + 1])
    roomy = height > 26 * house.em
    size = head_size(house, wide, roomy)
    head = Head(
        size=max(size, AMID) if inside else size,
        lines=3 if wide == 1 else rng.choice([1, 2, 2]),
        align=house.head_align,
        face=rng.choice([None, None, house.suite.second]),
        kicker=roomy and wide > 1 and rng.random() < 0.3,
        subtitle=roomy and wide > 1 and rng.random() < 0.3,
        byline=house.byline_at == "stack" and not inside,
        space=rng.uniform(0.7, 1.3),
    )
    return Plan(
        head=head,
        first=first,
        last=last,
        cut=rng.random() < 0.5,
        byline=house.byline_at,
        initial=rng.choice([2, 3]) if rng.random() < 0.12 else 0,
        subs=rng.choice([0.0, 0.12, 0.25]),
        insets=story_insets(house, cells) if not inside else (),
        rules=house.column_rules,
        head_down=height * rng.uniform(0.3, 0.4) if inside else 0.0,
    )


def head_size(house: House, wide: int, roomy: bool) -> float:
    """Headlines over more columns are larger."""
    low, high = {1: (1.7, 2.2), 2: (2.0, 3.0), 3: (2.5, 3.8)}.get(wide, (3.0, 5.2))
    return house.rng.uniform(low, high) * (1.0 if roomy else 0.8)


def story_insets(house: House, cells: Sequence[Box]) -> tuple[str, ...]:
    """What stands in the columns of a story, by its room."""
    rng, em = house.rng, house.em
    room = sum(c.width * c.height for c in cells) / (em * em)
    chosen: list[str] = []
    if room > 900 and len(cells) > 2 and rng.random() < 0.45:
        chosen.append("wide")
    if room > 500 and rng.random() < 0.35:
        chosen.append("half" if cells[0].width > 14 * em and rng.random() < 0.5 else "column")
    if room > 700 and rng.random() < 0.15:
        chosen.append("quote")
    if room > 1500 and len(cells) > 2 and rng.random() < 0.25:
        chosen.append(rng.choice(["box", "box-wide"]) if cells[0].width > 11 * em else "box-wide")
    return tuple(chosen)


def set_boxed(house: House, writing: Writing, box: Box) -> None:
    """A story in a drawn frame, in columns of its own measure."""
    rng, em = house.rng, house.em
    tint = rng.choice([255, 255, 236, 226])
    style = rng.choice(["solid", "solid", "double"])
    house.border(writing.to_page(box), rng.choice([1.0, 2.0, 3.0]), tint, style)
    inner = box.inset(em * rng.uniform(0.9, 1.4), em * rng.uniform(0.9, 1.3))
    count = column_count(house, inner.width, BOX_MEASURE)
    cells = columns(inner, count, house.gutter)
    plan = story_plan(house, cells, (0, count - 1, False))
    if rng.random() < 0.25:
        plan = replace(plan, face=house.suite.kai)
    set_story(new_spot(house, writing.vertical), cells, plan)
