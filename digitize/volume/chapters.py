"""An article as a chapter of a book, in XHTML."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from lxml import etree

from digitize.formats.xml_writing import Element, child
from digitize.model import Article, Role

_XHTML = "http://www.w3.org/1999/xhtml"
_TAGS = {Role.HEADLINE: "h1", Role.SUBHEADING: "h2"}
CSS = """body { line-height: 1.7; }
p { margin: 0 0 .6em; text-align: justify; }
p.body { text-indent: 2em; }
p.kicker, p.subtitle { font-weight: bold; }
p.byline, p.caption, p.turn, p.source { font-size: .9em; color: #555; }
p.quote { margin: 1em 2em; font-size: 1.1em; }
td { padding: 0 .6em .2em 0; vertical-align: top; }
"""


def chapter(article: Article, title: str, source: str, where: Mapping[str, str]) -> Element:
    """The document of ``article``; ``where`` are the files of all articles, by "NAME#a1"."""
    root = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML})
    root.set("lang", "zh")
    head = child(root, "head")
    child(head, "title", title)
    child(head, "link", rel="stylesheet", type="text/css", href="style.css")
    body = child(root, "body")
    if source:
        child(body, "p", source, **{"class": "source"})
    _turn(body, "←", article.continued_from, where)
    for is_table, group in groupby(article.paragraphs, key=lambda p: p.role is Role.TABLE):
        if is_table:
            table = child(body, "table")
            for paragraph in group:
                row = child(table, "tr")
                for cell in paragraph.text.split("\t"):
                    child(row, "td", cell)
            continue
        for paragraph in group:
            if paragraph.text.strip():
                tag = _TAGS.get(paragraph.role, "p")
                child(body, tag, paragraph.text, **{"class": paragraph.role.value})
    _turn(body, "→", article.continued_on, where)
    return root


def _turn(body: Element, mark: str, target: str | None, where: Mapping[str, str]) -> None:
    """A link to where the story goes on, or comes from, if that is in the book."""
    if target and (file := where.get(target)):
        child(child(body, "p", **{"class": "turn"}), "a", mark, href=file)
