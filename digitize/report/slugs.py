"""Names of files and anchors for pages, whatever the pages are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from digitize.report.visible import is_word

LONGEST = 56  # characters: of four bytes each, with a number, they fit into a file's name


@dataclass(slots=True)
class Slugs:
    """Gives every page a name of letters, digits, "-", "." and "_" that no other one has."""

    _taken: set[str] = field(default_factory=set)

    def new(self, name: str) -> str:
        """The page's name with other characters as "_"; with a number where it is taken."""
        base = "".join(char if is_word(char) else "_" for char in name).strip(".")
        base = base[:LONGEST] or "page"
        slug, number = base, 1
        while slug.casefold() in self._taken:  # file systems may not tell A from a
            number += 1
            slug = f"{base}-{number}"
        self._taken.add(slug.casefold())
        return slug


def link(path: str) -> str:
    """A relative path as it is written in a link; surrogates are the bytes they stand for."""
    return quote(path.encode("utf-8", "surrogateescape"))
