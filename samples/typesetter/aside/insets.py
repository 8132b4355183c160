"""Things that stand in the columns of a story, and the room they leave to its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from math import ceil

from ..breaking import break_line
from ..extras import put_picture
from ..geometry import Box
from ..heads import Spot
from ..setting import place_line
from ..tokens import tokenize
from .house import House, HouseStyle

LEAST_LINES = 3  # lines of text above or below an inset
LEAST_SIDE = 5.5  # em: text narrower than this beside a picture falls apart
TRIES = 12


@dataclass(frozen=True)
class Piece:
    """A part of a column; pieces of one `owner` are one stretch of text."""

    box: Box
    owner: int


@dataclass
class Columns:
    """The columns of a story while insets are put into them, in canonical pixels."""

    pieces: list[list[Piece]]
    style: HouseStyle
    holes: list[Box] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    @classmethod
    def of(cls, frames: list[Box], style: HouseStyle) -> Columns:
        """Whole columns."""
        made = cls([], style)
        made.pieces = [[Piece(frame, next(made.numbers))] for frame in frames]
        return made

    @property
    def least(self) -> float:
        return (LEAST_LINES - 1) * self.style.pitch + self.style.size

    @property
    def boxes(self) -> list[Box]:
        return [piece.box for column in self.pieces for piece in column]

    @property
    def owners(self) -> list[int]:
        return [piece.owner for column in self.pieces for piece in column]

    def free(self, hole: Box) -> bool:
        """No other inset is near."""
        near = self.least + self.style.pitch
        wide = Box(hole.x0, hole.y0 - near, hole.x1, hole.y1 + near)
        return not any(wide.overlaps(other) for other in self.holes)

    def resume(self, piece: Piece, y: float) -> float:
        """The first place on the piece's line grid at or under y."""
        lines = ceil((y - piece.box.y0) / self.style.pitch - 1e-6)
        return piece.box.y0 + lines * self.style.pitch

    def cut(self, hole: Box, gap: float) -> None:
        """Take a hole out of every column that it overlaps."""
        self.holes.append(hole)
        for i, column in enumerate(self.pieces):
            self.pieces[i] = [rest for piece in column for rest in self._rests(piece, hole, gap)]

    def _rests(self, piece: Piece, hole: Box, gap: float) -> list[Piece]:
        if not piece.box.overlaps(hole):
            return [piece]
        upper = piece.box.above(hole.y0 - gap)
        lower = piece.box.below(self.resume(piece, hole.y1 + gap))
        return [Piece(b, next(self.numbers)) for b in (upper, lower) if b.height >= self.least]

    def wrap(self, hole: Box, gap: float) -> None:
        """Let the text of one column run beside a hole at one of its sides."""
        self.holes.append(hole)
        for i, column in enumerate(self.pieces):
            self.pieces[i] = [rest for piece in column for rest in self._sides(piece, hole, gap)]

    def _sides(self, piece: Piece, hole: Box, gap: float) -> list[Piece]:
        box, pitch = piece.box, self.style.pitch
        if not box.overlaps(hole):
            return [piece]
        lines = max(0, int((hole.y0 - gap - box.y0) / pitch))
        y0, y1 = box.y0 + lines * pitch, self.resume(piece, hole.y1 + gap)
        right = hole.x1 > box.x1 - 1
        x0, x1 = (box.x0, hole.x0 - gap) if right else (hole.x1 + gap, box.x1)
        side = Box(x0, y0, x1, min(box.y1, y1 - pitch + self.style.size))
        parts = [box.above(y0 - pitch + self.style.size), side, box.below(y1)]
        return [Piece(part, piece.owner) for part in parts if part.height >= self.style.size]


Fill = Callable[[Box], None]


def inset(house: House, columns: Columns, wide: int, lines: tuple[int, int]) -> Box | None:
    """Cut a hole over `wide` columns somewhere; None if there is no place for it."""
    rng, style = house.rng, columns.style
    gap = style.size * 0.7
    for _ in range(TRIES):
        first = rng.randrange(len(columns.pieces) - wide + 1)
        span = columns.pieces[first : first + wide]
        if not all(span):
            continue
        host = span[0][0].box
        high = rng.randint(*lines)
        hole = _hole(house, columns, host, high)
        if hole is None:
            continue
        hole = Box(hole.x0, hole.y0, span[-1][0].box.x1, hole.y1)
        if _allowed(columns, span, hole) and columns.free(hole):
            columns.cut(hole, gap)
            return hole
    return None


