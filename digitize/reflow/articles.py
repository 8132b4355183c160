"""Articles: heads and paths of fragments put together as stories, the stories in page order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digitize import text as chars
from digitize.geometry import Box
from digitize.model import Role
from digitize.reflow.breaks import Column
from digitize.reflow.columns import Place
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.kinds import Kind
from digitize.reflow.paragraphs import Draft, build
from digitize.reflow.rows import Scene

RULED = 0.6  # of a cut's length that a rule must follow
LEAD = 1.4  # times larger than any in a side column is the headline of the story read before it
SMALL_HEAD = 1.3  # em of the body: of a story whose headline was not told from its text
SIDE = 0.6  # of the lead's width that a side column has at most
SHRINK = 0.4  # em taken off every side before cuts are looked for: boxes of neighbours touch


@dataclass(frozen=True)
class Story:
    """One article before it has a number."""

    drafts: tuple[Draft, ...]
    box: Box

    @property
    def head_em(self) -> float:
        """The em of the headline, 0 where there is none."""
        return max(
            (row.em for d in self.drafts if d.role is Role.HEADLINE for row in d.rows), default=0.0
        )

    @property
    def line_ids(self) -> tuple[str, ...]:
        """Every line of the story in reading order."""
        return tuple(i for draft in self.drafts for i in draft.line_ids)


def assemble(
    heads: Sequence[Head],
    paths: Sequence[Sequence[Fragment]],
    places: Mapping[Fragment, Place],
    page: Column,
) -> list[Story]:
    """A story for every path, with its head where it has one, and for every head without text."""
    stories, used = [], set()
    for path in paths:
        head = places[path[0]].head if places[path[0]].first else None
        drafts = build(path, page)
        if head is None:
            drafts = _headed(drafts)
        else:
            used.add(id(head))
            drafts = [*head_drafts(head), *drafts]
        boxes = [f.box for f in path] + ([head.box] if head is not None else [])
        stories.append(Story(tuple(drafts), Box.around(boxes)))
    for head in heads:
        if id(head) not in used:
            stories.append(Story(tuple(head_drafts(head)), head.box))
    return stories


def _headed(drafts: Sequence[Draft]) -> list[Draft]:
    """The paragraphs of a story whose headline stands in its column: a brief."""
    first, *rest = drafts
    role = Role.HEADLINE if first.role is Role.SUBHEADING and rest else first.role
    return [replace(first, role=role), *rest]


def as_it_stands(scene: Scene) -> Story:
    """The page as one story, a paragraph for every line, from top to bottom."""
    drafts = tuple(Draft(Role.BODY, (row,)) for row in scene.rows)
    return Story(drafts, Box.around(row.box for row in scene.rows))


def head_drafts(head: Head) -> list[Draft]:
    """The parts of a head with their roles; the largest is the headline."""
    main = head.parts.index(head.main)
    drafts = []
    for i, part in enumerate(head.parts):
        role = Role.HEADLINE if i == main else Role.KICKER if i < main else Role.SUBTITLE
        if i != main and chars.is_byline(part.text):
            role = Role.BYLINE
        drafts.append(Draft(role, part.rows))
    return drafts


def with_captions(stories: Sequence[Story], captions: Sequence[Fragment]) -> list[Story]:
    """Every caption at the end of the story nearest to it; alone where there is no story."""
    return _with_drafts(stories, captions, Role.CAPTION)


def with_quotes(stories: Sequence[Story], quotes: Collection[Fragment]) -> list[Story]:
    """Every quotation at the end of the story in which it stands."""
    down = sorted(quotes, key=lambda f: (f.box.y0, f.box.x0))
    return _with_drafts(stories, down, Role.QUOTE)


def _with_drafts(stories: Sequence[Story], added: Sequence[Fragment], role: Role) -> list[Story]:
    result = list(stories)
    for fragment in added:
        draft = Draft(role, fragment.rows)
        if not result:
            result.append(Story((draft,), fragment.box))
            continue
        i = min(range(len(result)), key=lambda k: _distance(result[k].box, fragment.box))
        result[i] = replace(result[i], drafts=(*result[i].drafts, draft))
    return result


def _distance(a: Box, b: Box) -> float:
    return max(0.0, -a.overlap_x(b)) + max(0.0, -a.overlap_y(b))


def in_page_order(stories: Sequence[Story], scene: Scene) -> list[Story]:
    """The stories as a reader takes them: an XY-cut of their boxes (Nagy and Seth 1984).

    Cuts across the page come before cuts down it, unless only the latter follow a rule.
    """
    shrunk = [(story, story.box.grown(-SHRINK * scene.em)) for story in stories]
    return [story for story, _ in _cut(shrunk, scene)]


Placed = tuple[Story, Box]


def _cut(items: list[Placed], scene: Scene) -> list[Placed]:
    if len(items) <= 1:
        return items
    across, down = _groups(items, True), _groups(items, False)
    groups = across if len(across) > 1 else down
    only_down = _ruled(down, scene, False) and not _ruled(across, scene, True)
    if len(across) > 1 and len(down) > 1 and only_down:
        groups = down
    if groups is down:
        groups = _lead_first(groups, scene.em)
    if len(groups) > 1:
        # One cut at a time: what is left may be cut better the other way.
        rest = [item for group in groups[1:] for item in group]
        return [*_cut(groups[0], scene), *_cut(rest, scene)]
    first = min(items, key=lambda item: (item[1].y0, item[1].x0))
    return [first, *_cut([item for item in items if item is not first], scene)]


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


def captions_of(kinds: Mapping[Fragment, Kind]) -> list[Fragment]:
    """The fragments that are captions."""
    return [f for f, kind in kinds.items() if kind is Kind.CAPTION]
