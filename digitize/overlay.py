"""A picture of what was found: lines by article, pictures, rules, and arrows of reading order."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator

import cv2
import numpy as np

from digitize.geometry import Polygon
from digitize.image import Pixels
from digitize.model import PageResult, RegionKind

Color = tuple[int, int, int]
GRAY: Color = (150, 150, 150)
PICTURE: Color = (0, 160, 160)
RULE: Color = (230, 120, 0)
ARROW: Color = (200, 0, 0)
LONG_SIDE = 2400  # px of the overlay: enough to read body type, small enough to open anywhere


def draw(scan: Pixels, result: PageResult) -> Pixels:
    """An RGB picture of the scan (H, W[, 3]) with the page's regions and order drawn on it."""
    factor = min(1.0, LONG_SIDE / max(scan.shape[:2]))
    size = (round(scan.shape[1] * factor), round(scan.shape[0] * factor))
    base = cv2.resize(scan, size, interpolation=cv2.INTER_AREA)
    canvas = base if base.ndim == 3 else cv2.cvtColor(base, cv2.COLOR_GRAY2RGB)
    canvas = np.ascontiguousarray(255 - (255 - canvas) // 2)
    if result.page is None:
        return np.asarray(canvas, dtype=np.uint8)
    tint = canvas.copy()
    _draw_regions(tint, result, factor)
    _draw_lines(tint, result, factor)
    canvas = cv2.addWeighted(canvas, 0.6, tint, 0.4, 0)
    _draw_arrows(canvas, result, factor)
    return np.asarray(canvas, dtype=np.uint8)


def _points(polygon: Polygon, factor: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.asarray([[x * factor, y * factor] for x, y in polygon.points], dtype=np.int32)


def _draw_regions(canvas: Pixels, result: PageResult, factor: float) -> None:
    assert result.page is not None
    for region in result.page.regions:
        thick = -1 if region.kind is RegionKind.PICTURE else 3
        if region.kind in {RegionKind.PICTURE, RegionKind.FRAME}:
            cv2.drawContours(canvas, [_points(region.polygon, factor)], -1, PICTURE, thick)
    for rule in result.page.separators:
        cv2.drawContours(canvas, [_points(rule.polygon, factor)], -1, RULE, 3)


def _draw_lines(canvas: Pixels, result: PageResult, factor: float) -> None:
    assert result.page is not None
    color = dict(_line_colors(result))
    for line in result.page.lines:
        points = _points(line.polygon, factor)
        cv2.drawContours(canvas, [points], -1, color.get(line.id, GRAY), -1)


def _line_colors(result: PageResult) -> Iterator[tuple[str, Color]]:
    for i, article in enumerate(result.articles):
        for j, paragraph in enumerate(article.paragraphs):
            # The golden angle keeps neighbouring articles apart; shades tell paragraphs.
            shade = 0.95 if j % 2 else 0.7
            rgb = colorsys.hsv_to_rgb(i * 0.381966 % 1, 0.75, shade)
            for line_id in paragraph.line_ids:
                yield line_id, (int(rgb[0] * 255), int(rgb[1] * 255), int(rgb[2] * 255))


def _draw_arrows(canvas: Pixels, result: PageResult, factor: float) -> None:
    assert result.page is not None
    where = {line.id: line.polygon.box.center for line in result.page.lines}
    for article in result.articles:
        ids = [i for p in article.paragraphs for i in p.line_ids if i in where]
        for before, after in zip(ids, ids[1:], strict=False):
            start, end = where[before], where[after]
            a = (round(start[0] * factor), round(start[1] * factor))
            b = (round(end[0] * factor), round(end[1] * factor))
            cv2.arrowedLine(canvas, a, b, ARROW, 2, cv2.LINE_AA, tipLength=0.02)
