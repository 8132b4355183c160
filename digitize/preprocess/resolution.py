"""How many pixels an inch of paper has, where a file tells."""

from __future__ import annotations

import math

from PIL import Image

from digitize.opening import DECODE_ERRORS

_DPI_RANGE = (29.5, 1200.5)  # files round: PNG counts pixels per metre
_TAG_X_RESOLUTION = 0x011A
_SAME = 0.05


def plausible(dpi: float) -> float | None:
    """``dpi`` if a newspaper may have been scanned at it (30–1200), else None."""
    return dpi if math.isfinite(dpi) and _DPI_RANGE[0] <= dpi <= _DPI_RANGE[1] else None


def stated_dpi(image: Image.Image) -> float | None:
    """Read the resolution that a picture states; None if absent, implausible or uneven."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if image.format in ("JPEG", "MPO") and not _jpeg_states_it(image):
        return None
    if not abs(across - down) <= _SAME * max(across, down):
        return None
    return plausible(across)


def _jpeg_states_it(image: Image.Image) -> bool:
    # Pillow reports 72 dpi for a JPEG whose EXIF block names no resolution.
    if "jfif_density" in image.info and image.info.get("jfif_unit") in (1, 2):
        return True
    try:
        return _TAG_X_RESOLUTION in image.getexif()
    except DECODE_ERRORS:
        return False
