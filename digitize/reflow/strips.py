"""Strips of furniture over the head and along the foot of a page.

Rows that say what only furniture says anchor a strip: dates, page numbers, editors, issues, with
nothing of a story between them and the page's edge. The strip reaches as far in as they do, or to a
long rule just behind them; what else stands loose in it goes with them, unless it reads like a
headline, a byline or a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digitize.geometry import Box
from digitize.reflow import dates, folios
from digitize.reflow.rows import Row
from digitize.reflow.sheet import LARGE, Sheet, apart, is_title, upright
from digitize.text import is_han

ZONE_TOP = 0.22  # of the page: a masthead is no deeper
ZONE_BOTTOM = 0.07
LEAST = 5.0  # em that a zone is deep even on a cutting
NEAR = 2.5  # em of body type between rows of one strip
FIRST = 0.5  # of the zone's depth: the paper's name, drawn or not read, may stand between anchors
SHARE = 0.6  # of an anchor's letters that are furniture
SHARE_LARGE = 0.9  # the same in type larger than LARGER em of body type
LARGER = 1.5
WEAK_SHARE = 0.8  # of a row that says what adverts say too: telephone, weather, price
INTO = 1.0  # em that columns of text may reach into a strip
BELOW = 1.3  # of the body em; larger words between the anchors and the rule may be a headline
BANNER = 3.0  # of the body em; larger words that name no section are a headline, without a rule
BANNER_TEXT = 6  # characters; the same of longer ones
STICKS_OUT = 0.3  # of a large title's height that may lie outside of the strip
CORNER = 3.0  # em from the page's edges within which a mere number is a page number
TABLE = 10.0  # em over which a number below another shows a table


@dataclass(frozen=True)
class _End:
    """One end of the page; distances are measured inwards from it."""

    sheet: Sheet
    top: bool

    def start(self, box: Box) -> float:
        text = self.sheet.text
        return box.y0 - text.y0 if self.top else text.y1 - box.y1

    def end(self, box: Box) -> float:
        text = self.sheet.text
        return box.y1 - text.y0 if self.top else text.y1 - box.y0

    def half(self, row: Row) -> float:
        return (self.start(row.box) + self.end(row.box)) / 2

    @property
    def em(self) -> float:
        return self.sheet.scene.em

    @property
    def depth(self) -> float:
        zone = (ZONE_TOP if self.top else ZONE_BOTTOM) * self.sheet.text.height
        return max(zone, LEAST * self.em)


DASHED = re.compile(r"\s*([—–\-·•~～])+\s*\d{1,4}\s*([—–\-·•~～])+\s*$")  # "— 11 —"


def find(sheet: Sheet, top: bool) -> list[Row]:
    """The furniture at one end of the page."""
    end = _End(sheet, top)
    deep = [row for row in sheet.loose if end.end(row.box) <= end.depth]
    near = sorted(
        (row for row in deep if sheet.alone(row) and not sheet.advert(row)),
        key=lambda row: (end.start(row.box), row.ids),
    )
    anchors = _anchors(end, near)
    if not any(_strong(end, row) for row in anchors):
        return []
    edge = _edge(end, anchors, near)
    rule = _closing(end, edge)
    if rule is not None:
        return [row for row in near if _before_rule(end, row, edge, rule)]
    shared = any(end.start(row.box) < edge - INTO * end.em for row in sheet.body)
    strip = _Strip(tuple(anchors), edge, shared)
    return [row for row in near if row in anchors or _goes_with(end, row, strip)]


@dataclass(frozen=True)
class _Strip:
    """A strip that no rule closes; columns of text reach into it where it is ``shared``."""

    anchors: tuple[Row, ...]
    edge: float
    shared: bool


def _edge(end: _End, anchors: Sequence[Row], near: Sequence[Row]) -> float:
    """How far in the anchors reach, and names next to them: small ones, and in Latin letters."""
    edge = max(end.end(row.box) for row in anchors)
    for row in near:
        latin = not any(map(is_han, row.text)) and any(map(str.isalpha, row.text))
        gap = end.start(row.box) - edge
        title = gap <= 0 and row.em < LARGE * end.em and is_title(row.text)
        if title or (latin and -row.em < gap <= NEAR * end.em):
            edge = max(edge, end.end(row.box))
    return edge


def _anchors(end: _End, near: Sequence[Row]) -> list[Row]:
    """The run of rows from the page's edge that say what furniture says."""
    found: list[Row] = []
    reach = 0.0
    gap = max(NEAR * end.em, FIRST * end.depth)
    for row in near:
        if not _is_anchor(end, row) or _covered(end, row, near):
            continue
        behind = bool(found) and _behind_rule(end, row, reach) and not _says_the_day(end, row)
        if behind or end.start(row.box) > reach + gap:
            break
        found.append(row)
        reach = max(reach, end.end(row.box))
    return found


