"""Paragraphs: rows in reading order put together, every repaired break on record."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from digitize import text as chars
from digitize.model import Join, Role
from digitize.reflow.breaks import JUST_SHORT, Break, Column, judge
from digitize.reflow.fragments import Fragment
from digitize.reflow.rows import Row

HEAD_CHARS = 40  # a longer row is no subheading
MARGIN = 0.3  # em on both sides of the long row of a centred heading
AT_THE_RIGHT = 3.0  # em before a byline that ends with the column
ALONE = 3.0  # em on both sides of a single glyph that is the rest of a heading
UNEVEN = 0.8  # em by which the two may differ
LARGER = 1.13  # of the body em: a row this much larger is a subheading
SPACED = 0.25  # em more than the usual leading between paragraphs that are set apart
CLEARLY_LARGER = 1.22  # the same after a row that breaks off: a few glyphs are measured badly


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph before it has a number: its role, rows and repaired breaks."""

    role: Role
    rows: tuple[Row, ...]
    joins: tuple[Join, ...] = ()
    doubts: tuple[Join, ...] = ()  # of the cuts, joined or not, at its start and within it

    def with_row(self, row: Row, join: Join | None) -> Draft:
        """The paragraph with ``row`` added; ``join`` is the record where a cut was repaired."""
        joins = self.joins if join is None else (*self.joins, join)
        return replace(self, rows=(*self.rows, row), joins=joins)

    def with_doubt(self, join: Join) -> Draft:
        """The paragraph with a note of a place that someone should look at."""
        return replace(self, doubts=(*self.doubts, join))

    @property
    def text(self) -> str:
        """The rows as one run of text; of a table, its cells with tabs between them."""
        if self.role is Role.TABLE:
            return "\t".join(chars.without_cjk_spaces(row.text) for row in self.rows)
        return chars.without_cjk_spaces(chars.join([row.text for row in self.rows]))

    @property
    def line_ids(self) -> tuple[str, ...]:
        """The lines that the paragraph was read from, in order."""
        return tuple(i for row in self.rows for i in row.ids)


def build(path: Sequence[Fragment], page: Column) -> list[Draft]:
    """The paragraphs of one path of fragments."""
    rows = [(row, i) for i, fragment in enumerate(path) for row in fragment.rows]
    roles = _roles([row for row, _ in rows], page)
    usual = _usual_pitch(path)
    drafts = [Draft(roles[0], (rows[0][0],))]
    for (before, last), (row, part), role in zip(rows, rows[1:], roles[1:], strict=False):
        cut = part != last
        apart = _pitch(before, row) > usual + SPACED
        verdict = judge(before, row, page, Break(cut, apart))
        body = role is Role.BODY
        one = role is drafts[-1].role and (verdict.joined or not body)
        join = Join(before.ids[-1], row.ids[0], verdict.reason, verdict.score, one)
        if one:
            drafts[-1] = drafts[-1].with_row(row, join if cut and verdict.joined else None)
        else:
            drafts.append(Draft(role, (row,)))
        if body and cut and verdict.doubtful and role is drafts[-1].role:
            drafts[-1] = drafts[-1].with_doubt(join)
    return drafts


def _usual_pitch(path: Sequence[Fragment]) -> float:
    """From row to row in a path's fragments, in em."""
    pitches = [_pitch(a, b) for f in path for a, b in pairwise(f.rows)]
    return statistics.median(pitches) if pitches else inf


def _pitch(before: Row, row: Row) -> float:
    """How far below ``before`` stands ``row``, in em; minus infinity in another column."""
    if before.box.overlap_x(row.box) <= 0:
        return -inf
    return (row.box.center[1] - before.box.center[1]) / before.em


def _roles(rows: Sequence[Row], page: Column) -> list[Role]:
    following: list[Row | None] = [*rows[1:], None]
    roles = [_role(row, after, page) for row, after in zip(rows, following, strict=True)]
    for i in range(1, len(rows)):
        if roles[i] is Role.BYLINE and _at_the_end(rows[i - 1], rows[i], page):
            roles[i] = Role.BODY
        if roles[i] is Role.SUBHEADING and _rest_of_sentence(rows[i - 1], rows[i], page):
            roles[i] = Role.BODY
    for i in range(len(rows) - 1, 0, -1):
        if roles[i] is Role.SUBHEADING and _first_of_heading(rows[i - 1], page):
            roles[i - 1] = Role.SUBHEADING
    return roles


def _at_the_end(before: Row, row: Row, page: Column) -> bool:
    """Whether a byline stands in brackets at the end of the last paragraph, on a row of its own."""
    flush = not page.edges[row.ids].indented and not page.edges[before.ids].short
    return row.text[:1] in {"（", "("} and flush


def _rest_of_sentence(before: Row, row: Row, page: Column) -> bool:
    """Whether a row that looks like a heading by its size only goes on in the row before it."""
    edges, size = page.edges[row.ids], row.em / page.em
    if before.em > LARGER * page.em or row.ids in page.headings:
        return False
    full = page.edges[before.ids].after < JUST_SHORT and chars.breaks_off(before.text)
    return full and not edges.indented and size < CLEARLY_LARGER


def _first_of_heading(row: Row, page: Column) -> bool:
    """Whether a row over a subheading is its first: nearly as long as the column, but centred."""
    edges = page.edges[row.ids]
    even = abs(edges.before - edges.after) <= UNEVEN
    return chars.ends_bare(row.text) and even and min(edges.before, edges.after) >= MARGIN


def _role(row: Row, following: Row | None, page: Column) -> Role:
    edges = page.edges[row.ids]
    aside = edges.short or edges.before >= AT_THE_RIGHT or row.text[:1] in {"（", "("}
    if chars.is_byline(row.text) and aside and _starts(following, page):
        return Role.BYLINE
    if row.ids in page.headings:
        return Role.SUBHEADING
    if len(row.text) <= HEAD_CHARS and chars.ends_bare(row.text):
        if row.em > LARGER * page.em and edges.short:
            return Role.SUBHEADING
        middle = edges.centred and (len(row.text) > 1 or edges.before >= ALONE)
        if page.marks and middle and _starts(following, page):
            return Role.SUBHEADING
    return Role.BODY


def _starts(row: Row | None, page: Column) -> bool:
    return row is None or not page.indents or page.edges[row.ids].indented
