"""Columns: which fragment stands over which, where a column starts and ends, what governs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize.geometry import Box, WritingMode
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.rows import Scene

SAME_COLUMN = 0.5  # of the narrower fragment, in x
CEILING = 0.25  # of a fragment's width that something above must cover to stand over it
TOLERANCE = 0.7  # em by which boxes of neighbours may overlap
SIDE_REACH = 4.0  # em between a head at right angles and the text beside it
ALIGNED = 4.0  # em by which the tops of columns beside such a head may differ
LOW_START = 0.6  # of such a head's length: a picture may stand over the columns beside it
SPANNING = 1.3  # of a fragment's width: a longer rule ends a story, a shorter may only adorn it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fragment stands: the fragment over and under it, its head, its frame.

    ``ruled`` says that a short rule runs between it and the fragment over it; ``first`` marks the
    fragment with which the story under ``head`` starts.
    """

    over: Fragment | None
    under: Fragment | None
    top: float
    head: Head | None
    frame: Box | None
    ruled: bool = False
    first: bool = False


def frame_of(box: Box, frames: Sequence[Box]) -> Box | None:
    """The smallest frame around the middle of ``box``."""
    around = [f for f in frames if f.contains(box.center)]
    return min(around, key=lambda f: f.area, default=None)


def place(bodies: Sequence[Fragment], heads: Sequence[Head], scene: Scene) -> dict[Fragment, Place]:
    """The place of every body fragment."""
    over = {f: _over(f, bodies, heads, scene) for f in bodies}
    under: dict[Fragment, Fragment] = {}
    for f, above in over.items():
        if above is not None and (above not in under or _nearer(f, under[above], above)):
            under[above] = f
    tops = {f: _stack_top(f, over, scene) for f in bodies}
    direct = {f: _governing(f, heads, bodies, scene) for f in bodies if over[f] is None}
    free = [f for f in bodies if over[f] is None and direct[f] is None]
    direct |= _beside_cross_heads(heads, free, scene)
    places = {}
    for f in bodies:
        top = tops[f]
        places[f] = Place(
            over[f],
            under.get(f),
            top.box.y0,
            direct.get(_column_top(f, over)),
            frame_of(f.box, scene.frames),
            _ruled(over[f], f, scene),
        )
    return _with_firsts(places, direct)


def _nearer(f: Fragment, rival: Fragment, above: Fragment) -> bool:
    return abs(f.box.x0 - above.box.x0) < abs(rival.box.x0 - above.box.x0)


def _column_top(f: Fragment, over: dict[Fragment, Fragment | None]) -> Fragment:
    """The top of the column, whatever rules adorn it: a head governs all of it."""
    top = f
    while (above := over[top]) is not None:
        top = above
    return top


def _stack_top(f: Fragment, over: dict[Fragment, Fragment | None], scene: Scene) -> Fragment:
    top = f
    while (above := over[top]) is not None and not _ruled(above, top, scene):
        top = above
    return top


def _over(
    f: Fragment, bodies: Sequence[Fragment], heads: Sequence[Head], scene: Scene
) -> Fragment | None:
    """The body fragment next above in the same column with nothing but pictures between."""
    best, floor = None, -float("inf")
    frame = frame_of(f.box, scene.frames)
    for other in bodies:
        if other is f or other.box.center[1] >= f.box.center[1]:
            continue
        if frame_of(other.box, scene.frames) != frame:
            continue
        shared = other.box.overlap_x(f.box)
        if shared < SAME_COLUMN * min(f.box.width, other.box.width):
            continue
        if other.box.y1 <= f.box.y0 + TOLERANCE * f.em and other.box.y1 > floor:
            best, floor = other, other.box.y1
    if best is None:
        return None
    gap = Box(f.box.x0, floor - TOLERANCE * f.em, f.box.x1, f.box.y0 + TOLERANCE * f.em)
    blocks = [*(h.box for h in heads if not h.cross), *_spanning(f, scene)]
    blocks = [b for b in blocks if not _foreign(b, f, scene)]
    return None if any(_covers(block, gap) for block in blocks) else best


def _foreign(block: Box, f: Fragment, scene: Scene) -> bool:
    """Whether ``block`` belongs to a frame that does not hold ``f``: a box set into the column."""
    return any(
        frame.grown(0.5 * f.em).contains(block.center) and not frame.contains(f.box.center)
        for frame in scene.frames
    )


def _spanning(f: Fragment, scene: Scene) -> list[Box]:
    """The rules too long to be an ornament within the column of ``f``."""
    return [rule for rule in scene.across if rule.width > SPANNING * f.box.width]


def _ruled(over: Fragment | None, f: Fragment, scene: Scene) -> bool:
    if over is None:
        return False
    gap = Box(f.box.x0, over.box.y1 - f.em, f.box.x1, f.box.y0 + f.em)
    return any(_covers(rule, gap) for rule in scene.across if not _foreign(rule, f, scene))


def _covers(block: Box, gap: Box) -> bool:
    return block.overlap_x(gap) > CEILING * gap.width and gap.y0 < block.center[1] < gap.y1


