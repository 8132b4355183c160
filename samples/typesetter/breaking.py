"""Line breaking by the Chinese rules (kinsoku) and justification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .tokens import CLOSERS, Token

EPS = 1e-6
HANGING = set("。，、")


@dataclass(frozen=True)
class Cell:
    """A token set on a line: offset and advance in em."""

    token: Token
    offset: float
    advance: float


@dataclass(frozen=True)
class Broken:
    """One broken line: its cells, the tokens it used and the length it fills."""

    cells: tuple[Cell, ...]
    start: int
    end: int
    length: float
    last: bool


def break_line(
    tokens: Sequence[Token], start: int, measure: float, indent: float, hang: bool
) -> Broken:
    """The next line of a paragraph from token `start`, `measure` em long."""
    while start < len(tokens) and tokens[start].blank:
        start += 1
    room = measure - indent
    end = _settle(tokens, start, _greedy(tokens, start, room), room, hang)
    used = list(tokens[start:end])
    while used and used[-1].blank:
        used.pop()
    last = all(t.blank for t in tokens[end:])
    cells, length = justify(used, room, indent, stretch=not last)
    return Broken(tuple(cells), start, len(tokens) if last else end, length, last)


def _greedy(tokens: Sequence[Token], start: int, room: float) -> int:
    used, end = 0.0, start
    while end < len(tokens) and used + tokens[end].width <= room + EPS:
        used += tokens[end].width
        end += 1
    return max(end, start + 1)


def _settle(tokens: Sequence[Token], start: int, end: int, room: float, hang: bool) -> int:
    """Move the break so that no mark begins a line and no opening mark ends one."""
    if end >= len(tokens):
        return end
    pulled = _pull_in(tokens, start, end, room, hang)
    if pulled is not None:
        return pulled
    pushed = end
    while pushed > start + 1 and (tokens[pushed].no_start or tokens[pushed - 1].no_end):
        pushed -= 1
    legal = not (tokens[pushed].no_start or tokens[pushed - 1].no_end)
    return pushed if legal else end


def _pull_in(tokens: Sequence[Token], start: int, end: int, room: float, hang: bool) -> int | None:
    """The end after squeezing the offending marks into the line, or None."""
    stop = end
    while stop < len(tokens) and tokens[stop].no_start:
        stop += 1
    if tokens[stop - 1].no_end:
        return None
    if stop == end:
        return end
    if hang and stop == end + 1 and tokens[end].text in HANGING:
        return stop
    line = tokens[start:stop]
    excess = sum(t.width for t in line) - room
    return stop if excess <= _slack(line) + EPS else None


def _slack(line: Sequence[Token]) -> float:
    return sum(t.trail + t.lead for t in line) + 0.01 * len(line)


def justify(
    line: Sequence[Token], room: float, indent: float, stretch: bool
) -> tuple[list[Cell], float]:
    """Cells at their offsets; spare room goes into the gaps, excess out of the marks."""
    if not line:
        return [], 0.0
    widths = [t.width for t in line]
    hung = 0.0
    if line[-1].trail:
        widths[-1] -= line[-1].trail
    elif line[-1].text in CLOSERS and sum(widths) > room + 0.5:
        hung = widths[-1]
    extra = room - (sum(widths) - hung)
    if extra < -EPS:
        return _squeezed(line, widths, extra, indent)
    gaps = len(line) - 1 - (1 if hung else 0)
    gap = extra / gaps if stretch and gaps > 0 else 0.0
    return _laid(line, widths, gap, indent)


def _squeezed(
    line: Sequence[Token], widths: list[float], extra: float, indent: float
) -> tuple[list[Cell], float]:
    trims = [t.trail + t.lead for t in line]
    trims[-1] = 0.0
    total = sum(trims)
    share = min(1.0, -extra / total) if total else 0.0
    widths = [w - t * share for w, t in zip(widths, trims, strict=True)]
    rest = extra + total * share
    gap = rest / (len(line) - 1) if len(line) > 1 else 0.0
    return _laid(line, widths, gap, indent)


def _laid(
    line: Sequence[Token], widths: Sequence[float], gap: float, indent: float
) -> tuple[list[Cell], float]:
    cells: list[Cell] = []
    offset = indent
    for token, width in zip(line, widths, strict=True):
        cells.append(Cell(token, offset, width))
        offset += width + gap
    return cells, offset - gap
