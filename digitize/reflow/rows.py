"""Rows: lines of a page in canonical, flattened space, with the pieces of one row put together.

Reflow reads horizontal and vertical pages alike: boxes are first taken to the flattened page and
then to canonical space (x along the text, y from line to line).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize import text as chars
from digitize.geometry import Box, WritingMode, from_canonical, to_canonical
from digitize.model import Line, Page, RegionKind

# Pieces of one row stand this close, in em; a gutter is as wide, so a bridge is asked for as well.
PIECE_GAP = 2.2
# Latin words in a justified narrow column are torn apart as far as this.
WIDE_GAP = 7.0
# Letters of a headline are spaced out this far, in the headline's own em.
HEAD_GAP = 1.7
TOUCHING = 0.5  # em: no gutter is so narrow
LEAST = 1.0  # px of an em: a file that was changed by hand may say 0
HALF_GLYPH = 0.45  # em: the blank half of a bracket's or stop's square
BYLINE_GAP = 3.0  # em between the parts of a byline, title and name
FEW = 4  # glyphs that end a sentence; of others two
SQUARE = 0.15  # by which width and height of a glyph may differ
NEAR_BODY = 1.7  # times larger or smaller than the body that its measured size may be
CAPTION_DEPTH = 3.0  # em under a picture in which its caption stands: two rows
SAME_ROW = 0.55  # of the lower height that two pieces share in y
SAME_SIZE = 1.35


@dataclass(frozen=True, slots=True)
class Row:
    """One row of type: the lines it was put together from, its box, size and text.

    ``cross`` marks a row set at right angles to the page's main direction.
    """

    ids: tuple[str, ...]
    box: Box
    em: float
    text: str
    cross: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A page as reflow sees it: all boxes flat and canonical, lengths comparable by ``em``."""

    rows: tuple[Row, ...]
    across: tuple[Box, ...]  # rules along the text
    down: tuple[Box, ...]  # rules across it
    pictures: tuple[Box, ...]
    frames: tuple[Box, ...]
    extent: Box  # the whole page
    em: float  # of the body type
    mode: WritingMode


def main_mode(lines: Sequence[Line]) -> WritingMode:
    """The direction in which most characters of ``lines`` are set."""
    votes = dict.fromkeys(WritingMode, 0)
    for line in lines:
        votes[line.writing_mode] += max(1, len(line.text))
    return max(votes, key=lambda mode: votes[mode])


def body_em(rows: Sequence[Row]) -> float:
    """The em in which most characters are set: the median over characters."""
    sizes = sorted((row.em, len(row.text)) for row in rows)
    half, seen = sum(n for _, n in sizes) / 2, 0
    for em, count in sizes:
        seen += count
        if seen >= half:
            return em
    return 1.0


def scene_of(page: Page, mode: WritingMode | None = None) -> Scene:
    """The page in canonical space; lines without text are left out."""
    lines = [line for line in page.lines if line.text.strip()]
    mode = mode or main_mode(lines)

    def place(polygon_box: Box) -> Box:
        return to_canonical(polygon_box, mode)

    zoom = page.flat.scale_at((page.size[0] / 2, page.size[1] / 2))
    rows = tuple(
        Row(
            (line.id,),
            place(page.flat.polygon(line.polygon).box),
            max(LEAST, line.em * zoom),
            line.text.strip(),
            line.writing_mode is not mode,
        )
        for line in lines
    )
    horizontal = mode is WritingMode.HORIZONTAL
    rules = [(s.vertical, place(page.flat.polygon(s.polygon).box)) for s in page.separators]
    regions = [(r.kind, place(page.flat.polygon(r.polygon).box)) for r in page.regions]
    whole = Box(0, 0, *page.size).polygon()
    return Scene(
        rows=tuple(sorted(rows, key=lambda r: (r.box.y0, r.box.x0, r.ids))),
        across=tuple(box for vertical, box in rules if vertical is not horizontal),
        down=tuple(box for vertical, box in rules if vertical is horizontal),
        pictures=tuple(box for kind, box in regions if kind is RegionKind.PICTURE),
        frames=tuple(box for kind, box in regions if kind is RegionKind.FRAME),
        extent=place(page.flat.polygon(whole).box),
        em=body_em(rows),
        mode=mode,
    )


