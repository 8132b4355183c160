"""EPUB 3 of the articles of a run: a chapter an article, by paper, date and page.

IDPF/W3C, EPUB 3.2: packages (OPF), content documents (XHTML) and the container.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from digitize import text_choices
from digitize.formats.stamp import stamp
from digitize.formats.xml_writing import Element, child, legal, serialised
from digitize.model import Article, PageResult
from digitize.volume.chapters import CSS, chapter
from digitize.volume.issues import Issue, Sheet, issues_of, title_of
from digitize.volume.leaves import Volume

NAME = "articles.epub"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_DOCTYPE = "<!DOCTYPE html>\n"
_FIRST = (1980, 1, 1, 0, 0, 0)  # the time of every file in the archive: the same bytes every time


@dataclass(frozen=True, slots=True)
class Chapter:
    """An article, what its file is called and what the list of contents calls it."""

    article: Article
    file: str
    title: str


Parts = list[tuple[Issue, list[tuple[Sheet, list[Chapter]]]]]
"""The issues, in them the pages, in them the chapters."""


def epub(volume: Volume) -> Iterator[tuple[str, bytes]]:
    """The book of a run; none where no article was read."""
    issues = issues_of((leaf, _chosen(result)) for leaf, result in volume.results())
    parts = _parts(issues)
    chapters = [one for _, pages in parts for _, found in pages for one in found]
    if chapters:
        yield NAME, _zipped(title_of(issues), parts, chapters)


def _chosen(result: PageResult) -> PageResult:
    """The page in the form that was asked for; lines of a book end where its reader ends them."""
    options = text_choices.of_page(result).model_copy(update={"line_breaks": "join"})
    return text_choices.applied(result, options)


def _parts(issues: list[Issue]) -> Parts:
    parts: Parts = []
    number = 0
    for issue in issues:
        pages = []
        for sheet in issue.sheets:
            chapters = []
            for article in sheet.articles:
                if any(p.text.strip() for p in article.paragraphs):
                    number += 1
                    title = article.headline.strip() or _first_words(article)
                    chapters.append(Chapter(article, f"a{number:05d}.xhtml", title))
            if chapters:
                pages.append((sheet, chapters))
        if pages:
            parts.append((issue, pages))
    return parts


def _first_words(article: Article) -> str:
    text = next(p.text.strip() for p in article.paragraphs if p.text.strip())
    return text if len(text) <= 20 else f"{text[:20]}…"


def _zipped(title: str, parts: Parts, chapters: list[Chapter]) -> bytes:
    files = {"META-INF/container.xml": _container(), "OEBPS/style.css": CSS}
    where = {
        f"{sheet.leaf.name}#{one.article.id}": one.file
        for _, pages in parts
        for sheet, found in pages
        for one in found
    }
    for issue, pages in parts:
        for sheet, found in pages:
            source = " ".join(part for part in (issue.label, sheet.label) if part)
            for one in found:
                text = serialised(chapter(one.article, one.title, source, where), _DOCTYPE, _inline)
                files[f"OEBPS/{one.file}"] = text
    files["OEBPS/nav.xhtml"] = serialised(_contents(title, parts), _DOCTYPE, _inline)
    files["OEBPS/package.opf"] = serialised(_package(title, chapters))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # First and not compressed, so that the kind of file can be told.
        archive.writestr(zipfile.ZipInfo("mimetype", _FIRST), "application/epub+zip")
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode("utf-8"))
    return out.getvalue()


def _inline(element: Element) -> bool:
    return etree.QName(element).localname in {"p", "h1", "h2", "a", "span", "td", "title"}


def _container() -> str:
    root = etree.Element(f"{{{_CONTAINER}}}container", nsmap={None: _CONTAINER}, version="1.0")
    path = {"full-path": "OEBPS/package.opf", "media-type": "application/oebps-package+xml"}
    child(child(root, "rootfiles"), "rootfile", **path)
    return serialised(root)


def _package(title: str, chapters: list[Chapter]) -> Element:
    root = etree.Element(f"{{{_OPF}}}package", nsmap={None: _OPF, "dc": _DC}, version="3.0")
    root.set("unique-identifier", "id")
    meta = child(root, "metadata")
    texts = [title, *(p.text for one in chapters for p in one.article.paragraphs)]
    identifier = etree.SubElement(meta, f"{{{_DC}}}identifier", id="id")
    identifier.text = f"urn:uuid:{uuid5(NAMESPACE_URL, legal(' '.join(texts)))}"
    etree.SubElement(meta, f"{{{_DC}}}title").text = legal(title)
    etree.SubElement(meta, f"{{{_DC}}}language").text = "zh"
    child(meta, "meta", stamp(), property="dcterms:modified")
    manifest = child(root, "manifest")
    xhtml = "application/xhtml+xml"
    nav = {"id": "nav", "href": "nav.xhtml", "media-type": xhtml, "properties": "nav"}
    child(manifest, "item", **nav)
    child(manifest, "item", **{"id": "css", "href": "style.css", "media-type": "text/css"})
    spine = child(root, "spine")
    child(spine, "itemref", idref="nav")
    for number, one in enumerate(chapters, 1):
        item = {"id": f"a{number}", "href": one.file, "media-type": xhtml}
        child(manifest, "item", **item)
        child(spine, "itemref", idref=f"a{number}")
    return root


def _contents(title: str, parts: Parts) -> Element:
    root = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML, "epub": _OPS})
    root.set("lang", "zh")
    head = child(root, "head")
    child(head, "title", title)
    child(head, "link", rel="stylesheet", type="text/css", href="style.css")
    nav = child(child(root, "body"), "nav", id="toc")
    nav.set(f"{{{_OPS}}}type", "toc")
    child(nav, "h1", title)
    issues = child(nav, "ol")
    for issue, pages in parts:
        first = pages[0][1][0].file
        entry = child(issues, "li")
        child(entry, "a", issue.label or title, href=first)
        sheets = child(entry, "ol")
        for sheet, chapters in pages:
            line = child(sheets, "li")
            label = " ".join(part for part in (sheet.label, sheet.section) if part)
            child(line, "a", label, href=chapters[0].file)
            stories = child(line, "ol")
            for one in chapters:
                child(child(stories, "li"), "a", one.title, href=one.file)
    return root
