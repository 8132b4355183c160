"""The page as pixels: what preprocess makes and layout and ocr look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from digitize.geometry import Projective

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PageImage:
    """Pixels of shape (H, W) or (H, W, 3), uint8 RGB, and the way back to the scan.

    ``to_scan`` maps a point of these pixels to the original scan; ``steps`` names what was done to
    them, in order.
    """

    pixels: Pixels
    dpi: float | None = None
    to_scan: Projective = field(default_factory=Projective.identity)
    steps: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def gray(self) -> Pixels:
        """The picture as (H, W) grey values (ITU-R BT.601 luma)."""
        if self.pixels.ndim == 2:
            return self.pixels
        import cv2  # noqa: PLC0415 - heavy, and grey pages never need it

        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def changed(self, pixels: Pixels, step: str, back: Projective | None = None) -> PageImage:
        """The result of a step; ``back`` maps the new pixels to these ones (None: unmoved)."""
        to_scan = self.to_scan if back is None else back.then(self.to_scan)
        return replace(self, pixels=pixels, to_scan=to_scan, steps=(*self.steps, step))
