"""Rules under headlines: ornaments, though they run where rules between stories run.

A headline that no column follows, with a rule close below and the start of a paragraph right under
that, stands over this text: nobody prints a headline for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digitize.geometry import Box
from digitize.reflow.fragments import Fragment
from digitize.reflow.heads import Head
from digitize.reflow.rows import Scene

ABOVE = 3.0  # em of body type from the headline to its rule
BELOW = 4.0  # em from the rule to the text
COVERED = 0.8  # of the headline's width that its rule runs along, and of its place that is free


def without(
    scene: Scene, heads: Sequence[Head], ruling: Iterable[Head | None], bodies: Sequence[Fragment]
) -> Scene:
    """The scene without the rules under heads that are not among the ``ruling`` ones."""
    known = {id(head) for head in ruling}
    bare = [head for head in heads if id(head) not in known and not head.cross]
    kept = tuple(
        rule
        for rule in scene.across
        if not any(_underlines(rule, head, bodies, scene.em) for head in bare)
    )
    return scene if len(kept) == len(scene.across) else replace(scene, across=kept)


def _underlines(rule: Box, head: Head, bodies: Sequence[Fragment], em: float) -> bool:
    """Whether ``rule`` runs close below ``head``, and a paragraph starts close below the rule."""
    gap = rule.center[1] - head.box.y1
    if not -0.5 * em < gap < ABOVE * em:
        return False
    if rule.overlap_x(head.box) < COVERED * head.box.width or _has_neighbour(head, rule, bodies):
        return False
    return any(
        body.box.overlap_x(rule) >= COVERED * body.box.width
        and -0.5 * em < body.box.y0 - rule.center[1] < BELOW * em
        and len(body.rows) > 1
        and body.set_in
        for body in bodies
    )


def _has_neighbour(head: Head, rule: Box, bodies: Sequence[Fragment]) -> bool:
    """Whether text stands beside the head over the rule: the rule may end that text's story."""
    beside = Box(rule.x0, head.box.y0, rule.x1, rule.center[1])
    return any(body.box.intersection(beside) > 0 for body in bodies)
