"""ALTO 4.4: a page with its lines, words and glyphs, roles as tags, articles as reading order.

Library of Congress, ALTO: Technical Metadata for Layout and Text Objects, 4.4 (2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from lxml import etree

from digitize.formats.blocks import Block, Sheet, Story, along, next_blocks, sheet_of
from digitize.formats.words import Word, words
from digitize.formats.xml_writing import Element, Names, child, legal, number, serialised
from digitize.geometry import Box, Polygon, WritingMode
from digitize.model import SCENE_TEXT, Glyph, Line, PageResult, RegionKind

SPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
DPI = 300.0  # taken where the scan does not tell, for sizes of type in points
POINTS = 72  # of an inch
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
BASELINE = 0.88  # of a horizontal line's height, from its top: where Chinese type stands
MIDDLE = 0.5  # of a vertical line's width: glyphs of vertical type are centred


def to_alto(result: PageResult) -> str:
    """The page as an ALTO file; lengths are pixels of the scan."""
    return serialised(_Writer(result).document())


class _Writer:
    """Writes one page; ids are made on the way."""

    def __init__(self, result: PageResult) -> None:
        self._result, self._sheet = result, sheet_of(result)
        self._dpi = self._sheet.page.dpi or DPI
        self._names = Names()
        self._next = next_blocks(self._sheet)
        self._blocks = {block.id: self._names.new(block.id) for block in _blocks(self._sheet)}
        self._root = etree.Element(f"{{{SPACE}}}alto", nsmap={None: SPACE, "xsi": _XSI})

    def document(self) -> Element:
        """The root element, complete."""
        root = self._root
        root.set(f"{{{_XSI}}}schemaLocation", f"{SPACE} {SCHEMA}")
        root.set("SCHEMAVERSION", "4.4")
        self._description()
        self._styles()
        self._tags()
        if self._sheet.stories:
            self._order()
        self._layout(child(root, "Layout"))
        return root

    def _description(self) -> None:
        description = child(self._root, "Description")
        child(description, "MeasurementUnit", "pixel")
        image = child(description, "sourceImageInformation")
        child(image, "fileName", PurePath(self._result.source.path).name)
        if self._result.source.sha256:
            known = {"fileIdentifierLocation": "sha256"}
            child(image, "fileIdentifier", self._result.source.sha256, **known)
        step = child(description, "Processing", ID=self._names.new("digitize"))
        child(step, "processingCategory", "contentGeneration")
        versions = self._result.page.provenance.versions if self._result.page else {}
        child(step, "processingStepDescription", versions.get("engine", ""))
        child(step, "processingStepSettings", f"dpi={number(self._dpi)}")
        software = child(step, "processingSoftware")
        child(software, "softwareName", "digitize")
        child(software, "softwareVersion", versions.get("digitize", ""))

    def _styles(self) -> None:
        """A text style for every size of type."""
        sizes = {self._size(line) for line in self._sheet.page.lines if line.text.strip()}
        if sizes:
            styles = child(self._root, "Styles")
            for size in sorted(sizes, key=float):
                child(styles, "TextStyle", ID=self._names.new(f"pt{size}"), FONTSIZE=size)

    def _size(self, line: Line) -> str:
        return number(line.em / self._dpi * POINTS, 4)

    def _tags(self) -> None:
        roles = {p.paragraph.role for story in self._sheet.stories for p in story.paragraphs}
        kinds = {story.article.kind for story in self._sheet.stories}
        if not roles:
            return
        tags = child(self._root, "Tags")
        for role in sorted(roles):
            child(tags, "StructureTag", ID=self._names.new(f"role.{role}"), LABEL=role, TYPE="role")
        for kind in sorted(kinds):
            child(tags, "OtherTag", ID=self._names.new(f"kind.{kind}"), LABEL=kind, TYPE="article")

    def _order(self) -> None:
        page = child(child(self._root, "ReadingOrder"), "OrderedGroup", ID=self._names.new("order"))
        for story in self._sheet.stories:
            tag = f"kind.{story.article.kind}"
            group = child(page, "OrderedGroup", ID=self._names.new(story.article.id), TAGREFS=tag)
            for block in story.blocks:
                name = self._blocks[block.id]
                child(group, "ElementRef", ID=self._names.new(f"{name}.ref"), REF=name)

    def _layout(self, layout: Element) -> None:
        width, height = self._sheet.page.size
        page = child(layout, "Page", ID=self._names.new("page"))
        page.set("PHYSICAL_IMG_NR", str(self._result.source.page_no + 1))
        if self._result.masthead.page:
            page.set("PRINTED_IMG_NR", legal(self._result.masthead.page))
        page.set("WIDTH", str(width))
        page.set("HEIGHT", str(height))
        for name, blocks in _margins(self._sheet).items():
            if blocks:
                margin = child(page, name)
                _place(margin, Box.around(b.box for b in blocks))
                for block in blocks:
                    self._block(margin, block)
        self._print_space(child(page, "PrintSpace"))

    def _print_space(self, space: Element) -> None:
        sheet = self._sheet
        shapes = [block.box for story in sheet.stories for block in story.blocks]
        shapes += [piece.block.box for piece in sheet.scene_text]
        shapes += [region.polygon.box for region in sheet.page.regions]
        shapes += [separator.polygon.box for separator in sheet.page.separators]
        width, height = sheet.page.size
        _place(space, Box.around(shapes) if shapes else Box(0, 0, width, height))
        for story in sheet.stories:
            self._story(space, story)
        for piece in sheet.scene_text:
            around = child(space, "ComposedBlock")
            self._shape(around, f"{piece.block.id}.scene", piece.block.box.polygon(), SCENE_TEXT)
            self._block(around, piece.block)
        for region in sheet.page.regions:
            if region.kind is RegionKind.PICTURE:
                self._shape(child(space, "Illustration"), region.id, region.polygon)
            elif region.kind is RegionKind.FRAME:
                self._shape(child(space, "ComposedBlock"), region.id, region.polygon, "frame")
        for i, separator in enumerate(sheet.page.separators, 1):
            self._shape(child(space, "GraphicalElement"), f"rule{i}", separator.polygon)

    def _story(self, space: Element, story: Story) -> None:
        for paragraph in story.paragraphs:
            for block in paragraph.blocks:
                made = self._block(space, block)
                made.set("TAGREFS", f"role.{paragraph.paragraph.role}")
                if block.id in self._next:
                    made.set("IDNEXT", self._blocks[self._next[block.id]])

    def _shape(self, element: Element, name: str, outline: Polygon, kind: str = "") -> None:
        element.set("ID", self._names.new(name))
        _place(element, outline.box)
        _outlined(element, outline)
        if kind:
            element.set("TYPE", kind)

    def _block(self, parent: Element, block: Block) -> Element:
        made = child(parent, "TextBlock", ID=self._blocks[block.id])
        _place(made, block.box)
        for line in block.lines:
            self._line(made, line)
        return made

    def _line(self, block: Element, line: Line) -> None:
        vertical = line.writing_mode is WritingMode.VERTICAL
        made = child(block, "TextLine", ID=self._names.new(line.id))
        _place(made, line.polygon.box)
        share = MIDDLE if vertical else BASELINE
        made.set("BASELINE", _points(along(line.polygon, line.writing_mode, share)))
        made.set("BASEDIRECTION", "ttb" if vertical else "ltr")
        made.set("STYLEREFS", f"pt{self._size(line)}")
        _outlined(made, line.polygon)
        for i, word in enumerate(words(line)):
            if i:
                child(made, "SP")
            _string(made, word)


def _string(line: Element, word: Word) -> None:
    made = child(line, "String", CONTENT=word.text, WC=number(word.confidence))
    _place(made, word.polygon.box)
    _outlined(made, word.polygon)
    if all(len(glyph.text) == 1 for glyph in word.glyphs):  # a Glyph can say no more
        for glyph in word.glyphs:
            _glyph(made, glyph)


def _glyph(string: Element, glyph: Glyph) -> None:
    made = child(string, "Glyph", CONTENT=glyph.text, GC=number(glyph.confidence))
    _place(made, glyph.polygon.box)
    _outlined(made, glyph.polygon)


def _place(element: Element, box: Box) -> None:
    element.set("HPOS", number(box.x0))
    element.set("VPOS", number(box.y0))
    element.set("WIDTH", number(box.width))
    element.set("HEIGHT", number(box.height))


def _outlined(element: Element, outline: Polygon) -> None:
    """Say the outline where it is more than the box."""
    if set(outline.points) != set(outline.box.polygon().points):
        child(child(element, "Shape"), "Polygon", POINTS=_points(outline.points))


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _blocks(sheet: Sheet) -> Iterable[Block]:
    yield from (block for story in sheet.stories for block in story.blocks)
    yield from (piece.block for piece in sheet.furniture)


def _margins(sheet: Sheet) -> Mapping[str, list[Block]]:
    """Furniture by the margin of the page that it is nearest to, in the order of the schema."""
    width, height = sheet.page.size
    margins: dict[str, list[Block]] = {
        "TopMargin": [], "LeftMargin": [], "RightMargin": [], "BottomMargin": []
    }  # fmt: skip
    for piece in sheet.page_furniture:
        x, y = piece.block.box.center
        gaps = {
            "TopMargin": y,
            "LeftMargin": x,
            "RightMargin": width - x,
            "BottomMargin": height - y,
        }
        margins[min(gaps, key=lambda name: gaps[name])].append(piece.block)
    return margins
