"""The types that travel between the stages: frozen, picklable, without pixels.

Every polygon is in pixels of the original scan. ``Page.flat`` leads from there to the flattened
page (upright, deskewed), in which columns stand straight; reflow measures in that space.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from digitize.geometry import Polygon, Projective, WritingMode


class RegionKind(StrEnum):
    """What an area of the page holds."""

    TEXT = "text"
    PICTURE = "picture"
    FRAME = "frame"  # a box drawn around a story
    FURNITURE = "furniture"
    SCENE_TEXT = "scene_text"  # writing in a photograph: on a sign, a banner, clothes


SCENE_TEXT = RegionKind.SCENE_TEXT.value
"""The kind of furniture that such writing is."""


class Role(StrEnum):
    """What a paragraph is within its article."""

    HEADLINE = "headline"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    TABLE = "table"  # one row of a table, a tab between its cells
    QUOTE = "quote"  # words of the story set large in its midst
    TURN = "turn"  # "continued on page 4": tells where the text is, and is not part of it


class ArticleKind(StrEnum):
    """What an article is."""

    STORY = "story"
    TABLE = "table"
    ADVERT = "advert"


class PageStatus(StrEnum):
    """How a page ended."""

    OK = "ok"
    EMPTY = "empty"
    FAILED = "failed"


class Half(StrEnum):
    """Which page of a scan that shows two; first is what is read first."""

    WHOLE = ""
    LEFT_FIRST = "left, first"
    RIGHT_SECOND = "right, second"
    RIGHT_FIRST = "right, first"
    LEFT_SECOND = "left, second"

    @property
    def side(self) -> str:
        """Where it is, "left" or "right"; "" of a whole scan."""
        return self.value.partition(",")[0]

    @property
    def letter(self) -> str:
        """What tells its files from the other's, "a" or "b"; "" of a whole scan."""
        return "" if not self else "a" if self.value.endswith("first") else "b"

    @property
    def twin(self) -> Half:
        """The other page of the scan."""
        return _TWINS[self]


_PAIRS = ((Half.LEFT_FIRST, Half.RIGHT_SECOND), (Half.RIGHT_FIRST, Half.LEFT_SECOND))
_TWINS = {Half.WHOLE: Half.WHOLE}
_TWINS |= {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True)
class Source:
    """One page to digitize: a file, which page of it, and the hash of the file's bytes.

    ``name`` is what the page is called, where something better than its path says so. Of a scan
    that shows two pages ``half`` is one of them.
    """

    path: str
    page_no: int = 0
    page_count: int = 1
    sha256: str = ""
    name: str = ""
    half: Half = Half.WHOLE

    @property
    def alone(self) -> bool:
        """Whether it is all that its file shows."""
        return self.page_count == 1 and not self.half

    @property
    def label(self) -> str:
        """How messages name the page: the path, with the page from 1 where there are several."""
        number = [str(self.page_no + 1)] if self.page_count > 1 else []
        half = [self.half.side] if self.half else []
        return f"{self.path}[{', '.join([*number, *half])}]" if number or half else self.path


