"""hOCR: lines, words and paragraphs of a page, as OCR programs write them into HTML.

T. Breuel, The hOCR Microformat for OCR Workflow and Results, ICDAR 2007; hOCR 1.2 (2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from digitize.formats import own
from digitize.formats.lines import Parts, Read, ReadPage, make_line, only, unique_ids, words_text
from digitize.formats.xml_reading import Element, number, parse, points, refuse_entities, some
from digitize.geometry import Box, Polygon
from digitize.model import Line, Page, Region, RegionKind, Separator

_LINES = ("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat")
_PARAGRAPHS = ("ocr_par", "ocr_carea", "ocrx_block", "ocr_pageno")
_PICTURES = ("ocr_image", "ocr_photo", "ocr_linedrawing", "ocr_float")
_FURNITURE = frozenset({"ocr_pageno", "ocr_header", "ocr_footer"})
_PERCENT = 100


def from_hocr(data: bytes) -> Page:
    """The page in an hOCR file; ValueError where it is not one, or there are several."""
    return only(hocr_pages(data))


def hocr_pages(data: bytes) -> list[ReadPage]:
    """The pages in an hOCR file; ValueError where it is none.

    A paragraph is a region, or a block where no paragraphs are marked; page numbers are furniture.
    """
    root = _root(data)
    return [_page(page, root) for page in some(list(_of_class(root, "ocr_page")))]


def _page(page: Element, root: Element) -> ReadPage:
    nodes = [node for node in _of_class(page, *_LINES) if not _holds_lines(node)]
    names = dict(zip(nodes, unique_ids((n.get("id") for n in nodes), "l"), strict=True))
    lines = tuple(_line(node, names[node]) for node in nodes)
    regions = [*_regions(page, names), *_pictures(page)]
    furniture = {i for r in regions if r.kind is RegionKind.FURNITURE for i in r.line_ids}
    box = _outline(page).box
    made = Page(
        (round(box.x1), round(box.y1)),
        dpi=_dpi(page),
        lines=lines,
        regions=tuple(regions),
        separators=tuple(map(_separator, _of_class(page, "ocr_separator"))),
        order=tuple(line.id for line in lines if line.id not in furniture),
    )
    read = own.hocr(made, root)
    picture = (_property(page, "image") or "").strip("\"'")
    return ReadPage(read, picture, own=read is not made)


def _separator(node: Element) -> Separator:
    outline = _outline(node)
    return Separator(outline, vertical=outline.box.height > outline.box.width)


def _root(data: bytes) -> Element:
    """The document as XML, or as HTML where it is no XML."""
    try:
        return parse(data)
    except ValueError:
        if b"ocr_page" not in data or b"<!ENTITY" in data:
            raise
    encoding = "utf-8" if _is_utf8(data) else None  # None: as the document says
    parser = etree.HTMLParser(
        encoding=encoding, no_network=True, remove_comments=True, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise ValueError("it holds no HTML")
    refuse_entities(root)
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_class(element: Element, *names: str) -> Iterator[Element]:
    wanted = set(names)
    for child in element.iter():
        if isinstance(child.tag, str) and not wanted.isdisjoint((child.get("class") or "").split()):
            yield child


def _regions(page: Element, names: dict[Element, str]) -> Iterator[Region]:
    """The innermost paragraph or block around every line."""
    groups: dict[Element, list[str]] = {}
    for node, line_id in names.items():
        owner = next(
            (a for a in node.iterancestors() if not set(_PARAGRAPHS).isdisjoint(_classes(a))), None
        )
        if owner is not None:
            groups.setdefault(owner, []).append(line_id)
    ids = unique_ids((owner.get("id") for owner in groups), "r")
    for (owner, found), name in zip(groups.items(), ids, strict=True):
        kind = RegionKind.FURNITURE if _is_furniture(owner) else RegionKind.TEXT
        yield Region(name, kind, _outline(owner), line_ids=tuple(found))


def _holds_lines(node: Element) -> bool:
    """Whether a header or footer is an area with lines in it; some programs mean a line by it."""
    return any(inner is not node for inner in _of_class(node, *_LINES))


def _is_furniture(owner: Element) -> bool:
    """Whether a block is a page number, or an area at the page's head or foot is around it."""
    around = (*owner.iterancestors(), owner)
    return any(not _FURNITURE.isdisjoint(_classes(element)) for element in around)


def _pictures(page: Element) -> Iterator[Region]:
    for i, node in enumerate(_of_class(page, *_PICTURES), 1):
        yield Region(f"picture{i}", RegionKind.PICTURE, _outline(node))


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _line(node: Element, name: str) -> Line:
    words = [_read(word, "x_wconf") for word in _of_class(node, "ocrx_word")]
    words = [word for word in words if word.text]
    glyphs = [_read(glyph, "x_conf") for glyph in _of_class(node, "ocrx_cinfo")]
    text = words_text([word.text for word in words], range(len(words)))
    if not words:
        text = words_text("".join(node.itertext()).split(), None)
    return make_line(name, text, _outline(node), Parts(words, glyphs))


def _read(element: Element, confidence: str) -> Read:
    value = _property(element, confidence) or _property(element, "x_confs")
    known = None if value is None else number(value) / _PERCENT
    text = " ".join("".join(element.itertext()).split())
    return Read(text, _outline(element), known)


def _outline(element: Element) -> Polygon:
    if corners := points(_property(element, "poly")):
        return Polygon(corners)
    box = (_property(element, "bbox") or _property(element, "x_bboxes") or "").split()
    x0, y0, x1, y1 = (number(value) for value in (*box, "", "", "", "")[:4])
    return Box(x0, y0, x1, y1).polygon()


def _property(element: Element, name: str) -> str | None:
    """A property in an element's title: "bbox 1 2 3 4; x_wconf 90"."""
    found = re.search(rf"(?:^|;)\s*{name}\s+([^;]*)", element.get("title") or "")
    return found[1].strip() if found else None


def _dpi(page: Element) -> float | None:
    value = _property(page, "scan_res")
    return number(value) or None if value else None
