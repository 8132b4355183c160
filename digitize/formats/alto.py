"""ALTO (versions 2 to 4): lines, words, glyphs and blocks of a page.

Library of Congress, ALTO: Technical Metadata for Layout and Text Objects, 4.4 (2023).
"""

from __future__ import annotations

from collections.abc import Iterator

from digitize.formats import own
from digitize.formats.lines import Parts, Read, ReadPage, make_line, only, unique_ids, words_text
from digitize.formats.xml_reading import (
    Element,
    children,
    descendants,
    local,
    number,
    parse,
    points,
    some,
)
from digitize.geometry import Box, Polygon
from digitize.model import Line, Page, Region, RegionKind, Separator

DPI = 300.0  # taken where lengths are in tenths of a millimetre or 1200ths of an inch
_PER_INCH = {"pixel": None, "mm10": 254.0, "inch1200": 1200.0}
_MARGINS = ("TopMargin", "BottomMargin", "LeftMargin", "RightMargin")
_THIN = 10  # times longer than wide: a graphical element that is a rule
_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement")


def from_alto(data: bytes) -> Page:
    """The page in an ALTO file; ValueError where it is not one, or there are several."""
    return only(alto_pages(data))


def alto_pages(data: bytes) -> list[ReadPage]:
    """The pages in an ALTO file; ValueError where it is none.

    Text in the margins is furniture. A line whose words have no confidence gets 1.
    """
    root = parse(data)
    if local(root) != "alto":
        raise ValueError("its root element is not alto")
    named = next((e.text or "" for e in descendants(root, "fileName")), "").strip()
    reader = _Reader(root)
    return [_page(page, reader, root, named) for page in some([*descendants(root, "Page")])]


def _page(page: Element, reader: _Reader, root: Element, picture: str) -> ReadPage:
    areas = list(reader.areas(page))
    lines = [line for _, _, found in areas for line in found]
    names = dict(zip(lines, unique_ids((n.get("ID") for n in lines), "l"), strict=True))
    made = {node: reader.line(node, name) for node, name in names.items()}
    regions = []
    for (node, kind, found), name in zip(
        areas, unique_ids((n.get("ID") for n, _, _ in areas), "r"), strict=True
    ):
        ids = tuple(names[line] for line in found)
        regions.append(Region(name, kind, reader.outline(node), line_ids=ids))
    kept = tuple(r for r in regions if not _is_rule(r))
    order = _ordered(kept, root)
    made_page = Page(
        (round(reader.length(page, "WIDTH")), round(reader.length(page, "HEIGHT"))),
        None if reader.scale == 1 else DPI,
        lines=tuple(made[node] for node in lines),
        regions=kept,
        separators=tuple(_separator(r) for r in regions if _is_rule(r)),
        order=tuple(i for r in order if r.kind is not RegionKind.FURNITURE for i in r.line_ids),
    )
    read = own.alto(made_page, root)
    return ReadPage(read, picture, own=read is not made_page)


class _Reader:
    """Reads elements in the file's unit of length."""

    def __init__(self, root: Element) -> None:
        unit = next((e.text or "" for e in descendants(root, "MeasurementUnit")), "pixel").strip()
        if unit not in _PER_INCH:
            raise ValueError(f"its unit of length, {unit!r}, is unknown")
        per_inch = _PER_INCH[unit]
        self.scale = 1.0 if per_inch is None else DPI / per_inch

    def length(self, element: Element, name: str) -> float:
        """An attribute in pixels."""
        return number(element.get(name)) * self.scale

    def areas(self, page: Element) -> Iterator[tuple[Element, RegionKind, list[Element]]]:
        """Every block, what it is, and its lines."""
        margins = {block for name in children(page, *_MARGINS) for block in name.iter()}
        for block in descendants(page, *_BLOCKS):
            kind = RegionKind.PICTURE
            if local(block) == "TextBlock":
                kind = RegionKind.FURNITURE if block in margins else RegionKind.TEXT
            yield block, kind, list(children(block, "TextLine"))

    def outline(self, element: Element) -> Polygon:
        """The outline of an element: its polygon, or its box."""
        for shape in children(element, "Shape"):
            for polygon in children(shape, "Polygon"):
                if corners := points(polygon.get("POINTS"), self.scale):
                    return Polygon(corners)
        x, y = self.length(element, "HPOS"), self.length(element, "VPOS")
        width, height = self.length(element, "WIDTH"), self.length(element, "HEIGHT")
        return Box(x, y, x + width, y + height).polygon()

    def line(self, element: Element, name: str) -> Line:
        """A text line."""
        words: list[Read] = []
        glyphs: list[Read] = []
        spaces: list[int] = []
        for part in children(element, "String", "SP", "HYP"):
            if local(part) == "SP":
                spaces.append(len(words))
                continue
            words.append(self._read(part, "WC"))
            glyphs += (self._read(glyph, "GC") for glyph in children(part, "Glyph"))
        known = spaces if spaces else None
        text = words_text([word.text for word in words], known)
        return make_line(name, text, self._line_outline(element, words), Parts(words, glyphs))

    def _line_outline(self, element: Element, words: list[Read]) -> Polygon:
        outline = self.outline(element)
        boxes = [word.polygon.box for word in words if word.polygon.box.area]
        return outline if outline.box.area or not boxes else Box.around(boxes).polygon()

    def _read(self, element: Element, confidence: str) -> Read:
        value = element.get(confidence)
        known = None if value is None else number(value)
        return Read(element.get("CONTENT") or "", self.outline(element), known)


def _ordered(regions: tuple[Region, ...], root: Element) -> list[Region]:
    """The regions as the file's reading order (since 4.3) names them, or else as they come."""
    named = [ref.get("REF") for ref in descendants(root, "ElementRef")]
    rank = {name: i for i, name in enumerate(named)}
    return sorted(regions, key=lambda region: rank.get(region.id, len(rank)))


def _is_rule(region: Region) -> bool:
    if region.kind is not RegionKind.PICTURE:
        return False
    box = region.polygon.box
    shorter, longer = sorted((box.width, box.height))
    return longer > _THIN * shorter


def _separator(region: Region) -> Separator:
    box = region.polygon.box
    return Separator(region.polygon, vertical=box.height > box.width)
