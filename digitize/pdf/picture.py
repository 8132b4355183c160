"""The scan as a picture in a PDF: a JPEG as it is, everything else made small without harm."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageCms

from digitize.image import PageImage
from digitize.model import Source
from digitize.opening import DECODE_ERRORS, open_file, open_raster
from digitize.preprocess.load import load

QUALITY = 85  # of a JPEG: type stays sharp, a grey page of 20 megapixels takes 4 MB
LARGEST_SIDE = 65_500  # px: more a JPEG cannot have
_MODES = {"L": "DeviceGray", "RGB": "DeviceRGB"}
_ORIENTATION = 0x0112
_SRGB = "srgb"


@dataclass(frozen=True, slots=True)
class Picture:
    """Encoded pixels: their filter, colour space, bits and size as a PDF names them.

    ``orientation`` is what EXIF says of how the pixels are to be turned (1: not at all).
    """

    data: bytes
    filter: str
    colours: str
    size: tuple[int, int]
    bits: int = 8
    orientation: int = 1
    predictor: int = 1


def picture_of(source: Source) -> Picture:
    """The picture of a page that is no PDF; InputError where it cannot be read."""
    with open_file(source.path) as stream:
        data = stream.read()
    return _as_it_is(source, data) or _encoded(load(source), len(data))


def _as_it_is(source: Source, data: bytes) -> Picture | None:
    """The file itself if it is a JPEG whose colours mean the same in a PDF."""
    try:
        with open_raster(source.path) as image:
            if image.format != "JPEG" or image.mode not in _MODES or not _is_srgb(image):
                return None
            turn = image.getexif().get(_ORIENTATION, 1)
            colours, size = _MODES[image.mode], image.size
            image.load()  # a file that is cut short is refused, as it is when it is read
    except DECODE_ERRORS:
        return None
    turn = turn if isinstance(turn, int) and 1 <= turn <= 8 else 1
    return Picture(data, "DCTDecode", colours, size, orientation=turn)


def _is_srgb(image: Image.Image) -> bool:
    """Whether colours need no profile: there is none, there is no colour, or it is sRGB."""
    data = image.info.get("icc_profile")
    if not data or image.mode == "L":
        return True
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        return _SRGB in ImageCms.getProfileDescription(profile).lower()
    except (ImageCms.PyCMSError, OSError):
        return True


def _encoded(page: PageImage, size: int) -> Picture:
    """Pixels: two levels by CCITT Group 4 without loss, others as a JPEG.

    Where the file, of ``size`` bytes, is smaller than that, they are kept without loss.
    """
    image = Image.fromarray(page.pixels)
    if image.mode == "L" and _two_levels(image):
        return _group4(image)
    factor = min(1.0, LARGEST_SIDE / max(image.size))
    if factor < 1:
        width, height = (max(1, round(side * factor)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    small = Picture(out.getvalue(), "DCTDecode", _MODES[image.mode], image.size)
    if size >= len(small.data):
        return small
    return min(small, _lossless(image), key=lambda made: len(made.data))


def _lossless(image: Image.Image) -> Picture:
    """The compressed rows of a PNG, which are what a PDF's filter takes."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    data, at, rows = out.getvalue(), 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            rows += data[at + 8 : at + 8 + length]
        at += 12 + length
    return Picture(rows, "FlateDecode", _MODES[image.mode], image.size, predictor=15)


def _two_levels(image: Image.Image) -> bool:
    levels = image.histogram()
    return levels[0] + levels[255] == image.width * image.height


def _group4(image: Image.Image) -> Picture:
    """The strip of a TIFF that Pillow writes, which is what a PDF's filter takes.

    Its ones, which the filter calls black, are white: the PDF must say ``BlackIs1``.
    """
    out = io.BytesIO()
    black = image.convert("1", dither=Image.Dither.NONE)
    black.save(out, "TIFF", compression="group4", tiffinfo={278: image.height})
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        (offset,), (count,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    data = out.getvalue()[offset : offset + count]
    return Picture(data, "CCITTFaxDecode", "DeviceGray", image.size, bits=1)
