"""The picture that a page was read from: its rules, frames and pictures, found without reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize import layout
from digitize.formats.lines import ReadPage
from digitize.geometry import Projective
from digitize.image import PageImage
from digitize.model import Line, Page, Region, Separator
from digitize.options import PreprocessOptions
from digitize.preprocess.flatten import preprocess

STEPS = PreprocessOptions(orient=False, denoise=False, enlarge=False)
"""What is done to the picture: the other program has read it as it stands, at its size."""
SAME_SHAPE = 0.02  # by which height over width of a file and of its picture differ


def is_of(scan: PageImage, read: ReadPage) -> bool:
    """Whether a scan can be the picture of a page: it has its shape."""
    return scale_to(scan, read) is not None


def scale_to(scan: PageImage, read: ReadPage) -> Projective | None:
    """From the file's lengths to the scan's pixels; None where it is no picture of this page.

    A file that does not tell the page's size has the pixels of its picture.
    """
    width, height = read.page.size
    if width < 1 or height < 1:
        return None
    across, down = scan.width / width, scan.height / height
    if not read.sized:
        return Projective.identity() if min(across, down) >= 1 else None
    if abs(across / down - 1) > SAME_SHAPE:
        return None
    return Projective.scale(across, down)


def flattened(scan: PageImage) -> PageImage:
    """The picture as rules are looked for on it."""
    return preprocess(scan, STEPS)


def divided(flat: PageImage, lines: Sequence[Line]) -> list[Line]:
    """Lines on the flat picture, cut where a gutter runs through them, the parts with their ids."""
    return layout.divided(flat, lines)


def around(flat: PageImage, page: Page, lines: Sequence[Line], printed: bool = False) -> Page:
    """``page`` with the rules, frames and pictures around ``lines``, which lie on ``flat``.

    ``printed``: none of the lines was read in a photograph.
    """
    found = layout.surroundings(flat, lines, printed)
    rules = tuple(_moved_rule(s, flat.to_scan) for s in found.separators)
    regions = tuple(_moved_region(r, flat.to_scan) for r in found.regions)
    return replace(page, separators=rules, regions=regions)


def _moved_rule(rule: Separator, way: Projective) -> Separator:
    return replace(rule, polygon=way.polygon(rule.polygon))


def _moved_region(region: Region, way: Projective) -> Region:
    return replace(region, polygon=way.polygon(region.polygon))
