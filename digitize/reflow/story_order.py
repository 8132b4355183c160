"""The order of stories on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.geometry import Box, WritingMode
from digitize.reflow.articles import Story
from digitize.reflow.rows import Scene

RULED = 0.6  # of a cut's length that a rule must follow
LEAD = 1.4  # times larger than any in a side column is the headline of the story read before it
SMALL_HEAD = 1.3  # em of the body: of a story whose headline was not told from its text
SIDE = 0.6  # of the lead's width that a side column has at most
TOP = 4.0  # em by which the tops of stories at one height differ
SHRINK = 0.4  # em taken off every side before cuts are looked for: boxes of neighbours touch


def in_page_order(stories: Sequence[Story], scene: Scene) -> list[Story]:
    """The stories as a reader takes them: an XY-cut of their boxes (Nagy and Seth 1984).

    Cuts across the sheet come before cuts down it, unless only the latter follow a rule; stories
    side by side are taken from the side from which the page is read.
    """
    shrunk = [(s, _on_sheet(s.box, scene).grown(-SHRINK * scene.em)) for s in stories]
    across, down = ([_on_sheet(r, scene) for r in rules] for rules in (scene.across, scene.down))
    if scene.mode is WritingMode.VERTICAL:
        across, down = down, across
    return [
        story for story, _ in _cut(shrunk, replace(scene, across=tuple(across), down=tuple(down)))
    ]


def _on_sheet(box: Box, scene: Scene) -> Box:
    """A canonical box as it lies on the sheet, x running the way in which columns are read.

    On a vertical page that is from right to left: columns are tiers, read from the right.
    """
    vertical = scene.mode is WritingMode.VERTICAL
    return Box(box.y0, box.x0, box.y1, box.x1) if vertical else box


Placed = tuple[Story, Box]


def _cut(items: list[Placed], scene: Scene) -> list[Placed]:
    done: list[Placed] = []
    while len(items) > 1:
        groups = _best_groups(items, scene)
        if len(groups) > 1:
            # One cut at a time: what is left may be cut better the other way.
            done += _cut(groups[0], scene)
            items = [item for group in groups[1:] for item in group]
            continue
        # Stories that interlock: of those that begin at the top the first one across.
        top = min(box.y0 for _, box in items) + TOP * scene.em
        first = min((item for item in items if item[1].y0 <= top), key=lambda item: item[1].x0)
        done.append(first)
        items = [item for item in items if item is not first]
    return [*done, *items]


def _best_groups(items: list[Placed], scene: Scene) -> list[list[Placed]]:
    """The stories as they are cut across the page, or else down it; one group where neither is."""
    across, down = _groups(items, True), _groups(items, False)
    groups = across if len(across) > 1 else down
    only_down = _ruled(down, scene, False) and not _ruled(across, scene, True)
    if len(across) > 1 and len(down) > 1 and only_down:
        groups = down
    return _lead_first(groups, scene.em) if groups is down else groups


def _lead_first(groups: list[list[Placed]], em: float) -> list[list[Placed]]:
    """The groups, but what stands beside a narrow column of small stories comes before it."""
    if len(groups) < 2:
        return groups
    first, rest = groups[0], [item for group in groups[1:] for item in group]
    largest, lead = (max(story.head_em for story, _ in items) for items in (first, rest))
    widths = [Box.around(box for _, box in items).width for items in (first, rest)]
    side = lead >= LEAD * max(largest, SMALL_HEAD * em) and widths[0] <= SIDE * widths[1]
    return [rest, first] if side else groups


def _ruled(groups: list[list[Placed]], scene: Scene, across: bool) -> bool:
    """Whether a rule runs along most of some cut between ``groups``."""
    boxes = [Box.around(box for _, box in group) for group in groups]
    start, end = _span(Box.around(boxes), not across)
    for rule in scene.across if across else scene.down:
        low, high = _span(rule, not across)
        place = rule.center[1 if across else 0]
        long = min(high, end) - max(low, start) > RULED * (end - start)
        if long and any(
            _span(a, across)[1] <= place <= _span(b, across)[0] for a, b in pairwise(boxes)
        ):
            return True
    return False


def _span(box: Box, down: bool) -> tuple[float, float]:
    """The extent of a box down the page, or along its rows."""
    return (box.y0, box.y1) if down else (box.x0, box.x1)


def _groups(items: list[Placed], across: bool) -> list[list[Placed]]:
    """The items in groups between which a straight cut passes, in order."""

    def span(item: Placed) -> tuple[float, float]:
        return _span(item[1], across)

    groups: list[list[Placed]] = []
    reach = -float("inf")
    for item in sorted(items, key=span):
        low, high = span(item)
        if low > reach or not groups:
            groups.append([])
        groups[-1].append(item)
        reach = max(reach, high)
    return groups
