"""Head groups: kicker, headline, sub-headline and byline that stand together over a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digitize import text as chars
from digitize.geometry import Box, WritingMode
from digitize.reflow.fragments import Fragment
from digitize.reflow.kinds import Kind
from digitize.reflow.rows import Scene

GAP = 1.9  # em of the larger head between the parts of a group
BYLINE_GAP = 5.0  # em of body type between a head and its byline
CLOSE = 0.5  # em between the rows of one headline, and by which their edges differ
SAME_SIZE = 1.12  # of their sizes
KICKER_ROWS = 2
FULL = 0.8  # em that a full row may end before the one below it
KICKER_SHIFT = 2.0  # em off the head's middle or its left edge
KICKER_GAP = 1.6  # em between it and the head
COLUMN = 0.5  # of a headline's width that a heading of one of its columns has at most
OVERLAP = 0.5  # of the narrower part, along the text


@dataclass(frozen=True)
class Head:
    """The parts of one head, in reading order."""

    parts: tuple[Fragment, ...]

    @cached_property
    def box(self) -> Box:
        """Around all parts."""
        return Box.around(part.box for part in self.parts)

    @property
    def main(self) -> Fragment:
        """The part in the largest type."""
        return max(self.parts, key=lambda part: part.em)

    def bottom_over(self, box: Box) -> float:
        """Where the head ends above ``box``: its byline may stand in one column only."""
        over = [part.box.y1 for part in self.parts if part.box.overlap_x(box) > 0]
        return max(over, default=self.main.box.y1)

    @property
    def cross(self) -> bool:
        """Whether the headline runs at right angles to the page."""
        return self.main.cross


def group(kinds: Mapping[Fragment, Kind], scene: Scene) -> list[Head]:
    """Heads of the page: neighbouring head fragments as one, with the byline below them."""
    parts = [f for f, kind in kinds.items() if kind is Kind.HEAD]
    between = [f for f, kind in kinds.items() if kind is Kind.BODY]
    groups = _clusters(parts, scene, between)
    bylines = [f for f, kind in kinds.items() if kind is Kind.BYLINE]
    bodies = [f for f, kind in kinds.items() if kind is Kind.BODY]
    for body in bodies:
        under = next((g for g in groups if _is_kicker(body, g, bodies, scene)), None)
        if under is not None:
            under.append(body)
    bodies = [f for f in bodies if not any(f in g for g in groups)]
    outside = {Kind.HEAD, Kind.CAPTION}
    for f in [f for f, kind in kinds.items() if f.cross and kind not in outside]:
        beside = _cross_owner(f, groups, scene)
        if beside is not None:
            beside.append(f)
    for byline in [f for f in bylines if not f.cross]:
        owner = _owner(byline, groups, scene, bodies)
        if owner is not None:
            owner.append(byline)
    return [Head(tuple(_reading_order(g, scene.mode))) for g in groups]


def _cross_owner(
    f: Fragment, groups: Sequence[list[Fragment]], scene: Scene
) -> list[Fragment] | None:
    """The head at right angles next to which a row in the same direction stands: its byline."""

    def gap(group: list[Fragment]) -> float:
        return -Box.around(part.box for part in group).overlap_x(f.box)

    near = [
        g
        for g in groups
        if g[0].cross
        and gap(g) < BYLINE_GAP * scene.em
        and Box.around(part.box for part in g).overlap_y(f.box) > OVERLAP * f.box.height
    ]
    return min(near, key=gap, default=None)


def _is_kicker(
    f: Fragment, head: Sequence[Fragment], bodies: Sequence[Fragment], scene: Scene
) -> bool:
    """Whether a row in body type stands right over or under the head, in its middle.

    A kicker or sub-headline may be hardly larger than the text.
    """
    box = Box.around(part.box for part in head)
    if f.cross or head[0].cross or len(f.rows) > KICKER_ROWS or _begins_paragraph(f):
        return False
    gap = max(box.y0 - f.box.y1, f.box.y0 - box.y1)
    shift = min(abs(f.box.center[0] - box.center[0]), abs(f.box.x0 - box.x0))
    centred = shift < KICKER_SHIFT * scene.em
    inside = f.box.overlap_x(box) > 0.8 * f.box.width
    if not (centred and inside and -scene.em < gap < KICKER_GAP * scene.em):
        return False
    others = [b for b in bodies if b is not f and not b.cross and b.box.overlap_x(box) > 0]
    return _over_all(f, others) or not any(_in_one_column(f, b) for b in others)


def _begins_paragraph(f: Fragment) -> bool:
    """Whether ``f`` names its source, or its first row is set in at the left and else full."""
    full = f.box.x1 - f.rows[0].box.x1 < FULL * f.em
    return chars.opens_with_source(f.text) or (f.set_in and full)


def _over_all(f: Fragment, bodies: Sequence[Fragment]) -> bool:
    """Whether several columns start right below ``f``, and none beside it: it heads them all."""
    if any(b.box.overlap_y(f.box) > 0.3 * f.box.height for b in bodies):
        return False
    start = f.box.y1
    below = [b for b in bodies if len(b.rows) > 1 and -0.5 * f.em < b.box.y0 - start < 3 * f.em]
    return len(below) > 1


def _in_one_column(f: Fragment, b: Fragment) -> bool:
    """Whether ``b`` is text of about the same measure next above or below ``f``."""
    near = -f.box.overlap_y(b.box) < 0.8 * f.em
    left, right = abs(f.box.x0 - b.box.x0) < 3 * f.em, abs(f.box.x1 - b.box.x1) < 3 * f.em
    return near and f.box.overlap_x(b.box) > 0 and left and right


def _clusters(
    parts: Sequence[Fragment], scene: Scene, bodies: Sequence[Fragment]
) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    for part in sorted(parts, key=lambda f: (f.box.y0, f.box.x0)):
        mine = [
            g
            for g in groups
            if any(_together(part, other, scene) for other in g)
            and not any(_rivals(part, other, parts) for other in g)
            and not any(_stands_between(body, part, g) for body in bodies)
            and not _in_a_column(part, g, bodies)
        ]
        groups = [g for g in groups if g not in mine]
        groups.append([f for g in mine for f in g] + [part])
    return groups


def _in_a_column(part: Fragment, group: Sequence[Fragment], bodies: Sequence[Fragment]) -> bool:
    """Whether a part below a headline heads one of its columns only: text stands beside it."""
    box = Box.around(f.box for f in group)
    if part.cross or part.box.y0 < box.center[1] or part.box.width > COLUMN * box.width:
        return False
    return any(not body.cross and _beside(part, body, box) for body in bodies)


def _stands_between(body: Fragment, part: Fragment, group: Sequence[Fragment]) -> bool:
    """Whether text stands on the way from a group of parts to the next one below."""
    if part.cross or body.cross:
        return False
    box = Box.around(f.box for f in group)
    inside = box.y1 - part.em < body.box.center[1] < part.box.y0 + part.em
    return inside and body.box.overlap_x(box) > 0 and body.box.overlap_x(part.box) > 0


def _rivals(a: Fragment, b: Fragment, parts: Sequence[Fragment]) -> bool:
    """Whether the narrower of two parts has a twin beside it under or over the wider one.

    Then the wider one is a section's name, and each of the twins heads its own story.
    """
    if a.cross or _one_headline(a, b):
        return False  # columns of such heads stand side by side by nature
    narrow, wide = sorted((a, b), key=lambda f: f.box.width)
    return any(
        c is not narrow
        and c is not wide
        and c.box.overlap_y(narrow.box) > 0.6 * min(c.box.height, narrow.box.height)
        and -c.box.overlap_x(wide.box) < 4 * narrow.em
        and max(c.em, narrow.em) < 1.3 * min(c.em, narrow.em)
        and not c.cross
        for c in parts
    )


def _one_headline(a: Fragment, b: Fragment) -> bool:
    """Whether two rows of one size stand right under each other, level on the left or centred."""
    em = max(a.em, b.em)
    shift = min(abs(a.box.x0 - b.box.x0), abs(a.box.center[0] - b.box.center[0]))
    close = -a.box.overlap_y(b.box) < CLOSE * em
    return close and shift < CLOSE * em and em < SAME_SIZE * min(a.em, b.em)


def _together(a: Fragment, b: Fragment, scene: Scene) -> bool:
    """Whether two head fragments belong to one head."""
    if a.cross != b.cross:
        return False
    em = max(a.em, b.em)
    along, between = a.box.overlap_x(b.box), -a.box.overlap_y(b.box)
    span = min(a.box.width, b.box.width)
    if a.cross:
        along, between = a.box.overlap_y(b.box), -a.box.overlap_x(b.box)
        span = min(a.box.height, b.box.height)
    if along < OVERLAP * span or between > GAP * em:
        return False
    middle = Box.around([a.box, b.box])
    rules = scene.down if a.cross else scene.across
    return not any(
        _divides(rule, a.box, b.box, a.cross) and rule.intersection(middle) > 0 for rule in rules
    )


def _divides(rule: Box, a: Box, b: Box, cross: bool) -> bool:
    if cross:
        low, high = sorted((a.center[0], b.center[0]))
        return low < rule.center[0] < high and rule.height > 0.5 * min(a.height, b.height)
    low, high = sorted((a.center[1], b.center[1]))
    # A rule no wider than the narrower part is its ornament: the edge of the box around a kicker.
    return low < rule.center[1] < high and rule.width > 1.3 * min(a.width, b.width)


def _owner(
    byline: Fragment, groups: Sequence[list[Fragment]], scene: Scene, bodies: Sequence[Fragment]
) -> list[Fragment] | None:
    """The group right above a byline that stands between it and the columns, or None.

    A byline that stands at the top of its own column stays in the column.
    """
    best, distance = None, BYLINE_GAP * scene.em
    for candidate in groups:
        box = Box.around(f.box for f in candidate)
        if candidate[0].cross or box.overlap_x(byline.box) < OVERLAP * byline.box.width:
            continue
        gap = byline.box.y0 - box.y1
        if -scene.em < gap < distance:
            best, distance = candidate, gap
    if best is None:
        return None
    over = Box.around(f.box for f in best)
    return None if any(_beside(byline, body, over) for body in bodies) else best


def _beside(byline: Fragment, body: Fragment, head: Box) -> bool:
    """Whether body text under the head stands at the byline's height: then it is in a column."""
    same_height = body.box.overlap_y(byline.box) > 0.5 * byline.box.height
    return same_height and body.box.overlap_x(head) > 0 and body.box.y0 > head.center[1]


def _reading_order(parts: Sequence[Fragment], mode: WritingMode) -> list[Fragment]:
    """The parts as they are read: vertical ones right to left, level ones downwards.

    Level parts over a vertical page follow each other in x here.
    """
    if not parts[0].cross:
        return sorted(parts, key=lambda f: (f.box.y0, f.box.x0))
    if mode is WritingMode.VERTICAL:
        return sorted(parts, key=lambda f: (f.box.x0, f.box.y0))
    return sorted(parts, key=lambda f: (-f.box.x1, f.box.y0))
