"""How the text of an article begins and breaks off, by its words and by where its rows stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice
from statistics import median

from digitize.geometry import Box, to_canonical
from digitize.model import Article, Line, Page, Paragraph, Role
from digitize.stitching.model import Ends

EDGE = 40  # characters kept of either end
ROWS = 6  # rows at an end that are looked at: a column's edge shows in a few
INDENT = 0.7  # em that a row is set in at least; the rest is unevenness
DEEPEST = 3.5  # em; set in further it stands in another column
SAME_ROW = 0.5  # of the lower height that pieces of one row share

Placed = tuple[Box, float]
"""A row on the flat page in canonical space, and its em."""

AROUND = frozenset({Role.TURN, Role.CAPTION, Role.BYLINE, Role.QUOTE})
HEAD = frozenset({Role.HEADLINE, Role.KICKER, Role.SUBTITLE})


def ends_of(article: Article, page: Page) -> Ends:
    """The ends of ``article``; what its rows show is None where they are too few."""
    inner = [p for p in article.paragraphs if p.role not in AROUND]
    body = [p for p in inner if p.role is Role.BODY]
    if not body:
        return Ends()
    after_head = [p for p in inner if p.role not in HEAD]
    lines = {line.id: line for line in page.lines}
    rows = [_rows(p, lines, page) for p in body]
    indents = [_indented(_first(rows[i:])) for i in range(len(rows))]
    indented = indents[0]
    shared = _shared_with_turns(article)
    if shared & set(body[0].line_ids) or True not in indents:
        indented = None  # no paragraph here is set in, or a turn line stands before the text
    upwards = _first([paragraph[::-1] for paragraph in rows[::-1]])
    return Ends(
        head=body[0].text[:EDGE],
        tail=body[-1].text[-EDGE:],
        starts_with_text=after_head[0] is body[0],
        ends_with_text=inner[-1] is body[-1],
        indented=indented,
        free=None if shared & set(body[-1].line_ids) else _free(upwards),
    )


def _shared_with_turns(article: Article) -> set[str]:
    turns = [turn for turn in (article.turn_from, article.turn_on) if turn is not None]
    return {line for turn in turns for line in turn.line_ids}


def _first(paragraphs: Sequence[Sequence[Placed]]) -> list[Placed]:
    """The first few rows of a run of paragraphs."""
    return list(islice(chain.from_iterable(paragraphs), ROWS))


def _rows(paragraph: Paragraph, lines: Mapping[str, Line], page: Page) -> list[Placed]:
    """The rows of a paragraph on the flat page, as canonical boxes, with their em."""
    zoom = page.flat.scale_at((page.size[0] / 2, page.size[1] / 2))
    rows: list[Placed] = []
    for line in (lines[i] for i in paragraph.line_ids if i in lines):
        box = to_canonical(page.flat.polygon(line.polygon).box, line.writing_mode)
        if rows and _same_row(rows[-1][0], box):
            rows[-1] = (Box.around([rows[-1][0], box]), rows[-1][1])
        else:
            rows.append((box, line.em * zoom))
    return rows


def _same_row(a: Box, b: Box) -> bool:
    return a.x1 <= b.x0 and a.overlap_y(b) > SAME_ROW * min(a.height, b.height)


def _indented(rows: Sequence[Placed]) -> bool | None:
    """Whether the first row is set in against those below it in its column."""
    column = _column(rows)
    if len(column) < 2:
        return None
    em = median(em for _, em in rows)
    depth = column[0].x0 - min(box.x0 for box in column[1:])
    if depth > DEEPEST * em:
        return None
    return depth >= INDENT * em


def _free(rows: Sequence[Placed]) -> float | None:
    """How many em the first of ``rows``, which are from the last up, leaves free at its end."""
    column = _column(rows)
    if len(column) < 2:
        return None
    em = median(em for _, em in rows)
    return max(0.0, round((max(box.x1 for box in column[1:]) - column[0].x1) / em, 1))


def _column(rows: Sequence[Placed]) -> list[Box]:
    """The rows that stand in one column with the first of ``rows``, next to each other."""
    column: list[Box] = []
    for box, em in rows:
        if column and (abs(box.x0 - column[-1].x0) > DEEPEST * em or _jumps(column[-1], box, em)):
            break
        column.append(box)
    return column


def _jumps(a: Box, b: Box, em: float) -> bool:
    """Whether more than a few lines lie between two rows."""
    return -a.overlap_y(b) > DEEPEST * em
