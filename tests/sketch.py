"""Pages drawn in text: every cell of the drawing is one em of body type.

A case is a text file: the drawing, a line of ``====``, then what should be read. In the drawing
(full-width characters, so that it looks like the page; letters and digits may be half-width, two
to a cell):

    nothing; runs of other characters are lines of body type, one em a character
    ＃标题        a headline of 2 em type; it takes up two cells a character, and two rows
    ＊标题        the same in 1.5 em type; ％ in 1.25 em type
    ＆霜  ＄霜    an initial over two rows (2.5 em) or three (4 em): the rows beside it start three
                  cells from the mark, or four
    Ｖ  Ｈ        a line at right angles to the text, of 2 em or body type: its characters follow
                  down the drawing, or to the right on a vertical page
    ＿            a blank within a line
    －－－  ｜    rules: three cells or more across, two or more down
    ＋            the corners of a frame of rules around a story
    ＰＰＰ        a picture, all of its rectangle

Below: a line a paragraph, with the marks of ROLES; a blank line between articles; ``/`` where a
break was repaired and a record of it kept. After ``----``: furniture, as ``kind: text``. With
``vertical`` in its first line the page is set in vertical lines, and drawn as it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from true_lines import regions, rule, sides

from digitize.geometry import Box, WritingMode, from_canonical
from digitize.model import Article, Line, Page, Paragraph, RegionKind, Role
from digitize.reflow import Reflowed

EM = 40.0
LEADING = 1.5  # em from line to line
RULE = 4.0  # px
MARGIN = 3.0  # em around the drawing
BLANK = "　"
SIZES = {"＃": 2.0, "＊": 1.5, "％": 1.25, "＆": 2.5, "＄": 4.0}
CROSS = {"Ｖ": 2.0, "Ｈ": 1.0}
ROLES = {
    Role.HEADLINE: "# ",
    Role.KICKER: "^ ",
    Role.SUBTITLE: "_ ",
    Role.SUBHEADING: "## ",
    Role.BYLINE: "@ ",
    Role.CAPTION: "= ",
    Role.TURN: "> ",
    Role.QUOTE: "> ",
    Role.BODY: "",
}
TURNED = str.maketrans("－｜", "｜－")
Cell = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """A drawn page and how it should be read."""

    page: Page
    expected: str


@dataclass
class Drawing:
    """The cells, row by row, and what was found in them, in the space where text runs right."""

    grid: list[list[str]]
    lines: list[tuple[Box, str, float, bool]] = field(default_factory=list)  # …, em, at angles?
    rules: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def at(self, row: int, column: int) -> str:
        """The cell's character; blank outside of the drawing."""
        inside = 0 <= row < len(self.grid) and 0 <= column < len(self.grid[row])
        return self.grid[row][column] if inside else BLANK

    def starts(self, char: str) -> Iterator[Cell]:
        """The cells with ``char`` that are still there when their turn comes."""
        for r, row in enumerate(self.grid):
            for c in range(len(row)):
                if row[c] == char:
                    yield r, c

    def run(self, cell: Cell, down: bool, char: str = "") -> int:
        """How many cells on from ``cell`` are ``char``, or not blank."""
        (r, c), n = cell, 0
        while (found := self.at(r + n * down, c + n * (not down))) != BLANK:
            if char and found != char:
                break
            n += 1
        return n

    def take(self, cell: Cell, rows: int, columns: int) -> str:
        """What is in a rectangle of cells, which is blank from then on."""
        r, c = cell
        taken = "".join(self.at(r + i, c + k) for i in range(rows) for k in range(columns))
        for i in range(rows):
            self.grid[r + i][c : c + columns] = BLANK * columns
        return taken


def load(path: Path) -> Case:
    """The case in a file."""
    drawn, expected = path.read_text("utf-8").split("====\n")
    rows = drawn.rstrip("\n").split("\n")
    vertical = rows[0] == "vertical"
    mode = WritingMode.VERTICAL if vertical else WritingMode.HORIZONTAL
    return Case(page_of(rows[vertical:], mode), expected.strip())


def page_of(rows: list[str], mode: WritingMode = WritingMode.HORIZONTAL) -> Page:
    """The page of a drawing."""
    full = [_cells(row) for row in rows]
    wide = max(map(len, full))
    full = [[*row, *BLANK * (wide - len(row))] for row in full]
    if mode is WritingMode.VERTICAL:  # the rightmost column becomes the first row
        full = [[row[c].translate(TURNED) for row in full] for c in reversed(range(wide))]
    drawing = Drawing(full)
    _find_frames(drawing)
    _find_rules(drawing)
    _find_pictures(drawing)
    _find_cross_lines(drawing, -1 if mode is WritingMode.VERTICAL else 1)
    _find_lines(drawing)
    return _placed(drawing, mode)


def _cells(row: str) -> list[str]:
    """The cells of a row: half-width characters that follow each other stand two in a cell."""
    cells: list[str] = []
    for run in re.findall(r"[ -~]+|[^ -~]", row):
        text = run.rstrip(" ")
        assert text, f"half-width blanks in {row}"
        cells += [text[i : i + 2] for i in range(0, len(run), 2)]
    return cells


def _box(cell: Cell, width: float, height: float) -> Box:
    """A box from its first cell and its extent in em."""
    x, y = cell[1] * EM, cell[0] * LEADING * EM
    return Box(x, y, x + width * EM, y + height * EM)


def _find_frames(drawing: Drawing) -> None:
    for r, c in drawing.starts("＋"):
        right = drawing.run((r, c + 1), False, "－") + 1
        down = drawing.run((r + 1, c), True, "｜") + 1
        drawing.frames.append(_shifted(_box((r, c), right, down * LEADING), EM / 2, EM / 2))
        for top in (r, r + down):
            drawing.take((top, c), 1, right + 1)
        for left in (c, c + right):
            drawing.take((r, left), down, 1)


