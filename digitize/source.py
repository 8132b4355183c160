"""From what the user named (files, folders, globs) to the pages to digitize."""

from __future__ import annotations

import glob
import hashlib
import itertools
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType

from digitize import archives, remote
from digitize.containers import OWN_PICTURES, Contents, archive_contents, listed, pages_of
from digitize.errors import InputError, shown
from digitize.filetype import READABLE, FileType, by_name
from digitize.model import Source
from digitize.opening import damaged, identify, missing, open_file

RUN_REPORT = "report"  # report.json tells of a run; no page is called so

LONGEST_NAME = 70  # characters that a page's own name may give to its files

NaturalKey = tuple[tuple[tuple[tuple[str, int], ...], ...], str]


@dataclass(frozen=True, slots=True)
class Discovered:
    """What the inputs hold.

    ``errors`` pairs each path or pattern that cannot be used with the reason; ``skipped`` counts
    the files in folders and globs that are no scans. ``others`` are pages that another run reads,
    beside which these must have names of their own.
    """

    sources: tuple[Source, ...] = ()
    errors: tuple[tuple[str, InputError], ...] = ()
    skipped: int = 0
    others: tuple[Source, ...] = ()


def discover(inputs: Sequence[str], group: Callable[[str], str] = lambda path: "") -> Discovered:
    """Find every page in ``inputs``: files, folders (with their subfolders) and globs.

    Archives are looked into; so are IIIF manifests and METS that are named, of which ``group``
    says which group of files is wanted.

    The order is that of ``inputs``; inside a folder or a glob it is natural (page2 before
    page10). Hidden files and linked subfolders are left out, a file met twice counts once.
    Nothing is raised: what cannot be used is in ``errors``.
    """
    search = _Search(group)
    for entry in inputs:
        search.add(entry)
    return Discovered(tuple(search.sources), tuple(search.errors), len(search.skipped))


def natural_key(path: str) -> NaturalKey:
    """Make a sort key that puts page2 before page10, folder by folder."""
    parts = tuple(
        tuple((text.casefold(), int(digits or -1)) for text, digits in _CHUNK.findall(part))
        for part in PurePath(path).parts
    )
    return parts, path


def stem(source: Source) -> str:
    """Name a page's output: the file's stem, with ``-p0001`` where it has several pages."""
    return _page_name(_file_stem(source), source)


def base_name(name: str, source: Source) -> str:
    """What the files of a whole input are called, those of its page ``source`` being ``name``."""
    return name.removesuffix(_page_name("", source))


def hashed(source: Source) -> Source:
    """``source`` with the hash of its file's bytes; InputError where the file cannot be read.

    The file is read for it once a process, however many pages of it follow each other.
    """
    if source.sha256:
        return source
    with open_file(source.path) as stream:
        known = os.fstat(stream.fileno())
    same = (known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns)
    return replace(source, sha256=_sha256(source.path, same))


def output_names(
    sources: Collection[Source], known: Mapping[Source, str] = MappingProxyType({})
) -> dict[Source, str]:
    """Choose a base name for each page, unique over the run even where case does not count.

    A file whose names nobody else wants keeps its stem. Others get the parent folder's name
    appended, or a counter where that does not tell them apart. The result does not depend on the
    order of ``sources``. Pages that are ``known``, among them or not, keep the names they have.
    """
    names = {page: known[page] for page in sources if page in known}
    files = _by_file(page for page in sources if page not in known)
    used = {RUN_REPORT, *(_folded(name) for name in known.values())}
    wanted = Counter(_folded(stem(page)) for pages in files for page in pages)
    wanted.update(used)
    clear: list[list[Source]] = []
    crowded: list[list[Source]] = []
    for pages in files:
        alone = all(wanted[_folded(stem(page))] == 1 for page in pages)
        (clear if alone else crowded).append(pages)
    names |= {page: stem(page) for pages in clear for page in pages}
    used |= {_folded(name) for name in names.values()}
    rivals = [*crowded, *_by_file(known)]
    for pages in crowded:
        chosen = next(c for c in _candidates(pages, rivals) if used.isdisjoint(c))
        names.update(zip(pages, chosen.values(), strict=True))
        used.update(chosen)
    return names


_UNFIT = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')  # what some file systems do not take
_CHUNK = re.compile(r"(\D*)(\d*)")


