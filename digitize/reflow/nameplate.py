"""A nameplate in a corner: the name of an old paper set upright in a box, with date and imprint.

Stories begin beside it at the head of the page, so it makes no strip. It is found as rows near each
other that say what furniture says, around the paper's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digitize.geometry import Box
from digitize.reflow import notices, titles
from digitize.reflow.rows import Row
from digitize.reflow.sheet import Sheet, apart

DEPTH = 0.5  # of the page's height that a nameplate may take up
WIDTH = 0.35  # of its width
NEAR = 3.0  # em between its rows
SHARE = 0.8  # of a row's letters that are furniture
NAME_SIZE, NAME_CHARS = 1.6, 6  # of the body em, and characters, of a name
INSIDE = 0.7  # of a row's area that lies within the rows found
PLATE = 0.25  # of the page's area that the frame around a nameplate has at most


def find(sheet: Sheet, taken: Sequence[Row]) -> list[Row]:
    """The rows of a nameplate; none where there is none, or where a strip has it already."""
    gone = set(taken)
    free = [row for row in sheet.scene.rows if row in sheet.loose and row not in gone]
    seeds = [row for row in free if _says(sheet, row) and _high(sheet, row.box)]
    best: list[Row] = []
    for seed in seeds:
        if seed not in best:
            group = _grown(sheet, seed, free)
            if _is_nameplate(sheet, group) and len(group) > len(best):
                best = group
    if not best:
        return []
    return _all_of(sheet, best, [row for row in sheet.scene.rows if row not in gone])


def _says(sheet: Sheet, row: Row) -> bool:
    notice = sheet.notice(row)
    return notice.strong and notice.share >= SHARE


def _high(sheet: Sheet, box: Box) -> bool:
    return box.y1 <= sheet.text.y0 + DEPTH * sheet.text.height


def _grown(sheet: Sheet, seed: Row, free: Sequence[Row]) -> list[Row]:
    """The rows around ``seed`` that read like a nameplate's, one near another."""
    em = sheet.scene.em
    group, edge = [seed], [seed]
    rest = [row for row in free if row is not seed and _high(sheet, row.box)]
    rest = [row for row in rest if sheet.notice(row).share >= 0.5 or _name(row)]
    while edge:
        near = [row for row in rest if any(apart(row.box, e.box) <= NEAR * em for e in edge)]
        rest = [row for row in rest if row not in near]
        group += near
        edge = near
    return group


def _name(row: Row) -> bool:
    """Whether the row is a paper's name or, set in single large characters, may be part of one."""
    words = notices.read(row.text).rest
    joined = "".join(words)
    return len(joined) == 1 or titles.is_paper(joined) or titles.is_paper(joined[::-1])


def _is_nameplate(sheet: Sheet, group: Sequence[Row]) -> bool:
    """Whether ``group`` stands in a corner and has a paper's name, or a date and an issue."""
    box = Box.around(row.box for row in group)
    text, em = sheet.text, sheet.scene.em
    corner = box.y0 - text.y0 <= 2 * NEAR * em and (
        min(box.x0 - text.x0, text.x1 - box.x1) <= 2 * NEAR * em
    )
    small = box.width <= WIDTH * text.width
    said = {kind for row in group if _says(sheet, row) for kind in sheet.notice(row).kinds}
    full = {"date", "imprint"} <= said
    return corner and small and len(group) > 2 and (full or _has_name(group))


def _has_name(group: Sequence[Row]) -> bool:
    """Whether rows of ``group`` spell a paper's name: one of them, or single characters in turn."""
    if any(_name(row) and len(row.text) > 1 for row in group):
        return True
    single = [row for row in group if len(row.text) == 1]
    down = "".join(row.text for row in sorted(single, key=lambda row: row.box.y0))
    across = "".join(row.text for row in sorted(single, key=lambda row: row.box.x0))
    return any(titles.is_paper(word) for word in (down, across, across[::-1]))


def _all_of(sheet: Sheet, group: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """What stands in the box around ``group``, or in the frame around that."""
    box = Box.around(row.box for row in group)
    largest = PLATE * sheet.text.area
    frames = [f for f in sheet.frames if f.contains(box.center) and f.area <= largest]
    if frames:
        frame = max(frames, key=lambda f: f.area)
        return [row for row in rows if row in group or frame.contains(row.box.center)]
    loose = [row for row in rows if row in sheet.loose]
    inside = [row for row in loose if row.box.intersection(box) >= INSIDE * row.box.area]
    return list(dict.fromkeys((*group, *inside, *_further_out(sheet, box, loose))))


def _further_out(sheet: Sheet, box: Box, rows: Sequence[Row]) -> Iterator[Row]:
    """Large words between ``box`` and the corner of the page: a name that does not sound it."""
    slack = 0.5 * sheet.scene.em
    right = box.center[0] > sheet.text.center[0]
    for row in rows:
        side = row.box.x0 >= box.x1 - slack if right else row.box.x1 <= box.x0 + slack
        over = row.box.y1 <= box.y0 + slack and row.box.overlap_x(box) > 0
        beside = side and row.box.overlap_y(box) > 0
        large = row.em >= NAME_SIZE * sheet.scene.em and len(row.text) <= NAME_CHARS
        if large and (over or beside) and _high(sheet, row.box):
            yield row
