"""What the readers of XML formats share: parsing, names, numbers, outlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digitize.geometry import Point
from digitize.xml_parsing import Element, children, descendants, local, parse, refuse_entities

__all__ = [
    "LARGEST",
    "Element",
    "children",
    "descendants",
    "local",
    "number",
    "parse",
    "points",
    "refuse_entities",
    "some",
]

LARGEST = 1e7  # px or units; a coordinate beyond it is no place on a page
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


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
