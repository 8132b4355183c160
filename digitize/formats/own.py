"""What our own files tell beyond what readers can rely on in those of others.

Other programs put spaces between Chinese characters that are none, and sizes of type that were
guessed; in a file that digitize wrote both are as they were measured. Each function takes what a
reader has read and the document, and gives the page as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digitize.formats.xml_reading import Element, children, descendants, number, points
from digitize.geometry import Box, WritingMode
from digitize.model import SCENE_TEXT, Page, Region, RegionKind

NAME = "digitize"
_POINTS = 72  # of an inch
_MODES = {"ttb": WritingMode.VERTICAL, "ltr": WritingMode.HORIZONTAL}


def alto(page: Page, root: Element) -> Page:
    """A page from ALTO; the same page where another program wrote it."""
    if NAME not in {element.text for element in descendants(root, "softwareName")}:
        return page
    settings = next((e.text or "" for e in descendants(root, "processingStepSettings")), "")
    dpi = number(settings.removeprefix("dpi="))
    sizes = {e.get("ID"): number(e.get("FONTSIZE")) for e in descendants(root, "TextStyle")}
    nodes = {node.get("ID"): node for node in descendants(root, "TextLine")}
    lines = []
    for line in page.lines:
        node = nodes.get(line.id)
        if node is None:  # somebody has changed the file since
            lines.append(line)
            continue
        text = "".join(part.get("CONTENT") or " " for part in children(node, "String", "SP"))
        mode = _MODES.get(node.get("BASEDIRECTION") or "", line.writing_mode)
        em = round(sizes.get(node.get("STYLEREFS"), 0) * dpi / _POINTS, 2)
        lines.append(replace(line, text=text, writing_mode=mode, em=em or line.em))
    frames = (e for e in descendants(root, "ComposedBlock") if e.get("TYPE") == "frame")
    made = (Region(e.get("ID") or "frame", RegionKind.FRAME, _box(e).polygon()) for e in frames)
    scene = _line_ids(e for e in descendants(root, "ComposedBlock") if e.get("TYPE") == SCENE_TEXT)
    return _with_scene_text(
        replace(page, lines=tuple(lines), regions=(*page.regions, *made)), scene
    )


def page_xml(page: Page, root: Element) -> Page:
    """A page from PAGE XML; the same page where another program wrote it."""
    if not any((e.text or "").startswith(NAME) for e in descendants(root, "Creator")):
        return page
    dpi = next((number(e.get("imageXResolution")) for e in descendants(root, "Page")), 0)
    ems = {
        node.get("id"): round(number(style.get("fontSize")) * dpi / _POINTS, 2)
        for node in descendants(root, "TextLine")
        for style in children(node, "TextStyle")
    }
    frames = {
        points(coords.get("points"))
        for region in descendants(root, "GraphicRegion")
        for coords in children(region, "Coords")
        if region.get("type") == "frame"
    }
    regions = (
        replace(r, kind=RegionKind.FRAME) if r.polygon.points in frames else r for r in page.regions
    )
    lines = tuple(replace(line, em=ems.get(line.id) or line.em) for line in page.lines)
    custom = f"type:{SCENE_TEXT};"
    scene = _line_ids(e for e in descendants(root, "TextRegion") if custom in e.get("custom", ""))
    made = replace(page, dpi=dpi or None, lines=lines, regions=tuple(regions))
    return _with_scene_text(made, scene)


def hocr(page: Page, root: Element) -> Page:
    """A page from hOCR; the same page where another program wrote it."""
    systems = (m.get("content") or "" for m in descendants(root, "meta") if _system(m))
    if not any(system.startswith(NAME) for system in systems):
        return page
    nodes = {n.get("id"): n for n in descendants(root, "span") if n.get("class") == "ocr_line"}
    lines = []
    for line in page.lines:
        node = nodes.get(line.id)
        if node is None:
            lines.append(line)
            continue
        vertical = "vertical-rl" in (node.get("style") or "")
        mode = WritingMode.VERTICAL if vertical else WritingMode.HORIZONTAL
        em = number((node.get("title") or "").rpartition("x_size ")[2], line.em)
        lines.append(replace(line, text="".join(node.itertext()), em=em, writing_mode=mode))
    areas = (node for node in descendants(root, "div") if node.get("class") == "ocr_textfloat")
    scene = {n.get("id") for a in areas for n in descendants(a, "span")}
    return _with_scene_text(replace(page, lines=tuple(lines)), scene)


def _line_ids(blocks: Iterable[Element]) -> set[str | None]:
    """The ids of the text lines in blocks."""
    return {e.get("ID") or e.get("id") for b in blocks for e in descendants(b, "TextLine")}


def _with_scene_text(page: Page, ids: set[str | None]) -> Page:
    """The page, the regions of whose lines have these ids marked as scene text."""
    regions = (
        replace(r, kind=RegionKind.SCENE_TEXT) if r.line_ids and ids.issuperset(r.line_ids) else r
        for r in page.regions
    )
    return replace(page, regions=tuple(regions), order=tuple(i for i in page.order if i not in ids))


def _system(meta: Element) -> bool:
    return bool(meta.get("name") == "ocr-system")


def _box(element: Element) -> Box:
    x, y = number(element.get("HPOS")), number(element.get("VPOS"))
    return Box(x, y, x + number(element.get("WIDTH")), y + number(element.get("HEIGHT")))
