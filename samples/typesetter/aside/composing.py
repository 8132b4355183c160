"""Running text set through columns: ragged lines, gaps between paragraphs, drop caps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..breaking import Broken, Cell, break_line, justify
from ..copyfit import sentence_cut
from ..flow import HEADING_LEADING, Flow, FlowLine, Setter
from ..geometry import Box
from ..heads import Spot
from ..setting import place_line
from ..sheet import Fragment, SetFrame, SetPara
from ..stories import Para
from ..tokens import Token
from .house import HouseStyle

INITIAL_GAP = 0.25  # em between a drop cap and its lines
FULL = 1.6  # em: a last line with less room left looks like any other
LEAST_CUT = 8  # characters: a shorter end is dropped and not cut


class Compositor(Setter):
    """A setter that follows a house style."""

    def __init__(self, frames: Sequence[Box], style: HouseStyle) -> None:
        super().__init__(frames, style)
        self.house = style
        self.capped = 0  # lines still beside the drop cap

    def _body(self, index: int, tokens: list[Token]) -> bool:
        style, at = self.house, 0
        if index and not self.at_top():
            self.flow.y += style.para_gap
        while at < len(tokens):
            if not self.make_room(style.size):
                self.flow.stop = (index, tokens[at].start)
                return False
            if index == 0 and at == 0 and self._initial(tokens):
                at = 1
            broken = self._line(tokens, at, self._indent(index, at))
            self._add(index, tokens, broken, self.flow.y, sub=False)
            self.flow.y += style.pitch
            at = broken.end
        return True

    def _heading(self, index: int, tokens: list[Token]) -> bool:
        """A section heading, broken to the measure of the column that has room for it."""
        while self.room() < self._heading_room(tokens) - 0.5 and self.next_frame():
            pass
        return super()._heading(index, tokens)

    def _heading_room(self, tokens: list[Token]) -> float:
        style, count = self.house, len(self._heading_lines(tokens))
        high = ((count - 1) * HEADING_LEADING + 1) * style.sub_size
        grid = style.pitch * (1 + -(-high // style.pitch))
        return grid + (style.keep - 1) * style.pitch + style.size

    def _indent(self, index: int, at: int) -> float:
        if self.capped:
            self.capped -= 1
            return self._cap_size() / self.house.size + INITIAL_GAP
        first = at == 0 and not (index == 0 and self.house.flush_first)
        return self.house.indent if first else 0.0

    def _line(self, tokens: list[Token], at: int, indent: float) -> Broken:
        measure = self.frames[self.flow.frame].width / self.house.size
        broken = break_line(tokens, at, measure, indent, self.house.hang)
        if not self.house.ragged or broken.last:
            return broken
        used = [cell.token for cell in broken.cells]
        cells, length = justify(used, measure - indent, indent, stretch=False)
        return Broken(tuple(cells), broken.start, broken.end, length, False)

    def _cap_size(self) -> float:
        return (self.house.initial - 1) * self.house.pitch + self.house.size

    def _initial(self, tokens: list[Token]) -> bool:
        """Set the first character over several lines, if there is room for it."""
        style, lines = self.house, self.house.initial
        frame = self.frames[self.flow.frame]
        measure = frame.width / style.size
        short = len(tokens) < (lines + 1) * measure
        if lines < 2 or short or not _can_be_large(tokens[0].text) or tokens[1].no_start:
            return False
        if self.room() < (lines + 1) * style.pitch or measure < 9:
            return False
        cap = Broken((Cell(tokens[0], 0.0, 1.0),), 0, 1, 1.0, False)
        at = self.flow
        at.lines.append(
            FlowLine(cap, frame.x0, at.y, self._cap_size(), style.sub, 0, at.frame, 0, 1, False)
        )
        self.capped = lines
        return True


def _can_be_large(text: str) -> bool:
    """A Chinese character; a large 一 would pass for a rule."""
    return "\u4e00" < text <= "\u9fff"


def compose(paragraphs: Sequence[Para], frames: Sequence[Box], style: HouseStyle) -> Flow:
    """Set paragraphs through canonical frames until the text or the room ends."""
    setter = Compositor(frames, style)
    for index, para in enumerate(paragraphs):
        if not setter.paragraph(index, para):
            break
    return setter.flow


def fit(
    paragraphs: Sequence[Para], frames: Sequence[Box], style: HouseStyle, cut: bool
) -> tuple[list[Para], Flow, bool]:
    """What fits: the paragraphs, their flow, and whether the last is cut in mid-sentence."""
    kept = list(paragraphs)
    while True:
        result = compose(kept, frames, style)
        doubtful = _doubtful(result, style, frames)
        if doubtful is not None and len(kept) > 1:
            del kept[doubtful]
        elif result.stop is None or not kept:
            return kept, result, False
        else:
            kept, open_end = _shortened(kept, result.stop, cut)
            cut = cut and open_end
            if open_end:
                return kept, compose(kept, frames, style), True


def _shortened(kept: list[Para], stop: tuple[int, int], cut: bool) -> tuple[list[Para], bool]:
    """The paragraphs before `stop`, the last one cut there or at its last sentence's end."""
    index, chars = stop
    head, last = kept[:index], kept[index]
    if last.sub or chars < LEAST_CUT:
        text = ""
    else:
        text = last.text[:chars].rstrip() if cut else sentence_cut(last.text, chars)
    if text:
        return [*head, Para(text)], cut and text[-1] not in "。！？”」"
    while head and head[-1].sub:
        head.pop()
    return head, False


