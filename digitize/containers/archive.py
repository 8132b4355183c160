"""The scans in a ZIP or TAR archive: each is a source, its path that of the archive and its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitize import archives
from digitize.containers.contents import OWN_PICTURES, Contents, pages_of
from digitize.errors import InputError, shown
from digitize.filetype import READABLE, FileType, by_name, sniff
from digitize.model import Source
from digitize.opening import check_readable, open_file, unknown_type

_COUNTED = (FileType.PDF, FileType.TIFF)  # they may hold several pages
_FOREIGN = (".", "__MACOSX")  # how the names of files begin that a system left in the archive


def archive_contents(path: str) -> Contents:
    """All pages in an archive, in its own order; nothing is raised."""
    search = _Search(path)
    try:
        for member in archives.members(path, lambda: open_file(path)):
            search.take(member)
    except InputError as error:
        search.errors.append((path, error))
    if not search.sources and not search.errors:
        message = f"no scans in the archive {shown(path)}; the types read are {READABLE}"
        search.errors.append((path, InputError(message)))
    return Contents(tuple(search.sources), tuple(search.errors), tuple(search.skipped))


@dataclass(slots=True)
class _Search:
    path: str
    sources: list[Source] = field(default_factory=list)
    errors: list[tuple[str, InputError]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, member: archives.Member) -> None:
        """Take one file of the archive; what cannot be used is told, the rest is taken."""
        inner = f"{self.path}/{member.name or member.own}"
        if member.name is None:
            self.errors.append((inner, self._outside(member.own)))
            return
        if inner in self.seen or any(p.startswith(_FOREIGN) for p in member.name.split("/")):
            return
        self.seen.add(inner)
        try:
            if member.fault is not None:
                raise member.fault
            self.sources += self._pages(inner, member)
        except InputError as error:
            self.errors.append((inner, error))

    def _pages(self, inner: str, member: archives.Member) -> list[Source]:
        kind = None if inner.endswith(OWN_PICTURES) else sniff(member.head, inner)
        if kind is not None:
            check_readable(inner, kind)
            if kind in _COUNTED:
                member.keep()
            return pages_of(inner, kind)
        if archives.is_archive(inner):
            raise InputError(
                f"{shown(inner)} is an archive within an archive; unpack {shown(self.path)}"
            )
        if by_name(inner) and not inner.endswith(OWN_PICTURES):
            raise unknown_type(inner, member.head)
        self.skipped.append(inner)
        return []

    def _outside(self, name: str) -> InputError:
        return InputError(
            f"{shown(self.path)} holds {shown(name)}, a name that leads out of it; it is left out"
        )
