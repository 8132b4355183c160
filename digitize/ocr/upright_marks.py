"""Marks of vertical setting put where level text has them: commas low, brackets turned back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitize.image import Pixels

MARK = 0.42  # em: ink smaller than this both ways is a point or a comma
HIGH = 0.45  # of the cell: a mark with its centre above this is one set in the upper right
EDGE = 0.06  # em of soft edge that is moved with a mark
FOOT = 0.12  # em from the cell's left and lower edge to where a comma stands in level text
BRACKET = (0.2, 0.62)  # em: the sides of a corner bracket like ﹁ lie between these
WIDE = 1.05  # em: the arm across the line of ﹃ in headline type, at most
BAR = 0.34  # of its sides: a bracket's two bars are no thicker
OUTLINED = 0.45  # of its height: the same for ﹃ in outlines, which is wider than high
BAR_COVER = 0.8  # of a side that its bar covers
HOLLOW = 0.04  # ink in the part of a bracket's box that its bars leave free, at most
ARC_WIDE = (0.45, 1.05)  # em: the width of ︵, ︿ and ︽
ARC_HIGH = (0.08, 0.45, 0.6)  # em: their height at least, at most with one stroke, with two
STROKE = 0.3  # em of ink that they have from top to foot: less than a glyph has
ARC_WHOLE = 0.9  # of its width that has ink: a thin stroke may be broken, 八 is more so
BEND = (0.3, 0.2)  # of its height by which the edge of an arc outside and inside is bent

Mask = npt.NDArray[np.bool_]
Span = tuple[int, int, int, int]  # x0, y0, x1, y1


def levelled(cell: Pixels, dark: Mask, em: float, paper: int) -> Pixels:
    """A cell with one upright glyph; ``dark`` is its ink. What is no mark stays as it is."""
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return cell
    span = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    if _has_sides_of_bracket(span, em):
        ink = dark[span[1] : span[3], span[0] : span[2]]
        if (opening := _is_opening(ink)) or _is_opening(np.rot90(ink, 2)):
            return _turned(cell, _grown(cell, span, em), paper, opening)
    if _has_sides_of_arc(span, em):
        ink = dark[span[1] : span[3], span[0] : span[2]]
        if (opening := _is_arc(ink, em)) or _is_arc(ink[::-1], em):
            return _turned(cell, _grown(cell, span, em), paper, opening)
    if max(_sides(span)) < MARK * em and (span[1] + span[3]) / 2 <= HIGH * cell.shape[0]:
        return _lowered(cell, span, em, paper)
    return cell


def _sides(span: Span) -> tuple[int, int]:
    return span[2] - span[0], span[3] - span[1]


def _has_sides_of_bracket(span: Span, em: float) -> bool:
    """Whether the ink may be ﹁ or ﹂ by its size.

    ﹃ and ﹄ are as wide as the line in headline type, and two lines stand for each bar.
    """
    width, height = _sides(span)
    low, high = BRACKET[0] * em, BRACKET[1] * em
    return low <= height <= high and low <= width <= WIDE * em


def _is_opening(ink: Mask) -> bool:
    """Whether ``ink`` (its box) is ﹁: a bar along its top, one at its right, else nothing."""
    wide = ink.shape[1] > ink.shape[0] / BRACKET[1]
    top = max(1, round((OUTLINED if wide else BAR) * ink.shape[0]))
    side = max(1, round(BAR * ink.shape[1]))
    over = float(ink[:top].any(axis=0).mean())
    beside = float(ink[:, -side:].any(axis=1).mean())
    free = ink[top:, :-side]
    return min(over, beside) >= BAR_COVER and (free.size == 0 or float(free.mean()) <= HOLLOW)


def _has_sides_of_arc(span: Span, em: float) -> bool:
    """Whether the ink may be ︵ or ︶ by its size, or the angles that stand for 〈 and 《."""
    width, height = _sides(span)
    low, high = ARC_HIGH[0] * em, ARC_HIGH[-1] * em
    return ARC_WIDE[0] * em <= width <= ARC_WIDE[1] * em and low <= height <= high


def _is_arc(ink: Mask, em: float) -> bool:
    """Whether ``ink`` (its box) is ︵: thin strokes along its width, high in the middle."""
    height = len(ink)
    inked = ink.any(axis=0)
    if inked.mean() < ARC_WHOLE or float(np.median(ink.sum(axis=0))) > STROKE * em:
        return False
    ink = ink[:, inked]
    width = ink.shape[1]
    strokes = int(np.median((np.diff(ink, axis=0, prepend=False) & ink).sum(axis=0)))
    if not 1 <= strokes <= 2 or height > ARC_HIGH[strokes] * em:
        return False
    edges = ink.argmax(axis=0), height - 1 - ink[::-1].argmax(axis=0)
    side = max(1, width // 8)
    for edge, bend in zip(edges, BEND, strict=True):
        middle = float(edge[width // 2 - side : width // 2 + side].max())
        ends = min(float(np.median(edge[:side])), float(np.median(edge[-side:])))
        if ends - middle < bend * height:
            return False
    return True


def _turned(cell: Pixels, mark: Pixels, paper: int, opening: bool) -> Pixels:
    """The bracket turned back by 90°: 「 at the upper right of its cell, 」 at the lower left."""
    mark = np.rot90(mark)
    height, width = (min(a, b) for a, b in zip(mark.shape, cell.shape, strict=True))
    result = np.full_like(cell, paper)
    if opening:
        result[:height, -width:] = mark[:height, :width]
    else:
        result[-height:, :width] = mark[:height, :width]
    return result


def _lowered(cell: Pixels, span: Span, em: float, paper: int) -> Pixels:
    """A comma or stop in the upper right moved to the lower left."""
    mark = _grown(cell, span, em)
    foot = round(FOOT * em)
    bottom = max(mark.shape[0], cell.shape[0] - foot - max(0, cell.shape[0] - round(em)) // 2)
    result = np.full_like(cell, paper)
    part = result[bottom - mark.shape[0] : bottom, foot : foot + mark.shape[1]]
    part[:] = mark[: part.shape[0], : part.shape[1]]
    return result


def _grown(cell: Pixels, span: Span, em: float) -> Pixels:
    """The pixels of a mark with its soft edge."""
    soft = max(1, round(EDGE * em))
    x0, y0, x1, y1 = span
    return cell[max(0, y0 - soft) : y1 + soft, max(0, x0 - soft) : x1 + soft]
