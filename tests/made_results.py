"""Results as a run without any error would give them, from the typesetter's own lines."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from statistics import fmean

from true_lines import page_of, set_page

from digitize.formats.words import piece
from digitize.model import Glyph, Line, PageResult, PageStatus, Provenance, Source
from digitize.reflow import reflow

VERSIONS = {"digitize": "0.1.0", "engine": "null 1"}


@cache
def made_result(family: str, seed: int, dpi: float | None = 200) -> PageResult:
    """A page of the typesetter, read and put in order; every line has glyphs."""
    page = page_of(set_page(family, seed))
    lines = tuple(with_glyphs(line) for line in page.lines)
    done = reflow(replace(page, lines=lines, dpi=dpi))
    made = replace(done.page, provenance=Provenance(VERSIONS))
    source = Source(f"scans/{family}-{seed}.png", sha256="ab" * 32)
    return PageResult(
        source, PageStatus.OK, made, done.articles, done.furniture, done.masthead, done.doubts
    )


def with_glyphs(line: Line) -> Line:
    """``line``, evenly divided into its characters; engines know no full-width spaces."""
    text, count = line.text.replace("　", " "), len(line.text)
    glyphs = tuple(
        Glyph(char, piece(line, i / count, (i + 1) / count), 0.9 + i % 10 / 100)
        for i, char in enumerate(text)
    )
    mean = fmean([g.confidence for g in glyphs if g.text != " "] or [line.confidence])
    return replace(line, text=text, glyphs=glyphs, confidence=mean)