def _hole(house: House, columns: Columns, host: Box, high: int) -> Box | None:
    """A hole of `high` lines in a column: at its head, in its middle or at its foot."""
    rng, pitch = house.rng, columns.style.pitch
    room = int(host.height / pitch)
    if high > 0.7 * room or room - high < 2 * LEAST_LINES:
        return None
    tall = high * pitch - 1.4 * columns.style.size
    draw = rng.random()
    if draw < 0.3:
        y0 = host.y0
    elif draw < 0.5:
        y0 = host.y1 - tall
    else:
        y0 = host.y0 + rng.randint(LEAST_LINES, room - high - LEAST_LINES) * pitch
    return Box(host.x0, y0, host.x1, y0 + tall)


def _allowed(columns: Columns, span: list[list[Piece]], hole: Box) -> bool:
    """Inside all its columns; over all columns of a story only at their heads or feet.

    A band over all columns would leave open whether to read under it or over it first.
    """
    near = columns.style.pitch * LEAST_LINES
    for column in span:
        head, foot = column[0].box.y0, column[-1].box.y1
        if len(column) > 1 or hole.y0 < head - 1 or hole.y1 > foot + 1:
            return False
        if 1 < hole.y0 - head < near or 1 < foot - hole.y1 < near:
            return False
    if len(span) < len(columns.pieces):
        return True
    tops = [column[0].box.y0 for column in span]
    feet = [column[-1].box.y1 for column in span]
    at_head = max(tops) - min(tops) < 1 and hole.y0 - tops[0] < 1
    return at_head or (max(feet) - min(feet) < 1 and feet[0] - hole.y1 < 1)


def wrapped(house: House, columns: Columns) -> Box | None:
    """A hole at one side of a wide column, with text beside it."""
    rng, style = house.rng, columns.style
    for _ in range(TRIES):
        column = rng.choice(columns.pieces)
        if len(column) != 1:
            continue
        box = column[0].box
        wide = box.width * rng.uniform(0.4, 0.55)
        if box.width - wide < (LEAST_SIDE + 1) * style.size:
            continue
        hole = _hole(house, columns, box, rng.randint(6, 10))
        if hole is None or not columns.free(hole):
            continue
        right = rng.random() < 0.5
        x0 = box.x1 - wide if right else box.x0
        hole = Box(x0, hole.y0, x0 + wide, hole.y1)
        columns.wrap(hole, style.size * 0.7)
        return hole
    return None


def picture(spot: Spot, hole: Box) -> None:
    """A photograph, mostly with a caption."""
    box = spot.writing.to_page(hole)
    caption = spot.job.rng.random() < 0.8 and box.width > 7 * spot.job.em
    put_picture(spot.job, box, caption)


def pull_quote(spot: Spot, hole: Box, text: str) -> None:
    """A sentence of the story set large between two rules."""
    job = spot.job
    size = job.em * job.rng.uniform(1.25, 1.5)
    inner = hole.inset(size * 0.4, size * 0.9)
    kind = spot.type(job.suite.second, size, "caption")
    tokens = tokenize(text, kind.face, spot.writing.vertical, squeeze=True)
    at, y, pitch = 0, inner.y0, size * 1.45
    said = []
    while at < len(tokens) and y + size <= inner.y1 + 1:
        broken = break_line(tokens, at, inner.width / size, 0.0, False)
        line = place_line(broken, inner.x0, y, kind)
        job.sheet.lines.append(line)
        said.append(line.text)
        at, y = broken.end, y + pitch
    job.sheet.captions.append("".join(said))
    half = job.hairline
    for edge in (hole.y0, min(hole.y1, y + size * 0.3) - 2 * half):
        job.rule(spot.writing.to_page(Box(hole.x0, edge, hole.x1, edge + 2 * half)))
