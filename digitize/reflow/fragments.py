"""Fragments: rows of one size stacked into pieces of a column, cut where something intervenes."""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow.rows import Row, Scene, body_em

MAX_LEADING = 1.15  # em between two rows' boxes; wider and a new fragment begins
EXTRA_LEADING = 0.4  # em more than the page's usual leading: a heading or a byline stands apart
SAME_SIZE = 1.22  # sizes of rows in one fragment; a line's measured em is off by up to 10 %
SHORT = 3  # characters of a row whose em is measured badly: its outline stands off the glyphs
SAME_SIZE_SHORT = 1.3  # the same where such a row ends a paragraph or a heading
SET_IN = 0.75  # em: the least indent that papers use is one
WHOLE = 1.0  # em: the indent of a paragraph for certain
LONG = 4  # rows of a column that shows its indents
SHARE = 0.04  # of rows that are set in where paragraphs are
INDENT = 2.75  # em by which left edges of one column may differ
CAPTION_ROWS = 4
CAPTION_GAP = 1.6  # em between a picture and its caption
MIN_OVERLAP = 0.5  # of the narrower row, in x


@dataclass(frozen=True)
class Fragment:
    """Rows that follow each other down one column."""

    rows: tuple[Row, ...]

    @cached_property
    def box(self) -> Box:
        """Around all rows."""
        return Box.around(row.box for row in self.rows)

    @cached_property
    def em(self) -> float:
        """The em of most characters."""
        return body_em(self.rows)

    @property
    def set_in(self) -> bool:
        """Whether the first row is set in as that of a paragraph, by a whole glyph."""
        return self.rows[0].box.x0 - self.box.x0 >= WHOLE * self.em

    @property
    def cross(self) -> bool:
        """Whether the rows run at right angles to the page's main direction."""
        return self.rows[0].cross

    @property
    def text(self) -> str:
        """The rows' text, run together."""
        return "".join(row.text for row in self.rows)


def stack(scene: Scene, rows: Sequence[Row]) -> list[Fragment]:
    """Group ``rows`` into fragments, each row in exactly one.

    Two rows belong together when each is the other's nearest neighbour down the column and no
    rule or picture runs between them.
    """
    rows = sorted(rows, key=lambda row: (row.box.center[1], row.box.x0))
    places = [row.box.center[1] for row in rows]
    below = {i: _nearest_below(i, rows, places, scene) for i in range(len(rows))}
    captions = _caption_rows(below, rows, scene)
    above: dict[int, list[int]] = {}
    for i, j in below.items():
        if j is not None:
            above.setdefault(j, []).append(i)
    follows = {
        i: j
        for i, j in below.items()
        if j is not None
        and _only(i, above[j], rows)
        and not _forks(i, j, rows, places)
        and _alike(rows[i], rows[j])
        and (i in captions) == (j in captions)
    }
    follows = _evenly_set(follows, rows)
    starts = sorted(set(range(len(rows))) - set(follows.values()))
    return [Fragment(tuple(_chain(i, follows, rows))) for i in starts]


def _caption_rows(below: dict[int, int | None], rows: Sequence[Row], scene: Scene) -> set[int]:
    """The rows under pictures down to one that reads like the end of a caption."""
    found: set[int] = set()
    for start, row in enumerate(rows):
        if not any(_under(row, picture) for picture in scene.pictures):
            continue
        run, i = [start], below[start]
        while i is not None and len(run) < CAPTION_ROWS:
            run.append(i)
            i = below[i]
        last = max((n for n, k in enumerate(run) if chars.is_caption(rows[k].text)), default=-1)
        if last >= 0 and len(run) < CAPTION_ROWS and len(run) - last <= 2:
            last = len(run) - 1  # its last row, set apart from the text below
        found.update(run[: last + 1])
    return found


def _under(row: Row, picture: Box) -> bool:
    """Whether ``row`` is the first one below ``picture``."""
    gap = row.box.y0 - picture.y1
    shared = row.box.overlap_x(picture)
    return -row.em < gap < CAPTION_GAP * row.em and shared > 0.6 * row.box.width


