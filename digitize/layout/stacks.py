"""Lines that make a text together: print is set so, signs hardly ever are.

They are stacked, of one size, flush on a side; or there are many pieces of lines of one size, as
where a detector loses the rest of them on a coarse screen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import Box, to_canonical
from digitize.model import Line

ROWS = 3  # of a block at least
LONG = 10.0  # em: of rows as long as that two are a block, as captions have them
SAME_SIZE = 1.2  # times: sizes are measured on single lines
PITCH = 2.5  # em from row to row at most
FLUSH = 0.6  # em by which edges in line are off
MANY = 6  # pieces of one size
NEAR = 8.0  # em between them
LENGTH = 4.0  # em: a shorter row may stand under another by chance


def in_text(lines: Sequence[Line]) -> frozenset[str]:
    """The ids of the lines that make a text with others."""
    return in_blocks(lines) | _crowded(lines)


def _crowded(lines: Sequence[Line]) -> frozenset[str]:
    """The ids of lines with many of their size near them."""
    boxes = np.array([_corners(line) for line in lines]).reshape(-1, 4)
    ems = np.array([line.em for line in lines])
    found = []
    for line, (x0, y0, x1, y1), em in zip(lines, boxes, ems, strict=True):
        reach = NEAR * em
        alike = np.maximum(ems, em) < SAME_SIZE * np.minimum(ems, em)
        alike &= (boxes[:, 0] < x1 + reach) & (boxes[:, 2] > x0 - reach)
        alike &= (boxes[:, 1] < y1 + reach) & (boxes[:, 3] > y0 - reach)
        if np.count_nonzero(alike) > MANY:  # itself among them
            found.append(line.id)
    return frozenset(found)


def _corners(line: Line) -> tuple[float, float, float, float]:
    box = line.polygon.box
    return box.x0, box.y0, box.x1, box.y1


def in_blocks(lines: Sequence[Line]) -> frozenset[str]:
    """The ids of the lines that are stacked with others."""
    rows = [line for line in lines if line.em > 0 and _box(line).width >= LENGTH * line.em]
    groups: list[list[Line]] = []
    ended: list[list[Line]] = []
    for line in sorted(rows, key=lambda row: _box(row).y0):
        top = _box(line).y0
        ended += [g for g in groups if _is_above(g[-1], top)]
        groups = [g for g in groups if not _is_above(g[-1], top)]
        group = next((g for g in groups if _follows(g[-1], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return frozenset(line.id for group in ended + groups if _is_block(group) for line in group)


def _is_above(row: Line, top: float) -> bool:
    """Whether no row that starts at ``top`` or below can follow this one."""
    return _box(row).center[1] + PITCH * SAME_SIZE * row.em < top


def _is_block(rows: Sequence[Line]) -> bool:
    long = sum(_box(row).width >= LONG * row.em for row in rows)
    return len(rows) >= ROWS or long == len(rows) > 1


def _box(line: Line) -> Box:
    return to_canonical(line.polygon.box, line.writing_mode)


def _follows(above: Line, line: Line) -> bool:
    em = max(above.em, line.em)
    if above.writing_mode is not line.writing_mode or em > SAME_SIZE * min(above.em, line.em):
        return False
    a, b = _box(above), _box(line)
    flush = abs(a.x0 - b.x0) < FLUSH * em or abs(a.x1 - b.x1) < FLUSH * em
    return flush and 0 < b.center[1] - a.center[1] < PITCH * em
