"""Headline stacks: kicker, headline, subtitle and byline over (or beside) a story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .fonts import Face
from .geometry import Box, Writing, union
from .job import Job
from .setting import Type, set_string, vertical_text
from .sheet import Article, SetLine
from .stories import Story
from .tokens import tokenize

BREAK_AFTER = set("：，！？；　 ”》")


@dataclass(frozen=True)
class HeadLook:
    """Sizes are in em of the body."""

    size: float = 3.0
    lines: int = 2
    align: str = "center"
    face: Face | None = None
    byline: bool = True
    space: float = 0.9


def splits(text: str, face: Face, vertical: bool) -> Iterator[tuple[str, str, bool]]:
    """The ways to break a headline in two: (first, second, at a natural place)."""
    tokens = tokenize(text, face, vertical, squeeze=False)
    for i in range(1, len(tokens)):
        if tokens[i].no_start or tokens[i - 1].no_end:
            continue
        first, second = text[: tokens[i].start], text[tokens[i].start :]
        yield first.strip(), second.strip(), first[-1] in BREAK_AFTER


def fit_head(text: str, kind: Type, width: float, lines: int) -> tuple[float, list[str]]:
    """The size (at most that of `kind`) and the lines of a headline `width` px wide."""
    want, whole = kind.size, kind.width(text)
    # One line a little smaller reads better than a break in mid-phrase.
    if lines < 2 or whole * (0.62 if len(text) < 10 else 0.8) <= width:
        return want * min(1.0, width / whole), [text]
    best: tuple[float, list[str]] = (0.0, [])
    for first, second, natural in splits(text, kind.face, kind.writing.vertical):
        if not first or not second:
            continue
        widest = max(kind.width(first), kind.width(second))
        score = widest * (1.0 if natural else 1.4)
        if not best[1] or score < best[0]:
            best = (score, [first, second])
    if not best[1]:
        return want * min(1.0, width / whole), [text]
    widest = max(kind.width(part) for part in best[1])
    return want * min(1.0, width / widest), best[1]


@dataclass(frozen=True)
class Spot:
    """An article being set: on which page, in which direction."""

    job: Job
    article: Article
    writing: Writing

    def type(self, face: Face, size: float, role: str) -> Type:
        return Type(face, size, role, self.writing)

    def text(self, text: str) -> str:
        return vertical_text(text) if self.writing.vertical else text

    def turned(self, vertical: bool) -> Spot:
        """The same article set in the other direction (a headline beside its text)."""
        return Spot(self.job, self.article, self.job.writing(vertical))


def new_spot(job: Job, vertical: bool = False) -> Spot:
    """A new article of the page."""
    return Spot(job, job.sheet.new_article(), job.writing(vertical))


def set_head(spot: Spot, story: Story, box: Box, look: HeadLook) -> float:
    """Set the stack at the top of a canonical box; return where the text may begin."""
    job, article, suite = spot.job, spot.article, spot.job.suite
    stack = Stack(spot, box, look)
    kind = spot.type(look.face or suite.head, look.size * job.em, "headline")
    article.headline = spot.text(story.headline)
    size, parts = fit_head(article.headline, kind, box.width, look.lines)
    if story.kicker:
        kicker = spot.type(suite.kai, max(1.25 * job.em, size * 0.45), "kicker")
        article.kicker = stack.add(story.kicker, kicker, 0.45)
    stack.add_all(parts, replace(kind, size=size), 0.2)
    if story.subtitle:
        sub = spot.type(suite.second, max(1.2 * job.em, size * 0.42), "subtitle")
        article.subtitle = stack.add(story.subtitle, sub, 0.5)
    if story.byline and look.byline:
        article.byline = stack.add(story.byline, spot.type(suite.kai, job.em, "byline"), 0.5)
    return stack.y + look.space * job.em


class Stack:
    """Lines of display type set one under the other."""

    def __init__(self, spot: Spot, box: Box, look: HeadLook) -> None:
        self.spot, self.box, self.look = spot, box, look
        self.y = box.y0

    def add(self, text: str, kind: Type, space: float) -> str:
        """One line, made smaller if it is too long; returns the text as set."""
        text = self.spot.text(text)
        fitted = kind.size * min(1.0, self.box.width / kind.width(text))
        self.add_all([text], replace(kind, size=fitted), space)
        return text

    def add_all(self, parts: list[str], kind: Type, space: float) -> None:
        """Lines of one size, `space` em below what stands above."""
        lines: list[SetLine] = []
        if self.y > self.box.y0:
            self.y += space * self.spot.job.em
        for part in parts:
            full = len(part) > 4 and self.box.width * 0.9 < kind.width(part)
            align = "spread" if full else self.look.align
            line = set_string(part, self.box.below(self.y), kind, align)
            line.article = self.spot.article.index
            lines.append(line)
            self.y += kind.size * 1.16
        self.y -= kind.size * 0.08
        self.spot.job.sheet.lines.extend(lines)
        self.spot.article.headboxes[kind.role] = union([line.box for line in lines])