def merge_pieces(scene: Scene) -> Scene:
    """The scene with rows that the detector had cut in two made one again."""
    scene = replace(scene, rows=tuple(_steadied(row, scene) for row in scene.rows))
    straight = _merged([r for r in scene.rows if not r.cross], scene)
    other = turned(scene)
    cross = _merged([r for r in other.rows if not r.cross], other)
    back = turned(replace(scene, rows=tuple(cross), mode=other.mode))
    return replace(scene, rows=(*straight, *back.rows))


def _steadied(row: Row, scene: Scene) -> Row:
    """A row of a glyph or two with the body's size, where its own is near that.

    A stop or a character like 一 says little of the size of the type; under a larger row of its
    own size it is the rest of a heading.
    """
    em = scene.em
    few = FEW if chars.ends_sentence(row.text) else 2
    if len(row.text) > few or row.cross or not 1 / NEAR_BODY < row.em / em < NEAR_BODY:
        return row
    if _square(row) or any(_heads(other, row, em) for other in scene.rows):
        return row
    middle = row.box.center[1]
    half = max(row.box.height, em) / 2
    return replace(row, em=em, box=replace(row.box, y0=middle - half, y1=middle + half))


def _square(row: Row) -> bool:
    """Whether two Chinese characters are as wide as they are high: then their size is right."""
    han = len(row.text) == 2 and all(map(chars.is_han, row.text))
    return han and abs(row.box.width / (2 * row.em) - 1) < SQUARE


def _heads(over: Row, row: Row, em: float) -> bool:
    """Whether ``over`` is the larger row of a heading that ends with the few glyphs of ``row``."""
    near = -0.5 * em < row.box.y0 - over.box.y1 < em and not over.cross
    alike = 1 / 1.15 < over.em / row.em < 1.15 and over.em > 1.12 * em
    open_end = len(over.text) > FEW and not chars.ends_sentence(over.text)
    return near and alike and open_end and over.box.overlap_x(row.box.grown(2 * em, 0)) > 0


def _merged(rows: Sequence[Row], scene: Scene) -> list[Row]:
    merged: list[Row] = []
    for row in sorted(rows, key=lambda r: r.box.x0):
        level = (m for m in merged if m.box.y0 < row.box.y1 and row.box.y0 < m.box.y1)
        left = next((m for m in level if _is_piece(m, row, rows, scene)), None)
        if left is None:
            merged.append(row)
        else:
            merged[merged.index(left)] = _joined(left, row)
    return merged


def turned(scene: Scene) -> Scene:
    """The same page in the canonical space of the other direction."""
    other = next(mode for mode in WritingMode if mode is not scene.mode)

    def turn(box: Box) -> Box:
        return to_canonical(from_canonical(box, scene.mode), other)

    return Scene(
        rows=tuple(replace(r, box=turn(r.box), cross=not r.cross) for r in scene.rows),
        across=tuple(turn(box) for box in scene.down),
        down=tuple(turn(box) for box in scene.across),
        pictures=tuple(turn(box) for box in scene.pictures),
        frames=tuple(turn(box) for box in scene.frames),
        extent=turn(scene.extent),
        em=scene.em,
        mode=other,
    )


