"""PAGE XML 2019-07-15: regions, lines, words and glyphs; a reading-order group for every article.

PRImA Research Lab, University of Salford: PAGE content format, version 2019-07-15. Corners are
whole pixels there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePath

from lxml import etree

from digitize.formats.blocks import Block, FurnitureBlock, Story, along, sheet_of
from digitize.formats.stamp import stamp
from digitize.formats.words import Word, words
from digitize.formats.xml_writing import Element, Names, child, legal, number, serialised, whole
from digitize.geometry import Point, Polygon, WritingMode
from digitize.model import SCENE_TEXT, ArticleKind, Glyph, Line, PageResult, RegionKind, Role

SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
POINTS = 72  # of an inch
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
BASELINE = 0.88  # of a horizontal line's height, from its top: where Chinese type stands
MIDDLE = 0.5  # of a vertical line's width: glyphs of vertical type are centred
_TYPES = {
    Role.HEADLINE: "heading",
    Role.KICKER: "heading",
    Role.SUBTITLE: "heading",
    Role.SUBHEADING: "heading",
    Role.BYLINE: "credit",
    Role.BODY: "paragraph",
    Role.CAPTION: "caption",
    Role.TABLE: "other",
    Role.QUOTE: "floating",
    Role.TURN: "other",
}


def to_page_xml(result: PageResult) -> str:
    """The page as a PAGE file."""
    return serialised(_Writer(result).document())


class _Writer:
    """Writes one page; ids are made on the way."""

    def __init__(self, result: PageResult) -> None:
        self._result, self._sheet = result, sheet_of(result)
        self._names = Names()
        stories = (block for story in self._sheet.stories for block in story.blocks)
        blocks = (*stories, *(piece.block for piece in self._sheet.furniture))
        self._blocks = {block.id: self._names.new(block.id) for block in blocks}

    def document(self) -> Element:
        """The root element, complete."""
        root = etree.Element(f"{{{SPACE}}}PcGts", nsmap={None: SPACE, "xsi": _XSI})
        root.set(f"{{{_XSI}}}schemaLocation", f"{SPACE} {SPACE}/pagecontent.xsd")
        self._metadata(child(root, "Metadata"))
        page = self._page(root)
        if self._sheet.stories:
            self._order(child(page, "ReadingOrder"))
        if any(len(p.blocks) > 1 for story in self._sheet.stories for p in story.paragraphs):
            self._relations(child(page, "Relations"))
        for story in self._sheet.stories:
            self._story(page, story)
        for piece in self._sheet.furniture:
            self._furniture(page, piece)
        self._shapes(page)
        return root

    def _metadata(self, metadata: Element) -> None:
        versions = self._result.page.provenance.versions if self._result.page else {}
        child(metadata, "Creator", f"digitize {versions.get('digitize', '')}".strip())
        child(metadata, "Created", stamp())
        child(metadata, "LastChange", stamp())
        if engine := versions.get("engine"):
            step = child(metadata, "MetadataItem", type="processingStep", value=engine)
            step.set("name", "recognition")

    def _page(self, root: Element) -> Element:
        page = self._sheet.page
        made = child(root, "Page", imageFilename=PurePath(self._result.source.path).name)
        made.set("imageWidth", str(page.size[0]))
        made.set("imageHeight", str(page.size[1]))
        if page.dpi:
            made.set("imageXResolution", number(page.dpi))
            made.set("imageYResolution", number(page.dpi))
            made.set("imageResolutionUnit", "PPI")
        made.set("primaryLanguage", "Chinese")
        return made

    def _order(self, order: Element) -> None:
        page = child(order, "OrderedGroup", id=self._names.new("order"))
        for index, story in enumerate(self._sheet.stories):
            article = story.article
            group = child(page, "OrderedGroupIndexed", id=self._names.new(article.id))
            group.set("index", str(index))
            if article.headline:
                group.set("caption", legal(article.headline))
            group.set("type", "article" if article.kind is ArticleKind.STORY else "other")
            group.set("custom", f"structure {{type:{article.kind};}}")
            for place, block in enumerate(story.blocks):
                name = self._blocks[block.id]
                child(group, "RegionRefIndexed", index=str(place), regionRef=name)

    def _relations(self, relations: Element) -> None:
        """Blocks that are one paragraph."""
        for story in self._sheet.stories:
            for paragraph in story.paragraphs:
                names = [self._blocks[block.id] for block in paragraph.blocks]
                for before, after in pairwise(names):
                    relation = child(relations, "Relation", id=self._names.new(f"{after}.join"))
                    relation.set("type", "join")
                    child(relation, "SourceRegionRef", regionRef=before)
                    child(relation, "TargetRegionRef", regionRef=after)

    def _story(self, page: Element, story: Story) -> None:
        for paragraph in story.paragraphs:
            role = paragraph.paragraph.role
            for block in paragraph.blocks:
                region = self._region(page, block, _TYPES[role])
                region.set("custom", f"structure {{type:{role};}}")
                if not block.first:
                    region.set("continuation", "true")

    def _furniture(self, page: Element, piece: FurnitureBlock) -> None:
        above = piece.block.box.center[1] < self._sheet.page.size[1] / 2
        kind = "header" if above else "footer"
        if piece.furniture.kind == "folio":
            kind = "page-number"
        elif piece.furniture.kind == SCENE_TEXT:
            kind = "other"
        region = self._region(page, piece.block, kind)
        region.set("custom", legal(f"structure {{type:{piece.furniture.kind};}}"))

    def _region(self, page: Element, block: Block, kind: str) -> Element:
        vertical = block.mode is WritingMode.VERTICAL
        made = child(page, "TextRegion", id=self._blocks[block.id], type=kind)
        made.set("readingDirection", "top-to-bottom" if vertical else "left-to-right")
        made.set("textLineOrder", "right-to-left" if vertical else "top-to-bottom")
        _coords(made, block.box.polygon().points)
        for line in block.lines:
            self._line(made, line)
        _text(made, "\n".join(line.text for line in block.lines))
        return made

    def _line(self, region: Element, line: Line) -> None:
        vertical = line.writing_mode is WritingMode.VERTICAL
        made = child(region, "TextLine", id=self._names.new(line.id))
        made.set("readingDirection", "top-to-bottom" if vertical else "left-to-right")
        _coords(made, line.polygon.points)
        share = MIDDLE if vertical else BASELINE
        ends = along(line.polygon, line.writing_mode, share)
        child(made, "Baseline", points=_points(ends))
        for word in words(line):
            self._word(made, word, line.id)
        _text(made, line.text, line.confidence)
        if dpi := self._sheet.page.dpi:
            child(made, "TextStyle", fontSize=number(line.em / dpi * POINTS, 4))

    def _word(self, line: Element, word: Word, line_id: str) -> None:
        made = child(line, "Word", id=self._names.new(f"{line_id}w"))
        _coords(made, word.polygon.points)
        for glyph in word.glyphs:
            self._glyph(made, glyph, line_id)
        _text(made, word.text, word.confidence)

    def _glyph(self, word: Element, glyph: Glyph, line_id: str) -> None:
        made = child(word, "Glyph", id=self._names.new(f"{line_id}g"))
        _coords(made, glyph.polygon.points)
        _text(made, glyph.text, glyph.confidence)

    def _shapes(self, page: Element) -> None:
        """Pictures, frames and rules."""
        for region in self._sheet.page.regions:
            if region.kind is RegionKind.PICTURE:
                self._shape(page, "ImageRegion", region.id, region.polygon)
            elif region.kind is RegionKind.FRAME:
                self._shape(page, "GraphicRegion", region.id, region.polygon).set("type", "frame")
        for i, separator in enumerate(self._sheet.page.separators, 1):
            self._shape(page, "SeparatorRegion", f"rule{i}", separator.polygon)

    def _shape(self, page: Element, kind: str, name: str, outline: Polygon) -> Element:
        made = child(page, kind, id=self._names.new(name))
        _coords(made, outline.points)
        return made


def _coords(element: Element, points: Iterable[Point]) -> None:
    child(element, "Coords", points=_points(points))


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in whole(points))


def _text(element: Element, text: str, confidence: float | None = None) -> None:
    made = child(element, "TextEquiv")
    if confidence is not None:
        made.set("conf", number(confidence))
    child(made, "Unicode", text)
