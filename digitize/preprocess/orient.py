"""Upright: turn a page that was scanned sideways or upside down, by a quarter turn or two.

Glyphs stand upright on horizontal and on vertical pages alike, so single glyphs are cut out, set
side by side as a line, and shown to a reader four ways; the way that it reads best is upright. The
direction of the lines, which tells nothing here, is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Projective
from digitize.image import PageImage, Pixels
from digitize.preprocess.moves import View, view
from digitize.typesize import glyph_em, local_ink

Score = Callable[[Pixels], float]
"""How well a line of glyphs, (48, W) in grey, can be read: 0 to 1, the mean over its squares.

A square in which nothing is read counts 0; so does one in which no Han character is read.
"""

NAME = "orient"
CELL = 48  # px: the height of a reader's line
MARGIN = 0.06  # of a cell left white around a glyph
GLYPHS = 16  # a line; fewer than MIN_GLYPHS tell nothing
MIN_GLYPHS = 6
LINES = 2
WHOLE = (0.72, 1.2)  # em: sizes of a component that is a whole glyph
DENSE = (0.2, 0.65)  # ink in its box: outside are frames, blots and pieces of pictures
SURE = 0.6  # a page read this well as it is, and not when laid on its side, is upright
LAID = 0.6  # weight of the reading one quarter on; below 1, as upright must win on its own
CLEAR = 0.2  # by how much another way must rank above the page as it is (seen: 0.3 to 0.6)
READ = 0.35  # below it nothing was read, whichever way
MIN_EM = 8.0  # px of the view: smaller type is sampled from the full page

Box = tuple[int, int, int, int]


def orient(image: PageImage, score: Score | None) -> PageImage:
    """The page upright; the same image where it is, where one cannot tell or cannot read."""
    if score is None:
        return image
    turns = quarter_turns(image, score)
    return image if turns == 0 else turned(image, turns)


def turned(image: PageImage, turns: int) -> PageImage:
    """``image`` turned counter-clockwise by ``turns`` quarters."""
    width, height = float(image.width), float(image.height)
    back = {
        1: Projective((0, -1, width, 1, 0, 0, 0, 0, 1)),
        2: Projective((-1, 0, width, 0, -1, height, 0, 0, 1)),
        3: Projective((0, 1, 0, -1, 0, height, 0, 0, 1)),
    }
    pixels = np.ascontiguousarray(np.rot90(image.pixels, turns))
    return image.changed(pixels, NAME, back[turns])


def quarter_turns(image: PageImage, score: Score) -> int:
    """How many quarters to turn counter-clockwise so that the page can be read; 0 if unsure."""
    cells = glyph_cells(image)
    if len(cells) < MIN_GLYPHS:
        return 0
    scores = {turns: _read(cells, turns, score) for turns in (0, 3)}
    if scores[0] >= SURE and scores[3] <= scores[0] / 2:
        return 0
    scores |= {turns: _read(cells, turns, score) for turns in (1, 2)}
    # A reader of vertical lines laid on their side reads two ways of four: upright, and turned
    # counter-clockwise. Upright is the first of the two, and the only one for other readers.
    rank = [scores[k] + LAID * scores[(k + 1) % 4] for k in range(4)]
    best = max(range(4), key=rank.__getitem__)
    return best if scores[best] >= READ and rank[best] >= rank[0] + CLEAR else 0


def _read(cells: list[Pixels], turns: int, score: Score) -> float:
    """The mean score of the lines of ``cells``, each cell turned."""
    lines = [cells[i : i + GLYPHS] for i in range(0, len(cells), GLYPHS)]
    strips = [np.hstack([np.rot90(cell, turns) for cell in line]) for line in lines]
    return float(np.average([score(s) for s in strips], weights=[len(line) for line in lines]))


def glyph_cells(image: PageImage) -> list[Pixels]:
    """Squares with one glyph each, from all over the page."""
    seen = view(image)
    mask = local_ink(seen.gray)
    em = glyph_em(mask)
    if 0 < em < MIN_EM and seen.factor < 1:
        seen = View(image.gray, 1.0, seen.size)
        mask = local_ink(seen.gray)
        em = glyph_em(mask)
    boxes = _whole_glyphs(mask, em)
    if len(boxes) > GLYPHS * LINES:
        # Evenly over the page in reading order of components: no one headline decides.
        boxes = boxes[np.linspace(0, len(boxes) - 1, GLYPHS * LINES).astype(int)]
    return [_cell(image.gray, box / seen.factor) for box in boxes]


def _whole_glyphs(mask: Pixels, em: float) -> npt.NDArray[np.float64]:
    """Boxes (x, y, w, h) of the components of ``mask`` that are whole glyphs of body type."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    x, y, w, h, area = stats[1:].T.astype(np.float64)
    size, thin = np.maximum(w, h), np.minimum(w, h)
    fill = area / (w * h)
    good = (size >= WHOLE[0] * em) & (size <= WHOLE[1] * em) & (thin >= 0.75 * size)
    good &= (fill >= DENSE[0]) & (fill <= DENSE[1])
    return np.asarray(np.stack([x, y, w, h], axis=1)[good], dtype=np.float64)


def _cell(gray: Pixels, box: npt.NDArray[np.float64]) -> Pixels:
    """The glyph in ``box`` of the page, centred on a white square, its paper lifted to white."""
    x, y, w, h = box
    cut = gray[max(0, int(y)) : int(np.ceil(y + h)), max(0, int(x)) : int(np.ceil(x + w))]
    inner = CELL * (1 - 2 * MARGIN)
    scale = inner / max(cut.shape)
    size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    glyph = cv2.resize(cut, size, interpolation=how)
    glyph = cv2.normalize(glyph, np.empty_like(glyph), 0, 255, cv2.NORM_MINMAX)
    cell = np.full((CELL, CELL), 255, dtype=np.uint8)
    top, left = (CELL - size[1]) // 2, (CELL - size[0]) // 2
    cell[top : top + size[1], left : left + size[0]] = glyph
    return cell
