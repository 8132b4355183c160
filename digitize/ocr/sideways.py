"""Latin words and numbers that lie on their side in a vertical line.

A vertical line is read with its glyphs upright (see :mod:`digitize.ocr.upright`), which cuts such
words up. Where that reading has holes or doubts the line is read turned as well, and its runs of
Latin letters and digits are taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.geometry import Box, WritingMode
from digitize.model import Glyph, Line
from digitize.text import is_cjk

DOUBT = 0.8  # a line or a glyph read with less is read turned as well
HOLE = 0.5  # em along the line in which nothing was read
SURE = 0.75  # mean confidence of a run that may stand for what was read upright


def doubtful(line: Line) -> bool:
    """Whether a line should be read turned as well."""
    if line.writing_mode is not WritingMode.VERTICAL:
        return False
    if line.confidence < DOUBT:
        return True
    weak = any(g.confidence < DOUBT or g.text.isascii() for g in line.glyphs)
    box = line.polygon.box
    ends = [Box(0, box.y0, 0, box.y0), *_boxes(line.glyphs), Box(0, box.y1, 0, box.y1)]
    return weak or any(b.y0 - a.y1 > HOLE * line.em for a, b in pairwise(ends))


def merged(upright: Line, turned: Line) -> Line:
    """The better of both readings of a line: whole, or ``upright`` with words of ``turned``."""
    if upright.confidence < min(DOUBT, turned.confidence):
        return turned
    glyphs = list(upright.glyphs)
    for run in _runs(turned.glyphs):
        glyphs = _with_run(glyphs, run)
    if glyphs == list(upright.glyphs):
        return upright
    confidence = round(sum(g.confidence for g in glyphs) / len(glyphs), 4)
    text = "".join(g.text for g in glyphs)
    return replace(upright, text=text, glyphs=tuple(glyphs), confidence=confidence)


def _boxes(glyphs: Sequence[Glyph]) -> list[Box]:
    return [glyph.polygon.box for glyph in glyphs]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Stretches of characters that are not CJK, with a letter or digit, read well."""
    run: list[Glyph] = []
    for glyph in (*glyphs, None):
        if glyph is not None and not is_cjk(glyph.text):
            run.append(glyph)
            continue
        while run and not run[-1].text.strip():
            run.pop()
        sure = sum(g.confidence for g in run) >= SURE * len(run)
        if sure and any(g.text.isalnum() for g in run):
            yield run
        run = []


def _with_run(glyphs: list[Glyph], run: Sequence[Glyph]) -> list[Glyph]:
    """``glyphs`` with ``run`` in place of what was read there, if that was read less surely.

    A single letter or digit only fills a hole: an upright 一 looks like a 1 that lies on its side.
    """
    span = Box.around(_boxes(run))
    at = [glyph.polygon.box.center[1] for glyph in glyphs]
    there = [g for g, y in zip(glyphs, at, strict=True) if span.y0 <= y <= span.y1]
    better = len(run) > 1 and sum(g.confidence for g in there) < sum(g.confidence for g in run)
    if there and not better:
        return glyphs
    before = [g for g, y in zip(glyphs, at, strict=True) if y < span.y0]
    after = [g for g, y in zip(glyphs, at, strict=True) if y > span.y1]
    return [*before, *run, *after]
