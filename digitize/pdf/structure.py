"""The logical structure of a PDF: articles with their headings and paragraphs, and an outline.

A viewer that reads aloud, and one that copies by structure, follows it. ISO 32000-1, 14.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from digitize.pdf.passages import Told


class Structure:
    """The tree of one document, which grows with its pages."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array([]))
        )
        self._root.K = self._document
        self._parents: list[Any] = []  # for every page with text, its marked contents' elements
        self._outline: list[tuple[str, int]] = []

    def add(self, page: Any, told: Sequence[Told], number: int) -> None:
        """The articles of a page, which is the document's page ``number``, from 0."""
        elements: list[Any] = []
        for story in told:
            elements += self._story(page, story, len(elements))
            if title := story.article.headline:
                self._outline.append((title, number))
        page.StructParents = len(self._parents)
        page.Tabs = Name.S
        self._parents.append(self._pdf.make_indirect(Array(elements)))

    def _story(self, page: Any, story: Told, first: int) -> list[Any]:
        article = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Art, P=self._document, K=Array([]))
        )
        if title := story.article.headline:
            article.T = String(title)
        self._document.K.append(article)
        elements = []
        for number, passage in enumerate(story.passages, first):
            element = self._pdf.make_indirect(
                Dictionary(
                    Type=Name.StructElem, S=Name(f"/{passage.tag}"), P=article, Pg=page, K=number
                )
            )
            article.K.append(element)
            elements.append(element)
        return elements

    def close(self, *, outline: bool = True) -> None:
        """Hang the tree, and the ``outline``, into the document, which has all its pages."""
        numbers: list[Any] = []
        for index, elements in enumerate(self._parents):
            numbers += [index, elements]
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = len(self._parents)
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)
        if outline:
            with self._pdf.open_outline() as entries:
                entries.root += [pikepdf.OutlineItem(*entry) for entry in self._outline]
