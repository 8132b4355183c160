"""What a fragment is: body text, a head, a byline, a caption."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow.fragments import SHORT, Fragment, page_indents
from digitize.reflow.rows import Scene

HEAD_SIZE = 1.28  # of the body em from which type is a head
SHORT_HEAD_SIZE = 1.45  # the same for two or three glyphs, whose size is measured badly
CROSS_HEAD_SIZE = 1.12  # the same for rows at right angles to the page, rare in body text
IN_COLUMN_SIZE = 1.45  # of the body em: larger heads start a story even within a column
SENTENCE_SIZE = 1.75  # of the body em: smaller type that ends with a full stop is no headline
IN_COLUMN_GAP = 3.0  # em between such a head and the text above it
FULL = 0.9  # of a column's width that a rule between stories runs at least
MAIN = 1.35  # times larger than a heading of its columns is a headline
UNDER_HEAD = 6.0  # em between it and the tops of its columns
HEAD_ROWS = 5
CAPTION_ROWS = 5
APART_ROWS = 3  # of a caption in the type of the text
CAPTION_GAP = 1.6  # em between a picture and its caption
CAPTION_SIZE = 0.93  # of the body em: captions are set smaller


class Kind(StrEnum):
    """The kinds of fragments."""

    BODY = "body"
    HEAD = "head"
    HEADING = "heading"  # a small head with text over it in its column
    BYLINE = "byline"
    CAPTION = "caption"


def classify(fragments: Sequence[Fragment], scene: Scene) -> dict[Fragment, Kind]:
    """The kind of every fragment.

    A small head with text right above it in its own column is a subheading or the head of a brief:
    it stays in the column's flow (Kind.HEADING).
    """
    kinds = {fragment: _kind(fragment, scene) for fragment in fragments}
    bodies = [f for f, kind in kinds.items() if kind is Kind.BODY and not f.cross]
    # Where paragraphs are told by space, space tells nothing of a caption.
    if page_indents(bodies, scene.em):
        kinds |= {f: Kind.CAPTION for f in bodies if _set_apart(f, bodies, scene)}
    for f, kind in kinds.items():
        if kind is not Kind.HEAD or f.em >= IN_COLUMN_SIZE * scene.em:
            continue
        heads = [h for h, sort in kinds.items() if sort is Kind.HEAD and h is not f]
        if _in_column(f, bodies, scene) or _tops_column(f, heads, bodies, scene):
            kinds[f] = Kind.HEADING
    return kinds


def _in_column(head: Fragment, bodies: Sequence[Fragment], scene: Scene) -> bool:
    """Whether body text of the head's own column stands right above it, and no wider head."""
    em = scene.em
    above = [
        b
        for b in bodies
        if b.box.x0 - em <= head.box.x0
        and head.box.x1 <= b.box.x1 + em
        and -em < head.box.y0 - b.box.y1 < IN_COLUMN_GAP * em
    ]
    return bool(above) and not head.cross and not _ruled(head, above, scene)


def _tops_column(
    f: Fragment, heads: Sequence[Fragment], bodies: Sequence[Fragment], scene: Scene
) -> bool:
    """Whether a small head tops one of the columns of a much larger one, text standing beside it.

    A sub-headline has the whole width under its headline to itself.
    """
    em, box = scene.em, f.box
    over = [
        h.box
        for h in heads
        if not h.cross
        and h.em >= MAIN * f.em
        and h.box.x0 - em < box.center[0] < h.box.x1 + em
        and -em < box.y0 - h.box.y1 < UNDER_HEAD * em
    ]
    return not f.cross and any(
        b.box.overlap_y(box) > 0.5 * box.height
        and b.box.y0 > h.y1 - em
        and b.box.overlap_x(box) < em
        and b.box.overlap_x(h) > 0
        for h in over
        for b in bodies
    )


