"""What a PDF says of itself in XMP (ISO 16684-1): title, maker, dates, and that it is PDF/A-1b."""

from __future__ import annotations

from lxml import etree

from digitize.formats.xml_writing import Element, child, legal

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_PDF = "http://ns.adobe.com/pdf/1.3/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PDFA = "http://www.aiim.org/pdfa/ns/id/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = '\n<?xpacket end="w"?>'


def packet(title: str, producer: str, date: str) -> bytes:
    """The packet; ``date`` in ISO 8601 with its offset. One description for each vocabulary."""
    root = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    rdf = etree.SubElement(root, f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF})
    _said(rdf, "pdfaid", _PDFA, {"part": "1", "conformance": "B"})
    _said(rdf, "pdf", _PDF, {"Producer": producer})
    _said(rdf, "xmp", _XMP, {"CreateDate": date, "ModifyDate": date})
    named = _said(rdf, "dc", _DC, {"title": ""})
    choices = etree.SubElement(named[0], f"{{{_RDF}}}Alt")
    child(choices, "li", title).set(_LANG, "x-default")
    text: str = etree.tostring(root, encoding="unicode")
    return f"{_HEAD}{text}{_TAIL}".encode()


def _said(rdf: Element, prefix: str, space: str, values: dict[str, str]) -> Element:
    """One description, which declares its own vocabulary: some validators want it there."""
    made = etree.SubElement(rdf, f"{{{_RDF}}}Description", nsmap={prefix: space})
    made.set(f"{{{_RDF}}}about", "")
    for name, value in values.items():
        etree.SubElement(made, f"{{{space}}}{name}").text = legal(value) or None
    return made
