"""Text chained through frames, with a record of what landed where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .breaking import Broken, break_line
from .fonts import Face
from .geometry import Box
from .stories import Para
from .tokens import Token, tokenize

HEADING_LEADING = 1.35


@dataclass(frozen=True)
class BodyStyle:
    """How running text is set; lengths are in em of the body size unless named px."""

    face: Face
    sub: Face
    size: float
    leading: float
    indent: float = 2.0
    vertical: bool = False
    squeeze: bool = True
    hang: bool = False
    sub_align: str = "left"
    sub_scale: float = 1.0
    keep: int = 1

    @property
    def pitch(self) -> float:
        """The distance of two lines in px."""
        return self.size * self.leading

    @property
    def sub_size(self) -> float:
        return self.size * self.sub_scale


@dataclass(frozen=True)
class FlowLine:
    """A line at canonical (x, y) of frame `frame`, holding text[start:end] of its paragraph."""

    broken: Broken
    x: float
    y: float
    size: float
    face: Face
    paragraph: int
    frame: int
    start: int
    end: int
    sub: bool


@dataclass
class Flow:
    """The lines set, and the paragraph and character where the room ended (None: all set)."""

    lines: list[FlowLine] = field(default_factory=list)
    stop: tuple[int, int] | None = None
    frame: int = 0
    y: float = 0.0


def slots(frame: Box, style: BodyStyle) -> int:
    """How many body lines a frame holds."""
    return int((frame.height - style.size + 0.5) // style.pitch) + 1 if frame.height > 0 else 0


def capacity(frames: Sequence[Box], style: BodyStyle) -> int:
    """About how many characters the frames hold."""
    return sum(int(f.width / style.size) * slots(f, style) for f in frames)


class Setter:
    """Sets paragraphs one after the other, moving from frame to frame."""

    def __init__(self, frames: Sequence[Box], style: BodyStyle) -> None:
        self.frames = frames
        self.style = style
        self.flow = Flow(y=frames[0].y0 if frames else 0.0)

    def room(self) -> float:
        return self.frames[self.flow.frame].y1 - self.flow.y

    def next_frame(self) -> bool:
        """Go to the next frame; False when there is none."""
        if self.flow.frame + 1 >= len(self.frames):
            return False
        self.flow.frame += 1
        self.flow.y = self.frames[self.flow.frame].y0
        return True

    def make_room(self, need: float) -> bool:
        while self.room() < need - 0.5:
            if not self.next_frame():
                return False
        return True

    def at_top(self) -> bool:
        return self.flow.y <= self.frames[self.flow.frame].y0 + 0.5

    def paragraph(self, index: int, para: Para) -> bool:
        """Set one paragraph; False when the room ended inside it."""
        face = self.style.sub if para.sub else self.style.face
        tokens = tokenize(para.text, face, self.style.vertical, self.style.squeeze)
        return self._heading(index, tokens) if para.sub else self._body(index, tokens)

    def _body(self, index: int, tokens: list[Token]) -> bool:
        style, at = self.style, 0
        while at < len(tokens):
            if not self.make_room(style.size):
                self.flow.stop = (index, tokens[at].start)
                return False
            measure = self.frames[self.flow.frame].width / style.size
            indent = style.indent if at == 0 else 0.0
            broken = break_line(tokens, at, measure, indent, style.hang)
            self._add(index, tokens, broken, self.flow.y, sub=False)
            self.flow.y += style.pitch
            at = broken.end
        return True

    def _heading(self, index: int, tokens: list[Token]) -> bool:
        """A section heading: on the line grid, with `keep` body lines after it."""
        style = self.style
        lines = self._heading_lines(tokens)
        high = ((len(lines) - 1) * HEADING_LEADING + 1) * style.sub_size
        # An odd number of half lines would put the rest of the column off the grid.
        grid = style.pitch * (1 + -(-high // style.pitch))
        if not self.make_room(grid + (style.keep - 1) * style.pitch + style.size):
            self.flow.stop = (index, 0)
            return False
        block = style.pitch * (-(-high // style.pitch)) if self.at_top() else grid
        y = self.flow.y + (block - (style.pitch - style.size) - high) / 2
        for broken in lines:
            self._add(index, tokens, broken, y, sub=True)
            y += style.sub_size * HEADING_LEADING
        self.flow.y += block
        return True

    def _heading_lines(self, tokens: list[Token]) -> list[Broken]:
        measure = self.frames[self.flow.frame].width / self.style.sub_size
        lines: list[Broken] = []
        at = 0
        while at < len(tokens):
            broken = break_line(tokens, at, measure, 0.0, False)
            lines.append(broken)
            at = broken.end
        return lines

    def _add(self, index: int, tokens: list[Token], broken: Broken, y: float, sub: bool) -> None:
        style, frame = self.style, self.frames[self.flow.frame]
        face, size = (style.sub, style.sub_size) if sub else (style.face, style.size)
        start, end = tokens[broken.start].start, tokens[broken.end - 1].end
        x = frame.x0
        if sub and style.sub_align == "center":
            x += max(0.0, (frame.width - broken.length * size) / 2)
        self.flow.lines.append(
            FlowLine(broken, x, y, size, face, index, self.flow.frame, start, end, sub)
        )


def flow(paragraphs: Sequence[Para], frames: Sequence[Box], style: BodyStyle) -> Flow:
    """Set paragraphs through canonical frames until the text or the room ends."""
    setter = Setter(frames, style)
    for index, para in enumerate(paragraphs):
        if not setter.paragraph(index, para):
            break
    return setter.flow
