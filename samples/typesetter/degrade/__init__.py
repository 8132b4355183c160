"""What printing, years and a scanner do to a page."""

from .levels import LEVELS, degrade
from .warp import Warp

__all__ = ["LEVELS", "Warp", "degrade"]
