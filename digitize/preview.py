"""A picture of what preprocess did: the page after each step, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitize.image import PageImage, Pixels
from digitize.typesize import resized

HEIGHT = 1000  # px of each page
MAX_WIDTH = 2000  # px; a strip is shown lower instead
CAPTION = 44  # px above it
GAP = 12  # px between pages
FONT_SCALE = 0.9
GROUND, TYPE = 235, (20, 20, 20)


def preview(stages: Sequence[PageImage]) -> Pixels:
    """One RGB picture, (H, W, 3), of the pages in ``stages``, each under its step's name."""
    panels = []
    done: tuple[str, ...] = ()
    for image in stages:
        panels.append(_panel(image, "+".join(image.steps[len(done) :]) or "scan"))
        done = image.steps
    return np.hstack(panels) if panels else np.full((HEIGHT, GAP, 3), GROUND, dtype=np.uint8)


def _panel(image: PageImage, name: str) -> Pixels:
    """The page as large as the panel allows, with its caption."""
    page = resized(image.pixels, min(HEIGHT / image.height, MAX_WIDTH / image.width))
    color = page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2RGB)
    height, width = color.shape[:2]
    panel = np.full((HEIGHT + CAPTION + GAP, width + 2 * GAP, 3), GROUND, dtype=np.uint8)
    panel[CAPTION : CAPTION + height, GAP : GAP + width] = color
    place = (GAP, CAPTION - 14)
    cv2.putText(panel, name, place, cv2.FONT_HERSHEY_SIMPLEX, FONT_SCALE, TYPE, 2, cv2.LINE_AA)
    return panel
