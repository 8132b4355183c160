"""A searchable PDF: the scan, and under its type the text in reading order, not to be seen.

ISO 32000-1 (PDF), 14.7 for the structure; ISO 19005-1 (PDF/A-1b) for what an archive asks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from digitize.filetype import FileType
from digitize.geometry import Projective
from digitize.model import PageResult
from digitize.opening import identify
from digitize.pdf import archive, passages, picture
from digitize.pdf.font import InvisibleFont
from digitize.pdf.layer import text_layer
from digitize.pdf.over_pdf import over_pdf
from digitize.pdf.structure import Structure

DPI = 300.0  # of a scan that does not tell
FONT = "/F0"
POINTS = 72.0  # of an inch
LARGEST_PAGE = 14_400.0  # points: viewers show no larger page


def page_pdf(result: PageResult) -> bytes:
    """A PDF of one page."""
    return searchable([result])


def searchable(results: Sequence[PageResult]) -> bytes:
    """One PDF of all pages, in their order; where they are a PDF's, that PDF with their text.

    Raises InputError where a scan cannot be read any more.
    """
    path = results[0].source.path
    return over_pdf(path, results) if identify(path) is FileType.PDF else _of_scans(results)


def _of_scans(results: Iterable[PageResult]) -> bytes:
    pdf = pikepdf.new()
    fonts, structure = [InvisibleFont()], Structure(pdf)
    users: list[InvisibleFont] = []
    head = ""
    for shown in passages.scans(results):
        if fonts[-1].full:
            fonts.append(InvisibleFont())
        _add_page(pdf, shown, fonts[-1], structure)
        users.append(fonts[-1])
        head = head or next(filter(None, map(archive.title_of, shown)), "")
    made = {id(font): font.object(pdf) for font in fonts}
    for page, font in zip(pdf.pages, users, strict=True):
        page.obj.Resources.Font = Dictionary({FONT: made[id(font)]})
    structure.close()
    archive.describe(pdf, head)
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.4",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        deterministic_id=True,
    )
    return out.getvalue()


def _add_page(
    pdf: pikepdf.Pdf, results: Sequence[PageResult], font: InvisibleFont, structure: Structure
) -> None:
    shown = picture.picture_of(results[0].source)
    page = next((result.page for result in results if result.page), None)
    scan = page.size if page else _upright(shown)
    width, height, to_page = _measures(scan, page.dpi if page else None)
    told = [story for result in results for story in passages.stories(result)]
    everything = passages.everything(results)
    content = [b"/Artifact BMC q", _drawn(shown, width, height), b"/Im0 Do Q EMC"]
    if everything:
        content.append(text_layer(everything, to_page, font, FONT))
    made = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
        Resources=Dictionary(XObject=Dictionary(Im0=_image(pdf, shown))),
        Contents=pdf.make_indirect(pikepdf.Stream(pdf, b"\n".join(content))),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    structure.add(pdf.pages[-1].obj, told, len(pdf.pages) - 1)


def _measures(scan: tuple[int, int], dpi: float | None) -> tuple[float, float, Projective]:
    """Width and height of the page in points, and the way there from pixels of the scan."""
    scale = POINTS / (dpi or DPI)
    scale = min(scale, LARGEST_PAGE / max(scan))
    width, height = scan[0] * scale, scan[1] * scale
    flipped = Projective.scale(scale, -scale).then(Projective.shift(0, height))
    return width, height, flipped


def _upright(shown: picture.Picture) -> tuple[int, int]:
    width, height = shown.size
    return (height, width) if shown.orientation >= 5 else (width, height)


# How the unit square is to be turned for every orientation of EXIF, as a PDF's matrix.
_TURNS: dict[int, Sequence[int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def _drawn(shown: picture.Picture, width: float, height: float) -> bytes:
    """The matrix that puts the picture upright over the whole page."""
    a, b, c, d, e, f = _TURNS[shown.orientation]
    values = (a * width, b * height, c * width, d * height, e * width, f * height)
    return (" ".join(f"{value:.2f}" for value in values) + " cm").encode("ascii")


def _image(pdf: pikepdf.Pdf, shown: picture.Picture) -> Any:
    width, height = shown.size
    stream = pikepdf.Stream(
        pdf,
        shown.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name(f"/{shown.colours}"),
        BitsPerComponent=shown.bits,
        Filter=Name(f"/{shown.filter}"),
    )
    if shown.filter == "CCITTFaxDecode":
        stream.DecodeParms = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
    if shown.predictor > 1:
        colours = 1 if shown.colours == "DeviceGray" else 3
        stream.DecodeParms = Dictionary(Predictor=shown.predictor, Colors=colours, Columns=width)
    return pdf.make_indirect(stream)
