"""What the readers of XML formats share: safe parsing, numbers, outlines, lines.

Files come from anywhere: entities are not expanded, no DTD is loaded and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean, median
from typing import Any, NamedTuple

from lxml import etree

from digitize.geometry import Box, Point, Polygon, WritingMode
from digitize.model import Glyph, Line
from digitize.text import joiner, without_cjk_spaces

Element = Any  # lxml is not typed

UNKNOWN = 1.0  # the confidence of a line that has none in its file
TALL = 1.5  # times its width: a line of several characters that is as tall is vertical
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def parse(data: bytes) -> Element:
    """The root element; ValueError for what is no XML, or declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"broken XML: {' '.join(str(error).split())}") from error
    refuse_entities(root)
    return root


def refuse_entities(root: Element) -> None:
    """Raise ValueError if the document declares entities of its own."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ValueError("it declares XML entities, which are not read; take the DTD out of it")


def local(element: Element) -> str:
    """An element's name without its namespace, whatever version that names."""
    return "" if not isinstance(element.tag, str) else element.tag.rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these names."""
    return (child for child in element if local(child) in names)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names at any depth, in document order."""
    return (child for child in element.iter() if local(child) in names)


def number(text: str | None, default: float = 0.0) -> float:
    """A number in an attribute; ``default`` where there is none that can be read."""
    found = _NUMBER.search(text or "")
    return float(found[0]) if found else default


def points(text: str | None, scale: float = 1.0) -> tuple[Point, ...]:
    """Corners written as "x,y x,y" or "x y x y"; empty where there are fewer than three."""
    values = [float(value) * scale for value in _NUMBER.findall(text or "")]
    corners = tuple(zip(values[::2], values[1::2], strict=False))
    return corners if len(corners) > 2 else ()


class Read(NamedTuple):
    """A word or a character as a file has it; ``confidence`` is 0 to 1, or None."""

    text: str
    polygon: Polygon
    confidence: float | None


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
    parts: tuple[Sequence[Read], Sequence[Read]] = ((), ()),
    mode: WritingMode | None = None,
) -> Line:
    """A line from its text and outline; ``parts`` are its words and its glyphs.

    Its confidence is the mean of its characters'. The em is the height of the glyphs across the
    line, or the line's own where no glyphs are known.
    """
    words, glyphs = parts
    mode = mode or writing_mode(polygon.box, text)
    known = [(r.confidence, len(r.text)) for r in words if r.confidence is not None and r.text]
    known = known or [(g.confidence, 1) for g in glyphs if g.confidence is not None]
    mean = fmean(*zip(*known, strict=True)) if known else UNKNOWN
    vertical = mode is WritingMode.VERTICAL
    boxes = [glyph.polygon.box for glyph in glyphs] or [polygon.box]
    return Line(
        line_id,
        polygon,
        text,
        min(1.0, max(0.0, mean)),
        median(box.width if vertical else box.height for box in boxes),
        mode,
        tuple(
            Glyph(g.text, g.polygon, UNKNOWN if g.confidence is None else g.confidence)
            for g in glyphs
        ),
    )


def writing_mode(box: Box, text: str) -> WritingMode:
    """How a line runs, told by its shape where the file does not say."""
    tall = box.height > TALL * box.width and len(text) > 1
    return WritingMode.VERTICAL if tall else WritingMode.HORIZONTAL


def one_page(pages: Sequence[Element]) -> Element:
    """The only page of a file; ValueError where there is none, or more than one."""
    if len(pages) != 1:
        what = "it holds no page" if not pages else f"it holds {len(pages)} pages; one is read"
        raise ValueError(f"{what}: split the file" if pages else what)
    return pages[0]


def unique_ids(ids: Iterable[str | None], prefix: str) -> Iterator[str]:
    """The ids of a file, made up where they are missing or were used before."""
    seen: set[str] = set()
    for count, given in enumerate(ids, 1):
        name = given if given and given not in seen else f"{prefix}{count:04d}"
        while name in seen:
            name += "x"
        seen.add(name)
        yield name