def _find_rules(drawing: Drawing) -> None:
    for cell in drawing.starts("－"):
        length = drawing.run(cell, False, "－")
        drawing.take(cell, 1, length)
        drawing.rules.append(_shifted(_box(cell, length, RULE / EM), 0, EM / 2))
    for cell in drawing.starts("｜"):
        length = drawing.run(cell, True, "｜")
        drawing.take(cell, length, 1)
        drawing.rules.append(_shifted(_box(cell, RULE / EM, length * LEADING), EM / 2, 0))


def _find_pictures(drawing: Drawing) -> None:
    for cell in drawing.starts("Ｐ"):
        wide, high = drawing.run(cell, False, "Ｐ"), drawing.run(cell, True, "Ｐ")
        drawing.take(cell, high, wide)
        drawing.pictures.append(_box(cell, wide, (high - 1) * LEADING + 1))


def _find_cross_lines(drawing: Drawing, step: int) -> None:
    """Lines that run down the rows of the grid, or up (``step`` -1) where the page was turned."""
    for mark, em in CROSS.items():
        for r, c in drawing.starts(mark):
            text, row = "", r
            while drawing.at(row, c) != BLANK:
                text += drawing.take((row, c), 1, 1).replace("＿", BLANK)
                row += step
            long = em * (len(text) - 1)
            box = _box((r, c), em, long)
            if step < 0:
                box = _shifted(box, 0, (LEADING - long) * EM)
            drawing.lines.append((box, text[1:], em, True))


def _find_lines(drawing: Drawing) -> None:
    for r, row in enumerate(drawing.grid):
        for c in range(len(row)):
            if row[c] == BLANK:
                continue
            cells = drawing.run((r, c), False)
            text = drawing.take((r, c), 1, cells).replace("＿", BLANK)
            em = SIZES.get(text[0], 1.0)
            text = text[em > 1 :]
            wide = em * len(text) if em > 1 else cells
            drawing.lines.append((_box((r, c), wide, em), text, em, False))


def _shifted(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _placed(drawing: Drawing, mode: WritingMode) -> Page:
    """The drawing on its sheet, vertical pages turned to where their lines run down."""
    high = (len(drawing.grid) * LEADING + 1) * EM
    wide = (len(drawing.grid[0]) + 1) * EM
    vertical = mode is WritingMode.VERTICAL

    def place(box: Box) -> Box:
        shift = high if vertical else 0.0
        return _shifted(from_canonical(box, mode), MARGIN * EM + shift, MARGIN * EM)

    frames = [place(frame) for frame in drawing.frames]
    size = (high, wide) if vertical else (wide, high)
    return Page(
        size=(int(size[0] + 2 * MARGIN * EM), int(size[1] + 2 * MARGIN * EM)),
        lines=tuple(
            _line(i, place(box), text, em, vertical is not cross)
            for i, (box, text, em, cross) in enumerate(drawing.lines)
        ),
        separators=(
            *(rule(place(box)) for box in drawing.rules),
            *(side for frame in frames for side in sides(frame)),
        ),
        regions=(
            *regions(RegionKind.PICTURE, [place(box) for box in drawing.pictures]),
            *regions(RegionKind.FRAME, frames),
        ),
    )


def _line(number: int, box: Box, text: str, em: float, vertical: bool) -> Line:
    mode = WritingMode.VERTICAL if vertical else WritingMode.HORIZONTAL
    return Line(f"l{number}", box.polygon(), text, 1.0, em * EM, mode)


def shown(found: Reflowed) -> str:
    """What was read, in the form of a case's second half."""
    texts = {line.id: line.text for line in found.page.lines}
    for article in found.articles:
        _leave_out_turns(article, texts)
    articles = ["\n".join(_shown(p, texts) for p in a.paragraphs) for a in found.articles]
    furniture = [f"{f.kind}: {f.text}" for f in found.furniture]
    if furniture:
        articles.append("\n".join(["----", *furniture]))
    return "\n\n".join(articles)


def _leave_out_turns(article: Article, texts: dict[str, str]) -> None:
    """Take turn lines off the rows that they share with text; they are shown for themselves."""
    alone = {i for p in article.paragraphs if p.role is Role.TURN for i in p.line_ids}
    for turn in filter(None, (article.turn_from, article.turn_on)):
        for line in set(turn.line_ids) - alone:
            start, end = (turn.text, "") if turn is article.turn_from else ("", turn.text)
            text = texts[line].removeprefix(start).removesuffix(end)
            assert len(text) == len(texts[line]) - len(turn.text)
            texts[line] = text


def _shown(paragraph: Paragraph, texts: dict[str, str]) -> str:
    if paragraph.role is Role.TURN:
        return ROLES[paragraph.role] + paragraph.text
    repaired = {join.before: join.after for join in paragraph.joins}
    pieces, rest = "", paragraph.text
    for i, line in enumerate(paragraph.line_ids):
        if i and repaired.get(paragraph.line_ids[i - 1]) == line:
            pieces += "/"
        if i and rest[:1] == " ":
            pieces += " "
        pieces += texts[line]
        rest = _after(rest, texts[line])
    # Headings keep the gaps between their parts as plain spaces.
    assert not rest.strip()
    assert pieces.count("/") == len(paragraph.joins)
    return ROLES[paragraph.role] + pieces


def _after(text: str, start: str) -> str:
    """What follows ``start`` in ``text``, whatever the blanks in it."""
    for char in "".join(start.split()):
        text = text.lstrip()
        assert text[:1] == char
        text = text[1:]
    return text
