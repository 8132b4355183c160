"""Sample newspaper pages with known truth, set, printed and worn by program.

image, truth = make_page("front", seed=1, level="scan", dpi=200)
"""

from __future__ import annotations

from typing import Any

from PIL import Image

from .degrade import LEVELS, degrade
from .draw import draw
from .families import FAMILIES
from .truth import reference, truth

__all__ = ["FAMILIES", "LEVELS", "make_page", "reference"]


def make_page(
    family: str, seed: int, level: str = "clean", dpi: int = 200
) -> tuple[Image.Image, dict[str, Any]]:
    """A page of a layout family and its truth. The same arguments give the same page."""
    if family not in FAMILIES:
        raise ValueError(f"unknown family {family!r}; choose from {', '.join(FAMILIES)}")
    sheet = FAMILIES[family](seed, dpi)
    image, warp = degrade(draw(sheet), level, seed, dpi)
    return image, truth(sheet, level, warp, image.size)
