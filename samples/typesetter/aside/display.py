"""Headlines of one to three lines with kicker, subtitle and byline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from ..fonts import Face
from ..geometry import Box
from ..heads import BREAK_AFTER, HeadLook, Spot, Stack
from ..setting import Type
from ..stories import Story
from ..tokens import tokenize
from .printable import UnprintableError
from .prose import CUT_OUT

SMALLEST = 1.45  # em: a headline set smaller could not be told from a section heading
NATURAL = 0.75  # a break after a mark looks better than its width says


@dataclass(frozen=True)
class Head:
    """A headline stack; sizes in em of the body."""

    size: float = 3.0
    lines: int = 2
    align: str = "center"
    face: Face | None = None
    kicker: bool = False
    subtitle: bool = False
    byline: bool = False
    space: float = 0.9


def break_head(text: str, kind: Type, lines: int) -> list[str]:
    """The text in `lines` lines as even as can be, broken at a mark where that is near."""
    tokens = tokenize(text, kind.face, kind.writing.vertical, squeeze=False)
    legal = [
        i for i in range(2, len(tokens) - 1) if not tokens[i].no_start and not tokens[i - 1].no_end
    ]
    best, found = float("inf"), [text]
    for cuts in combinations(legal, lines - 1):
        edges = [0, *(tokens[i].start for i in cuts), len(text)]
        parts = [text[a:b].strip() for a, b in pairwise(edges)]
        if not all(parts):
            continue
        marks = sum(part[-1] in BREAK_AFTER for part in parts[:-1])
        cost = max(kind.width(part) for part in parts) * NATURAL**marks
        if cost < best:
            best, found = cost, parts
    return found


def fit(text: str, kind: Type, width: float, lines: int) -> tuple[float, list[str]]:
    """The size and the lines of a headline: as few lines as the size asked for allows."""
    options: list[tuple[float, list[str]]] = []
    for count in range(1, lines + 1):
        parts = break_head(text, kind, count)
        widest = max(kind.width(part) for part in parts)
        options.append((kind.size * min(1.0, width / widest), parts))
        if options[-1][0] >= 0.88 * kind.size:
            return options[-1]
    return max(options, key=lambda option: option[0])


def _shortened(story: Story, width: float, lines: int) -> str:
    """The headline; one that is any words of a text is made to fit `lines` lines of width em."""
    if story.kind != CUT_OUT:
        return story.headline
    return story.headline[: max(4, int((width / SMALLEST - 1) * lines))]


def set_stack(spot: Spot, story: Story, box: Box, head: Head) -> float:
    """Set the stack at the top of a canonical box; where the text may begin."""
    job, article, suite = spot.job, spot.article, spot.job.suite
    stack = Stack(spot, box, HeadLook(align=head.align))
    kind = spot.type(head.face or suite.head, head.size * job.em, "headline")
    article.headline = spot.text(_shortened(story, box.width / job.em, head.lines))
    size, parts = fit(article.headline, kind, box.width, head.lines)
    if size < SMALLEST * job.em:
        raise UnprintableError("headline too wide for its place")
    if head.kicker and story.kicker:
        kicker = spot.type(suite.kai, max(1.2 * job.em, size * 0.5), "kicker")
        article.kicker = stack.add(story.kicker, kicker, 0.5)
    stack.add_all(parts, replace(kind, size=size), 0.35)
    if head.subtitle and story.subtitle:
        second = spot.type(suite.second, max(1.15 * job.em, size * 0.48), "subtitle")
        article.subtitle = stack.add(story.subtitle, second, 0.6)
    if head.byline and story.byline:
        byline = spot.type(suite.kai, job.em, "byline")
        article.byline = stack.add(story.byline, byline, 0.7)
    return stack.y + head.space * job.em
