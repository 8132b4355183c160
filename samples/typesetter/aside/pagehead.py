"""What stands over and under the stories of a page: running heads, mastheads, feet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ..furniture import masthead, page_foot, running_head
from ..geometry import Box
from ..wording import (
    PAPERS,
    SECTIONS,
    dotted_date,
    editors,
    han_number,
    long_date,
    person,
    some_day,
)
from .house import House

Row = Sequence[tuple[str, float, str]]
"""Texts of one row: text, size in em, align."""


def page_top(house: House) -> Box:
    """A running head of one of several kinds; returns the page under it."""
    kinds: list[Callable[[House], Box]] = [running_head, _one_row, _bar, _under_rule]
    return house.rng.choice(kinds)(house)


def front_top(house: House) -> Box:
    """A masthead of one of several kinds; returns the page under it."""
    kinds: list[Callable[[House], Box]] = [masthead, _name_in_the_middle, _name_at_the_left]
    return house.rng.choice(kinds)(house)


def page_bottom(house: House, area: Box) -> Box:
    """A foot, or none; returns the page above it."""
    draw = house.rng.random()
    if draw < 0.35:
        return area
    if draw < 0.7:
        return page_foot(house, area)
    size = house.em * house.rng.uniform(0.8, 1.0)
    row = area.below(area.y1 - size)
    texts = house.rng.choice(
        [
            [f"本版电话：0{house.rng.randrange(10, 99)}-{house.rng.randrange(10**6, 10**7)}"],
            [f"— {house.rng.randrange(2, 24)} —"],
            [editors(house.rng), f"校对：{person(house.rng)}"],
            [f"投稿邮箱：news{house.rng.randrange(100)}@example.com", "广告热线：5550 1234"],
        ]
    )
    kind = house.type(house.suite.sans, size)
    for text, align in zip(
        texts, ("center",) if len(texts) == 1 else ("left", "right"), strict=True
    ):
        house.furniture(text, row, kind, align)
    return area.above(row.y0 - house.em * 1.4)


def _day(house: House) -> tuple[date, str]:
    day = some_day(house.rng, 1985, 2025)
    style = house.rng.choice([long_date, dotted_date, _plain_date])
    return day, style(day)


def _plain_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"


def _number(house: House) -> str:
    page = house.rng.randrange(2, 24)
    return house.rng.choice([f"A{page:02d}", f"{page:02d}版", f"第{han_number(page)}版", f"{page}"])


def _one_row(house: House) -> Box:
    """Page number, section, date and editors in one row over a rule."""
    area, em, rng = house.content, house.em, house.rng
    big = em * rng.uniform(1.5, 2.2)
    row = area.top(big)
    low = row.below(row.y1 - em * 1.05)
    fourth = area.width / 4
    house.furniture(_number(house), row, house.type(house.suite.sans, big))
    at = replace(row, x0=row.x0 + 0.7 * fourth)
    house.furniture(rng.choice(SECTIONS), at, house.type(house.suite.head, big * 0.8))
    at = replace(low, x0=low.x0 + 1.6 * fourth)
    house.furniture(_day(house)[1], at, house.type(house.suite.sans, em))
    desk = f"编辑：{person(rng)} 美编：{person(rng)}"
    house.furniture(desk, low, house.type(house.suite.sans, em), "right")
    house.rule_across(area, row.y1 + 0.5 * em, "solid", rng.choice([1.0, 2.0, 4.0]))
    return area.below(row.y1 + 1.8 * em)


def _bar(house: House) -> Box:
    """A row of editors and telephone, under it number and date, section and the paper's name."""
    area, em, rng = house.content, house.em, house.rng
    small = house.type(house.suite.sans, em * 0.9)
    names = f"本版编辑：{person(rng)}　校对：{person(rng)}"
    house.furniture(names, area, small)
    house.furniture(f"E-mail：desk{rng.randrange(99)}@example.com", area, small, "right")
    y = area.y0 + 1.3 * em
    house.rule_across(area, y, "solid", 3.0)
    row = area.below(y + 0.7 * em)
    big = em * rng.uniform(2.0, 2.8)
    name = f"第{rng.randrange(2, 16)}版　{_day(house)[1]}"
    house.furniture(
        name, row.below(row.y0 + big - 1.2 * em), house.type(house.suite.sans, em * 1.1)
    )
    section = "·".join(rng.sample(SECTIONS, 2))
    house.furniture(section, row, house.type(house.suite.head, big), "center")
    house.furniture(rng.choice(PAPERS), row, house.type(house.suite.kai, big * 0.9), "right")
    y = row.y0 + big + 0.6 * em
    house.rule_across(area, y)
    return area.below(y + 1.2 * em)


def _under_rule(house: House) -> Box:
    """A rule at the top; under it the paper's name, section and date."""
    area, em, rng = house.content, house.em, house.rng
    house.rule_across(area, area.y0, "double")
    row = area.below(area.y0 + 0.8 * em)
    size = em * rng.uniform(1.1, 1.5)
    kind = house.type(house.suite.kai, size)
    house.furniture(f"{rng.choice(PAPERS)}　{_number(house)}", row, kind)
    middle = replace(house.type(house.suite.head, size * 1.3), pad=0.4)
    house.furniture(rng.choice(SECTIONS), row, middle, "center")
    house.furniture(_day(house)[1], row, kind, "right")
    return area.below(row.y0 + size * 1.3 + 1.4 * em)


def _name_in_the_middle(house: House) -> Box:
    """The paper's name with number and issue at its left, the date in a row under it."""
    area, em, rng = house.content, house.em, house.rng
    size = em * rng.uniform(5.0, 7.0)
    paper = replace(house.type(rng.choice([house.suite.kai, house.suite.head]), size), pad=0.3)
    name = house.furniture(rng.choice(PAPERS), area, paper, "center")
    small = house.type(house.suite.body, em)
    side = Box(area.x0, area.y0, name.box.x0 - em, area.y1)
    house.furniture(f"第{rng.randrange(1200, 9800)}期", side.below(area.y0 + em), small)
    house.furniture(f"今日{rng.choice([8, 12, 24])}版", side.below(area.y0 + 3 * em), small)
    row = area.below(area.y0 + size + 1.6 * em)
    sky = rng.choice(["晴", "多云转晴", "小雨", "阴"])
    low = rng.randrange(-5, 22)
    text = f"{_day(house)[1]}    今日{sky} {low}℃～{low + rng.randrange(4, 11)}℃"
    house.furniture(text, row, house.type(house.suite.sans, em), rng.choice(["left", "center"]))
    house.rule_across(area, row.y0 + 1.8 * em, "solid", 3.0)
    return area.below(row.y0 + 3.2 * em)


def _name_at_the_left(house: House) -> Box:
    """The paper's name at the left, date and number in rows at its right."""
    area, em, rng = house.content, house.em, house.rng
    size = em * rng.uniform(4.0, 5.5)
    paper = replace(house.type(house.suite.kai, size), pad=0.15)
    name = house.furniture(rng.choice(PAPERS), area, paper)
    side = Box(name.box.x1 + 2 * em, area.y0, area.x1, area.y1)
    small = house.type(house.suite.sans, em)
    texts = [_day(house)[1], f"国内统一刊号 CN {rng.randrange(10, 65)}-{rng.randrange(1000, 9999)}"]
    for i, text in enumerate([*texts, f"总第{rng.randrange(1200, 9800)}期"]):
        house.furniture(text, side.below(area.y0 + 0.4 * em + i * 1.5 * em), small)
    y = area.y0 + size + 0.8 * em
    house.rule_across(area, y, "double", 1.5)
    return area.below(y + 1.4 * em)