def _says_the_day(end: _End, row: Row) -> bool:
    """Whether a row at the head names the day with its weekday or its page, and little else."""
    notice = end.sheet.notice(row)
    dated = "date" in notice.kinds and (bool(dates.weekdays(notice.text)) or bool(notice.folio))
    return end.top and dated and notice.strong and notice.share >= WEAK_SHARE


def _is_anchor(end: _End, row: Row) -> bool:
    if upright(row):
        return False  # beside a story's headline as well as in a nameplate
    frame = end.sheet.framed(row)
    if frame is not None and not (end.top and end.end(frame) <= end.depth + NEAR * end.em):
        return False
    return _strong(end, row) or (
        end.sheet.notice(row).share >= WEAK_SHARE and not end.sheet.notice(row).bare_folio
    )


def _strong(end: _End, row: Row) -> bool:
    """Whether the row shows by itself that furniture is here."""
    notice = end.sheet.notice(row)
    if notice.bare_folio and not notice.strong:
        return _in_corner(end, row)
    if not end.top and notice.kinds == {"date"} and not dates.weekdays(notice.text):
        return False  # the day under a story signed by its author
    large = row.em > LARGER * end.em
    clear = not large or bool(dates.weekdays(notice.text)) or all(map(is_title, notice.rest))
    return notice.strong and notice.share >= (SHARE if clear else SHARE_LARGE)


def _in_corner(end: _End, row: Row) -> bool:
    """Whether a mere number is a page's: in a corner, between dashes, or beside a section's name.

    It must head no column of numbers.
    """
    titled, em, text = is_title(row.text), end.em, end.sheet.text
    side = min(row.box.x0 - text.x0, text.x1 - row.box.x1)
    dashed = DASHED.match(row.text) and abs(row.box.center[0] - text.center[0]) < CORNER * em
    cornered = side <= CORNER * em and folios.parted(end.sheet.notice(row).text)
    if not (titled or dashed or cornered):
        return False
    if end.start(row.box) > CORNER * em:
        return False
    return not any(
        other is not row
        and other.text.strip().isdigit()
        and other.box.overlap_x(row.box) > 0
        and apart(other.box, row.box) < TABLE * em
        for other in end.sheet.scene.rows
    )


def _covered(end: _End, row: Row, near: Sequence[Row]) -> bool:
    """Whether something of a story stands between the row and the page's edge."""
    limit = end.start(row.box) + 0.5 * min(row.em, end.em)
    loose = set(near)
    for other in end.sheet.scene.rows:
        if other is row or other.box.overlap_x(row.box) <= 0 or end.end(other.box) > limit:
            continue
        story = other not in loose or not end.sheet.plausible(other)
        if story or (end.sheet.headline(other) and not _closed(end, row)):
            return True
    return False


def _closed(end: _End, row: Row) -> bool:
    return _closing(end, end.end(row.box)) is not None


def _behind_rule(end: _End, row: Row, reach: float) -> bool:
    """Whether a long rule behind the rows so far parts the row from them."""
    start = end.start(row.box)
    between = [
        r
        for r in end.sheet.long_rules
        if reach - 0.5 * end.em <= end.start(r) and end.end(r) <= start + 0.5 * end.em
    ]
    return bool(between) and start > max(map(end.end, between)) + 1.5 * end.em


def _closing(end: _End, edge: float) -> float | None:
    """How far in the rule lies that closes a strip; no column of text may reach out beyond it."""
    slack = 0.5 * end.em
    rules = [
        (end.start(r) + end.end(r)) / 2
        for r in end.sheet.long_rules
        if edge - slack <= (end.start(r) + end.end(r)) / 2 <= edge + NEAR * end.em
    ]
    if not rules:
        return None
    rule = min(rules)
    outside = any(end.start(row.box) < rule - INTO * end.em for row in end.sheet.body)
    return None if outside else rule


def _before_rule(end: _End, row: Row, edge: float, rule: float) -> bool:
    if end.end(row.box) > rule + 0.5 * end.em:
        return False
    small = row.em <= BELOW * end.em and end.sheet.plausible(row)
    return end.half(row) <= edge or small


def _goes_with(end: _End, row: Row, strip: _Strip) -> bool:
    """Whether a row among the anchors is furniture, where no rule closes the strip.

    In a shared strip only what stands beside an anchor goes.
    """
    if end.half(row) > strip.edge or not end.sheet.plausible(row):
        return False
    if end.sheet.headline(row):
        out = end.end(row.box) > strip.edge + STICKS_OUT * row.box.height
        if out or row.em > BANNER * end.em or len(row.text) > BANNER_TEXT:
            return False
    if not strip.shared:
        return True
    beside = any(apart(row.box, anchor.box) <= NEAR * end.em for anchor in strip.anchors)
    return beside and (is_title(row.text) or end.sheet.notice(row).share >= WEAK_SHARE)