@dataclass(frozen=True, slots=True)
class Glyph:
    """One recognised character and where it stands on the scan.

    ``others`` are what an engine in doubt takes it for as well, each with its share (0–1), the
    likeliest first. They are gone once the text is settled (:mod:`digitize.ocr.words`).
    """

    text: str
    polygon: Polygon
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    def step_to(self, other: Glyph) -> float:
        """How far it is from its middle to that of ``other``."""
        return math.dist(self.polygon.box.center, other.polygon.box.center)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type. ``em`` is the height of its glyphs in scan pixels."""

    id: str
    polygon: Polygon
    text: str
    confidence: float
    em: float
    writing_mode: WritingMode = WritingMode.HORIZONTAL
    glyphs: tuple[Glyph, ...] = ()

    @property
    def is_spelled(self) -> bool:
        """Whether its glyphs, one after the other, are its text."""
        return "".join(glyph.text for glyph in self.glyphs) == self.text

    @property
    def length(self) -> float:
        """How long its outline is along the text."""
        end = 1 if self.writing_mode is WritingMode.HORIZONTAL else 3
        return math.dist(self.polygon.points[0], self.polygon.points[end])


@dataclass(frozen=True, slots=True)
class Region:
    """An area of the page and the lines in it."""

    id: str
    kind: RegionKind
    polygon: Polygon
    writing_mode: WritingMode = WritingMode.HORIZONTAL
    line_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Separator:
    """A printed rule, as the outline of its ink."""

    polygon: Polygon
    vertical: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a page came to be: versions, options, seconds per stage, hash of the input."""

    versions: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that was found on one scan. ``size`` is (width, height) of the scan in pixels."""

    size: tuple[int, int]
    dpi: float | None = None
    flat: Projective = field(default_factory=Projective.identity)
    lines: tuple[Line, ...] = ()
    regions: tuple[Region, ...] = ()
    separators: tuple[Separator, ...] = ()
    order: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def scene_text(self) -> frozenset[str]:
        """The ids of the lines that stand in photographs."""
        return frozenset(
            i for r in self.regions if r.kind is RegionKind.SCENE_TEXT for i in r.line_ids
        )


@dataclass(frozen=True, slots=True)
class Join:
    """What was decided of a break in the text: between which lines, why, how sure (0–1).

    ``joined`` is False for a break that was left as it is; only doubtful ones are kept.
    """

    before: str
    after: str
    reason: str
    score: float
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its role and the lines that it was read from."""

    id: str
    role: Role
    text: str
    line_ids: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A printed "continued on page 4" or "continued from page 1" and the lines that say it."""

    page: str  # as printed, in digits and letters: "4", "A03"; empty where it names none
    text: str
    line_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One story: its paragraphs in reading order, headline first.

    ``turn_from`` and ``turn_on`` are what is printed; ``continued_from`` and ``continued_on`` name
    the article at the other end ("NAME#a3", NAME as the page's files are called) once it is found.
    ``stitched_to`` names the article that was given this one's text as well; text is written there
    only. Lines of other pages are named in it in the same way ("NAME#l0007").
    """

    id: str
    paragraphs: tuple[Paragraph, ...]
    continued_from: str | None = None
    continued_on: str | None = None
    turn_from: TurnLine | None = None
    turn_on: TurnLine | None = None
    kind: ArticleKind = ArticleKind.STORY
    stitched_to: str | None = None

    @property
    def headline(self) -> str:
        """The headline, or an empty string where the story has none."""
        return next((p.text for p in self.paragraphs if p.role is Role.HEADLINE), "")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page and to no story: masthead, date, folio, editors, scene text."""

    text: str
    line_ids: tuple[str, ...]
    kind: str = "furniture"


@dataclass(frozen=True, slots=True)
class Credit:
    """One of the people who made the page: the post as printed, and the name."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the furniture says of the page; empty where it says nothing.

    ``date`` is in ISO 8601; ``page`` in digits and letters ("4", "A03").
    """

    paper: str = ""
    date: str = ""
    page: str = ""
    section: str = ""
    editors: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class PageResult:
    """The outcome of one page; ``errors`` says why where ``status`` is failed."""

    source: Source
    status: PageStatus
    page: Page | None = None
    articles: tuple[Article, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    masthead: Masthead = field(default_factory=Masthead)
    doubts: tuple[Join, ...] = ()  # breaks that someone should look at
    errors: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """What layout found on a flattened page, in the coordinates of that page.

    ``lines`` have no text yet (an engine fills it in); ``em`` is the height of the body type.
    """

    lines: tuple[Line, ...] = ()
    separators: tuple[Separator, ...] = ()
    regions: tuple[Region, ...] = ()
    em: float = 0.0
