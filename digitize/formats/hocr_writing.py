"""hOCR 1.2 in XHTML: articles as sections, blocks, paragraphs, lines, words and glyphs.

T. Breuel, The hOCR Microformat for OCR Workflow and Results, ICDAR 2007; hOCR 1.2 (2020). Boxes
are whole pixels there.
"""

from __future__ import annotations

from pathlib import PurePath

from lxml import etree

from digitize.formats.blocks import Block, BlockParagraph, FurnitureBlock, Story, sheet_of
from digitize.formats.words import Word, words
from digitize.formats.xml_writing import Element, Names, child, legal, number, serialised, whole
from digitize.geometry import Polygon, WritingMode
from digitize.model import SCENE_TEXT, Line, PageResult, RegionKind

SPACE = "http://www.w3.org/1999/xhtml"
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"\n'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
)
_CAPABILITIES = "ocr_page ocr_section ocr_carea ocr_par ocr_line ocrx_word ocrx_cinfo ocrp_poly"
_VERTICAL = "writing-mode: vertical-rl"
_PERCENT = 100


def to_hocr(result: PageResult) -> str:
    """The page as an hOCR file."""
    root = _Writer(result).document()
    return serialised(root, _DOCTYPE, lambda element: element.get("class") == "ocr_line")


class _Writer:
    """Writes one page; ids are made on the way."""

    def __init__(self, result: PageResult) -> None:
        self._result, self._sheet = result, sheet_of(result)
        self._names = Names()

    def document(self) -> Element:
        """The root element, complete."""
        root = etree.Element(f"{{{SPACE}}}html", nsmap={None: SPACE})
        root.set("lang", "zh")
        root.set("{http://www.w3.org/XML/1998/namespace}lang", "zh")
        self._head(child(root, "head"))
        page = child(child(root, "body"), "div", **{"class": "ocr_page"})
        page.set("id", self._names.new("page"))
        page.set("title", legal(self._page_title()))
        for story in self._sheet.stories:
            self._story(page, story)
        for piece in self._sheet.furniture:
            self._furniture(page, piece)
        for region in self._sheet.page.regions:
            if region.kind is RegionKind.PICTURE:
                picture = self._area(page, "div", "ocr_photo", region.id)
                picture.set("title", _bbox(region.polygon))
        for i, separator in enumerate(self._sheet.page.separators, 1):
            rule = self._area(page, "div", "ocr_separator", f"rule{i}")
            rule.set("title", _bbox(separator.polygon))
        return root

    def _head(self, head: Element) -> None:
        versions = self._result.page.provenance.versions if self._result.page else {}
        child(head, "title", self._result.masthead.paper or "digitize")
        system = f"digitize {versions.get('digitize', '')}".strip()
        kind = {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"}
        child(head, "meta", **kind)
        child(head, "meta", name="ocr-system", content=system)
        child(head, "meta", name="ocr-capabilities", content=_CAPABILITIES)
        child(head, "meta", name="ocr-number-of-pages", content="1")
        child(head, "meta", name="ocr-langs", content="zh")

    def _page_title(self) -> str:
        width, height = self._sheet.page.size
        # Quotes and semicolons end a property or its value.
        name = PurePath(self._result.source.path).name.translate({34: "'", 59: ","})
        parts = [f'image "{name}"', f"bbox 0 0 {width} {height}"]
        parts.append(f"ppageno {self._result.source.page_no}")
        if dpi := self._sheet.page.dpi:
            parts.append(f"scan_res {round(dpi)} {round(dpi)}")
        return "; ".join(parts)

    def _area(self, parent: Element, kind: str, class_name: str, name: str) -> Element:
        return child(parent, kind, **{"class": class_name, "id": self._names.new(name)})

    def _story(self, page: Element, story: Story) -> None:
        section = self._area(page, "div", "ocr_section", story.article.id)
        for paragraph in story.paragraphs:
            self._paragraph(section, paragraph)

    def _paragraph(self, section: Element, paragraph: BlockParagraph) -> None:
        for block in paragraph.blocks:
            area = self._area(section, "div", "ocr_carea", f"{block.id}.area")
            area.set("title", _bbox(block.box.polygon()))
            par = self._area(area, "p", "ocr_par", block.id)
            self._fill(par, block)

    def _furniture(self, page: Element, piece: FurnitureBlock) -> None:
        block = piece.block
        above = block.box.center[1] < self._sheet.page.size[1] / 2
        kind = "ocr_header" if above else "ocr_footer"
        if piece.furniture.kind == SCENE_TEXT:
            kind = "ocr_textfloat"
        area = self._area(page, "div", kind, f"{block.id}.area")
        area.set("title", _bbox(block.box.polygon()))
        self._fill(self._area(area, "p", "ocr_par", block.id), block)

    def _fill(self, par: Element, block: Block) -> None:
        par.set("title", _bbox(block.box.polygon()))
        if block.mode is WritingMode.VERTICAL:
            par.set("style", _VERTICAL)
        for line in block.lines:
            self._line(par, line)

    def _line(self, par: Element, line: Line) -> None:
        made = self._area(par, "span", "ocr_line", line.id)
        made.set("title", f"{_shape(line.polygon)}; x_size {number(line.em)}")
        if line.writing_mode is WritingMode.VERTICAL:
            made.set("style", _VERTICAL)
        found = words(line)
        for i, word in enumerate(found):
            self._word(made, word, line.id).tail = " " if i + 1 < len(found) else None

    def _word(self, line: Element, word: Word, line_id: str) -> Element:
        made = self._area(line, "span", "ocrx_word", f"{line_id}w")
        sure = round(word.confidence * _PERCENT)
        made.set("title", f"{_shape(word.polygon)}; x_wconf {sure}")
        for glyph in word.glyphs:
            title = f"{_shape(glyph.polygon, 'x_bboxes')}; x_conf {number(glyph.confidence * 100)}"
            child(made, "span", glyph.text, **{"class": "ocrx_cinfo", "title": title})
        if not word.glyphs:
            made.text = legal(word.text)
        return made


def _bbox(outline: Polygon, name: str = "bbox") -> str:
    box = outline.box.polygon().points
    (x0, y0), _, (x1, y1), _ = whole(box)
    return f"{name} {x0} {y0} {x1} {y1}"


def _shape(outline: Polygon, name: str = "bbox") -> str:
    """The box, and the outline where it is more than that."""
    if set(outline.points) == set(outline.box.polygon().points):
        return _bbox(outline, name)
    points = " ".join(f"{x} {y}" for x, y in whole(outline.points))
    return f"{_bbox(outline, name)}; poly {points}"
