"""METS: the scans of a volume, or what was read of them, in the order of its physical pages.

Library of Congress, METS: Metadata Encoding and Transmission Standard, 1.12. A page has a file in
each of several groups: large and small pictures, text. One group is taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from digitize import remote
from digitize.containers.contents import Contents, pages_of
from digitize.errors import InputError, shown
from digitize.filetype import by_name
from digitize.model import Source
from digitize.opening import identify
from digitize.xml_parsing import Element, children, descendants, local, parse

MOST_PAGES = 100_000
_SMALL = ("THUMB", "MIN", "TEASER", "PREVIEW", "SMALL", "DOWNLOAD")  # of groups not to be read
_LARGE = ("MAX", "ORIGINAL", "MASTER", "ARCHIVE", "PRESENTATION", "IMAGE", "IMG", "DEFAULT")
_TEXT = ("FULLTEXT", "ALTO", "OCR", "TEXT")
_TEXT_TYPES = ("alto", "prima.page", "hocr", "xhtml", "text/xml", "application/xml")
_TEXT_ENDINGS = (".xml", ".hocr", ".alto")


class File(NamedTuple):
    """A file as METS names it."""

    group: str
    type: str
    href: str

    @property
    def is_picture(self) -> bool:
        """Whether it is a scan."""
        return self.type.startswith("image/") or (not self.type and bool(by_name(self.href)))

    @property
    def is_text(self) -> bool:
        """Whether it may hold a page with places."""
        told = any(kind in self.type.lower() for kind in _TEXT_TYPES)
        return told or (not self.type and self.href.lower().endswith(_TEXT_ENDINGS))


@dataclass(frozen=True, slots=True)
class MetsPage:
    """A physical page: its label, and its files by group."""

    label: str
    files: Mapping[str, File]


def read_mets(data: bytes) -> tuple[MetsPage, ...]:
    """The pages of a METS document in order; ValueError where it is none, or has no pages."""
    root = parse(data)
    if local(root) != "mets":
        raise ValueError("its root element is not mets")
    files = dict(_files(root))
    pages = tuple(_pages(root, files))
    if not pages:
        raise ValueError("its physical structure names no files")
    if len(pages) > MOST_PAGES:
        raise ValueError(f"it has more than {MOST_PAGES:,} pages; divide it")
    return pages


def mets_contents(data: bytes, path: str, group: str = "") -> Contents:
    """The scans of a METS document in one group of files; nothing is raised."""
    try:
        pages = read_mets(data)
        chosen = group_of(pages, group, text=False)
    except ValueError as error:
        return Contents(errors=((path, InputError(f"cannot use {shown(path)}: {error}")),))
    sources: list[Source] = []
    errors: list[tuple[str, InputError]] = []
    for number, page in enumerate(pages, 1):
        file = page.files.get(chosen)
        if file is None:
            missing = f"page {number} of {shown(path)} has no file in the group {chosen}"
            errors.append((path, InputError(f"{missing}; it is left out")))
            continue
        try:
            sources += _sources(located(file, path), _name(path, number, page.label))
        except InputError as error:
            errors.append((path, error))
    return Contents(tuple(sources), tuple(errors))


def group_of(pages: Sequence[MetsPage], wanted: str, *, text: bool) -> str:
    """The group of files to take: as wanted, or the one that has the most to read.

    ValueError, with the groups that there are, where there is none.
    """
    found: dict[str, int] = {}
    for page in pages:
        for group, file in page.files.items():
            if group == wanted or (file.is_text if text else file.is_picture):
                found[group] = found.get(group, 0) + 1
    if wanted in found:
        return wanted
    if wanted or not found:
        known = ", ".join(dict.fromkeys(g for page in pages for g in page.files))
        what = (
            f"no group of files is called {wanted!r}" if wanted else "no group holds what is read"
        )
        raise ValueError(f"{what}; the groups are {known} (--file-grp)")
    likely = _TEXT if text else _LARGE
    return max(
        found, key=lambda group: (not _is(group, _SMALL), found[group], _rank(group, likely))
    )


def located(file: File, path: str) -> str:
    """Where a file is, seen from the document at ``path``; InputError where nobody can tell."""
    href = file.href
    if remote.is_url(path):
        href = urljoin(path, href)
    if remote.is_local_url(href):
        if remote.is_url(path):
            raise InputError(f"{shown(path)} names a file of its own machine, {shown(href)}")
        return remote.local_path(href, InputError)
    if remote.is_url(href) or os.path.isabs(href):
        return href
    beside = os.path.join(os.path.dirname(path), href)
    return beside if os.path.exists(beside) else os.path.join(os.path.dirname(path), unquote(href))


def _files(root: Element) -> Iterator[tuple[str, File]]:
    """Every file by its id; groups may stand within groups."""
    for section in descendants(root, "fileSec"):
        for file in descendants(section, "file"):
            group = next((g for e in file.iterancestors() if (g := _use(e))), "DEFAULT")
            for place in children(file, "FLocat"):
                href = next((v for k, v in place.attrib.items() if k.endswith("href")), "")
                if href.strip():
                    kind = file.get("MIMETYPE") or ""
                    yield file.get("ID") or "", File(group, kind, href.strip())
                    break


def _use(element: Element) -> str:
    return (element.get("USE") or element.get("ID") or "") if local(element) == "fileGrp" else ""


def _pages(root: Element, files: Mapping[str, File]) -> Iterator[MetsPage]:
    maps = list(children(root, "structMap"))
    physical = [m for m in maps if (m.get("TYPE") or "").upper() == "PHYSICAL"] or maps[:1]
    for element in (div for section in physical for div in descendants(section, "div")):
        if any(_pointers(div) for div in children(element, "div")):
            continue  # not a page, but what holds pages
        named = [files[i] for i in _pointers(element) if i in files]
        if named:
            label = element.get("ORDERLABEL") or element.get("LABEL") or ""
            yield MetsPage(" ".join(label.split()), {file.group: file for file in reversed(named)})


def _pointers(div: Element) -> list[str]:
    """The ids of the files that a division points to, in areas and sequences as well."""
    return [
        name
        for pointer in children(div, "fptr")
        for element in pointer.iter()
        if local(element) in ("fptr", "area") and (name := element.get("FILEID"))
    ]


def _sources(path: str, name: str) -> list[Source]:
    if remote.is_url(path):
        return [Source(path, name=name)]
    return pages_of(path, identify(path))


def _name(path: str, number: int, label: str) -> str:
    """What a page on the web is called: its address may say nothing."""
    base = PurePosixPath(remote.name_part(path)).stem
    return "-".join(filter(None, (base, f"{number:04d}", label)))


def _is(group: str, words: Sequence[str]) -> bool:
    return any(word in group.upper() for word in words)


def _rank(group: str, words: Sequence[str]) -> int:
    """How likely a group's name is, higher for the first of ``words``."""
    found = [i for i, word in enumerate(words) if word in group.upper()]
    return len(words) - min(found, default=len(words))
