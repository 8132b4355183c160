"""Page furniture: what of a page belongs to no story, and what it says.

Furniture stands in strips over the head and along the foot of the page (:mod:`strips`), in a
nameplate in a corner (:mod:`nameplate`), and here and there by itself (:mod:`strays`). Its wording
is known to :mod:`notices`; :mod:`masthead` makes metadata of it. What is not clearly furniture
stays with the stories: a line too much in the text is a smaller harm than a headline lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digitize.geometry import WritingMode
from digitize.model import Furniture, Line, Masthead, Page
from digitize.reflow import masthead, nameplate, notices, rows, spaces, strays, strips, titles
from digitize.reflow.paper import ANY, Paper
from digitize.reflow.rows import Row, Scene
from digitize.reflow.sheet import sheet_of
from digitize.text import plain


@dataclass(frozen=True, slots=True)
class Found:
    """The furniture of a page, row by row from the top, and its metadata."""

    pieces: tuple[Furniture, ...] = ()
    masthead: Masthead = field(default_factory=Masthead)

    @property
    def line_ids(self) -> frozenset[str]:
        """Every line that is furniture."""
        return frozenset(i for piece in self.pieces for i in piece.line_ids)


def find(page: Page, paper: Paper = ANY) -> Found:
    """The furniture of ``page``; it stands level, whichever way the stories run.

    What is known of the ``paper`` goes before what the page shows.
    """
    scene = rows.scene_of(page, WritingMode.HORIZONTAL)
    found = _rows(scene, paper)
    lines = {line.id: line for line in page.lines}
    says = masthead.read(scene, [_spaced(row, [lines[i] for i in row.ids]) for row in found])
    says = replace(says, paper=paper.name or says.paper)
    pieces = tuple(
        Furniture(row.text, row.ids, kind_of(row.text, says) or "furniture") for row in found
    )
    return Found(pieces, says)


def kind_of(text: str, says: Masthead | None = None) -> str | None:
    """What kind of furniture ``text`` is, or None.

    One of :data:`notices.KINDS`, or, on a page that ``says`` so, "paper" and "section".
    """
    kind = notices.either_way(text).kind
    words = plain(text)
    if kind is not None or says is None or not words:
        return kind
    for name, whole in (("paper", says.paper), ("section", says.section)):
        if whole and (whole in words or words in whole or words[::-1] in whole):
            return name
    return "paper" if titles.is_paper(words) else None


def _rows(scene: Scene, paper: Paper) -> list[Row]:
    """The rows of ``scene`` that are furniture, from the top."""
    if not scene.rows:
        return []
    sheet = sheet_of(scene)
    found = [*strips.find(sheet, top=True), *strips.find(sheet, top=False)]
    found += nameplate.find(sheet, found)
    found += strays.find(sheet, found)
    found += [row for row in scene.rows if paper.claims(row.text)]
    return sorted(set(found), key=lambda row: (row.box.y0, row.box.x0, row.ids))


def _spaced(row: Row, lines: Sequence[Line]) -> Row:
    """The row with the gaps that its glyphs leave between names and posts."""
    if not any(line.glyphs for line in lines):
        return row
    return replace(row, text=spaces.spaced(lines))
