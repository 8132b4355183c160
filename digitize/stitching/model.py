"""What is kept of every page until all are read, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitize.model import TurnLine


@dataclass(frozen=True, slots=True)
class Number:
    """A page number; ``sure`` where it is printed, or marked as one in a file's name."""

    section: str
    value: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which issue this is, as far as is known; empty where it is not.

    ``index`` is the page's place in the run. ``series`` is the file's name without date and page
    number: pages of one issue share it.
    """

    index: int
    path: str
    page_no: int = 0
    page_count: int = 1
    folder: str = ""
    series: str = ""
    number: Number | None = None
    date: str = ""
    paper: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Ends:
    """How a part's text begins and breaks off; None where the page does not tell.

    ``head`` and ``tail`` are its first and last characters. ``indented``: the first row is set in,
    as paragraphs are. ``free``: em from the last row's end to the column's edge.
    """

    head: str = ""
    tail: str = ""
    starts_with_text: bool = False  # rather than with a headline or subheading
    ends_with_text: bool = False
    indented: bool | None = None
    free: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An article of one page, which may be a part of a longer one.

    ``topics`` counts its most frequent pairs of characters, where it may be one.
    """

    id: str
    headline: str = ""
    turn_from: TurnLine | None = None
    turn_on: TurnLine | None = None
    ends: Ends = field(default_factory=Ends)
    topics: tuple[tuple[str, int], ...] = ()

    @property
    def title(self) -> str:
        """How messages name it."""
        return self.headline or self.ends.head[:12]


@dataclass(frozen=True, slots=True)
class Stub:
    """A page without its lines. ``name`` is that of its files, ``label`` that of messages.

    ``kept``: all of the page can be had again, so that links without a turn line may reach it.
    """

    name: str
    label: str
    place: Place
    parts: tuple[Part, ...] = ()
    kept: bool = True

    @property
    def turns(self) -> bool:
        """Whether anything on the page says that it goes on elsewhere, or comes from there."""
        return any(part.turn_from or part.turn_on for part in self.parts)


@dataclass(frozen=True, slots=True)
class Link:
    """An article that goes on in another: both as "NAME#a3".

    ``value`` is how much speaks for it (see :mod:`evidence`), ``why`` in words. ``joined`` is how
    sure it is (0–1) that the break is inside a paragraph; None where a paragraph ends there.
    """

    before: str
    after: str
    value: float
    why: str = ""
    joined: float | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A turn line that leads nowhere: the page it stands on, by name, and a message."""

    page: str
    message: str


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a run, and the turn lines without one."""

    links: tuple[Link, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()

    def chains(self) -> list[list[Link]]:
        """The links in chains: each goes on where the one before it ended."""
        following = {link.before: link for link in self.links}
        firsts = following.keys() - {link.after for link in self.links}
        chains: list[list[Link]] = []
        for link in self.links:
            if link.before in firsts:
                chains.append([link])
                while (after := chains[-1][-1].after) in following:
                    chains[-1].append(following[after])
        return chains


def ref(name: str, part_id: str) -> str:
    """How an article, or a line, of another page is named."""
    return f"{name}#{part_id}"


def page_of(reference: str) -> str:
    """The page of what :func:`ref` named."""
    return reference.rpartition("#")[0]
