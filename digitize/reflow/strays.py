"""Furniture that stands by itself: editors at the end of a column, a date along the page's side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from digitize.geometry import Box
from digitize.reflow import editors, notices
from digitize.reflow.fragments import Fragment
from digitize.reflow.notices import Notice
from digitize.reflow.rows import Row
from digitize.reflow.sheet import Sheet

ROWS = 4  # of a fragment that is furniture on its own
WHOLE = 0.9  # of its letters that read as furniture
LAST_WHOLE = 0.95  # of a column's last row
LAST_TEXT = 40  # characters of such a row
SIDE = 1.5  # em from the outermost text: what stands here runs along the page's side
MARGIN = 0.5  # em by which such a row lies outside of the text of the page
LONG_IMPRINT = 20  # characters: a shorter one may be the number of a lottery


def find(sheet: Sheet, taken: Sequence[Row]) -> list[Row]:
    """The rows of such furniture; ``taken`` are those found elsewhere."""
    gone = set(taken)
    free = list(_without(sheet.pieces, gone))
    found = [row for f in free if _is_furniture(sheet, f) for row in f.rows]
    found += [row for f in free for row in _last(sheet, f)]
    found += [row for row in sheet.scene.rows if notices.is_ornament(row.text)]
    found += _at_sides(sheet, [row for f in free for row in f.rows])
    return [row for row in dict.fromkeys(found) if row not in gone]


def _without(pieces: Iterable[Fragment], gone: Set[Row]) -> Iterator[Fragment]:
    """``pieces`` without the rows that are ``gone``."""
    for piece in pieces:
        rows = tuple(row for row in piece.rows if row not in gone)
        if rows:
            yield piece if len(rows) == len(piece.rows) else Fragment(rows)


def _is_furniture(sheet: Sheet, fragment: Fragment) -> bool:
    """Whether a short fragment says nothing but who made the page, or how to reach the paper."""
    if len(fragment.rows) > ROWS or len(fragment.text) > notices.MAX_TEXT:
        return False
    if any(sheet.framed(row) for row in fragment.rows):
        return False  # an advert's
    notice = notices.read(" ".join(row.text for row in fragment.rows))
    return notice.strong and notice.share >= WHOLE and _of_the_paper(notice)


def _of_the_paper(notice: Notice) -> bool:
    """Whether no story and no advert says this, wherever it stands on the page."""
    if "editors" in notice.kinds and notice.credits:
        return True
    if "contact" in notice.kinds and "date" not in notice.kinds:
        return True
    return notice.kinds == {"imprint"} and len(notice.text) >= LONG_IMPRINT


def _last(sheet: Sheet, fragment: Fragment) -> Iterator[Row]:
    """The last rows of a column where they name the page's editors."""
    for row in reversed(fragment.rows):
        if len(row.text) > LAST_TEXT or not editors.posts(row.text):
            return
        notice = sheet.notice(row)
        if not notice.strong or not notice.credits or notice.share < LAST_WHOLE:
            return
        yield row


def _at_sides(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Row]:
    """Dates and page numbers along the page's left or right side, outside of all columns."""
    em = sheet.scene.em
    columns = [row.box for row in sheet.body]
    if not columns:
        return
    inner = Box.around(columns)
    for row in rows:
        outside = max(inner.x0 - row.box.x1, row.box.x0 - inner.x1)
        if outside > -MARGIN * em:
            notice = sheet.notice(row)
            if notice.strong and notice.share >= WHOLE:
                yield row
