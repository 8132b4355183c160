"""METS over a run: its files by kind, its pages, and its issues with their articles.

Library of Congress, METS: Metadata Encoding and Transmission Standard, 1.12.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from lxml import etree

from digitize.formats.blocks import Story, sheet_of
from digitize.formats.stamp import stamp
from digitize.formats.xml_writing import Element, Names, child, legal, serialised
from digitize.model import Article, PageResult
from digitize.volume.issues import Issue, Sheet, issues_of, title_of
from digitize.volume.leaves import Leaf, Volume

NAME = "mets.xml"
SPACE = "http://www.loc.gov/METS/"
_XLINK = "http://www.w3.org/1999/xlink"
_DC = "http://purl.org/dc/elements/1.1/"
_USES = {"alto": "FULLTEXT", "page": "FULLTEXT-PAGE", "hocr": "FULLTEXT-HOCR", "txt": "TEXT"}
_TYPES = {
    "txt": "text/plain", "md": "text/markdown", "json": "application/json",
    "jsonl": "application/jsonl", "csv": "text/csv", "pdf": "application/pdf",
    "alto": "application/xml", "page": "application/vnd.prima.page+xml",
    "hocr": "application/xhtml+xml", "tei": "application/tei+xml",
}  # fmt: skip
_PICTURES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff",
    ".tiff": "image/tiff", ".webp": "image/webp", ".bmp": "image/bmp", ".gif": "image/gif",
    ".jp2": "image/jp2", ".pdf": "application/pdf",
}  # fmt: skip


def mets(volume: Volume) -> Iterator[tuple[str, bytes]]:
    """The METS file of a run."""
    yield NAME, serialised(_Writer(volume).document()).encode("utf-8")


class _Writer:
    """Writes one volume; pages are read one at a time, and only what is needed of them kept."""

    def __init__(self, volume: Volume) -> None:
        self._volume = volume
        self._names = Names()
        self._pages: list[str] = []
        self._files: dict[tuple[str, str], str] = {}  # page and use, to the file's id
        self._blocks: dict[tuple[str, str], list[str]] = {}  # page and article, to ALTO's blocks

    def document(self) -> Element:
        """The root element, complete."""
        root = etree.Element(f"{{{SPACE}}}mets", nsmap={None: SPACE, "xlink": _XLINK, "dc": _DC})
        header = child(root, "metsHdr", CREATEDATE=stamp())
        agent = child(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
        child(agent, "name", "digitize")
        issues = issues_of(self._noted(page) for page in self._volume.results())
        root.set("LABEL", legal(title_of(issues)))
        described = self._described(root, issues)
        self._file_section(child(root, "fileSec"))
        self._physical(child(root, "structMap", TYPE="PHYSICAL"))
        self._logical(child(root, "structMap", TYPE="LOGICAL"), issues, described)
        return root

    def _noted(self, page: tuple[Leaf, PageResult]) -> tuple[Leaf, PageResult]:
        leaf, result = page
        for story in sheet_of(result).stories:
            self._blocks[leaf.name, story.article.id] = _block_names(story)
        return page

    def _described(self, root: Element, issues: Sequence[Issue]) -> dict[int, str]:
        """A description for every issue; their ids by number."""
        described = {}
        for number, issue in enumerate(issues):
            described[number] = self._names.new(f"dmd{number + 1}")
            section = child(root, "dmdSec", ID=described[number])
            data = child(child(section, "mdWrap", MDTYPE="DC"), "xmlData")
            for key, value in (("title", issue.label), ("date", issue.date), ("language", "zh")):
                if value:
                    etree.SubElement(data, f"{{{_DC}}}{key}").text = legal(value)
        return described

    def _file_section(self, section: Element) -> None:
        pictures = child(section, "fileGrp", USE="IMAGE")
        for leaf in self._volume.leaves:
            path = leaf.source.path
            kind = _PICTURES.get(PurePath(path).suffix.lower(), "application/octet-stream")
            made = self._file(pictures, leaf, "IMAGE", (self._volume.address(path), kind))
            if leaf.source.sha256:
                made.set("CHECKSUM", leaf.source.sha256)
                made.set("CHECKSUMTYPE", "SHA-256")
        for form in self._volume.forms:
            named = ((leaf, self._volume.file(leaf, form)) for leaf in self._volume.leaves)
            found = [(leaf, name) for leaf, name in named if name]
            if found:
                group = child(section, "fileGrp", USE=_USES.get(form, form.upper()))
                kind = _TYPES.get(form, "application/octet-stream")
                for leaf, name in found:
                    self._file(group, leaf, form, (quote(name), kind))

    def _file(self, group: Element, leaf: Leaf, use: str, what: tuple[str, str]) -> Element:
        name = self._names.new(f"{use}.{leaf.name}")
        self._files[leaf.name, use] = name
        made = child(group, "file", ID=name, MIMETYPE=what[1])
        place = child(made, "FLocat", LOCTYPE="URL")
        place.set(f"{{{_XLINK}}}href", what[0])
        return made

    def _physical(self, section: Element) -> None:
        sequence = child(section, "div", TYPE="physSequence")
        for number, leaf in enumerate(self._volume.leaves, 1):
            page = child(sequence, "div", TYPE="page", ORDER=str(number), LABEL=leaf.name)
            page.set("ID", self._names.new(f"phys.{leaf.name}"))
            for use in ("IMAGE", *self._volume.forms):
                if name := self._files.get((leaf.name, use)):
                    child(page, "fptr", FILEID=name)

    def _logical(
        self, section: Element, issues: Sequence[Issue], described: dict[int, str]
    ) -> None:
        volume = child(section, "div", TYPE="volume", LABEL=title_of(list(issues)))
        for number, issue in enumerate(issues):
            part = child(volume, "div", TYPE="issue", DMDID=described[number])
            if issue.label:
                part.set("LABEL", legal(issue.label))
            for sheet in issue.sheets:
                page = child(part, "div", TYPE="page", ORDERLABEL=sheet.label)
                self._pointer(page, sheet, None)
                for order, article in enumerate(sheet.articles, 1):
                    self._article(page, sheet, article, order)

    def _article(self, page: Element, sheet: Sheet, article: Article, order: int) -> None:
        made = child(page, "div", TYPE="article", ORDER=str(order))
        made.set("ID", self._names.new(f"{sheet.leaf.name}.{article.id}"))
        if article.headline:
            made.set("LABEL", legal(" ".join(article.headline.split())))
        self._pointer(made, sheet, article)

    def _pointer(self, made: Element, sheet: Sheet, article: Article | None) -> None:
        """To the blocks of an article in the page's ALTO, or to the page's picture."""
        name = sheet.leaf.name
        alto = self._files.get((name, "alto"))
        blocks = self._blocks.get((name, article.id), []) if article else []
        if alto and blocks:
            parts = child(child(made, "fptr"), "seq")
            for block in blocks:
                child(parts, "area", FILEID=alto, BEGIN=block, BETYPE="IDREF")
        elif picture := self._files.get((name, "IMAGE")):
            child(made, "fptr", FILEID=picture)


def _block_names(story: Story) -> list[str]:
    """The ids of an article's blocks as they are in ALTO."""
    return [block.id for block in story.blocks]
