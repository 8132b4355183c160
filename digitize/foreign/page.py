"""A page that another program has read, as reflow wants it: flat, cut at gutters, lines sized."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.foreign import cuts, picture, sizes, slant
from digitize.formats.lines import ReadPage
from digitize.geometry import Projective
from digitize.image import PageImage
from digitize.model import Line, Page, Region, RegionKind
from digitize.text import is_han

WORDS = 2  # lines in a picture: it is a frame around a story, or a tint behind one
SOLID = 2.0  # px: the least that an outline is wide and high
EVEN = 0.15  # by which a step from glyph to glyph differs from the usual one
MOSTLY = 0.8  # of the steps that are even where the glyphs' places can be trusted
COVERED = 0.15  # of a picture's area under its lines


def adopted(read: ReadPage, scan: PageImage | None = None, level: bool = False) -> Page:
    """A page with what reflow needs and other programs do not tell.

    The slant of the page is taken from its lines, the size of their type from their length; lines
    that run over a gutter are cut. With the ``scan``, the page is flattened as any scan is, and
    rules, frames and pictures are looked for on it, and places become those of its pixels. Reading
    order and paragraphs of the file are not believed. ``level``: the scan is one that a program has
    drawn, flat and clean.
    """
    if read.own:
        return _own(read.page)
    scale = None if scan is None else picture.scale_to(scan, read)
    page = read.page if scale is None else scaled(read.page, scale)
    if scan is None or scale is None:
        return _without_picture(page)
    flat = scan if level else picture.flattened(scan)
    return _with_picture(replace(page, size=(scan.width, scan.height), dpi=scan.dpi), flat, level)


def _own(page: Page) -> Page:
    """A page that digitize wrote: all that it needs but the way to the flat one."""
    return replace(page, flat=slant.flattening(slant.slant(page.lines), page.size), order=())


def _without_picture(page: Page) -> Page:
    lines, degrees = _sized(page)
    flat = slant.flattening(degrees, page.size)
    lines = [trusted(x) for x in sizes.sized(cuts.cut([mapped(x, flat) for x in lines]))]
    return _placed(replace(page, regions=_regions(page, lines), flat=flat), lines)


def _with_picture(page: Page, flat: PageImage, drawn: bool) -> Page:
    way = flat.to_scan.inverse()
    lines = [mapped(line, way) for line in _sized(page)[0]]
    lines = cuts.cut_by(lines, picture.divided(flat, lines))
    lines = [trusted(line) for line in sizes.sized(cuts.cut(lines))]
    return _placed(replace(picture.around(flat, page, lines, drawn), flat=way), lines)


def _sized(page: Page) -> tuple[list[Line], float]:
    """The lines that have text, their sizes told, slanted as they are; and by how many degrees."""
    lines: Sequence[Line] = [_solid(line) for line in page.lines if line.text.strip()]
    degrees = slant.slant(lines)
    lines = sizes.sized(lines, math.tan(math.radians(degrees)))
    return [slant.slanted(line, degrees) for line in lines], degrees


def _solid(line: Line) -> Line:
    """``line`` with an outline that covers something, where the file's has no width or height."""
    box = line.polygon.box
    lack = max(0.0, SOLID - box.width) / 2, max(0.0, SOLID - box.height) / 2
    return replace(line, polygon=box.grown(*lack).polygon()) if any(lack) else line


def _placed(page: Page, lines: Sequence[Line]) -> Page:
    """``page`` with ``lines``, which lie on the flat one."""
    back = page.flat.inverse()
    return replace(page, lines=tuple(mapped(line, back) for line in lines), order=())


def scaled(page: Page, scale: Projective) -> Page:
    """All of a page in other units of length."""
    return replace(
        page,
        lines=tuple(mapped(line, scale) for line in page.lines),
        regions=tuple(replace(r, polygon=scale.polygon(r.polygon)) for r in page.regions),
        separators=tuple(replace(s, polygon=scale.polygon(s.polygon)) for s in page.separators),
    )


def trusted(line: Line) -> Line:
    """``line`` without glyphs where their places are too rough to tell spaces by.

    Tesseract's boxes of Chinese words are off by half a glyph at times.
    """
    centers = [(g.polygon.box.center, g.text) for g in line.glyphs if g.text.strip()]
    steps = [
        math.dist(a, b)
        for (a, before), (b, after) in pairwise(centers)
        if is_han(before[-1]) and is_han(after[0])
    ]
    if not steps:
        return line
    usual = statistics.median(steps)
    even = sum(abs(step - usual) <= EVEN * usual for step in steps)
    return line if even >= MOSTLY * len(steps) else replace(line, glyphs=())


def mapped(line: Line, way: Projective) -> Line:
    """``line`` with its outline and its glyphs moved; its em grows with them."""
    glyphs = tuple(replace(g, polygon=way.polygon(g.polygon)) for g in line.glyphs)
    zoom = way.scale_at(line.polygon.box.center)
    return replace(line, polygon=way.polygon(line.polygon), glyphs=glyphs, em=line.em * zoom)


def _regions(page: Page, lines: Sequence[Line]) -> tuple[Region, ...]:
    """Pictures and frames; what the file takes for a picture and holds lines is a frame."""
    kept = (r for r in page.regions if r.kind in {RegionKind.PICTURE, RegionKind.FRAME})
    return tuple(replace(r, kind=RegionKind.FRAME) if _holds(r, lines) else r for r in kept)


def _holds(region: Region, lines: Sequence[Line]) -> bool:
    box = region.polygon.box
    inside = [line.polygon.box for line in lines if box.contains(line.polygon.box.center)]
    return len(inside) >= WORDS and sum(b.area for b in inside) > COVERED * box.area
