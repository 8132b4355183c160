"""The page description that layouts fill and drawing, degrading and truth read."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fonts import Face
from .geometry import Box


@dataclass(frozen=True)
class Glyph:
    """Text drawn in one cell of the page; `turn` is clockwise, by quarters."""

    text: str
    cell: Box
    turn: bool = False
    corner: bool = False
    centre: bool = False


@dataclass
class SetLine:
    """One set line of type."""

    text: str
    box: Box
    role: str
    face: Face
    size: float
    vertical: bool
    glyphs: list[Glyph]
    article: int | None = None
    paragraph: int | None = None
    frame: int | None = None
    white: bool = False


@dataclass(frozen=True)
class Fragment:
    """The part of a paragraph that landed in one frame."""

    paragraph: int
    text: str


@dataclass
class SetFrame:
    """A frame of an article with what was set in it."""

    box: Box
    fragments: list[Fragment] = field(default_factory=list)


@dataclass
class SetPara:
    text: str
    sub: bool
    cut: bool = False  # ends in mid-sentence because the room did


@dataclass
class Article:
    """An article as it was really set."""

    index: int
    headline: str = ""
    byline: str = ""
    kicker: str = ""
    subtitle: str = ""
    continued_on: str = ""
    continued_from: str = ""
    paragraphs: list[SetPara] = field(default_factory=list)
    frames: list[SetFrame] = field(default_factory=list)
    headboxes: dict[str, Box] = field(default_factory=dict)
    vertical: bool = False


@dataclass(frozen=True)
class Picture:
    box: Box
    kind: str
    seed: int


@dataclass(frozen=True)
class Rule:
    """A ruled line: style is solid, double, dotted or wave."""

    box: Box
    style: str = "solid"


@dataclass(frozen=True)
class Frame:
    """A border drawn around a story; tint is the grey of its ground (255 none)."""

    box: Box
    stroke: float
    tint: int = 255
    style: str = "solid"


@dataclass
class Table:
    box: Box
    rows: list[list[str]]


@dataclass
class Sheet:
    """One page."""

    width: int
    height: int
    dpi: int
    family: str
    seed: int
    vertical: bool = False
    font: str = ""
    lines: list[SetLine] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    furniture: list[tuple[str, Box]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    adverts: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Frame] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def new_article(self) -> Article:
        article = Article(len(self.articles))
        self.articles.append(article)
        return article
