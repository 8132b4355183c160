"""Lines and the rules that run through them: either the line is wrong or the rule.

A column rule, the rule over the foot of the page or the side of a frame parts what stands on both
sides of it, however close that is: where the detector has read across one, the line is cut. What
most of the lines along it run through is no rule but a crease of the paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.geometry import Box, WritingMode
from digitize.image import Pixels
from digitize.layout.gutters import Span, inked, piece
from digitize.model import Line

THROUGH = 0.6  # of a line's thickness that the rule covers
LONGER = 1.5  # times the thickness that the rule is long: a stroke of a glyph is not
AIR = 0.3  # em of blank about the rule, its thickness aside: between glyphs there is less
BESIDE = 0.5  # em of a line on both sides of a rule that it crosses
CREASE = 0.4  # of a rule's length that is crossed by lines: set solid, they cover three quarters
SEVERAL = 2  # lines that run through it
SELDOM = 0.15  # the same of a rule that parts the few lines that run over it
SLIVER = 0.3  # em: what is left of a line before or after the rule at its end is the rule's ink
COVERED = 0.5  # of a scrap of a line that another line covers: then it is that line's text


def parted(
    lines: Sequence[Line], across: Sequence[Box], down: Sequence[Box], mask: Pixels
) -> list[Line]:
    """``lines`` without what lies beyond the rules through them, which makes lines of its own.

    ``across`` and ``down`` are rules in the coordinates of the lines, ``mask`` is the page's ink
    without its rules.
    """
    cuts: dict[int, set[Span]] = {}
    for rules, mode in ((down, WritingMode.HORIZONTAL), (across, WritingMode.VERTICAL)):
        along = [line for line in lines if line.writing_mode is mode]
        vertical = mode is WritingMode.HORIZONTAL
        for rule in rules:
            if sum(_crossed(rule, along, vertical)) > SELDOM:
                continue  # a crease
            blanks = [(x, _blank(x, rule, mask)) for x in along if _through(x, rule)]
            for line, blank in blanks:
                if blank is not None:
                    cuts.setdefault(id(line), set()).add(blank)
    parts = (_pieces(x, sorted(cuts[id(x)]), lines) if id(x) in cuts else [x] for x in lines)
    return [part for line in parts for part in line]


def uncreased(rules: Sequence[Box], lines: Sequence[Line], vertical: bool) -> list[Box]:
    """The rules, ``vertical`` or level ones, without those that most lines run through.

    Strokes of a headline's two rows that stand in line are none either.
    """
    crossed = [_crossed(r, lines, vertical) for r in rules]
    return [
        r
        for r, shares in zip(rules, crossed, strict=True)
        if len(shares) < SEVERAL or sum(shares) <= CREASE
    ]


def _crossed(rule: Box, lines: Sequence[Line], vertical: bool) -> list[float]:
    """The shares of a rule's length that lines run through."""
    mode = WritingMode.HORIZONTAL if vertical else WritingMode.VERTICAL
    found = []
    for line in lines:
        box, reach = line.polygon.box, BESIDE * line.em
        if line.writing_mode is not mode:
            continue
        if vertical and box.x0 + reach < rule.x0 and rule.x1 < box.x1 - reach:
            found.append(max(0.0, box.overlap_y(rule)) / rule.height)
        elif not vertical and box.y0 + reach < rule.y0 and rule.y1 < box.y1 - reach:
            found.append(max(0.0, box.overlap_x(rule)) / rule.width)
    return [share for share in found if share > 0]


def _through(line: Line, rule: Box) -> bool:
    """Whether a rule covers the thickness of a line's box and goes on beyond it."""
    box = line.polygon.box
    along_x = line.writing_mode is WritingMode.HORIZONTAL
    thick = box.height if along_x else box.width
    covered = box.overlap_y(rule) if along_x else box.overlap_x(rule)
    length = rule.height if along_x else rule.width
    inside = box.intersection(rule) > 0
    return inside and covered >= THROUGH * thick and length >= LONGER * thick


def _blank(line: Line, rule: Box, mask: Pixels) -> Span | None:
    """The blank along a line through which a rule runs, if it is wide enough for a gutter."""
    along_x = line.writing_mode is WritingMode.HORIZONTAL
    used, start = inked(line, mask)
    at = math.floor((rule.center[0] if along_x else rule.center[1]) - start)
    if not 0 <= at < used.size:
        return None
    before, after = np.flatnonzero(used[:at]), np.flatnonzero(used[at:])
    if before.size == 0 or after.size == 0:
        return None
    low, high = float(before[-1]) + 1, float(at + after[0])
    thick = rule.width if along_x else rule.height
    return (start + low, start + high) if high - low >= thick + AIR * line.em else None


def _pieces(line: Line, cuts: Sequence[Span], lines: Sequence[Line]) -> list[Line]:
    """The parts of a line, without scraps that are another line's text."""
    box = line.polygon.box
    start, end = (
        (box.x0, box.x1) if line.writing_mode is WritingMode.HORIZONTAL else (box.y0, box.y1)
    )
    edges = [start, *(v for cut in cuts for v in cut), end]
    spans = zip(edges[::2], edges[1::2], strict=True)
    parts = [replace(line, polygon=piece(line, span)) for span in spans]
    others = [other.polygon.box for other in lines if other is not line]
    parts = [p for p in parts if p.length > SLIVER * line.em]
    return [p for p in parts if not _is_scrap(p.polygon.box, others)]


def _is_scrap(part: Box, others: Sequence[Box]) -> bool:
    return any(part.intersection(other) > COVERED * part.area for other in others)
