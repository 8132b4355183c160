"""Paragraphs: rows in reading order put together, every repaired break on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digitize import text as chars
from digitize.model import Join, Role
from digitize.reflow.edges import Edges
from digitize.reflow.fragments import Fragment
from digitize.reflow.rows import Row

HEAD_CHARS = 40  # a longer row is no subheading
MARGIN = 0.3  # em on both sides of the long row of a centred heading
ALONE = 3.0  # em on both sides of a single glyph that is the rest of a heading
UNEVEN = 0.8  # em by which the two may differ
LARGER = 1.13  # of the body em: a row this much larger is a subheading
CLEARLY_LARGER = 1.22  # the same after a row that breaks off: a few glyphs are measured badly
HEADING_SHORT = 3.0  # em left free after a row that ends no sentence
JUST_SHORT = 1.1  # the same where nothing else tells: pages without indents
CLEARLY_SHORT = 2.5  # em left free: more than justification or a long number can leave


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph before it has a number: its role, rows and repaired breaks."""

    role: Role
    rows: tuple[Row, ...]
    joins: tuple[Join, ...] = ()

    @property
    def text(self) -> str:
        """The rows as one run of text."""
        return chars.without_cjk_spaces(chars.join([row.text for row in self.rows]))

    @property
    def line_ids(self) -> tuple[str, ...]:
        """The lines that the paragraph was read from, in order."""
        return tuple(i for row in self.rows for i in row.ids)


@dataclass(frozen=True)
class Column:
    """What is known of the page when its paragraphs are put together."""

    edges: Mapping[tuple[str, ...], Edges]
    em: float
    indents: bool
    headings: frozenset[tuple[str, ...]] = frozenset()  # rows of subheadings, by their ids


def build(path: Sequence[Fragment], page: Column) -> list[Draft]:
    """The paragraphs of one path of fragments."""
    rows = [(row, i) for i, fragment in enumerate(path) for row in fragment.rows]
    roles = _roles([row for row, _ in rows], page)
    drafts: list[Draft] = []
    for n, (row, part) in enumerate(rows):
        if n == 0:
            drafts.append(Draft(roles[0], (row,)))
            continue
        before, previous_part = rows[n - 1]
        reason = _reason(before, row, page, part != previous_part)
        if roles[n] is not roles[n - 1] or (roles[n] is Role.BODY and reason is None):
            drafts.append(Draft(roles[n], (row,)))
            continue
        joins = drafts[-1].joins
        if part != previous_part and reason is not None:
            joins = (*joins, Join(before.ids[-1], row.ids[0], reason[0], reason[1]))
        drafts[-1] = Draft(roles[n], (*drafts[-1].rows, row), joins)
    return drafts


def _roles(rows: Sequence[Row], page: Column) -> list[Role]:
    following: list[Row | None] = [*rows[1:], None]
    roles = [_role(row, after, page) for row, after in zip(rows, following, strict=True)]
    for i in range(1, len(rows)):
        if roles[i] is Role.SUBHEADING and _rest_of_sentence(rows[i - 1], rows[i], page):
            roles[i] = Role.BODY
    for i in range(len(rows) - 1, 0, -1):
        if roles[i] is Role.SUBHEADING and _first_of_heading(rows[i - 1], page):
            roles[i - 1] = Role.SUBHEADING
    return roles


def _rest_of_sentence(before: Row, row: Row, page: Column) -> bool:
    """Whether a row that looks like a heading by its size only goes on in the row before it."""
    edges, size = page.edges[row.ids], row.em / page.em
    if before.em > LARGER * page.em or row.ids in page.headings:
        return False
    full = page.edges[before.ids].after < JUST_SHORT and not chars.ends_sentence(before.text)
    return full and not edges.indented and size < CLEARLY_LARGER


def _first_of_heading(row: Row, page: Column) -> bool:
    """Whether a row over a subheading is its first: nearly as long as the column, but centred."""
    edges = page.edges[row.ids]
    ends = chars.ends_sentence(row.text) or chars.goes_on(row.text)
    even = abs(edges.before - edges.after) <= UNEVEN
    return not ends and even and min(edges.before, edges.after) >= MARGIN


def _role(row: Row, following: Row | None, page: Column) -> Role:
    edges = page.edges[row.ids]
    ends = chars.ends_sentence(row.text) or chars.goes_on(row.text)
    if chars.is_byline(row.text) and edges.short and _starts(following, page):
        return Role.BYLINE
    if row.ids in page.headings:
        return Role.SUBHEADING
    if len(row.text) <= HEAD_CHARS and not ends:
        if row.em > LARGER * page.em and edges.short:
            return Role.SUBHEADING
        if edges.centred and (len(row.text) > 1 or edges.before >= ALONE):
            return Role.SUBHEADING
    return Role.BODY


def _starts(row: Row | None, page: Column) -> bool:
    return row is None or not page.indents or page.edges[row.ids].indented


def _reason(before: Row, row: Row, page: Column, across: bool) -> tuple[str, float] | None:
    """Why ``row`` goes on in the paragraph of ``before``, and how sure; None if it starts one."""
    previous, edges = page.edges[before.ids], page.edges[row.ids]
    if before.text.rstrip()[-1:] in {"，", "、", ","}:
        return ("open end", 0.95)
    if page.indents and edges.indented:
        return None
    ended = chars.ends_sentence(before.text)
    if (
        not ended
        and previous.after >= (HEADING_SHORT if page.indents else CLEARLY_SHORT)
        and not chars.goes_on(before.text)
    ):
        return None  # nothing but a heading stops short without a full stop
    if not ended:
        return ("open end, unindented start", 0.9)
    if previous.after >= (CLEARLY_SHORT if page.indents else JUST_SHORT):
        return None
    return ("full row, unindented start", 0.7)
