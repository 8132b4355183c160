"""What the writers of XML formats share: legal characters and names, numbers, the file's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from digitize.geometry import Point

Element = Any  # lxml is not typed
Inline = Callable[[Element], bool]

# What XML 1.0 cannot say, not even as a reference; lone surrogates among it.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]", re.ASCII)
_STARTS_A_NAME = re.compile(r"[A-Za-z_]")
REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """``text`` with U+FFFD for every character that XML does not allow."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def child(parent: Element, tag: str, /, text: str = "", **attributes: str) -> Element:
    """A new last element of ``parent``, in the same namespace."""
    space = parent.tag.rpartition("}")[0]
    made = etree.SubElement(parent, f"{space}}}{tag}" if space else tag)
    for key, value in attributes.items():
        made.set(key, legal(value))
    if text:
        made.text = legal(text)
    return made


def serialised(root: Element, doctype: str = "", inline: Inline = lambda _: False) -> str:
    """The document as text, to be written in UTF-8.

    Every element gets a line, except in those that are ``inline``: white space counts there.
    """
    _indent(root, "\n", inline)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}{doctype}{etree.tostring(root, encoding='unicode')}\n"


def _indent(element: Element, line: str, inline: Inline) -> None:
    if len(element) == 0 or inline(element):
        return
    element.text = f"{line} "
    for inner in element:
        _indent(inner, f"{line} ", inline)
        inner.tail = f"{line} "
    element[-1].tail = line


def number(value: float, digits: int = 2) -> str:
    """A number with at most so many digits behind the point: "12", "12.5"."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def whole(points: Iterable[Point]) -> list[tuple[int, int]]:
    """Corners in whole pixels, none left of or above the page."""
    return [(max(0, round(x)), max(0, round(y))) for x, y in points]


class Names:
    """Ids that are names in XML and occur once, made from ids that may be neither."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}  # up to which number a name is used

    def new(self, wanted: str) -> str:
        """A name for ``wanted``: the same where that can be."""
        name = _NOT_IN_A_NAME.sub("_", wanted)
        if not _STARTS_A_NAME.match(name):
            name = f"_{name}"
        made, count = name, self._counts.get(name, 1)
        while made in self._used:
            count += 1
            made = f"{name}_{count}"
        self._counts[name] = count
        self._used.add(made)
        return made