def _governing(
    f: Fragment, heads: Sequence[Head], bodies: Sequence[Fragment], scene: Scene
) -> Head | None:
    """The head under which a column starts: above it, with nothing between them.

    A headline is centred over its columns and may be narrower than they are: a column whose space
    is free up to the height of the head is under it too.
    """
    ceiling = _ceiling(f, bodies, scene)
    frame = frame_of(f.box, scene.frames)
    over = [
        h
        for h in heads
        if not h.cross
        and h.box.y1 <= f.box.y0 + TOLERANCE * f.em
        and h.box.center[1] >= ceiling
        and frame_of(h.box, scene.frames) == frame
        and not _ruled_off(h.box, f.box, scene)
    ]
    direct = [h for h in over if h.box.overlap_x(f.box) > 0]
    if direct:
        return max(direct, key=lambda h: h.box.y1)
    near = [h for h in over if not _between(h, f, heads, bodies)]
    return max(near, key=lambda h: (h.box.overlap_x(f.box), h.box.y1), default=None)


def _ceiling(f: Fragment, bodies: Sequence[Fragment], scene: Scene) -> float:
    """The lowest edge of text, picture or rule above ``f``: what is higher cannot govern it."""
    blocks = [*(b.box for b in bodies if b is not f), *_spanning(f, scene)]
    blocks += [frame for frame in scene.frames if not frame.contains(f.box.center)]
    above = [
        b.y1
        for b in blocks
        if b.overlap_x(f.box) > CEILING * f.box.width and b.center[1] < f.box.y0
    ]
    return max(above, default=-float("inf"))


def _ruled_off(a: Box, b: Box, scene: Scene) -> bool:
    """Whether a rule across the text's direction runs between two boxes set apart in x."""
    left, right = sorted((a.center[0], b.center[0]))
    y0, y1 = min(a.center[1], b.y0), max(a.center[1], b.y0)
    return any(
        left < rule.center[0] < right
        and not (a.x0 < rule.center[0] < a.x1)
        and rule.overlap_y(Box(left, y0, right, y1 + 1)) > 0.5 * (y1 - y0)
        for rule in scene.down
    )


def _between(head: Head, f: Fragment, heads: Sequence[Head], bodies: Sequence[Fragment]) -> bool:
    """Whether text or another head stands beside the head, on the way to the fragment."""
    x0, x1 = sorted((head.box.center[0], f.box.center[0]))
    gap = Box(x0, head.box.y0, x1, head.box.y1)
    blocks = [*(b.box for b in bodies), *(h.box for h in heads if h is not head)]
    return any(
        b.overlap_y(gap) > 0.3 * min(b.height, gap.height) and b.overlap_x(gap) > 0 for b in blocks
    )


def _beside_cross_heads(
    heads: Sequence[Head], tops: Sequence[Fragment], scene: Scene
) -> dict[Fragment, Head]:
    """Columns beside a head that runs at right angles to them."""
    result: dict[Fragment, Head] = {}
    for head in (h for h in heads if h.cross):
        for side in (-1, 1) if scene.mode is WritingMode.HORIZONTAL else (1, -1):
            found = _side(head, tops, scene, side)
            if found:
                result |= dict.fromkeys(found, head)
                break
    return result


def _side(head: Head, tops: Sequence[Fragment], scene: Scene, side: int) -> list[Fragment]:
    """Columns next to ``head`` on one side (-1 left), as far as their tops are in line."""
    edge = head.box
    found: list[Fragment] = []
    rest = list(tops)
    # On a vertical page a horizontal head stands over the middle of the lines below it.
    below = scene.mode is WritingMode.VERTICAL and side > 0
    while True:
        near = [
            f
            for f in rest
            if (_level(f, head, found) or (below and _spans(f, head)))
            and (f.box.center[0] - edge.center[0]) * side > 0
            and -f.box.overlap_x(edge) < SIDE_REACH * f.em
            and frame_of(f.box, scene.frames) == frame_of(head.box, scene.frames)
        ]
        if not near:
            return found
        nearest = min(near, key=lambda f: -f.box.overlap_x(edge))
        found.append(nearest)
        rest.remove(nearest)
        edge = nearest.box


def _level(f: Fragment, head: Head, found: Sequence[Fragment]) -> bool:
    """Whether a column starts beside the head, and in line with the columns found before it."""
    if found and abs(f.box.y0 - found[-1].box.y0) > ALIGNED * f.em:
        return False
    low = head.box.y0 - ALIGNED * f.em
    return low < f.box.y0 < head.box.y0 + LOW_START * head.box.height


def _spans(f: Fragment, head: Head) -> bool:
    """Whether a fragment reaches from before the head's start to beside it."""
    return f.box.overlap_y(head.box) > 0 and f.box.y0 <= head.box.center[1]


def _with_firsts(
    places: dict[Fragment, Place], direct: dict[Fragment, Head | None]
) -> dict[Fragment, Place]:
    """Mark the leftmost of the highest columns under every head as the start of its story."""
    by_head: dict[int, list[Fragment]] = {}
    for f, head in direct.items():
        if head is not None:
            by_head.setdefault(id(head), []).append(f)
    for columns in by_head.values():
        first = min(columns, key=lambda f: (round(f.box.x0 / (3 * f.em)), f.box.y0))
        places[first] = replace(places[first], first=True)
    return places
