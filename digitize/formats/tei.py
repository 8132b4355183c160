"""TEI P5: a page as a text of its articles, every line led back to its zone on the scan.

TEI Consortium, TEI P5: Guidelines for Electronic Text Encoding and Interchange, 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from lxml import etree

from digitize.formats.line_spans import line_spans
from digitize.formats.text import written
from digitize.formats.xml_writing import Element, Names, child, legal, serialised, whole
from digitize.model import SCENE_TEXT, Article, Line, PageResult, Paragraph, Role
from digitize.source import stem

SPACE = "http://www.tei-c.org/ns/1.0"
SUFFIX = ".tei.xml"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HEADS = frozenset({Role.HEADLINE, Role.KICKER, Role.SUBTITLE})
_INLINE = frozenset({"p", "head", "byline", "quote", "cell", "fw"})


def to_tei(result: PageResult) -> str:
    """The page as a TEI document."""
    return serialised(_Writer(result).document(), inline=_is_inline)


def article_tei(result: PageResult, article: Article) -> str:
    """One article of a page as a TEI document."""
    return serialised(_Writer(result, article).document(), inline=_is_inline)


def _is_inline(element: Element) -> bool:
    return etree.QName(element).localname in _INLINE


class _Writer:
    """Writes one page, or one article of it; ids are made on the way."""

    def __init__(self, result: PageResult, article: Article | None = None) -> None:
        self._result, self._article = result, article
        self._articles = list(written(result)) if article is None else [article]
        self._names = Names()
        used = {i for a in self._articles for p in a.paragraphs for i in p.line_ids}
        if article is None:
            used |= {i for piece in result.furniture for i in piece.line_ids}
        lines = result.page.lines if result.page else ()
        self._lines = {line.id: line for line in lines if line.id in used and line.text.strip()}
        self._zones = {i: self._names.new(i) for i in self._lines}

    def document(self) -> Element:
        """The root element, complete."""
        root = etree.Element(f"{{{SPACE}}}TEI", nsmap={None: SPACE})
        self._header(child(root, "teiHeader"))
        surface = self._facsimile(root)
        body = child(child(root, "text"), "body")
        child(body, "pb", facs=f"#{surface}", **self._page_number())
        if self._article is None:
            for piece in self._result.furniture:
                self._text(self._aside(body, piece.kind), piece.text, piece.line_ids)
        for article in self._articles:
            self._story(body, article)
        if not self._articles:
            child(child(body, "div"), "p")
        return root

    def _aside(self, body: Element, kind: str) -> Element:
        """Where furniture of a kind is put; what stands in a photograph is part of a figure."""
        if kind == SCENE_TEXT:
            return child(child(body, "figure"), "p", rend=kind)
        return child(body, "fw", type=kind)

    def _page_number(self) -> dict[str, str]:
        return {"n": self._result.masthead.page} if self._result.masthead.page else {}

    def _header(self, header: Element) -> None:
        head, source = self._result.masthead, self._result.source
        named = " ".join(part for part in (head.paper, head.date, head.page) if part)
        title = self._article.headline if self._article else named
        description = child(header, "fileDesc")
        child(child(description, "titleStmt"), "title", title or stem(source))
        child(child(description, "publicationStmt"), "p", "Read from a scan; not proofread.")
        self._source(child(child(description, "sourceDesc"), "bibl", type="newspaper"))
        versions = self._result.page.provenance.versions if self._result.page else {}
        app = child(child(header, "encodingDesc"), "appInfo")
        version = versions.get("digitize", "0")
        application = child(app, "application", ident="digitize", version=version)
        child(application, "label", f"digitize {version}, {versions.get('engine', '')}")
        languages = child(child(header, "profileDesc"), "langUsage")
        child(languages, "language", "中文", ident="zh")

    def _source(self, bibl: Element) -> None:
        head, source = self._result.masthead, self._result.source
        child(bibl, "title", head.paper or stem(source), level="j")
        if head.date:
            child(bibl, "date", head.date, when=head.date)
        for unit, value in (("page", head.page), ("section", head.section)):
            if value:
                child(bibl, "biblScope", value, unit=unit)
        for credit in head.editors:
            child(child(bibl, "respStmt"), "resp", credit.post)
            child(bibl[-1], "name", credit.name)
        child(bibl, "idno", PurePath(source.path).name, type="file")
        if source.sha256:
            child(bibl, "idno", source.sha256, type="sha256")

    def _facsimile(self, root: Element) -> str:
        page = self._result.page
        width, height = page.size if page else (0, 0)
        name = self._names.new("surface")
        box = {"ulx": "0", "uly": "0", "lrx": str(width), "lry": str(height)}
        surface = child(child(root, "facsimile"), "surface", **box)
        surface.set(_ID, name)
        # A file name is no address: what is not ASCII, or means something there, is escaped.
        path = PurePath(self._result.source.path).name.encode("utf-8", "surrogateescape")
        child(surface, "graphic", url=quote(path), width=f"{width}px", height=f"{height}px")
        for line in self._lines.values():
            points = " ".join(f"{x},{y}" for x, y in whole(line.polygon.points))
            child(surface, "zone", points=points, type="line").set(_ID, self._zones[line.id])
        return name

    def _story(self, body: Element, article: Article) -> None:
        div = child(body, "div", type="article", subtype=article.kind)
        div.set(_ID, self._names.new(article.id))
        for name, target in (("prev", article.continued_from), ("next", article.continued_on)):
            if target:
                page, _, there = target.partition("#")
                div.set(name, f"{quote(page)}{SUFFIX}#{legal(there)}")
        self._paragraphs(div, [p for p in article.paragraphs if p.text.strip()])

    def _paragraphs(self, div: Element, paragraphs: Sequence[Paragraph]) -> None:
        """Heads first; a subheading begins a part of its own, in which all that follows stands."""
        place, begun = div, False
        for group in _grouped(paragraphs):
            role = group[0].role
            if role is Role.SUBHEADING or (begun and role in _HEADS):
                place = child(div, "div", type="section")
                self._part(place, "head", group[0], type=role)
                begun = True
            elif role in _HEADS:
                self._part(place, "head", group[0], type=role)
            elif role is Role.BYLINE and not begun:
                self._part(place, "byline", group[0])
            else:
                begun = True
                self._body(place, group)
        for part in (div, *div.findall(f"{{{SPACE}}}div")):
            if all(_name(inner) in {"head", "byline"} for inner in part):
                child(part, "p")  # a division holds more than its heads

    def _body(self, place: Element, group: Sequence[Paragraph]) -> None:
        match group[0].role:
            case Role.TABLE:
                table = child(place, "table")
                for paragraph in group:
                    self._row(child(table, "row"), paragraph)
            case Role.CAPTION:
                self._part(child(place, "figure"), "head", group[0])
            case Role.QUOTE:
                self._part(place, "quote", group[0])
            case Role.BODY:
                self._part(place, "p", group[0])
            case role:
                self._part(place, "p", group[0], rend=role)

    def _row(self, row: Element, paragraph: Paragraph) -> None:
        cells = paragraph.text.split("\t")
        first = [i for i in paragraph.line_ids if i in self._zones][:1]
        for cell in cells:
            made = child(row, "cell", cell)
            if first:
                made.set("facs", f"#{self._zones[first[0]]}")

    def _part(self, place: Element, name: str, paragraph: Paragraph, **attributes: str) -> None:
        self._text(child(place, name, **attributes), paragraph.text, paragraph.line_ids)

    def _text(self, element: Element, text: str, ids: Sequence[str]) -> None:
        """The text with a mark where each line begins."""
        lines: list[Line] = [self._lines[i] for i in ids if i in self._lines]
        at = 0
        for span in line_spans(text, lines):
            _append(element, text[at : span.start])
            child(element, "lb", facs=f"#{self._zones[span.line_id]}")
            at = span.start
        _append(element, text[at:])


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + legal(text)
    else:
        element.text = (element.text or "") + legal(text)


def _grouped(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Rows of a table together, other paragraphs alone."""
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if group and not (group[-1].role is paragraph.role is Role.TABLE):
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)
