"""Insets: stories set at right angles to the rest of the page, read as small pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.geometry import Box, WritingMode, from_canonical, to_canonical
from digitize.reflow.articles import Story
from digitize.reflow.rows import Row, Scene, turned

MIN_ROWS = 4  # of body type: fewer are a headline
BODY_SIZE = 1.25  # of the page's body em that such rows have at most
FOREIGN = 0.5  # of the inset's text that may run the page's way within its box
REACH = 2.5  # em between rows of one inset


def find(scene: Scene) -> list[Scene]:
    """The insets of ``scene``, each in canonical space of its own direction."""
    groups = _grouped([row for row in scene.rows if row.cross], scene)
    return [_inset(scene, group) for group in groups if _is_story(group, scene)]


def without(scene: Scene, insets: Sequence[Scene]) -> Scene:
    """``scene`` without the rows of its insets."""
    gone = {i for inset in insets for row in inset.rows for i in row.ids}
    return replace(scene, rows=tuple(r for r in scene.rows if gone.isdisjoint(r.ids)))


def brought_back(story: Story, mode: WritingMode) -> Story:
    """A story of an inset with its box in the canonical space of the page's ``mode``."""
    other = next(m for m in WritingMode if m is not mode)
    return replace(story, box=to_canonical(from_canonical(story.box, other), mode))


def _is_story(group: Sequence[Row], scene: Scene) -> bool:
    """Whether body type stands in several rows next to each other, as no byline does."""
    places = sorted(row.box.center[0] for row in group if row.em <= BODY_SIZE * scene.em)
    steps = [b - a for a, b in pairwise(places)]
    return sum(step > 0.8 * scene.em for step in steps) + 1 >= MIN_ROWS


def _grouped(cross: Sequence[Row], scene: Scene) -> list[list[Row]]:
    """Rows at right angles, by the frame they are in or by nearness."""
    groups: list[list[Row]] = []
    for row in cross:
        mine = [g for g in groups if any(_together(row, other, scene) for other in g)]
        groups = [g for g in groups if g not in mine]
        groups.append([r for g in mine for r in g] + [row])
    return groups


def _together(a: Row, b: Row, scene: Scene) -> bool:
    frames = [f for f in scene.frames if f.contains(a.box.center)]
    if frames:
        return min(frames, key=lambda f: f.area).contains(b.box.center)
    reach = REACH * max(scene.em, min(a.em, b.em))
    return -a.box.overlap_x(b.box) < reach and -a.box.overlap_y(b.box) < reach


def _inset(scene: Scene, group: Sequence[Row]) -> Scene:
    """The rows of ``group`` as a scene in their own direction, with other rows in their box.

    Where text of the page's own direction fills the box as well, only larger type comes along.
    """
    around = Box.around(row.box for row in group)
    others = [r for r in scene.rows if not r.cross and around.contains(r.box.center)]
    if _length(others) > FOREIGN * _length(group):
        others = [r for r in others if r.em > BODY_SIZE * scene.em and _amid(r, group)]
    inside = [r for r in scene.rows if r in group or r in others]
    return turned(replace(scene, rows=tuple(inside)))


def _length(rows: Sequence[Row]) -> int:
    return sum(len(row.text) for row in rows)


def _amid(row: Row, group: Sequence[Row]) -> bool:
    """Whether rows of the inset stand right next to ``row``."""
    near = row.box.grown(REACH * row.em)
    return any(near.intersection(other.box) > 0 for other in group)
