"""Whether a page that was read back from a file can be a page: its places lie somewhere near it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from digitize.geometry import Point, Polygon
from digitize.model import Glyph, Line, Page

FARTHEST = 1e7  # px; a scan of 400 megapixels is 30,000 px long


def check(page: Page) -> None:
    """Raise ValueError, which says what is wrong, where places cannot be reckoned with."""
    outlines = chain(
        (line.polygon for line in page.lines),
        (glyph.polygon for line in page.lines for glyph in line.glyphs),
        (region.polygon for region in page.regions),
        (separator.polygon for separator in page.separators),
    )
    _near("an outline", outlines)
    if not all(0 <= line.em <= FARTHEST for line in page.lines):
        raise ValueError("the em of a line is no length")
    glyphs = (glyph for line in page.lines for glyph in line.glyphs)
    parts: Iterable[Line | Glyph] = chain(page.lines, glyphs)
    if not all(0 <= part.confidence <= 1 for part in parts):
        raise ValueError("a confidence is not between 0 and 1")
    if not all(0 <= side <= FARTHEST for side in page.size):
        raise ValueError("its size is none that a scan can have")
    try:
        back = page.flat.inverse()
        width, height = page.size
        corners = Polygon(((0, 0), (width, 0), (width, height), (0, height)))
        on_flat = [page.flat.polygon(o) for o in (corners, *(x.polygon for x in page.lines))]
        _near("flat: an outline", on_flat)
        _near("flat: an outline", map(back.polygon, on_flat))
        if not 0 < page.flat.scale_at((width / 2, height / 2)) <= FARTHEST:
            raise ValueError("flat: the page has no area")
    except (ZeroDivisionError, OverflowError) as error:
        raise ValueError("flat: the page lies nowhere") from error


def _near(what: str, outlines: Iterable[Polygon]) -> None:
    for outline in outlines:
        if not outline.points or not all(map(_is_near, outline.points)):
            raise ValueError(f"{what} has no place on the page")


def _is_near(point: Point) -> bool:
    # Not so for NaN either.
    return -FARTHEST <= point[0] <= FARTHEST and -FARTHEST <= point[1] <= FARTHEST
