"""A page as formats of lines and blocks have it: paragraphs cut where they leave a column.

Formats of layout (ALTO, PAGE, hOCR) put lines into blocks with an outline. A paragraph that runs
over a column's end is two such blocks, which belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitize.geometry import Box, Polygon, WritingMode, to_canonical
from digitize.model import SCENE_TEXT, Article, Furniture, Line, Page, PageResult, Paragraph

# In line heights: more than two blank lines lie between the columns' rows, not between lines.
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand under each other. ``first``: no part of its paragraph comes before it."""

    id: str
    lines: tuple[Line, ...]
    first: bool = True

    @property
    def box(self) -> Box:
        """The box around its lines, in pixels of the scan."""
        return Box.around(line.polygon.box for line in self.lines)

    @property
    def mode(self) -> WritingMode:
        """How its lines run."""
        return self.lines[0].writing_mode


@dataclass(frozen=True, slots=True)
class BlockParagraph:
    """A paragraph of an article, in one block or several."""

    paragraph: Paragraph
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article of which lines stand on this page."""

    article: Article
    paragraphs: tuple[BlockParagraph, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks in reading order."""
        return tuple(block for p in self.paragraphs for block in p.blocks)


@dataclass(frozen=True, slots=True)
class FurnitureBlock:
    """Furniture of the page and the block that it stands in."""

    furniture: Furniture
    block: Block


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in blocks: what stands on it and has text, each line once."""

    page: Page
    stories: tuple[Story, ...]
    furniture: tuple[FurnitureBlock, ...]

    @property
    def page_furniture(self) -> tuple[FurnitureBlock, ...]:
        """What of the furniture is the page's own."""
        return tuple(piece for piece in self.furniture if piece.furniture.kind != SCENE_TEXT)

    @property
    def scene_text(self) -> tuple[FurnitureBlock, ...]:
        """What of it stands in photographs."""
        return tuple(piece for piece in self.furniture if piece.furniture.kind == SCENE_TEXT)


def sheet_of(result: PageResult) -> Sheet:
    """The blocks of a page; an empty sheet where nothing was read."""
    page = result.page or Page((0, 0))
    lines = {line.id: line for line in page.lines if line.text.strip()}
    stories = []
    for article in result.articles:
        paragraphs = [_in_blocks(paragraph, lines) for paragraph in article.paragraphs]
        kept = tuple(p for p in paragraphs if p.blocks)
        if kept:
            stories.append(Story(article, kept))
    pieces = (
        FurnitureBlock(piece, Block(f"f{number}", found))
        for number, piece in enumerate(result.furniture, 1)
        if (found := _taken(piece.line_ids, lines))
    )
    return Sheet(page, tuple(stories), tuple(pieces))


def _taken(ids: Sequence[str], lines: dict[str, Line]) -> tuple[Line, ...]:
    """The lines of this page with these ids; nobody else has them after that."""
    return tuple(line for i in ids if (line := lines.pop(i, None)) is not None)


def _in_blocks(paragraph: Paragraph, lines: dict[str, Line]) -> BlockParagraph:
    groups = list(_groups(_taken(paragraph.line_ids, lines)))
    blocks = (
        Block(paragraph.id if i == 0 else f"{paragraph.id}.{i + 1}", tuple(group), i == 0)
        for i, group in enumerate(groups)
    )
    return BlockParagraph(paragraph, tuple(blocks))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, divided where the next one does not stand under or beside the one before."""
    group: list[Line] = []
    for line in lines:
        if group and not _together(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _together(before: Line, after: Line) -> bool:
    if before.writing_mode is not after.writing_mode:
        return False
    a = to_canonical(before.polygon.box, before.writing_mode)
    b = to_canonical(after.polygon.box, after.writing_mode)
    height = max(a.height, b.height)
    if a.overlap_y(b) > min(a.height, b.height) / 2:  # in one row
        return b.x0 >= a.x0 and -a.overlap_x(b) < _GAP * height
    return b.y0 > a.y0 and a.overlap_x(b) > 0 and -a.overlap_y(b) < _GAP * height


def next_blocks(sheet: Sheet) -> Mapping[str, str]:
    """For every block of a story the one that is read after it, if there is one."""
    ids = [block.id for story in sheet.stories for block in story.blocks]
    return dict(pairwise(ids))


def along(outline: Polygon, mode: WritingMode, share: float) -> tuple[tuple[float, float], ...]:
    """The line on which glyphs stand: ``share`` of the way across, from the line's start.

    Outlines of lines have four corners, clockwise from the upper left as the text is read; other
    outlines count as their box.
    """
    corners = outline.points if len(outline.points) == 4 else outline.box.polygon().points
    upper_left, upper_right, lower_right, lower_left = corners
    if mode is WritingMode.VERTICAL:
        return _between(upper_left, upper_right, share), _between(lower_left, lower_right, share)
    return _between(upper_left, lower_left, share), _between(upper_right, lower_right, share)


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
