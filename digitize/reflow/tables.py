"""Tables: text in a lattice of rules leaves the columns and is kept row by row.

A lattice is a group of rules that touch each other, three or more each way. Its cells are what lies
between neighbouring rules; a table's rows become paragraphs, a tab between cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from digitize import text as chars
from digitize.geometry import Box
from digitize.model import Role
from digitize.reflow.articles import Story
from digitize.reflow.paragraphs import Draft
from digitize.reflow.rows import Row, Scene

TOUCH = 0.6  # em within which rules meet
LEAST = 3  # rules each way: two rows by two columns
SPAN = 0.5  # of the lattice that a rule between rows or columns runs
CELLS = 4  # with text in them; fewer are boxes around stories
CELL_TEXT = 60  # characters of a cell, at most: longer ones are stories in a grid of rules


def find(scene: Scene) -> list[Story]:
    """The tables of a page as stories, a paragraph for every row."""
    found = []
    for across, down in _lattices(scene):
        box = Box.around([*across, *down])
        rows = [r for r in scene.rows if not r.cross and box.contains(r.box.center)]
        bands = _cuts([r.center[1] for r in across if r.width > SPAN * box.width], scene.em)
        columns = _cuts([r.center[0] for r in down if r.height > SPAN * box.height], scene.em)
        cells = _cells(rows, bands, columns)
        few = len(bands) < LEAST or len(columns) < LEAST or len(cells) < CELLS
        if few or max(len(c.text) for c in cells.values()) > CELL_TEXT:
            continue
        drafts = tuple(
            Draft(Role.TABLE, tuple(cells[at] for at in sorted(cells) if at[0] == band))
            for band in sorted({band for band, _ in cells})
        )
        found.append(Story(drafts, box))
    return found


def _lattices(scene: Scene) -> list[tuple[list[Box], list[Box]]]:
    """The groups of rules that touch each other, across and down apart."""
    groups: list[tuple[list[Box], list[Box]]] = []
    reach = TOUCH * scene.em
    every = [(rule, True) for rule in scene.across] + [(rule, False) for rule in scene.down]
    for rule, is_across in every:
        near = [g for g in groups if any(_touch(rule, r, reach) for side in g for r in side)]
        groups = [g for g in groups if g not in near]
        merged = ([r for g in near for r in g[0]], [r for g in near for r in g[1]])
        merged[0 if is_across else 1].append(rule)
        groups.append(merged)
    return [g for g in groups if min(len(g[0]), len(g[1])) >= LEAST]


def _touch(a: Box, b: Box, reach: float) -> bool:
    return a.overlap_x(b) > -reach and a.overlap_y(b) > -reach


def _cuts(places: Sequence[float], em: float) -> list[float]:
    """Where rules run, those nearer than an em as one."""
    cuts: list[float] = []
    for place in sorted(places):
        if not cuts or place - cuts[-1] > em:
            cuts.append(place)
    return cuts


def _cells(
    rows: Sequence[Row], bands: Sequence[float], columns: Sequence[float]
) -> dict[tuple[int, int], Row]:
    """The text of every cell as one row, by the numbers of its band and column."""
    cells: dict[tuple[int, int], Row] = {}
    for row in sorted(rows, key=lambda r: (r.box.y0, r.box.x0)):
        x, y = row.box.center
        at = (bisect_right(bands, y), bisect_right(columns, x))
        cells[at] = _joined(cells[at], row) if at in cells else row
    return cells


def _joined(cell: Row, row: Row) -> Row:
    box = Box.around([cell.box, row.box])
    return replace(cell, ids=(*cell.ids, *row.ids), box=box, text=chars.join([cell.text, row.text]))
