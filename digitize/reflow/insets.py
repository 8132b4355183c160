"""Insets: stories set at right angles to the rest of the page, read as small pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.geometry import Box, WritingMode, from_canonical, to_canonical
from digitize.reflow.articles import Story
from digitize.reflow.rows import Row, Scene

MIN_ROWS = 4  # of body type: fewer are a headline
BODY_SIZE = 1.25  # of the page's body em that such rows have at most
REACH = 2.5  # em between rows of one inset


def find(scene: Scene) -> list[Scene]:
    """The insets of ``scene``, each in canonical space of its own direction."""
    groups = _grouped([row for row in scene.rows if row.cross], scene)
    return [_turned(scene, group) for group in groups if _is_story(group, scene)]


def without(scene: Scene, insets: Sequence[Scene]) -> Scene:
    """``scene`` without the rows of its insets."""
    gone = {i for inset in insets for row in inset.rows for i in row.ids}
    return replace(scene, rows=tuple(r for r in scene.rows if gone.isdisjoint(r.ids)))


def brought_back(story: Story, mode: WritingMode) -> Story:
    """A story of an inset with its box in the canonical space of the page's ``mode``."""
    return replace(story, box=_swapped(story.box, _other(mode)))


def _is_story(group: Sequence[Row], scene: Scene) -> bool:
    return sum(row.em <= BODY_SIZE * scene.em for row in group) >= MIN_ROWS


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


def _turned(scene: Scene, group: Sequence[Row]) -> Scene:
    """The inset as a scene in the other direction, with the page's other rows in its box."""
    around = Box.around(row.box for row in group)
    inside = [r for r in scene.rows if r in group or (not r.cross and around.contains(r.box.center))]

    def turn(box: Box) -> Box:
        return _swapped(box, scene.mode)

    return Scene(
        rows=tuple(replace(r, box=turn(r.box), cross=not r.cross) for r in inside),
        across=tuple(turn(box) for box in scene.down),
        down=tuple(turn(box) for box in scene.across),
        pictures=tuple(turn(box) for box in scene.pictures),
        frames=tuple(turn(box) for box in scene.frames),
        extent=turn(scene.extent),
        em=scene.em,
        mode=_other(scene.mode),
    )


def _other(mode: WritingMode) -> WritingMode:
    return next(m for m in WritingMode if m is not mode)


def _swapped(box: Box, mode: WritingMode) -> Box:
    """A box from the canonical space of ``mode`` to that of the other direction and back."""
    if mode is WritingMode.HORIZONTAL:
        return to_canonical(box, WritingMode.VERTICAL)
    return from_canonical(box, WritingMode.VERTICAL)
