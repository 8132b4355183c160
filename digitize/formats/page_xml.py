"""PAGE XML (2010 to 2019): regions, lines, words and glyphs of a page, and their reading order.

S. Pletschacher and A. Antonacopoulos, The PAGE (Page Analysis and Ground-Truth Elements) Format
Framework, ICPR 2010; schema of 2019-07-15.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from digitize.geometry import Box, Polygon, WritingMode
from digitize.model import Line, Page, Region, RegionKind, Separator

_FURNITURE = frozenset({"header", "footer", "page-number", "signature-mark", "catch-word"})
_PICTURES = ("ImageRegion", "GraphicRegion", "LineDrawingRegion", "ChartRegion", "MapRegion")
_MODES = {
    "top-to-bottom": WritingMode.VERTICAL,
    "left-to-right": WritingMode.HORIZONTAL,
}


def from_page_xml(data: bytes) -> Page:
    """The page in a PAGE file; ValueError where it is not one, or there are several."""
    return only(page_xml_pages(data))


def page_xml_pages(data: bytes) -> list[ReadPage]:
    """The pages in a PAGE file (the standard knows one); ValueError where it is none.

    A region that has text but no lines is read as lines that divide its height evenly (for
    vertical text its width). A line without confidence gets 1.
    """
    root = parse(data)
    if local(root) != "PcGts":
        raise ValueError("its root element is not PcGts")
    return [_page(page, root) for page in some(list(children(root, "Page")))]


def _page(page: Element, root: Element) -> ReadPage:
    regions: list[Region] = []
    lines: list[Line] = []
    nodes = list(descendants(page, "TextRegion"))
    names = list(unique_ids((node.get("id") for node in nodes), "r"))
    line_names = unique_ids(_line_ids(nodes), "l")
    for node, name in zip(nodes, names, strict=True):
        found = list(_lines(node, line_names, _mode(node, page)))
        furniture = node.get("type") in _FURNITURE
        kind = RegionKind.FURNITURE if furniture else RegionKind.TEXT
        ids = tuple(line.id for line in found)
        mode = found[0].writing_mode if found else WritingMode.HORIZONTAL
        regions.append(Region(name, kind, _outline(node), mode, ids))
        lines += found
    made = Page(
        (round(number(page.get("imageWidth"))), round(number(page.get("imageHeight")))),
        lines=tuple(lines),
        regions=(*regions, *_pictures(page)),
        separators=tuple(_separator(node) for node in descendants(page, "SeparatorRegion")),
        order=tuple(
            i
            for region in _ordered(regions, page)
            if region.kind is not RegionKind.FURNITURE
            for i in region.line_ids
        ),
    )
    read = own.page_xml(made, root)
    return ReadPage(read, page.get("imageFilename") or "", own=read is not made)


def _pictures(page: Element) -> Iterator[Region]:
    for i, node in enumerate(descendants(page, *_PICTURES), 1):
        yield Region(f"picture{i}", RegionKind.PICTURE, _outline(node))


def _mode(region: Element, page: Element) -> WritingMode | None:
    for element in (region, page):
        if mode := _MODES.get(element.get("readingDirection") or ""):
            return mode
    return None


def _line_ids(regions: Sequence[Element]) -> Iterator[str | None]:
    """The ids of all lines in the order in which they are read; None for one without."""
    for region in regions:
        nodes = list(children(region, "TextLine"))
        if nodes:
            yield from (node.get("id") for node in nodes)
        else:
            yield from (None for _ in _text(region)[0].splitlines())


def _lines(region: Element, names: Iterator[str], mode: WritingMode | None) -> Iterator[Line]:
    nodes = list(children(region, "TextLine"))
    for node in nodes:
        words = [_read(word, "Glyph") for word in children(node, "Word")]
        glyphs = [_read(glyph) for glyph in descendants(node, "Glyph")]
        text, confidence = _text(node)
        text = text or words_text([word.text for word in words])
        outline = _outline(node)
        own = _MODES.get(node.get("readingDirection") or "") or mode
        parts = Parts(words, glyphs, confidence)
        yield make_line(next(names), " ".join(text.split()), outline, parts, own)
    if not nodes:
        text, confidence = _text(region)
        rows = text.splitlines()
        for part, outline in zip(rows, _divided(_outline(region), len(rows), mode), strict=True):
            whole = Parts(confidence=confidence)
            yield make_line(next(names), part.strip(), outline, whole, mode)


def _divided(outline: Polygon, count: int, mode: WritingMode | None) -> Iterator[Polygon]:
    box = outline.box
    for i in range(count):
        a, b = i / count, (i + 1) / count
        if mode is WritingMode.VERTICAL:
            yield Box(box.x1 - b * box.width, box.y0, box.x1 - a * box.width, box.y1).polygon()
        else:
            yield Box(box.x0, box.y0 + a * box.height, box.x1, box.y0 + b * box.height).polygon()


def _read(element: Element, parts: str = "") -> Read:
    text, confidence = _text(element)
    if not text and parts:
        text = "".join(_text(part)[0] for part in children(element, parts))
    return Read(text, _outline(element), confidence)


def _text(element: Element) -> tuple[str, float | None]:
    """The text of an element, of several readings the first by index, and its confidence."""
    readings = sorted(children(element, "TextEquiv"), key=lambda e: number(e.get("index")))
    for reading in readings:
        for name in ("Unicode", "PlainText"):
            for text in children(reading, name):
                confidence = reading.get("conf")
                return text.text or "", None if confidence is None else number(confidence)
    return "", None


def _outline(element: Element) -> Polygon:
    """The outline of an element; the versions before 2013 have a child for every corner."""
    for coords in children(element, "Coords"):
        if corners := points(coords.get("points")):
            return Polygon(corners)
        corners = tuple((number(p.get("x")), number(p.get("y"))) for p in children(coords, "Point"))
        if corners:
            return Polygon(corners)
    return Box(0, 0, 0, 0).polygon()


def _separator(element: Element) -> Separator:
    outline = _outline(element)
    return Separator(outline, vertical=outline.box.height > outline.box.width)


def _ordered(regions: Sequence[Region], page: Element) -> list[Region]:
    """The regions in the file's reading order; those that it does not name come last."""
    named = [name for group in children(page, "ReadingOrder") for name in _references(group)]
    rank = {name: i for i, name in reversed(list(enumerate(named)))}
    return sorted(regions, key=lambda region: rank.get(region.id, len(rank)))


def _references(group: Element) -> Iterator[str]:
    """The regions that a group of the reading order names, inner groups in their place."""
    for child in sorted(group, key=lambda e: number(e.get("index"))):
        if reference := child.get("regionRef"):
            yield reference
        yield from _references(child)
