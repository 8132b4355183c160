"""A picture of what was found: lines by article, pictures, rules, and arrows of reading order."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from digitize import typesize
from digitize.geometry import Polygon
from digitize.image import Pixels
from digitize.model import Page, PageResult, RegionKind

Color = tuple[int, int, int]
GRAY: Color = (150, 150, 150)
PICTURE: Color = (0, 160, 160)
SCENE_TEXT: Color = (0, 60, 70)  # darker than any article
RULE: Color = (230, 120, 0)
ARROW: Color = (200, 0, 0)
LONG_SIDE = 2400  # px of the overlay: enough to read body type, small enough to open anywhere


def draw(scan: Pixels, result: PageResult) -> Pixels:
    """An RGB picture of the scan (H, W[, 3]) with the page's regions and order drawn on it."""
    factor = min(1.0, LONG_SIDE / max(scan.shape[:2]))
    pale = _pale(typesize.resized(scan, factor))
    if result.page is None:
        return pale
    tint = pale.copy()
    _draw_regions(tint, result.page, factor)
    _draw_lines(tint, result.page, dict(_line_colors(result)), factor)
    canvas: Pixels = np.asarray(cv2.addWeighted(pale, 0.6, tint, 0.4, 0), dtype=np.uint8)
    _draw_arrows(canvas, result, factor)
    return canvas


def _pale(pixels: Pixels) -> Pixels:
    """The picture in RGB at half its contrast, so that colours show on it."""
    color = pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)
    return np.ascontiguousarray(255 - (255 - color) // 2, dtype=np.uint8)


def _points(polygon: Polygon, factor: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.asarray([[x * factor, y * factor] for x, y in polygon.points], dtype=np.int32)


def _draw_regions(canvas: Pixels, page: Page, factor: float) -> None:
    for region in page.regions:
        thick = -1 if region.kind is RegionKind.PICTURE else 3
        if region.kind in {RegionKind.PICTURE, RegionKind.FRAME}:
            cv2.drawContours(canvas, [_points(region.polygon, factor)], -1, PICTURE, thick)
    for rule in page.separators:
        cv2.drawContours(canvas, [_points(rule.polygon, factor)], -1, RULE, 3)


def _draw_lines(canvas: Pixels, page: Page, colors: dict[str, Color], factor: float) -> None:
    scene = page.scene_text
    for line in page.lines:
        points = _points(line.polygon, factor)
        other = SCENE_TEXT if line.id in scene else GRAY
        cv2.drawContours(canvas, [points], -1, colors.get(line.id, other), -1)


def _line_colors(result: PageResult) -> Iterator[tuple[str, Color]]:
    for i, article in enumerate(result.articles):
        for j, paragraph in enumerate(article.paragraphs):
            # The golden angle keeps neighbouring articles apart; shades tell paragraphs.
            shade = 0.95 if j % 2 else 0.7
            rgb = colorsys.hsv_to_rgb(i * 0.381966 % 1, 0.75, shade)
            for line_id in paragraph.line_ids:
                yield line_id, (int(rgb[0] * 255), int(rgb[1] * 255), int(rgb[2] * 255))


def _draw_arrows(canvas: Pixels, result: PageResult, factor: float) -> None:
    lines = result.page.lines if result.page is not None else ()
    where = {line.id: line.polygon.box.center for line in lines}
    for article in result.articles:
        ids = [i for p in article.paragraphs for i in p.line_ids if i in where]
        for before, after in pairwise(ids):
            start, end = where[before], where[after]
            a = (round(start[0] * factor), round(start[1] * factor))
            b = (round(end[0] * factor), round(end[1] * factor))
            cv2.arrowedLine(canvas, a, b, ARROW, 2, cv2.LINE_AA, tipLength=0.02)
