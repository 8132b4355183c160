"""A page as furniture is looked for on it: which rows are columns of text, which stand loose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow import notices, titles
from digitize.reflow.fragments import Fragment, stack
from digitize.reflow.notices import Notice
from digitize.reflow.rows import Row, Scene, turned

SMALL = 2  # rows; a longer fragment is a column of text or a list
LIST = 10  # rows; of a longer fragment even furniture would be a column
MOSTLY = 0.5  # of a fragment's letters that read as furniture: it is loose though not small
SAME_SIZE = 0.15  # by which sizes in one column differ
CLOSE = 1.1  # em between rows of a column
COLUMN_TEXT = 7  # characters of a row that shows a column
SPECK = 1  # letters or fewer: noise in the margin
WORDS = 12  # characters of a title or slogan in furniture
SMALL_TYPE = 1.15  # of the body em; words in such type may be longer
SMALL_WORDS = 40
LARGE = 2.0  # of the body em: a headline's size
PAGE_FRAME = 0.9  # of the page's width: a frame around all of it frames nothing
UPRIGHT = 1.3  # times higher than wide is a row that runs down
RULE = 0.55  # of the text's width that a rule closing a zone runs


@dataclass(frozen=True)
class Sheet:
    """The rows of a page in the space of horizontal text, and the fragments they stack into."""

    scene: Scene
    pieces: tuple[Fragment, ...]

    @cached_property
    def text(self) -> Box:
        """Around all rows."""
        return Box.around(row.box for row in self.scene.rows)

    @cached_property
    def loose(self) -> frozenset[Row]:
        """The rows that belong to no column of text."""
        small = (f for f in self.pieces if len(f.rows) <= SMALL or self._furnished(f))
        return frozenset(row for f in small for row in f.rows)

    @cached_property
    def body(self) -> tuple[Row, ...]:
        """All other rows, from the top."""
        return tuple(row for row in self.scene.rows if row not in self.loose)

    @cached_property
    def frames(self) -> tuple[Box, ...]:
        """The frames around a part of the page."""
        wide = PAGE_FRAME * self.text.width
        return tuple(f for f in self.scene.frames if f.width < wide)

    @cached_property
    def long_rules(self) -> tuple[Box, ...]:
        """Rules over most of the page's width."""
        return tuple(r for r in self.scene.across if r.width >= RULE * self.text.width)

    def notice(self, row: Row) -> Notice:
        """What the row says as furniture."""
        return notices.either_way(row.text)

    def framed(self, row: Row) -> Box | None:
        """The smallest frame around the row."""
        around = [f for f in self.frames if f.contains(row.box.center)]
        return min(around, key=lambda f: f.area, default=None)

    def advert(self, row: Row) -> bool:
        """Whether the row stands in a frame with a telephone or an address not the paper's."""
        frame = self.framed(row)
        if frame is None:
            return False
        inside = [self.notice(r) for r in self.scene.rows if frame.contains(r.box.center)]
        return any("contact" in n.kinds for n in inside) and not any(n.strong for n in inside)

    def alone(self, row: Row) -> bool:
        """Whether no row of the same size and measure stands next above or below: no column."""
        return not any(
            other.cross == row.cross
            and _one_column(row, other)
            and self.notice(other).share < MOSTLY
            and not self._parted(row.box, other.box)
            for other in self.scene.rows
        )

    def _parted(self, a: Box, b: Box) -> bool:
        """Whether a rule runs between two boxes, one over the other."""
        low, high = sorted((a.center[1], b.center[1]))
        return any(
            low < rule.center[1] < high and rule.overlap_x(a) > 0.5 * a.width
            for rule in self.scene.across
        )

    def plausible(self, row: Row) -> bool:
        """Whether the row may be furniture by its form, if it stands among furniture."""
        notice = self.notice(row)
        speck = sum(map(str.isalnum, row.text)) <= SPECK
        if notice.share >= MOSTLY or speck or (len(row.text) <= WORDS and is_title(row.text)):
            return True
        text = row.text
        if notices.is_turn(text) or chars.is_byline(text) or chars.is_caption(text):
            return False
        if chars.ends_sentence(text):
            return False
        small = row.em <= SMALL_TYPE * self.scene.em
        return len(text) <= (SMALL_WORDS if small else WORDS)

    def headline(self, row: Row) -> bool:
        """Whether the row is set like a headline and names neither the paper nor a section."""
        large = row.em >= LARGE * self.scene.em
        return large and self.notice(row).share < MOSTLY and not is_title(row.text)

    def _furnished(self, fragment: Fragment) -> bool:
        if len(fragment.rows) > LIST or len(fragment.text) > notices.MAX_TEXT:
            return False
        letters = sum(map(len, (row.text for row in fragment.rows)))
        said = sum(self.notice(row).share * len(row.text) for row in fragment.rows)
        return said >= MOSTLY * letters


def sheet_of(scene: Scene) -> Sheet:
    """The sheet of a scene in the space of horizontal text."""
    own = {row.ids: row for row in scene.rows}
    straight = stack(scene, [row for row in scene.rows if not row.cross])
    other = turned(scene)
    down = stack(other, [row for row in other.rows if not row.cross])
    back = [Fragment(tuple(own[row.ids] for row in f.rows)) for f in down]
    return Sheet(scene, (*straight, *back))


def is_title(text: str) -> bool:
    """Whether ``text`` names a paper or a section, read from either side."""
    words = notices.read(text).rest
    joined = "".join(words)
    return any(
        titles.is_paper(w) or titles.is_section(w) for w in (*words, joined, joined[::-1]) if w
    )


def upright(row: Row) -> bool:
    """Whether the row runs down the page."""
    return len(row.text) > 1 and row.box.height > UPRIGHT * row.box.width


def apart(a: Box, b: Box) -> float:
    """The wider of the gaps between two boxes in x and in y; 0 where they touch."""
    return max(0.0, -a.overlap_x(b), -a.overlap_y(b))


def _one_column(row: Row, other: Row) -> bool:
    """Whether two rows are neighbours in a column, of text that runs on."""
    if other is row or len(other.text) <= COLUMN_TEXT or abs(other.em / row.em - 1) >= SAME_SIZE:
        return False
    a, b = (_levelled(row), _levelled(other)) if row.cross else (row.box, other.box)
    return (
        -CLOSE * row.em < a.overlap_y(b) < 0.3 * row.em
        and min(abs(b.x0 - a.x0), abs(b.x1 - a.x1)) < 3 * row.em
        and a.overlap_x(b) > 0.5 * min(a.width, b.width)
    )


def _levelled(row: Row) -> Box:
    """The box of a vertical row in a space where it runs to the right."""
    box = row.box
    return replace(box, x0=box.y0, x1=box.y1, y0=-box.x1, y1=-box.x0)