def _evenly_set(follows: dict[int, int], rows: Sequence[Row]) -> dict[int, int]:
    """``follows`` without the pairs set wider apart than the leading of the page or the column."""
    gaps = {i: (rows[j].box.y0 - rows[i].box.y1) / rows[i].em for i, j in follows.items()}
    if not gaps:
        return follows
    usual = statistics.median(gaps.values())
    even: dict[int, int] = {}
    for start in set(follows) - set(follows.values()):
        column = _followed(start, follows)
        own = sorted(gaps[i] for i in column)[len(column) // 4] if len(column) >= LONG else usual
        leading = max(usual, own)  # a comment or an editorial may be set wider than the news
        even |= {i: follows[i] for i in column if gaps[i] <= leading + EXTRA_LEADING}
    return even


def _followed(start: int, follows: dict[int, int]) -> list[int]:
    """The rows from ``start`` down that another one follows."""
    found, i = [], start
    while i in follows:
        found.append(i)
        i = follows[i]
    return found


def _chain(start: int, follows: dict[int, int], rows: Sequence[Row]) -> list[Row]:
    return [rows[start], *(rows[follows[i]] for i in _followed(start, follows))]


def _only(i: int, rivals: Sequence[int], rows: Sequence[Row]) -> bool:
    """Whether ``i`` alone stands above the row: a spanning row has no single column above it."""
    return all(i == k or rows[k].box.y1 < rows[i].box.y0 for k in rivals)


def _forks(i: int, j: int, rows: Sequence[Row], places: Sequence[float]) -> bool:
    """Whether row ``i`` spans several columns that begin below it, of which ``j`` is but one."""
    upper, lower = rows[i].box, rows[j].box
    low = bisect_left(places, lower.y0)
    high = bisect_right(places, lower.y1)
    return any(
        k.box.overlap_x(lower) < 0 and k.box.overlap_x(upper) > 0.5 * k.box.width
        for k in rows[low:high]
    )


def _nearest_below(
    i: int, rows: Sequence[Row], places: Sequence[float], scene: Scene
) -> int | None:
    """The row next below row ``i`` in its column, if it is near and nothing stands between.

    ``rows`` are sorted by ``places``, their middles down the page.
    """
    row, best, distance = rows[i], None, float("inf")
    # A row of the same size further down than this cannot be near enough.
    last = row.box.y1 + MAX_LEADING * row.em + row.box.height
    for j in range(bisect_right(places, places[i]), bisect_right(places, last)):
        other = rows[j]
        gap = other.box.y0 - row.box.y1
        if -0.6 * row.em < gap < distance and _over_each_other(row, other):
            best, distance = j, gap
    if best is None or distance > MAX_LEADING * min(row.em, rows[best].em):
        return None
    return None if _interrupted(row.box, rows[best].box, scene) else best


def _over_each_other(row: Row, other: Row) -> bool:
    """Whether two rows share a column: they overlap, or start near each other.

    A paragraph's last row may be a single glyph, and the next row indented past it.
    """
    shared = row.box.overlap_x(other.box)
    if shared >= MIN_OVERLAP * min(row.box.width, other.box.width):
        return True
    em = max(row.em, other.em)
    return shared > -2 * em and abs(row.box.x0 - other.box.x0) <= INDENT * em


def _interrupted(upper: Box, lower: Box, scene: Scene) -> bool:
    """Whether a rule or picture runs between two rows."""
    x0, x1 = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
    gap = Box(x0, upper.center[1], x1, lower.center[1])
    return any(
        rule.overlap_x(gap) > 0.5 * gap.width and gap.y0 < rule.center[1] < gap.y1
        for rule in (*scene.across, *scene.pictures)
    )


def _byline_over(a: Row, b: Row) -> bool:
    """Whether ``a`` is a byline, and not the first row of the paragraph of ``b``."""
    full = a.box.x1 > b.box.x1 - 0.8 * a.em and -a.em < a.box.x0 - b.box.x0 < INDENT * a.em
    return chars.is_byline(a.text) and not full


def _byline_under(a: Row, b: Row) -> bool:
    """Whether ``b`` is a byline and not the rest of the sentence of ``a``."""
    # What goes on in a sentence starts with its column, or with the row before.
    level = b.box.x0 < a.box.x0 + a.em
    rest = level and not chars.ends_sentence(a.text) and a.box.x1 > b.box.x1 - a.em
    if chars.opens_with_source(b.text) and b.box.x1 > a.box.x1 - a.em:
        return False  # the first words of a story, to the row's end
    # In brackets and flush with the text it stands at the end of the last paragraph.
    inline = b.text[:1] in "（(" and abs(b.box.x0 - a.box.x0) < a.em and a.box.x1 > b.box.x1
    return chars.is_byline(b.text) and (chars.is_byline(a.text) or not (rest or inline))


def _alike(a: Row, b: Row) -> bool:
    """Whether two neighbours can belong to one column by size and left edge."""
    most = SAME_SIZE_SHORT if len(b.text) <= SHORT else SAME_SIZE
    if a.cross != b.cross or max(a.em, b.em) > most * min(a.em, b.em):
        return False
    if _byline_over(a, b) != _byline_under(a, b):
        return False
    if abs(a.box.x0 - b.box.x0) > 0.8 * a.em and a.box.x1 < b.box.x1 - 1.5 * a.em:
        # A short row in the middle over a full one: a heading or a byline, unless it ends a text.
        return chars.ends_sentence(a.text)
    return abs(a.box.x0 - b.box.x0) <= INDENT * max(a.em, b.em) or (
        # a centred or right-aligned row, well inside the other
        b.box.x0 >= a.box.x0 - a.em and b.box.x1 <= a.box.x1 + a.em
    )


def page_indents(pieces: Sequence[Fragment], em: float) -> bool:
    """Whether the page's longer columns set in some of their rows."""
    rows = [(row, f) for f in pieces if len(f.rows) >= LONG for row in f.rows]
    inward = sum(SET_IN * em < row.box.x0 - f.box.x0 < INDENT * em for row, f in rows)
    return inward >= SHARE * len(rows) > 0
