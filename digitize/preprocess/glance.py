"""A scan looked at quickly: its shape from the header, and a small picture of it."""

from __future__ import annotations

from typing import Any

from PIL.ImageFile import ImageFile

from digitize.filetype import FileType
from digitize.image import PageImage
from digitize.model import Source
from digitize.opening import DECODE_ERRORS, damaged, identify, open_pdf, open_raster, page_frames
from digitize.preprocess.load import MAX_PIXELS, orientation_of, upright
from digitize.preprocess.pdf_page import rendered
from digitize.preprocess.pixel_modes import to_pixels

SIDE = 3000  # px of the longer side that are enough: body type of two broadsheet pages is 8 px high


def shape(source: Source) -> tuple[float, float]:
    """Width and height of a page as it is shown; InputError where it cannot be opened.

    Of a picture behind a URL the head is fetched alone.
    """
    if identify(source.path, whole=False) is FileType.PDF:
        with open_pdf(source.path) as document:
            if source.page_no >= len(document):
                raise damaged(source.path)
            width, height = document.get_page_size(source.page_no)
            return float(width), float(height)
    with open_raster(source.path, whole=False) as image:
        _seek(image, source)
        width, height = image.size
        # A PNG's EXIF may stand at its end; Pillow would decode all pixels to get there.
        turn = 1 if image.format == FileType.PNG else orientation_of(image)
        return (height, width) if turn >= 5 else (width, height)


def glance(source: Source) -> PageImage:
    """The page as a picture of about SIDE pixels, or smaller; InputError as :func:`load`."""
    if identify(source.path) is FileType.PDF:
        return PageImage(_rendered(source))
    with open_raster(source.path) as image:
        _seek(image, source)
        if image.size[0] * image.size[1] > MAX_PIXELS:
            raise damaged(source.path, "it is too large")
        try:
            _shrink(image)
            image.load()
            pixels = to_pixels(image)
        except DECODE_ERRORS as error:
            raise damaged(source.label, str(error)) from error
        turn = orientation_of(image)
    return PageImage(pixels if turn == 1 else upright(pixels, turn))


def _seek(image: ImageFile, source: Source) -> None:
    try:
        frames = page_frames(image)
        image.seek(frames[min(source.page_no, len(frames) - 1)])
    except DECODE_ERRORS as error:
        raise damaged(source.path, "its list of pages is broken") from error


def _shrink(image: ImageFile) -> None:
    """Have the decoder give fewer pixels, where it can: JPEG and JPEG 2000 are kept so."""
    least = SIDE / max(image.size)
    if image.format == FileType.JPEG:
        image.draft(image.mode, (int(image.size[0] * least), int(image.size[1] * least)))
    elif image.format == FileType.JPEG2000:
        halvings = 0
        while least * 2 ** (halvings + 1) <= 1:
            halvings += 1
        coded: Any = image
        coded.reduce = halvings


def _rendered(source: Source) -> Any:
    with open_pdf(source.path) as document:
        page = document[source.page_no]
        try:
            return rendered(page, SIDE / max(page.get_size()))
        finally:
            page.close()
