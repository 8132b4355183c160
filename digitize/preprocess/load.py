"""From a source to pixels: the first step of preprocessing."""

from __future__ import annotations

import numpy as np
from PIL.ImageFile import ImageFile

from digitize.errors import InputError, shown
from digitize.filetype import FileType
from digitize.image import PageImage, Pixels
from digitize.model import Source
from digitize.opening import (
    DECODE_ERRORS,
    damaged,
    identify,
    open_raster,
    page_frames,
)
from digitize.preprocess.pdf_page import load_pdf_page
from digitize.preprocess.pixel_modes import to_pixels
from digitize.preprocess.resolution import stated_dpi

MAX_PIXELS = 400_000_000
"""Largest page that is read, in pixels: 30,000 × 13,333. RGB takes 1.2 GB at that size."""

_TAG_ORIENTATION = 0x0112


def load(source: Source, max_pixels: int = MAX_PIXELS) -> PageImage:
    """Read one page as uint8 pixels: grey (H, W), or RGB (H, W, 3) where it has colour.

    Scan pixels, to which ``to_scan`` leads, are those *after* the EXIF orientation is applied (as
    every viewer shows the file), for PDFs those of the rendering; so ``to_scan`` is the identity
    here. ``dpi`` is what the file states, None if that is absent or implausible.

    Raises InputError if the file is missing, damaged, cut short or, for pictures, larger than
    ``max_pixels``; pages of PDFs are rendered smaller instead.
    """
    if identify(source.path) is FileType.PDF:
        return load_pdf_page(source, max_pixels)
    return _load_picture(source, max_pixels)


def _load_picture(source: Source, max_pixels: int) -> PageImage:
    with open_raster(source.path) as image:
        _select_page(image, source)
        _check_size(image, source, max_pixels)
        _decode(image, source)
        pixels, dpi, turn = _converted(image, source), stated_dpi(image), orientation_of(image)
    if turn == 1:
        return PageImage(pixels, dpi, steps=("load",))
    return PageImage(upright(pixels, turn), dpi, steps=("load", f"exif orientation {turn}"))


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation (1–8) to (H, W) or (H, W, 3) pixels."""
    if orientation >= 5:  # these four are stored with rows as columns
        pixels = np.swapaxes(pixels, 0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _select_page(image: ImageFile, source: Source) -> None:
    try:
        frames = page_frames(image)
        if source.page_no < len(frames):
            image.seek(frames[source.page_no])
            return
    except DECODE_ERRORS as error:
        raise damaged(source.path, "its list of pages is broken") from error
    raise damaged(source.path, f"it has no page {source.page_no + 1} any more")


def _check_size(image: ImageFile, source: Source, max_pixels: int) -> None:
    width, height = image.size
    if width * height > max_pixels:
        raise InputError(
            f"{shown(source.label)} has {width} × {height} pixels, more than the limit of "
            f"{max_pixels / 1e6:g} megapixels; scan it at a lower resolution or cut it in two"
        )


def _decode(image: ImageFile, source: Source) -> None:
    try:
        image.load()
    except DECODE_ERRORS as error:
        if "truncated" in str(error):
            raise _cut_short(image, source) from error
        raise damaged(source.label, str(error)) from error


def _cut_short(image: ImageFile, source: Source) -> InputError:
    rows = _decoded_rows(image)
    have = f"about {rows}" if rows else "none"
    return InputError(
        f"{shown(source.label)} is cut short: {have} of its {image.height} rows can be read; "
        "copy it again"
    )


def _decoded_rows(image: ImageFile) -> int:
    """Count the rows with anything in them: Pillow leaves those it never reached at zero."""
    image.tile = []  # or asking for the pixels would decode, and fail, again
    try:
        values = np.asarray(image).reshape(image.height, -1)
    except DECODE_ERRORS:
        return 0
    return int(np.count_nonzero(values.any(axis=1)))


def _converted(image: ImageFile, source: Source) -> Pixels:
    try:
        return to_pixels(image)
    except DECODE_ERRORS as error:
        raise damaged(source.label, f"{image.mode} pixels: {error}") from error


def orientation_of(image: ImageFile) -> int:
    """Find the EXIF orientation still to apply (Pillow has turned TIFFs), 1 if unknown."""
    try:
        value = image.getexif().get(_TAG_ORIENTATION, 1)
    except DECODE_ERRORS:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
