"""Head groups: kicker, headline, sub-headline and byline that stand together over a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digitize.geometry import Box
from digitize.reflow.fragments import Fragment
from digitize.reflow.kinds import Kind
from digitize.reflow.rows import Scene

GAP = 1.9  # em of the larger head between the parts of a group
BYLINE_GAP = 3.0  # em of body type between a head and its byline
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

    @property
    def cross(self) -> bool:
        """Whether the headline runs at right angles to the page."""
        return self.main.cross


def group(kinds: Mapping[Fragment, Kind], scene: Scene) -> list[Head]:
    """Heads of the page: neighbouring head fragments as one, with the byline below them."""
    parts = [f for f, kind in kinds.items() if kind is Kind.HEAD]
    groups = _clusters(parts, scene)
    bylines = [f for f, kind in kinds.items() if kind is Kind.BYLINE]
    bodies = [f for f, kind in kinds.items() if kind is Kind.BODY]
    for byline in bylines:
        owner = _owner(byline, groups, scene, bodies)
        if owner is not None:
            owner.append(byline)
    return [Head(tuple(_reading_order(g))) for g in groups]


def _clusters(parts: Sequence[Fragment], scene: Scene) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    for part in sorted(parts, key=lambda f: (f.box.y0, f.box.x0)):
        mine = [g for g in groups if any(_together(part, other, scene) for other in g)]
        groups = [g for g in groups if g not in mine]
        groups.append([f for g in mine for f in g] + [part])
    return groups


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
        return low < rule.center[0] < high
    low, high = sorted((a.center[1], b.center[1]))
    return low < rule.center[1] < high and rule.width > 0.5 * min(a.width, b.width)


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
    if best is None or any(_beside(byline, body) for body in bodies):
        return None
    return best


def _beside(byline: Fragment, body: Fragment) -> bool:
    """Whether body text stands at the byline's height: then the byline is part of a column."""
    return body.box.overlap_y(byline.box) > 0.5 * byline.box.height


def _reading_order(parts: Sequence[Fragment]) -> list[Fragment]:
    """Along the page's main direction; vertical parts right to left are x downwards here."""
    if parts[0].cross:
        return sorted(parts, key=lambda f: (-f.box.x1, f.box.y0))
    return sorted(parts, key=lambda f: (f.box.y0, f.box.x0))
