"""Sample newspaper pages with known truth, set, printed and worn by program.

image, truth = make_page("front", seed=1, level="scan", dpi=200)
"""

from __future__ import annotations

from typing import Any

from PIL import Image

from .aside import HELD_ASIDE
from .degrade import LEVELS, Warp, degrade
from .draw import draw
from .families import FAMILIES
from .sheet import Sheet
from .truth import reference, truth

__all__ = ["FAMILIES", "HELD_ASIDE", "LEVELS", "make_page", "reference", "set_truth"]


def make_page(
    family: str, seed: int, level: str = "clean", dpi: int = 200
) -> tuple[Image.Image, dict[str, Any]]:
    """A page of a layout family and its truth. The same arguments give the same page."""
    sheet = _sheet(family, seed, dpi)
    image, warp = degrade(draw(sheet), level, seed, dpi)
    return image, truth(sheet, level, warp, image.size)


def set_truth(family: str, seed: int, dpi: int = 200) -> dict[str, Any]:
    """The truth of a page that is set but not drawn: its lines stand where they were set."""
    sheet = _sheet(family, seed, dpi)
    return truth(sheet, "clean", Warp(), (sheet.width, sheet.height))


def _sheet(family: str, seed: int, dpi: int) -> Sheet:
    families = {**FAMILIES, **HELD_ASIDE}
    if family not in families:
        raise ValueError(f"unknown family {family!r}; choose from {', '.join(families)}")
    return families[family](seed, dpi)
