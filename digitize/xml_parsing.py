"""Safe parsing of XML from anywhere: no entities are expanded, no DTD loaded, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = Any  # lxml is not typed


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
