"""Two pages on one scan: whether there are two, and where they part.

Between two pages is a band without type from top to bottom, wider than any gutter between columns
or shaded by the fold. It may lean, as where pages lie askew. One page that is taken for two is far
worse than two that are taken for one, so what may be one page is one: above all where type or a
rule runs across.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.geometry import WritingMode
from digitize.image import PageImage
from digitize.model import Half
from digitize.preprocess.bands import Band, Floats, bands
from digitize.preprocess.direction import direction
from digitize.preprocess.overlying import overlying, rows_across
from digitize.preprocess.sheet import Sheet, type_area
from digitize.preprocess.split import Gutter, half

LEAST = 200  # px of a scan's height: no page can be read that is lower
# Widths are shares of the sheet's width, which is 780 mm for two pages of a broadsheet.
BROAD, BROADEST = 1.02, 2.1  # times its height that a sheet of two pages is wide
PAGE = (0.42, 1.05)  # times its height that each of them is wide
ALIKE = 0.5  # of one page's type area's width or height that the other's has at least
MIDDLE = (0.38, 0.62)  # where pages of one size part, the scan being cut unevenly
BLANK = 0.012  # of the height that may be inked in a band without type
SPECK = 0.07  # of a stripe, in a column of pixels: less is no type
OPEN = 0.7  # of the height that a band is open where something lies over it
AROUND = 5.0  # px of the picture: so far around what lies over a gutter goes with it
COVERED = 0.5  # of the height that pictures over a fold cover at most
STRIP = 0.09  # a strip of adverts in the gutter (中缝) is no wider
# A band without shade is one between pages if it is ...
WIDE = 0.035  # so wide
OUTER = 1.2  # times the narrower outer margin: it is two inner margins
WIDER, WIDEST = 2.0, 1.5  # times the gutters between columns, and the widest of these
# A band in the shade of a fold need only be ...
SHADED, SHADED_WIDEST = 0.015, 1.3  # so wide, and times the widest gutter between columns
DARK = 12.0  # grey levels by which paper darkens towards a fold, from both sides
SHADY = 0.6  # of the height on which that is seen: pictures hide it
CREASE = 0.01  # what is dark and no wider is a rule or a crease, no shade
BESIDE = 0.12  # paper so far from the band has its own brightness


@dataclass(frozen=True, slots=True)
class Spread:
    """A sheet of two pages. ``mode`` is how its lines run: upright ones are read from the right."""

    gutter: Gutter
    mode: WritingMode


@dataclass(frozen=True, slots=True)
class _Parting:
    """A band that stands upright on ``sheet``; ``others`` are those between columns."""

    sheet: Sheet
    band: Band
    others: tuple[Band, ...] = ()


def may_be_spread(width: float, height: float) -> bool:
    """Whether a scan of this size has the shape of two pages side by side."""
    return height > 0 and BROAD <= width / height <= BROADEST


def find_spread(image: PageImage) -> Spread | None:
    """The two pages on a scan; None where it shows one, or may."""
    if image.height < LEAST:
        return None
    sheet = Sheet.of(image)
    if not may_be_spread(sheet.width, sheet.height):  # a page in a broad frame
        return None
    parting = _between_pages(sheet)
    if parting is None:
        return None
    return Spread(_gutter(parting, image.height), direction(image))


def one_page(image: PageImage, which: Half) -> PageImage:
    """The page of a scan that is wanted: all of it, or one of the two that it shows."""
    return half(image, best_gutter(image), which) if which else image


def best_gutter(image: PageImage) -> Gutter:
    """Where to part a scan that is said to show two pages: the best place, or the middle."""
    if image.height < LEAST:
        return Gutter(image.width / 2, image.width / 2, image.height, clear=False)
    sheet = Sheet.of(image)
    parting = _between_pages(sheet) or _likeliest(sheet)
    if parting is not None:
        return _gutter(parting, image.height)
    middle = Band(sheet.width / 2, sheet.width / 2)
    return _gutter(_Parting(sheet, middle), image.height, clear=False)


def _likeliest(sheet: Sheet) -> _Parting | None:
    """Where something lies over the gutter, or it is like one between columns; None if nowhere."""
    fold = _at_fold(sheet)
    if fold is None:
        return next(_partings(sheet, _whole), None) or next(_partings(sheet, _open), None)
    return _around(fold) or fold


def _around(fold: _Parting) -> _Parting | None:
    """The band that a fold lies in, as far as it is open."""
    x = fold.band.middle
    wide = (p for p in _partings(fold.sheet, _open) if p.band.x0 <= x <= p.band.x1)
    return next(wide, None)


def _gutter(parting: _Parting, height: int, *, clear: bool = True) -> Gutter:
    """Where that is on the scan, with what lies over it."""
    sheet, band = parting.sheet, parting.band
    x = band.middle
    (x0, y0), (x1, y1) = (sheet.back.point((x, y)) for y in (0.0, float(sheet.height)))
    slope = (x1 - x0) / (y1 - y0)
    things = overlying(sheet.ink, band.x0, band.x1)
    return Gutter(
        top=x0 - slope * y0,
        bottom=x0 + slope * (height - y0),
        height=height,
        across=tuple(sheet.back.polygon(thing.box.grown(AROUND).polygon()) for thing in things),
        clear=clear,
    )


def _between_pages(sheet: Sheet) -> _Parting | None:
    """The band between two pages, if there are two for sure."""
    blank = next(filter(_parts_pages, _partings(sheet, _whole)), None)
    if blank is not None:
        return blank
    fold = _at_fold(sheet)
    return fold if fold is not None and _is_under_pictures(fold) else None


def _at_fold(sheet: Sheet) -> _Parting | None:
    """A narrow band where the fold is darkest, if there is one."""
    shade = _shade(sheet)
    low, high = (int(share * sheet.width) for share in MIDDLE)
    x = low + int(shade[low:high].argmax())
    half_band = SHADED * sheet.width / 2
    return None if shade[x] < DARK else _Parting(sheet, Band(x - half_band, x + half_band))


def _parts_pages(parting: _Parting) -> bool:
    """Whether there is a page on both sides, and nothing but paper or a fold between them."""
    if _is_crossed(parting) or not _are_pages(parting):
        return False
    return _is_wide(parting) or _is_fold(parting)


def _is_under_pictures(fold: _Parting) -> bool:
    """Whether a fold is that of two pages, with pictures or adverts lying over a part of it."""
    band, ink = fold.band, fold.sheet.ink
    things = overlying(ink, band.x0, band.x1)
    if not (things and all(thing.picture for thing in things) and _are_pages(fold)):
        return False
    around = _around(fold)
    if around is None or not _is_wider(around):
        return False
    beside = np.array(ink[:, int(band.x0) : int(band.x1)])
    for thing in things:
        beside[int(thing.box.y0) : int(thing.box.y1)] = False
    covered = sum(thing.box.height for thing in things)
    return covered <= COVERED * fold.sheet.height and bool((beside.mean(axis=0) <= BLANK).all())


def _whole(stripes: Floats) -> list[Band]:
    """Bands that are without type all the way down."""
    return bands(stripes.mean(axis=0), BLANK)


def _open(stripes: Floats) -> list[Band]:
    """Bands that are so for the greater part."""
    return bands((stripes > SPECK).mean(axis=0), 1 - OPEN)


def _partings(sheet: Sheet, find: Callable[[Floats], list[Band]]) -> Iterator[_Parting]:
    """The bands in the middle of the sheet, however they lean; the widest first."""
    area = sheet.type_area()
    if area is None:
        return
    low, high = (share * sheet.width for share in MIDDLE)
    strip = STRIP * sheet.width
    found: list[tuple[float, Band]] = []
    for lean, stripes in sheet.leaning(area):
        inner = (b for b in find(stripes) if b.x0 > area.x0 and b.x1 < area.x1)
        found += ((lean, band) for band in inner)
    tried: list[Band] = []
    # Of leans that make no difference the least is first.
    for lean, band in sorted(found, key=lambda one: -round(one[1].width)):
        if not low <= band.middle <= high or any(band.apart(one) < 0 for one in tried):
            continue
        tried.append(band)
        columns = tuple(other for _, other in found if other.apart(band) > strip)
        yield _Parting(sheet.upright(lean), band, columns)


def _is_wide(parting: _Parting) -> bool:
    """Whether a band is that between two pages, whatever its light."""
    sheet, wide = parting.sheet, parting.band.width
    area = sheet.type_area()
    if area is None or wide < OUTER * min(area.x0, sheet.width - area.x1):
        return False
    columns = [other.width for other in parting.others] or [0.0]
    least = max(WIDER * float(np.median(columns)), WIDEST * max(columns))
    return wide >= max(least, WIDE * sheet.width)


def _is_fold(parting: _Parting) -> bool:
    """Whether a band is in the shade of a fold, and more than a gutter between columns."""
    inside = _shade(parting.sheet)[int(parting.band.x0) : int(parting.band.x1) + 1]
    return _is_wider(parting) and bool(inside.max() >= DARK)


def _is_wider(parting: _Parting) -> bool:
    """Whether a band where a fold is, is more than a gutter between columns."""
    widest = max((other.width for other in parting.others), default=0.0)
    return parting.band.width >= max(SHADED * parting.sheet.width, SHADED_WIDEST * widest)


def _shade(sheet: Sheet) -> Floats:
    """Grey levels by which the paper darkens from both sides, as to a fold, along the width."""
    crease = max(3, int(CREASE * sheet.width))
    closed = cv2.morphologyEx(sheet.paper(), cv2.MORPH_CLOSE, np.ones((1, crease), np.uint8))
    paper = cv2.blur(closed, (crease, 1))
    reach = int(BESIDE * sheet.width)
    window = np.ones((1, reach), np.uint8)
    left = cv2.dilate(paper, window, anchor=(reach - 1, 0))
    right = cv2.dilate(paper, window, anchor=(0, 0))
    return np.asarray(np.quantile(np.minimum(left, right) - paper, 1 - SHADY, axis=0))


def _are_pages(parting: _Parting) -> bool:
    """Whether both sides have the shape of a page, with type areas of about one size."""
    sheet, band = parting.sheet, parting.band
    shapes = [side / sheet.height for side in (band.middle, sheet.width - band.middle)]
    if min(shapes) < PAGE[0] or max(shapes) > PAGE[1]:
        return False
    left, right = (
        type_area(part) for part in (sheet.ink[:, : int(band.x0)], sheet.ink[:, int(band.x1) :])
    )
    if left is None or right is None:
        return False
    sizes = ((left.width, right.width), (left.height, right.height))
    return all(min(pair) >= ALIKE * max(pair) for pair in sizes)


def _is_crossed(parting: _Parting) -> bool:
    """Whether a line of type or a rule runs across."""
    return bool(rows_across(parting.sheet.ink, parting.band.x0, parting.band.x1).any())
