"""A page of a PDF as pixels, at the resolution of the scan inside it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from digitize.image import PageImage, Pixels
from digitize.model import Source
from digitize.opening import damaged, open_pdf
from digitize.preprocess.pixel_modes import colourless
from digitize.preprocess.resolution import plausible

POINTS_PER_INCH = 72.0
DRAWN_DPI = 300.0
"""For pages that are drawn rather than scanned."""

_SCAN_COVERS = 0.8
_SPECK_COVERS = 0.02
_LEAST_SCAN_DPI = 100.0
_INVISIBLE = 3


def load_pdf_page(source: Source, max_pixels: int) -> PageImage:
    """Render the page ``source.page_no`` of a PDF; (H, W) or (H, W, 3), upright as displayed.

    A scanned page keeps the pixels of its picture, a drawn one gets 300 dpi, both less where
    ``max_pixels`` asks for it. Raises InputError for a PDF or page that cannot be read.
    """
    with open_pdf(source.path) as document:
        if source.page_no >= len(document):
            raise damaged(source.path, f"it has no page {source.page_no + 1} any more")
        page = document[source.page_no]
        try:
            scale = rendering_scale(page, max_pixels)
            pixels = rendered(page, scale)
        finally:
            page.close()
    dpi = scale * POINTS_PER_INCH
    return PageImage(colourless(pixels), plausible(dpi), steps=(f"render {dpi:.0f} dpi",))


def rendering_scale(page: Any, max_pixels: int) -> float:
    """Pixels per point at which a page is rendered."""
    return _fitting(page, _native_scale(page), max_pixels)


def is_scanned(page: Any) -> bool:
    """Whether pictures cover the page, as those of a scan do."""
    width, height = page.get_size()
    covered = sum(area for area, _ in _pictures(page)[0]) / (width * height)
    return covered >= _SCAN_COVERS and _native_scale(page) * POINTS_PER_INCH >= _LEAST_SCAN_DPI


def rendered(page: Any, scale: float) -> Pixels:
    """The page in RGB at ``scale`` pixels per point."""
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
    finally:
        bitmap.close()


def _fitting(page: Any, scale: float, max_pixels: int) -> float:
    width, height = page.get_size()
    # pdfium rounds sizes up: a hair less keeps 2480.0001 from becoming 2481.
    scale *= 1 - 1e-6
    area = math.ceil(width * scale) * math.ceil(height * scale)
    return scale if area <= max_pixels else scale * math.sqrt(max_pixels / area) * (1 - 1e-3)


def _native_scale(page: Any) -> float:
    """Pixels per point: those of the scan if the page is one, else ``DRAWN_DPI``."""
    width, height = page.get_size()
    pictures, drawn = _pictures(page)
    shares = [(area / (width * height), density) for area, density in pictures]
    if sum(share for share, _ in shares) < _SCAN_COVERS:
        return DRAWN_DPI / POINTS_PER_INCH
    # Scans come as one picture, in strips, or as sharp text over a coarse background.
    native = max((density for share, density in shares if share >= _SPECK_COVERS), default=0.0)
    if native * POINTS_PER_INCH < _LEAST_SCAN_DPI and (drawn or native <= 0):
        return DRAWN_DPI / POINTS_PER_INCH  # a coarse backdrop behind drawn type
    return native


def _pictures(page: Any) -> tuple[list[tuple[float, float]], bool]:
    """(area in square points, pixels per point) of each picture; whether anything is drawn."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - heavy, and pictures never need it

    pictures, drawn = [], False
    for item in page.get_objects():
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_measured(item))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            # A scan's hidden text layer is not drawn.
            drawn = drawn or pdfium.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE
        elif item.type != pdfium.FPDF_PAGEOBJ_FORM:
            drawn = True
    return pictures, drawn


def _measured(picture: Any) -> tuple[float, float]:
    matrix, form = picture.get_matrix(), picture.container
    while form is not None:  # a picture inside a form is placed relative to the form
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if across == 0 or down == 0:
        return 0.0, 0.0
    width, height = picture.get_px_size()
    area = abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return area, max(width / across, height / down)
