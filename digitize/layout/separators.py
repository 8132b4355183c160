"""Printed rules: long thin runs of ink, found by opening the page with line-shaped kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.geometry import Box
from digitize.image import Pixels

# A rule is at least this long (em); the longest stroke of body type is one em.
MIN_LENGTH = 3.0
# Kernel length (em): short enough for a rule that a residual slant moves by a pixel.
KERNEL = 2.0
MAX_THICKNESS = 0.6  # em: a heavier bar is a picture or a reversed headline
BORDER = 0.7  # em around a picture in which a rule is its border
DOT = 0.35  # em: size of a dot in a rule of dots
DOT_GAP = 0.8  # em between the dots
DOTTED = 5.0  # em that such a rule is long at least; full stops never stand so
HAT = 0.6  # em
FAINT = 24  # grey levels by which a rule is darker than the paper beside it
GAP = 1.0  # em: dots and breaks in worn rules that are closed


def thin_ink(gray: Pixels, em: float) -> Pixels:
    """A mask of everything narrower than half an em and darker than its surroundings.

    Hairlines are often grey, lighter than the threshold that suits type (black top-hat transform).
    """
    size = max(3, round(HAT * em))
    hat = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, np.ones((size, size), np.uint8))
    return np.where(hat >= FAINT, np.uint8(255), np.uint8(0))


def _dotted(mask: Pixels, em: float, vertical: bool) -> Pixels:
    """Rows of dots drawn together: specks in line and nothing else."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    small = np.max(stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], axis=1) <= DOT * em
    small[0] = False
    dots = np.where(small[labels], np.uint8(255), np.uint8(0))
    near, long = max(3, round(DOT_GAP * em)), round(DOTTED * em)
    shape = [(near, 1), (long, 1)] if vertical else [(1, near), (1, long)]
    closed = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones(shape[0], np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(shape[1], np.uint8)))


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules along and across a page, as boxes around their ink, and a mask of that ink."""

    across: list[Box]
    down: list[Box]
    ink: Pixels


def find_rules(mask: Pixels, em: float, text: Sequence[Box]) -> Rules:
    """Horizontal and vertical rules of an ink mask.

    ``text`` are the boxes of text lines. Strokes of headlines are kept out: a rule may not lie
    inside a line of larger type.
    """
    across, flat = _along(mask, em, text, False)
    down, upright = _along(mask, em, text, True)
    return Rules(across, down, flat | upright)


def _along(
    mask: Pixels, em: float, text: Sequence[Box], vertical: bool
) -> tuple[list[Box], Pixels]:
    def kernel(length: float) -> Pixels:
        size = max(3, round(length))
        return np.ones((size, 1) if vertical else (1, size), np.uint8)

    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel(KERNEL * em))
    runs = cv2.bitwise_or(runs, _dotted(mask, em, vertical))
    # Closing only ever joins runs that are in line; the cross kernel bridges a pixel of slant.
    runs = cv2.dilate(runs, np.ones((1, 3) if vertical else (3, 1), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, kernel(GAP * em))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs)
    rules, kept = [], np.zeros(len(stats), dtype=np.uint8)
    for i, (x, y, w, h, _area) in enumerate(stats[1:], 1):
        long, thick = (h, w) if vertical else (w, h)
        # A slanted rule's box is thicker than its ink: 0.6 % of its length is 1/3 of a degree.
        if long < MIN_LENGTH * em or thick > MAX_THICKNESS * em + 0.006 * long + 2:
            continue
        box = Box(float(x), float(y), float(x + w), float(y + h))
        if not any(_is_stroke(box, line, vertical) for line in text):
            rules.append(box)
            kept[i] = 255
    return rules, kept[labels]


def _is_stroke(rule: Box, box: Box, vertical: bool) -> bool:
    """Whether the rule is a stroke of a glyph in a text line's ``box``: it lies within it."""
    shared = box.overlap_y(rule) if vertical else box.overlap_x(rule)
    length = rule.height if vertical else rule.width
    depth = box.overlap_x(rule) if vertical else box.overlap_y(rule)
    thickness = max(1.0, rule.width if vertical else rule.height)
    return shared > 0.6 * length and depth > 0.6 * thickness


def outside(rules: Sequence[Box], pictures: Sequence[Box], em: float) -> list[Box]:
    """The rules that are neither lines within a picture nor its border."""
    areas = [p.grown(BORDER * em) for p in pictures]
    return [r for r in rules if not any(a.intersection(r) > 0.9 * r.area for a in areas)]
