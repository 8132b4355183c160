"""What the readers of XML formats share: safe parsing, names, numbers, outlines.

Files come from anywhere: entities are not expanded, no DTD is loaded and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from digitize.geometry import Point

Element = Any  # lxml is not typed

LARGEST = 1e7  # px or units; a coordinate beyond it is no place on a page
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
    return _bounded(found[0]) if found else default


def _bounded(digits: str) -> float:
    return max(-LARGEST, min(LARGEST, float(digits)))


def points(text: str | None, scale: float = 1.0) -> tuple[Point, ...]:
    """Corners written as "x,y x,y" or "x y x y"; empty where there are fewer than three."""
    values = [_bounded(value) * scale for value in _NUMBER.findall(text or "")]
    corners = tuple(zip(values[::2], values[1::2], strict=False))
    return corners if len(corners) > 2 else ()


def some(pages: Sequence[Element]) -> Sequence[Element]:
    """The pages of a file; ValueError where there is none."""
    if not pages:
        raise ValueError("it holds no page")
    return pages
