"""What an archive wants to know of a PDF: title, language, colours, and that it says so itself.

ISO 19005-1 (PDF/A-1), conformance level B.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from digitize import __version__
from digitize.formats.stamp import moment
from digitize.model import PageResult
from digitize.pdf import srgb, xmp
from digitize.source import stem


def title_of(result: PageResult) -> str:
    """Paper, date and page as far as they are known, or else the file's name."""
    head = result.masthead
    parts = (head.paper, head.date, head.page)
    return " ".join(part for part in parts if part) or stem(result.source)


def describe(pdf: pikepdf.Pdf, title: str) -> None:
    """Say what ``pdf`` is, twice: in its dictionary and in its XMP, which agree."""
    producer, now = f"digitize {__version__}", moment()
    pdf.Root.Lang = String("zh")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pikepdf.Stream(pdf, srgb.profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.docinfo["/Title"] = String(title)
    pdf.docinfo["/Producer"] = String(producer)
    pdf.docinfo["/CreationDate"] = String(f"D:{now:%Y%m%d%H%M%S}+00'00'")
    pdf.docinfo["/ModDate"] = String(f"D:{now:%Y%m%d%H%M%S}+00'00'")
    said = xmp.packet(title, producer, f"{now:%Y-%m-%dT%H:%M:%S}+00:00")
    stream = pikepdf.Stream(pdf, said, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(stream)