def _is_piece(left: Row, right: Row, rows: Sequence[Row], scene: Scene) -> bool:
    """Whether ``right`` goes on in the row of ``left``."""
    low = min(left.box.height, right.box.height)
    gap = -left.box.overlap_x(right.box)
    em = max(left.em, right.em)
    if left.box.overlap_y(right.box) < SAME_ROW * low or not -0.6 * em <= gap < WIDE_GAP * em:
        return False
    between = Box(left.box.x1, max(left.box.y0, right.box.y0), right.box.x0, right.box.y1)
    ruled = any(rule.intersection(between.grown(0.3 * em, 0)) > 0 for rule in scene.down)
    if ruled or em > SAME_SIZE * min(left.em, right.em) or _beside_picture(left, right, scene):
        return False
    touching = gap - _blank(left, right) < TOUCHING * em
    # Both pieces of a headline are large; a row of text that was driven out seems so by itself.
    large = (left.em + right.em) / 2 > SAME_SIZE * scene.em
    if large and gap < HEAD_GAP * em:
        return True
    return _one_line(left, right, gap, scene) or (
        not large
        and _bridged(between, left, rows, _Bridge(1 if gap < PIECE_GAP * em else 2, touching))
    )


def _blank(left: Row, right: Row) -> float:
    """What the blank halves of marks add to the gap between two pieces."""
    return (
        HALF_GLYPH * left.em * (chars.ends_in_blank(left.text) + chars.opens_in_blank(right.text))
    )


def _beside_picture(left: Row, right: Row, scene: Scene) -> bool:
    """Whether one of two rows stands under a picture and the other beside it, past its edge.

    The one is its caption; the other belongs to the text that runs down beside the picture.
    """
    slack, low = 0.5 * left.em, min(left.box.y0, right.box.y0)
    return any(
        0 <= low - p.y1 + slack < CAPTION_DEPTH * left.em
        and any(
            p.x0 - slack < a.box.x0
            and a.box.x1 < p.x1 + slack
            and (b.box.x0 > p.x1 or b.box.x1 < p.x0)
            for a, b in ((left, right), (right, left))
        )
        for p in scene.pictures
    )


def _one_line(left: Row, right: Row, gap: float, scene: Scene) -> bool:
    """Whether two pieces read like one caption or one byline."""
    if chars.is_caption(right.text) and _under_one_picture(left, right, scene):
        return True
    byline = chars.is_byline(chars.join([left.text, right.text]))
    return byline and gap < BYLINE_GAP * max(left.em, right.em)


def _under_one_picture(left: Row, right: Row, scene: Scene) -> bool:
    """Whether two rows stand right under the same picture: a caption and its credit."""
    both = Box.around([left.box, right.box])
    return any(
        -left.em < both.y0 - p.y1 < 1.6 * left.em and both.overlap_x(p) > 0.9 * both.width
        for p in scene.pictures
    )


@dataclass(frozen=True, slots=True)
class _Bridge:
    """How many rows must run through a gap, and whether it is too narrow for a gutter."""

    least: int
    touching: bool


def _bridged(gap: Box, left: Row, rows: Sequence[Row], bridge: _Bridge) -> bool:
    """Whether rows above and below run through the gap: then it is no gutter.

    A row that starts where the right piece starts speaks for a gutter.
    """
    reach = 3.5 * left.em
    near = [
        r
        for r in rows
        if -reach < r.box.overlap_y(gap) < 0.3 * left.em and r.em < SAME_SIZE * left.em
    ]
    # A centred byline runs over a gutter too, but does not start where the left piece does.
    start = min(left.box.x0 + 3 * left.em, gap.x0 - left.em)
    count = 0
    for side in (True, False):
        rest = [r for r in near if (r.box.center[1] < gap.center[1]) is side]
        bridges = sum(r.box.x0 <= start and r.box.x1 > gap.x1 + left.em for r in rest)
        starts = sum(abs(r.box.x0 - gap.x1) < 0.8 * left.em for r in rest)
        ends = sum(abs(r.box.x1 - gap.x0) < 0.8 * left.em and r.box.x0 <= start for r in rest)
        gutters = max(starts, ends - 1)
        if gutters > bridge.touching and gutters >= bridges:
            return False  # columns begin or end here: on this side they stand apart
        count += bridges
    return count >= bridge.least


def _joined(left: Row, right: Row) -> Row:
    return Row(
        (*left.ids, *right.ids),
        Box.around([left.box, right.box]),
        max(left.em, right.em),
        chars.join([left.text, right.text]),
    )
