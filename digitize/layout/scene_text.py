"""Scene text: what is written in photographs, on banners, signs, number plates and clothes.

Whether a line is such is seen on the page around and between its glyphs, not in a box that
somebody has found: print stands on one tone, however dark, or on tones that change evenly; a
photograph is rough. So a line is scene text where it stands in rough tone on all sides but one
and hardly any of it on paper. What was printed over a photograph stays text (:mod:`overprint`),
and so do lines that make a text together (:mod:`stacks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitize.geometry import Box
from digitize.image import Pixels
from digitize.layout import overprint, stacks
from digitize.layout.ground import FRINGE, Ground, commonest, ground_of
from digitize.layout.shade import Shaded, part
from digitize.model import Line

NEAR = 2.0  # em around a line that are looked at
WITHIN = 0.2  # em around it that are its own
OTHER = 12  # grey levels between a line's own ground and another one
LEAST = 50  # pixels that say something of a tone
REACH = 8.0  # em between lines in one photograph, of which one shows that it is scene text

# Set on signs and on print over grounds of all kinds; layout's README says how well they do.
PAPER_NEAR = 0.45  # at most that is paper: the sky of a photograph may be as white
ROUGH_NEAR = 0.12  # at least that is rough
ONE_TONE = 0.65  # at most that is of one tone: then it is a tint
SPREAD = 60  # grey levels from dark to light at least: grounds behind print are paler or evener
ALL_BUT_ONE = 3  # sides of a line that are looked at: a sign may stand at a photograph's edge
SIDES = 2  # of a line that are seen at least; the others are hidden by other lines
PAPER_BESIDE = 0.4  # of any of them that is paper at most: a bar under a photograph ends there
SIDE = 0.7  # of them that is rough, or of another tone than the bar that the line may stand on
DEEP = 25  # grey levels below what may be paper that dark writing beside such a line stands on
HALF_ROUGH = 0.5  # of a side of a line that is beside one that is sure
PAPER_WITHIN = 0.35  # at most of the line's own box that is paper; print on paper has half


@dataclass(frozen=True, slots=True)
class Small:
    """The page at a size at which its body type has ``em`` pixels, and its shaded areas."""

    pixels: Pixels
    em: float
    shaded: Shaded


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line in a shaded area, on the page, and its box on the small picture."""

    line: Line
    box: Box
    area: int


def find(gray: Pixels, small: Small, lines: Sequence[Line]) -> frozenset[str]:
    """The ids of the ``lines`` in photographs; ``gray`` is the page that they stand on."""
    factor = small.pixels.shape[1] / gray.shape[1]
    boxes = [line.polygon.box.scaled(factor) for line in lines]
    inside = [
        _Candidate(line, box, area)
        for line, box in zip(lines, boxes, strict=True)
        if box.area >= 1 and (area := small.shaded.at(box.grown(small.em))) > 0
    ]
    if not inside:
        return frozenset()
    text = stacks.in_text([c.line for c in inside])
    names = {c.line.id for c in inside} - text
    printed = [b for line, b in zip(lines, boxes, strict=True) if line.id not in names]
    page = ground_of(small.pixels, boxes, small.em)
    alone = [(c, page.near(c.box, printed)) for c in inside if c.line.id in names]
    em = small.em / factor
    free = [
        (c, ground)
        for c, ground in alone
        if _off_paper(ground, c.box) and not overprint.is_overprint(gray, c.line, em, ground.white)
    ]
    sure = [c for c, ground in free if _in_photograph(ground, c.box)]
    more = [c for c, ground in free if _beside(c, sure, small.em) and _goes_with(gray, ground, c)]
    return frozenset(c.line.id for c in (*sure, *more))


def _off_paper(ground: Ground, box: Box) -> bool:
    within = part(ground.tones, box.grown(WITHIN * ground.em))
    return bool(np.mean(within > ground.paper) < PAPER_WITHIN)


def _in_photograph(ground: Ground, box: Box) -> bool:
    """Whether there is rough tone around a box, and on every side of it that can be seen."""
    near = box.grown(NEAR * ground.em)
    seen = ~part(ground.type, near)
    tones, rough = part(ground.tones, near)[seen], part(ground.rough, near)[seen]
    dark = tones[tones <= ground.paper]
    if dark.size < max(LEAST, (1 - PAPER_NEAR) * tones.size) or np.mean(rough) < ROUGH_NEAR:
        return False
    low, high = np.percentile(dark, [5, 95])
    if high - low < SPREAD or commonest(dark)[1] > ONE_TONE * tones.size:
        return False
    known = _sides(ground, box)[:ALL_BUT_ONE]
    if len(known) < SIDES or max(paper for paper, _ in known) > PAPER_BESIDE:
        return False
    return sum(other for _, other in known) > SIDE * len(known)


def _has_rough_sides(ground: Ground, box: Box) -> bool:
    """Whether there is a photograph on more sides of a line than the one that a bar is along."""
    return sum(other > HALF_ROUGH for _, other in _sides(ground, box)) >= SIDES


def _sides(ground: Ground, box: Box) -> list[tuple[float, float]]:
    """The sides of a line that are seen, as :func:`_side` tells them, the roughest first."""
    own = _own(ground, box)
    sides = (_side(ground, own, side) for side in _around(box, ground.em))
    return sorted((side for side in sides if side is not None), key=lambda side: -side[1])


def _own(ground: Ground, box: Box) -> float:
    """The tone that a line stands on."""
    return commonest(part(ground.tones, box.grown(FRINGE * ground.em)))[0]


def _around(box: Box, em: float) -> tuple[Box, Box, Box, Box]:
    near, far = FRINGE * em, NEAR * em
    return (
        Box(box.x0, box.y0 - far, box.x1, box.y0 - near),
        Box(box.x0, box.y1 + near, box.x1, box.y1 + far),
        Box(box.x0 - far, box.y0, box.x0 - near, box.y1),
        Box(box.x1 + near, box.y0, box.x1 + far, box.y1),
    )


def _side(ground: Ground, own: float, side: Box) -> tuple[float, float] | None:
    """What of a side is paper, and what is rough or no tone like ``own``; None if unseen."""
    seen = ~part(ground.type, side)
    tones, rough = part(ground.tones, side)[seen], part(ground.rough, side)[seen]
    if tones.size < LEAST:
        return None
    paper = ~rough & (tones > ground.paper)
    other = rough | (~paper & (np.abs(tones - own) > OTHER))
    return float(np.mean(paper)), float(np.mean(other))


def _beside(c: _Candidate, sure: Sequence[_Candidate], em: float) -> bool:
    """Whether a line is near another one in the same shaded area."""
    reach = c.box.grown(REACH * em)
    return any(c.area == other.area and reach.intersection(other.box) > 0 for other in sure)


def _goes_with(gray: Pixels, ground: Ground, c: _Candidate) -> bool:
    """Whether a line near one that is sure is scene text as well."""
    if _has_rough_sides(ground, c.box):
        return True
    dark = _own(ground, c.box) < ground.paper - DEEP
    return (dark or overprint.is_pale(gray, c.line)) and overprint.is_askew_or_grey(gray, c.line)
