"""Lines of a page as other programs' files have them: words, glyphs, confidence, direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean, median
from typing import NamedTuple

from digitize.geometry import Box, Polygon, WritingMode
from digitize.model import Glyph, Line, Page
from digitize.text import joiner, spread, without_cjk_spaces

UNKNOWN = 1.0  # the confidence of a line that has none in its file
TALL = 1.5  # times its width: a line of several characters that is as tall is vertical


class ReadPage(NamedTuple):
    """A page that another program has read, and what it calls the picture it read it from.

    ``sized``: the file tells the page's size; otherwise it is that of what was read. ``own``:
    digitize wrote the file, and lines and sizes of type are as it measured them.
    """

    page: Page
    picture: str = ""
    sized: bool = True
    own: bool = False


class Read(NamedTuple):
    """A word or a character as a file has it; ``confidence`` is 0 to 1, or None."""

    text: str
    polygon: Polygon
    confidence: float | None


class Parts(NamedTuple):
    """What a line is made of, as far as the file tells; ``confidence`` is that of the whole."""

    words: Sequence[Read] = ()
    glyphs: Sequence[Read] = ()
    confidence: float | None = None


NOTHING = Parts()  # nothing known of what a line is made of


def only(pages: Sequence[ReadPage]) -> Page:
    """The only page of a file; ValueError where there are more."""
    if len(pages) != 1:
        raise ValueError(f"it holds {len(pages)} pages; one is read: split the file")
    return pages[0].page


def words_text(words: Sequence[str], spaces: Iterable[int] | None = None) -> str:
    """Words put together; ``spaces`` are the words before which the file has a space.

    Without them a space stands between Latin words. Spaces beside Chinese characters go: engines
    put them between the words that they divide a line into.
    """
    known = None if spaces is None else set(spaces)
    text = ""
    for i, word in enumerate(words):
        space = joiner(text, word) if known is None else " " * (i in known and bool(text))
        text += space + word
    return without_cjk_spaces(text)


def make_line(
    line_id: str,
    text: str,
    polygon: Polygon,
    parts: Parts = NOTHING,
    mode: WritingMode | None = None,
) -> Line:
    """A line from its text, its outline and its parts.

    Its confidence is its own or the mean of its characters'. The em is the height of the glyphs
    across the line, or the line's own where none are known. Words are divided into glyphs where
    the file has none.
    """
    words, glyphs, _ = parts
    mode = mode or writing_mode(polygon.box, text)
    vertical = mode is WritingMode.VERTICAL
    boxes = [glyph.polygon.box for glyph in glyphs] or [polygon.box]
    return Line(
        line_id,
        polygon,
        text,
        min(1.0, max(0.0, _confidence(parts))),
        median(box.width if vertical else box.height for box in boxes),
        mode,
        tuple(map(_glyph, glyphs)) if glyphs else tuple(glyphs_of(words, mode)),
    )


def _confidence(parts: Parts) -> float:
    words, glyphs, own = parts
    if own is not None:
        return own
    known = [(r.confidence, len(r.text)) for r in words if r.confidence is not None and r.text]
    known = known or [(g.confidence, 1) for g in glyphs if g.confidence is not None]
    return fmean(*zip(*known, strict=True)) if known else UNKNOWN


def glyphs_of(words: Iterable[Read], mode: WritingMode) -> Iterator[Glyph]:
    """The characters of words, each word's box divided among them."""
    for word in words:
        box, text = word.polygon.box, "".join(word.text.split())
        if not box.area:
            continue
        vertical = mode is WritingMode.VERTICAL
        start, length = (box.y0, box.height) if vertical else (box.x0, box.width)
        for char, a, b in spread(text, start, length):
            place = Box(box.x0, a, box.x1, b) if vertical else Box(a, box.y0, b, box.y1)
            yield _glyph(Read(char, place.polygon(), word.confidence))


def _glyph(read: Read) -> Glyph:
    sure = UNKNOWN if read.confidence is None else min(1.0, max(0.0, read.confidence))
    return Glyph(read.text, read.polygon, sure)


def writing_mode(box: Box, text: str) -> WritingMode:
    """How a line runs, told by its shape where the file does not say."""
    tall = box.height > TALL * box.width and len(text) > 1
    return WritingMode.VERTICAL if tall else WritingMode.HORIZONTAL


def unique_ids(ids: Iterable[str | None], prefix: str) -> Iterator[str]:
    """The ids of a file, made up where they are missing or were used before."""
    seen: set[str] = set()
    for count, given in enumerate(ids, 1):
        name = given if given and given not in seen else f"{prefix}{count:04d}"
        while name in seen:
            name += "x"
        seen.add(name)
        yield name
