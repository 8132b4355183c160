"""The standards' own schemas, by which our files are judged; see schemas/README.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
XHTML = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-xhtml1-20020801/xhtml1-strict.dtd")


class _Beside(etree.Resolver):  # type: ignore[misc]
    """Finds what a schema imports by its address in the folder of schemas."""

    def resolve(self, url: str, _: str, context: Any) -> Any:
        return self.resolve_filename(str(SCHEMAS / Path(url).name), context)


@cache
def _schema(name: str) -> Any:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    kind = etree.RelaxNG if name.endswith(".rng") else etree.XMLSchema
    return kind(etree.parse(SCHEMAS / name, parser))


def faults(text: str, schema: str) -> list[str]:
    """What is wrong with an XML document by an XSD or a RELAX NG schema; nothing: it is valid."""
    return _found(text, _schema(schema))


@cache
def _xhtml() -> Any:
    return etree.DTD(XHTML)


def xhtml_faults(text: str) -> list[str]:
    """What is wrong with a document by the DTD of XHTML 1.0 Strict."""
    return _found(text, _xhtml())


def _found(text: str, validator: Any) -> list[str]:
    document = etree.fromstring(text.encode("utf-8"))
    validator.validate(document)
    return [f"{error.line}: {error.message}" for error in validator.error_log]