@dataclass(slots=True)
class _Search:
    """The state of one :func:`discover`."""

    group: Callable[[str], str]
    sources: list[Source] = field(default_factory=list)
    errors: list[tuple[str, InputError]] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def add(self, entry: str) -> None:
        """Take one input, whatever it is."""
        if not entry or "\0" in entry:
            self.errors.append((entry, missing(entry or '""')))
        elif remote.is_url(entry) or remote.is_local_url(entry):
            self._url(entry)
        elif os.path.isdir(entry):
            self._many(entry, self._walk(entry), "no scans in the folder")
        elif glob.has_magic(entry) and not os.path.lexists(entry):
            found = (p for p in glob.iglob(entry, recursive=True) if not os.path.isdir(p))
            self._many(entry, found, "no scans match")
        else:
            self._file(entry, named=True)

    def _url(self, url: str) -> None:
        """Take what is named by a URL: on this machine, or a file, a folder, a glob of a store."""
        try:
            if remote.is_local_url(url):
                self.add(remote.local_path(url, InputError))
            elif (kind := remote.kind_of(url)) is remote.Kind.FOLDER:
                self._many(url, remote.walk(url), "no scans in the folder")
            elif kind is remote.Kind.PATTERN:
                self._many(url, remote.matching(url), "no scans match")
            elif kind is remote.Kind.NOTHING:
                raise missing(url)
            else:
                self._file(url, named=True)
        except InputError as error:
            self.errors.append((url, error))

    def _many(self, entry: str, paths: Iterable[str], nothing: str) -> None:
        failures = len(self.errors)
        # A list, not a generator: every path must be visited.
        hits = [self._file(path, named=False) for path in sorted(paths, key=natural_key)]
        if not any(hits) and len(self.errors) == failures:
            error = InputError(f"{nothing}: {shown(entry)}; the types read are {READABLE}")
            self.errors.append((entry, error))

    def _file(self, path: str, *, named: bool) -> bool:
        """Take one file; False if it was passed over because nobody asked for it by name."""
        real = path if remote.is_url(path) else os.path.realpath(path)
        if real in self.seen:
            return True
        if archives.is_archive(path) and not archives.divided(path):
            self.seen.add(real)
            return self._contents(_in_order(archive_contents(path)))
        ours = not named and path.endswith(OWN_PICTURES)
        try:
            kind = None if ours else _kind(path, named=named)
            if kind is None:
                self.skipped.add(real)
                return False
            self.sources.extend(pages_of(path, kind))
        except InputError as error:
            self._other(path, error, named=named)
        self.seen.add(real)
        return True

    def _other(self, path: str, error: InputError, *, named: bool) -> None:
        """Take a file that is no scan but names scans; what it is not is told as ``error``."""
        try:
            found = listed(path, self.group(path)) if named else None
        except InputError:
            found = None
        self._contents(found or Contents(errors=((path, error),)))

    def _contents(self, found: Contents) -> bool:
        """Take what a container holds."""
        self.sources += found.sources
        self.errors += found.errors
        self.skipped.update(found.skipped)
        return True

    def _walk(self, folder: str) -> Iterator[str]:
        for root, folders, files in os.walk(folder, onerror=self._unreadable):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (os.path.join(root, name) for name in files if not name.startswith("."))

    def _unreadable(self, error: OSError) -> None:
        path = str(error.filename)
        message = f"cannot list the folder {shown(path)}: {error.strerror}; change its permissions"
        self.errors.append((path, InputError(message)))


def _in_order(found: Contents) -> Contents:
    """The same with its pages in their natural order."""
    ordered = sorted(found.sources, key=lambda page: (natural_key(page.path), page.page_no))
    return replace(found, sources=tuple(ordered))


def _kind(path: str, *, named: bool) -> FileType | None:
    if remote.is_url(path) and not named:
        return by_name(path)  # a request for each of millions takes hours; the worker looks inside
    try:
        return identify(path, whole=False)
    except InputError:
        if named or by_name(path):
            raise
        return None


@lru_cache(maxsize=4)
def _sha256(path: str, same: tuple[int, ...]) -> str:
    """The hash of a file, remembered while it is the ``same``: device, inode, size, time."""
    with open_file(path) as stream:
        try:
            return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise damaged(path, error.strerror or "") from error


def _page_name(base: str, source: Source) -> str:
    half = f"-{source.half.letter}" if source.half else ""
    return f"{base}{half}" if source.page_count == 1 else f"{base}-p{source.page_no + 1:04d}{half}"


def _folded(name: str) -> str:
    # Some file systems see no difference between cases or between é and e + accent.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _by_file(sources: Iterable[Source]) -> list[list[Source]]:
    ordered = sorted(set(sources), key=lambda s: (natural_key(s.path), s.page_no, s.half.letter))
    files: dict[tuple[str, int], list[Source]] = {}
    for page in ordered:
        files.setdefault((page.path, page.page_count), []).append(page)
    return list(files.values())


def _candidates(pages: list[Source], crowded: list[list[Source]]) -> Iterator[dict[str, str]]:
    """Offer sets of names for one file's pages, best first: {folded name: name}."""
    base = _file_stem(pages[0])
    rivals = {_parent(p[0]) for p in crowded if _same_stem(p[0], pages[0])}
    parent = _parent(pages[0])
    if parent and len(rivals) > 1:
        base = f"{base}-{parent}"
    for number in itertools.count(1):
        numbered = base if number == 1 else f"{base}-{number}"
        names = [_page_name(numbered, page) for page in pages]
        yield {_folded(name): name for name in names}


def _same_stem(a: Source, b: Source) -> bool:
    return _folded(_file_stem(a)) == _folded(_file_stem(b))


def _file_stem(source: Source) -> str:
    if source.name:  # as a list of scans has it: it may hold anything
        return _UNFIT.sub("_", source.name)[:LONGEST_NAME].strip(" .") or "page"
    return PurePath(remote.name_part(source.path)).stem


def _parent(source: Source) -> str:
    name = PurePath(remote.name_part(source.path)).parent.name
    return "" if name == ".." else name.removesuffix(archives.suffix_of(name))