def _doubtful(result: Flow, style: HouseStyle, frames: Sequence[Box]) -> int | None:
    """A paragraph without a visible end: full last line, and no indent after it."""
    if style.indent:
        return None
    for line, after in pairwise(result.lines):
        if line.paragraph == after.paragraph or line.sub or after.sub:
            continue
        room = frames[line.frame].width / style.size - line.broken.length
        told = style.para_gap > 0 and line.frame == after.frame
        if room < FULL and not told:
            return line.paragraph
    return None


def place(
    spot: Spot,
    paragraphs: Sequence[Para],
    result: Flow,
    columns: tuple[Sequence[Box], Sequence[int]],
) -> None:
    """Put flowed lines on the sheet. `columns` are the frames and the column each belongs to."""
    frames, owner = columns
    article = spot.article
    article.paragraphs.extend(SetPara(p.text, p.sub) for p in paragraphs)
    used = list(dict.fromkeys(owner[line.frame] for line in result.lines))
    for column in used:
        inside = [line for line in result.lines if owner[line.frame] == column]
        parts = [frames[i] for i in sorted({line.frame for line in inside})]
        foot = max(line.y + line.size for line in inside)
        whole = Box(min(p.x0 for p in parts), parts[0].y0, max(p.x1 for p in parts), foot)
        fragments = _fragments(inside, paragraphs)
        article.frames.append(SetFrame(spot.writing.to_page(whole), fragments))
    for line in result.lines:
        kind = spot.type(line.face, line.size, "subheading" if line.sub else "body")
        laid = place_line(line.broken, line.x, line.y, kind)
        laid.article, laid.paragraph = article.index, line.paragraph
        laid.frame = used.index(owner[line.frame])
        spot.job.sheet.lines.append(laid)


def _fragments(lines: Sequence[FlowLine], paragraphs: Sequence[Para]) -> list[Fragment]:
    """What of which paragraph stands in these lines."""
    out: list[Fragment] = []
    for index in dict.fromkeys(line.paragraph for line in lines):
        own = [line for line in lines if line.paragraph == index]
        text = paragraphs[index].text
        start = 0 if own[0].start <= _lead(text) else own[0].start
        out.append(Fragment(index, text[start : own[-1].end]))
    return out


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())
