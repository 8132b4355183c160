"""Initials: a first glyph over two rows or more, put back at the head of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.geometry import Box
from digitize.reflow.rows import Row, Scene

LEAST, MOST = 1.6, 6.0  # of the body em: it reaches over two rows or more
BODY = 1.3  # of the body em that the rows beside it have at most
GAP = 1.8  # em between the initial and the rows beside it
TOUCH = 0.4  # em by which boxes of the two may overlap
BESIDE = 2  # rows that start next to it
INDENT = 2.0  # em: a paragraph starts here, and reads as one that is set in


def restore(scene: Scene) -> Scene:
    """The scene with every initial at the head of its paragraph, whose rows stand flush again."""
    taken: dict[tuple[str, ...], Row] = {}
    gone: set[tuple[str, ...]] = set()
    for initial in scene.rows:
        beside = _beside(initial, scene)
        if len(beside) < BESIDE or any(row.ids in taken for row in beside):
            continue
        gone.add(initial.ids)
        taken |= {row.ids: new for row, new in zip(beside, _led(initial, beside), strict=True)}
    if not taken:
        return scene
    rows = tuple(taken.get(row.ids, row) for row in scene.rows if row.ids not in gone)
    return replace(scene, rows=rows)


def _beside(initial: Row, scene: Scene) -> list[Row]:
    """The rows of body type that start right of a large single glyph, from the top."""
    em = scene.em
    size = initial.em / em
    if initial.cross or len(initial.text) != 1 or not LEAST <= size <= MOST:
        return []
    box = initial.box
    rows = [
        row
        for row in scene.rows
        if not row.cross
        and row.em <= BODY * em
        and -TOUCH * em <= row.box.x0 - box.x1 <= GAP * em
        and box.y0 - TOUCH * em <= row.box.center[1] <= box.y1 + TOUCH * em
    ]
    return sorted(rows, key=lambda row: row.box.y0)


def _led(initial: Row, beside: Sequence[Row]) -> list[Row]:
    first, *rest = beside
    left = initial.box.x0
    box = Box(left + INDENT * first.em, first.box.y0, first.box.x1, first.box.y1)
    led = replace(first, ids=(*initial.ids, *first.ids), box=box, text=initial.text + first.text)
    return [led, *(replace(row, box=replace(row.box, x0=left)) for row in rest)]