def _ruled(head: Fragment, above: Sequence[Fragment], scene: Scene) -> bool:
    """Whether a rule over the whole column, and none below, sets the head off from the text."""
    column = max(above, key=lambda b: b.box.y1).box
    rules = [r for r in scene.across if r.overlap_x(column) > FULL * column.width]
    over = any(column.y1 < r.center[1] < head.box.y0 for r in rules)
    return over and not any(0 < r.y0 - head.box.y1 < IN_COLUMN_GAP * scene.em for r in rules)


def _set_apart(f: Fragment, bodies: Sequence[Fragment], scene: Scene) -> bool:
    """Whether a few rows right under a picture stand off the text that goes on below them.

    It goes on from above the picture, where it breaks off, and its rows are no paragraph's start.
    """
    em, box = scene.em, f.box
    over = [p for p in scene.pictures if -em < box.y0 - p.y1 < CAPTION_GAP * em and _shares(box, p)]
    if len(f.rows) > APART_ROWS or not over or box.width > over[0].width + em:
        return False
    column = [b for b in bodies if b is not f and _one_column(b.box, box, em)]
    above = [b for b in column if -em < over[0].y0 - b.box.y1 < IN_COLUMN_GAP * em]
    below = [b for b in column if -em < b.box.y0 - box.y1 < IN_COLUMN_GAP * em]
    if not below or not chars.ends_sentence(f.text):
        return False
    starts = below[0].rows[0].box.x0 - min(b.box.x0 for b in (below[0], *above)) > em
    short = below[0].box.x1 - f.rows[-1].box.x1 > 2 * em
    open_end = bool(above) and not chars.ends_sentence(above[0].rows[-1].text)
    return not starts and (open_end or short)


def _one_column(b: Box, caption: Box, em: float) -> bool:
    return b.x0 - em <= caption.x0 and caption.x1 <= b.x1 + em


def _kind(fragment: Fragment, scene: Scene) -> Kind:
    size = fragment.em / scene.em
    rows = len(fragment.rows)
    if rows <= 3 and size < HEAD_SIZE and chars.is_byline(fragment.text):
        return Kind.BYLINE
    least = SHORT_HEAD_SIZE if len(fragment.text) <= SHORT else HEAD_SIZE
    large = size >= (CROSS_HEAD_SIZE if fragment.cross else least)
    sentence = fragment.text.endswith("。") and size < SENTENCE_SIZE
    if rows <= HEAD_ROWS and large and not sentence:
        return Kind.HEAD
    if rows <= CAPTION_ROWS and _is_caption(fragment, scene):
        return Kind.CAPTION
    return Kind.BODY


def _is_caption(fragment: Fragment, scene: Scene) -> bool:
    """Whether a fragment goes with a picture: by its words, or by its size or place under it."""
    box, em = fragment.box, scene.em
    near = CAPTION_GAP * em
    under = [p for p in scene.pictures if -box.overlap_y(p) <= near and _shares(box, p)]
    aside = [p for p in scene.pictures if -box.overlap_x(p) <= near and _level(box, p)]
    if fragment.cross:  # set the other way, it stands under a picture to the page's side
        under, aside = aside, under
    if not under and not aside:
        return False
    if any(chars.is_caption(row.text) for row in fragment.rows):
        return True
    small = fragment.em <= CAPTION_SIZE * em and bool(under)
    return small or _centred_under(fragment, under, em)


def _shares(box: Box, picture: Box) -> bool:
    return box.overlap_x(picture) > 0.6 * min(box.width, picture.width)


def _level(box: Box, picture: Box) -> bool:
    return box.overlap_y(picture) > 0.6 * min(box.height, picture.height)


def _centred_under(fragment: Fragment, pictures: Sequence[Box], em: float) -> bool:
    """Whether a row or two stand in the middle under a picture, narrower than it."""
    box = fragment.box
    return len(fragment.rows) <= 2 and any(
        box.y0 >= p.y1 - em
        and box.width < p.width - 2 * em
        and abs(box.center[0] - p.center[0]) < em
        for p in pictures
    )
