"""The masthead as metadata: paper, date, page, section and editors, read from a page's furniture.

Furniture is read row by row, in lines, and in blocks, since a date, a name or a page number may be
set in parts of several sizes. What two readings disagree on is settled by what stands beside it:
the day of the week for the date, the size of the type for names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitize.geometry import Box
from digitize.model import Credit, Masthead
from digitize.reflow import dates, notices, titles, units
from digitize.reflow.rows import Row, Scene
from digitize.reflow.units import Unit
from digitize.text import is_han

HEAD = 0.5  # of the page's height; furniture further down is its foot
NAME_SIZE = 3.0  # of the body em: words that may be a paper's name though they do not sound it
NAME_BY_IMPRINT = 1.6  # the same beside an issue's number or another part of an imprint
SIDE = 6.0  # em between a section's name and the page number beside it
LEAST = 2  # points that make words a section's name
LONG = 8  # characters; a longer name of a section is rare
LARGER = 1.25  # times the usual furniture: the size of a section's name


@dataclass(frozen=True)
class _Furniture:
    """What was found on the page, in every way that it may be read."""

    rows: tuple[Unit, ...]
    lines: tuple[Unit, ...]
    blocks: tuple[Unit, ...]
    page: Box  # around all text
    em: float  # of the body

    @property
    def parts(self) -> tuple[Unit, ...]:
        """Rows and lines, those of the head first."""
        return tuple(sorted((*self.rows, *self.lines), key=lambda u: not self.in_head(u)))

    def in_head(self, unit: Unit) -> bool:
        """Whether the unit stands in the upper half."""
        return unit.box.center[1] < self.page.y0 + HEAD * self.page.height


def read(scene: Scene, found: Sequence[Row]) -> Masthead:
    """What the furniture rows ``found`` of ``scene`` say of the page."""
    if not found:
        return Masthead()
    rows = units.without_doubles(found)
    leftwards = units.runs_to_the_left(rows)
    furniture = _Furniture(
        tuple(units.each(rows, leftwards)),
        tuple(units.lines(rows, leftwards)),
        tuple(units.blocks(rows, leftwards)),
        Box.around(row.box for row in scene.rows),
        scene.em,
    )
    date = _date(furniture)
    page, folio = _page(furniture, date)
    paper = _paper(furniture, page)
    section = _section(furniture, paper, folio)
    return Masthead(paper, date, page, section, _editors(furniture))


def _date(furniture: _Furniture) -> str:
    blocks = sorted(furniture.blocks, key=lambda u: not furniture.in_head(u))
    return dates.choose([notices.normal(u.text) for u in (*furniture.parts, *blocks)])


def _page(furniture: _Furniture, date: str) -> tuple[str, Unit | None]:
    """The page number and where it is printed; one that says what it is before a mere number."""
    day = str(int(date[-2:])) if date else ""
    whole_date = any(d.iso == date for u in furniture.rows for d in dates.find(u.text))
    numbers: list[tuple[str, Unit]] = []
    for unit in (*furniture.parts, *furniture.blocks):
        notice = notices.read(unit.text)
        if notice.folio and not notice.bare_folio:
            return notice.folio, unit
        if notice.bare_folio and (whole_date or notice.folio != day):
            numbers.append((notice.folio, unit))
    outermost = min(numbers, key=lambda n: _from_side(furniture.page, n[1].box), default=None)
    return outermost or ("", None)


def _from_side(page: Box, box: Box) -> float:
    return min(box.x0 - page.x0, page.x1 - box.x1)


def _words(unit: Unit) -> Iterable[str]:
    """The words of ``unit`` that are neither date nor number, name nor address."""
    rest = notices.read(unit.text).rest
    if len(unit.rows) > 1 and unit.spaced:
        rest = ("".join(rest),)
    return [part for word in rest for part in titles.parts(word)]


def _paper(furniture: _Furniture, page: str) -> str:
    """The paper's name: of those that sound like one the largest."""
    names = [(u.em, w) for u in furniture.parts for w in _words(u) if titles.is_paper(w)]
    if names:
        largest = max(em for em, _ in names)
        return max((w for em, w in names if em >= 0.9 * largest), key=len)
    houses = [titles.house(notices.normal(u.text)) for u in furniture.parts]
    if any(houses):
        return next(name for name in houses if name)
    return "" if page else _large_name(furniture)


def _large_name(furniture: _Furniture) -> str:
    """The largest words over a front page, which bears no page number but the paper's imprint."""
    said = [notices.read(u.text) for u in furniture.rows]
    front = any(n.strong and "imprint" in n.kinds for n in said)
    least = NAME_BY_IMPRINT if front else NAME_SIZE
    large = [
        (u.em, w)
        for u in furniture.parts
        for w in _words(u)
        if furniture.in_head(u)
        and u.em >= least * furniture.em
        and titles.may_be_section(w)
        and (front or not titles.is_section(w))
    ]
    return max(large, default=(0.0, ""), key=lambda n: (n[0], len(n[1])))[1]


def _section(furniture: _Furniture, paper: str, folio: Unit | None) -> str:
    """The words in the head that are most like a section's name, if they are like one at all."""
    usual = sorted(u.em for u in furniture.rows)[len(furniture.rows) // 2]
    named = max((u.em for u in furniture.parts if paper in _words(u)), default=math.inf)
    best, name = LEAST - 1, ""
    for unit in furniture.parts:
        for word in _words(unit) if furniture.in_head(unit) else ():
            if word in paper or (paper and paper in word) or not titles.may_be_section(word):
                continue
            # Without a page number: a front page, unless the words are larger than its name.
            points = _points(unit, word, folio) + (unit.em >= LARGER * usual)
            points += 2 * (folio is None and unit.em >= LARGER * max(named, usual))
            if points > best:
                best, name = points, word
    return name


def _points(unit: Unit, word: str, folio: Unit | None) -> int:
    """How much speaks for ``word`` being a section's name."""
    points = 3 * titles.is_section(word) - 2 * (len(word) > LONG)
    if folio is None:
        return points
    if set(unit.rows) & set(folio.rows):
        return points + 3
    reach = SIDE * max(min(row.em for row in unit.rows), min(row.em for row in folio.rows))
    beside = unit.box.overlap_y(folio.box) > 0 or unit.box.overlap_x(folio.box) > 0
    near = -unit.box.overlap_x(folio.box) < reach and -unit.box.overlap_y(folio.box) < reach
    return points + beside + near


def _editors(furniture: _Furniture) -> tuple[Credit, ...]:
    """Everyone named with a post, in reading order, each once."""
    credits: dict[Credit, None] = {}
    for block in furniture.blocks:
        whole = notices.read(block.text).credits
        single = [c for row in block.rows for c in notices.read(row.text).credits]
        for credit in whole if len(whole) >= len(single) else single:
            if len(credit.name) > 1 and any(map(is_han, credit.name)):
                credits.setdefault(credit)
    return tuple(credits)
