"""XML and JSON spoiled as trees: what comes out can be parsed, and says something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from fuzz_bytes import NUMBERS, spoiled_text
from lxml import etree

Element = Any  # lxml is not typed
LARGE = 1500  # elements or values of a tree that is not made larger

VALUES = (
    *(number.decode() for number in NUMBERS),
    "x", "l0001", "水", "水 渠" * 200, " ", "0 0", "1,1 2,2", "1,1 2,2 3,3", "0,0 0,0 0,0",
    "bbox 0 0", "bbox 9 9 1 1; x_wconf -5", "top-to-bottom", "pixel", "mm10", "digitize", "header",
    "http://x.org/a", "file:///etc/passwd", "file://x/y", "http://[", "a%00b", "../../x", "a" * 300,
)  # fmt: skip
ENTITIES = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c '
    '"&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    '<!DOCTYPE r [<!ENTITY d SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    '<!DOCTYPE r [<!ENTITY d "' + "x" * 5000 + '">]>',
    '<!DOCTYPE r [<!ATTLIST r a CDATA "b">]>',
)
_XML_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-16", "gb18030", "us-ascii")


def spoiled_xml(data: bytes, rng: Random) -> bytes:
    """An XML document with its elements, attributes and text in disorder."""
    if rng.random() < 0.2:
        return spoiled_text(data, rng)
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return spoiled_text(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        rng.choice(_XML_WAYS)(root, rng)
    text: bytes = etree.tostring(root, encoding=rng.choice(_XML_ENCODINGS), xml_declaration=True)
    made = _with_entities(root, rng) if rng.random() < 0.05 else text
    return spoiled_text(made, rng) if rng.random() < 0.1 else made


def _with_entities(root: Element, rng: Random) -> bytes:
    text: str = etree.tostring(root, encoding="unicode")
    at = rng.choice([i for i, char in enumerate(text) if char in '">'] or [0]) + 1
    return (rng.choice(ENTITIES) + text[:at] + "&d;" * rng.choice((0, 1, 50)) + text[at:]).encode()


def _some(root: Element, rng: Random) -> Element:
    return rng.choice([element for element in root.iter() if isinstance(element.tag, str)])


def _without(root: Element, rng: Random) -> None:
    element = _some(root, rng)
    if element is not root:
        element.getparent().remove(element)


def _again(root: Element, rng: Random) -> None:
    element = _some(root, rng)
    if element is not root and sum(1 for _ in root.iter()) < LARGE:
        for _ in range(rng.choice((1, 1, 5, 40))):
            element.addnext(deepcopy(element))


def _elsewhere(root: Element, rng: Random) -> None:
    element, to = _some(root, rng), _some(root, rng)
    if element is not root and element not in {to, *to.iterancestors()}:
        to.append(element)


def _renamed(root: Element, rng: Random) -> None:
    _some(root, rng).tag = _some(root, rng).tag


def _set(root: Element, rng: Random) -> None:
    element = _some(root, rng)
    names = list(element.attrib) or list(_some(root, rng).attrib) or ["ID"]
    element.set(rng.choice(names), rng.choice(VALUES))


def _unset(root: Element, rng: Random) -> None:
    element = _some(root, rng)
    if element.attrib:
        del element.attrib[rng.choice(list(element.attrib))]


def _copied(root: Element, rng: Random) -> None:
    """The attributes of one element on another: ids come twice."""
    for name, value in _some(root, rng).attrib.items():
        _some(root, rng).set(name, value)


def _worded(root: Element, rng: Random) -> None:
    _some(root, rng).text = rng.choice((*VALUES, None))


def _nested(root: Element, rng: Random) -> None:
    element = _some(root, rng)
    for _ in range(rng.choice((2, 10, 200, 300))):
        element = etree.SubElement(element, _some(root, rng).tag)


_XML_WAYS: tuple[Callable[[Element, Random], None], ...] = (
    _without, _again, _elsewhere, _renamed, _set, _set, _set, _unset, _copied, _worded, _nested,
)  # fmt: skip

# JSON

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.5, 7, 1e-9, 1e9, -1e9, 1e308, 10**30, 10**400, 2**63,
    float("nan"), float("inf"), "", " ", "x", "l0001", "水" * 300, "\ud800", "\0", "1e999", [], {},
    [[]], [None], [0, 0, 0, 0], [[0, 0], [0, 0], [0, 0]], {"text": 1}, "file:///etc/passwd",
    "http://[", "https://x.org/i", "vertical", "a" * 300 + ".png",
)  # fmt: skip
_DEEP = 3000  # lists within each other

Place = tuple[Any, Any]  # what holds a value, and under which key


def spoiled_json(data: bytes, rng: Random) -> bytes:
    """A JSON document with its values in disorder."""
    if rng.random() < 0.15:
        return spoiled_text(data, rng)
    try:
        whole = [json.loads(data)]
    except (ValueError, RecursionError):
        return spoiled_text(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        places = _places(whole)
        _change(*rng.choice(places), places, rng)
    text = json.dumps(whole[0])
    if rng.random() < 0.01:
        text = text.replace("null", "[" * _DEEP + "]" * _DEEP, 1) + "[" * rng.choice((0, _DEEP))
    return text.encode()


def _places(value: Any) -> list[Place]:
    found: list[Place] = []
    left = [value]
    while left:
        holder = left.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                left.append(holder[key])
    return found


def _change(holder: Any, key: Any, places: list[Place], rng: Random) -> None:
    match rng.randrange(6):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, list) and len(places) < LARGE:
            holder[key:key] = [deepcopy(holder[key]) for _ in range(rng.choice((1, 1, 30)))]
        case 2 if isinstance(holder, list) and len(holder) > 1:
            del holder[key]
        case 3:
            other, name = rng.choice(places)
            holder[key] = deepcopy(other[name])
        case _:
            holder[key] = deepcopy(rng.choice(ODD))
