"""Columns: which fragment stands over which, where a column starts and ends, what governs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize import text as chars
from digitize.geometry import Box, WritingMode
from digitize.reflow.fragments import Fragment
from digitize.reflow.governing import Reign, covers, frame_of, spanning
from digitize.reflow.heads import Head
from digitize.reflow.rows import Scene

SAME_COLUMN = 0.5  # of the narrower fragment, in x
TOLERANCE = 0.7  # em by which boxes of neighbours may overlap
FULL = 0.9  # of a column's width that a rule between stories runs at least
BEYOND = 0.3  # em by which a rule between stories sticks out of the column
ADORNED = 3.5  # em between a subheading and its rules
ADORNED_ROWS = 4
SIDE_REACH = 4.0  # em between a head at right angles and the text beside it
ALIGNED = 4.0  # em by which the tops of columns beside such a head may differ
LOW_START = 0.6  # of such a head's length: a picture may stand over the columns beside it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fragment stands: the fragment over and under it, its head, its frame.

    ``ruled`` says that a short rule runs between it and the fragment over it, ``closed`` that one
    runs over the whole column and beyond, ``adorned`` that it stands between two rules; ``first``
    marks the fragment with which the story under ``head`` starts.
    """

    over: Fragment | None
    under: Fragment | None
    top: float
    head: Head | None
    frame: Box | None
    ruled: bool = False
    first: bool = False
    closed: bool = False
    adorned: bool = False


def place(bodies: Sequence[Fragment], heads: Sequence[Head], scene: Scene) -> dict[Fragment, Place]:
    """The place of every body fragment."""
    over = {f: _over(f, bodies, heads, scene) for f in bodies}
    under: dict[Fragment, Fragment] = {}
    for f, above in over.items():
        if above is not None and (above not in under or _nearer(f, under[above], above)):
            under[above] = f
    reign = Reign(heads, bodies, scene)
    for f, above in over.items():
        # A head in the middle of its columns governs those at its sides, across what is above.
        begins = above is not None and _begins_beside(f, above, heads, scene)
        if above is not None and (begins or reign.cuts_off(f, above)):
            over[f] = None
            if under.get(above) is f:
                del under[above]
    tops = {f: _stack_top(f, over, scene) for f in bodies}
    direct = {f: reign.right_over(f) for f in bodies if over[f] is None}
    direct |= _beside_cross_heads(heads, [f for f, head in direct.items() if head is None], scene)
    direct |= {f: reign.near(f) for f, head in direct.items() if head is None}
    places = {}
    for f in bodies:
        top = tops[f]
        places[f] = Place(
            over[f],
            under.get(f),
            top.box.y0,
            direct.get(_column_top(f, over, scene)),
            frame_of(f.box, scene.frames),
            _ruled(over[f], f, scene),
            closed=_crossed(over[f], f, scene),
            adorned=_adorned(f, scene),
        )
    return _with_firsts(places, direct)


def _nearer(f: Fragment, rival: Fragment, above: Fragment) -> bool:
    return abs(f.box.x0 - above.box.x0) < abs(rival.box.x0 - above.box.x0)


def _column_top(f: Fragment, over: dict[Fragment, Fragment | None], scene: Scene) -> Fragment:
    """The top of the column, whatever rules adorn it: a head governs all of it."""
    top = f
    while (above := over[top]) is not None and not _closed(above, top, scene):
        top = above
    return top


def _closed(above: Fragment, f: Fragment, scene: Scene) -> bool:
    """Whether a rule over the whole column ends a story above ``f``: no sentence runs across."""
    if chars.is_byline(above.text) or _adorned(above, scene) or _adorned(f, scene):
        return False
    if _crossed(above, f, scene):
        return True
    goes_on = chars.breaks_off(above.rows[-1].text)
    if goes_on and not f.set_in:
        return False
    width = FULL * max(f.box.width, above.box.width)
    return any(rule.overlap_x(f.box) >= width for rule in _rules_between(above, f, scene))


def _rules_between(above: Fragment, f: Fragment, scene: Scene) -> list[Box]:
    """The rules that close off the way from ``above`` to ``f``; those of set-in boxes aside."""
    gap = Box(f.box.x0, above.box.y1 - f.em, f.box.x1, f.box.y0 + f.em)
    return [r for r in scene.across if covers(r, gap) and not _foreign(r, f, scene)]


def _adorned(f: Fragment, scene: Scene) -> bool:
    """Whether a few rows stand between two rules: a subheading with its ornament."""
    if len(f.rows) > ADORNED_ROWS:
        return False
    reach = ADORNED * f.em
    rules = [r for r in scene.across if r.overlap_x(f.box) > 0.5 * f.box.width]
    over = any(0 <= f.box.y0 - r.center[1] < reach for r in rules)
    return over and any(0 <= r.center[1] - f.box.y1 < reach for r in rules)


def _crossed(above: Fragment | None, f: Fragment, scene: Scene) -> bool:
    """Whether a rule above ``f`` sticks out of its column on both sides: it parts two stories."""
    if above is None:
        return False
    out = BEYOND * f.em
    column = Box.around([above.box, f.box])
    return any(
        r.x0 < column.x0 - out and r.x1 > column.x1 + out for r in _rules_between(above, f, scene)
    )


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
    wider = max(f.box, best.box, key=lambda box: box.width)
    blocks = [*(h.box for h in heads if not h.cross), *spanning(wider, scene)]
    blocks = [b for b in blocks if not _foreign(b, f, scene)]
    return None if any(covers(block, gap) for block in blocks) else best


def _begins_beside(f: Fragment, above: Fragment, heads: Sequence[Head], scene: Scene) -> bool:
    """Whether a head at right angles, next to the column, starts with ``f`` and not before.

    On a vertical page it stands over the middle of the lines that it heads.
    """
    vertical = scene.mode is WritingMode.VERTICAL
    frame = frame_of(f.box, scene.frames)
    latest = f.box.center[1] + f.em if vertical else f.box.y0 + ALIGNED * f.em
    return any(
        h.cross
        and above.box.y1 - f.em < h.box.y0 < latest
        and h.box.y1 > f.box.y0
        and -SIDE_REACH * f.em < h.box.overlap_x(f.box) <= 0
        and (h.box.x1 <= f.box.x0 + f.em or not vertical)
        and frame_of(h.box, scene.frames) == frame
        for h in heads
    )


def _foreign(block: Box, f: Fragment, scene: Scene) -> bool:
    """Whether ``block`` belongs to a frame that does not hold ``f``: a box set into the column."""
    return any(
        frame.grown(0.5 * f.em).contains(block.center) and not frame.contains(f.box.center)
        for frame in scene.frames
    )


def _ruled(over: Fragment | None, f: Fragment, scene: Scene) -> bool:
    return over is not None and bool(_rules_between(over, f, scene))


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
