"""Articles: heads and paths of fragments put together as stories, the stories in page order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

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

STEP = 0.95  # of the headline's em: kickers and sub-headlines are set smaller


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
    """The parts of a head with their roles; the largest is the headline, perhaps in steps."""
    steps = _steps(head)
    main = Draft(Role.HEADLINE, tuple(row for part in head.parts[steps] for row in part.rows))
    over = [_beside_headline(part, Role.KICKER) for part in head.parts[: steps.start]]
    under = [_beside_headline(part, Role.SUBTITLE) for part in head.parts[steps.stop :]]
    return [*over, main, *under]


def _steps(head: Head) -> slice:
    """Which parts are the headline: rows of one size, set in further and further, are several."""
    first = head.parts.index(head.main)
    last = first + 1
    least = STEP * head.main.em
    while first > 0 and head.parts[first - 1].em >= least:
        first -= 1
    while last < len(head.parts) and head.parts[last].em >= least:
        last += 1
    return slice(first, last)


def _beside_headline(part: Fragment, role: Role) -> Draft:
    return Draft(Role.BYLINE if chars.is_byline(part.text) else role, part.rows)


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


def captions_of(kinds: Mapping[Fragment, Kind]) -> list[Fragment]:
    """The fragments that are captions."""
    return [f for f, kind in kinds.items() if kind is Kind.CAPTION]
